import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

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
