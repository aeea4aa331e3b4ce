import { defineStore } from 'pinia'
import { computed, shallowRef, type InjectionKey } from 'vue'

/** Where the focus goes when the last dialog closes and the previously focused element is gone. */
export const FOCUS_AFTER_DIALOGS: InjectionKey<() => void> = Symbol('focus after dialogs')

/** The open dialogs, one above another. Only the topmost can be used: all else is inert. */
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
