import { defineStore } from 'pinia'
import { computed, shallowRef, type InjectionKey } from 'vue'

/** Where the focus goes when the last dialog closes and what had the focus before is gone. */
export const FOCUS_AFTER_DIALOGS: InjectionKey<() => void> = Symbol('focus after dialogs')

/** The dialogs that are open, one above the other. Only the last one can be used: all else is inert meanwhile. */
export const useModals = defineStore('modals', () => {
  const stack = shallowRef<readonly symbol[]>([])
  const anyOpen = computed(() => stack.value.length > 0)

  function open(modal: symbol): void {
    stack.value = [...stack.value, modal]
  }

  function close(modal: symbol): void {
    stack.value = stack.value.filter((each) => each !== modal)
  }

  function isTop(modal: symbol): boolean {
    return stack.value.at(-1) === modal
  }

  return { anyOpen, open, close, isTop }
})
