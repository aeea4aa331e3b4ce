import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

export type SectionName = 'activity'

/** Which sections of the details are expanded, the same for all accounts. */
export const useOpenSections = defineStore('open sections', () => {
  const open = shallowRef<ReadonlySet<SectionName>>(new Set(['activity']))

  function isOpen(name: SectionName): boolean {
    return open.value.has(name)
  }

  function toggle(name: SectionName): void {
    const next = new Set(open.value)
    if (!next.delete(name)) next.add(name)
    open.value = next
  }

  return { isOpen, toggle }
})
