import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

export type SectionName = 'copy-forms' | 'activity'

/** Which parts of the details are unfolded: the same for each account that is chosen. */
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
