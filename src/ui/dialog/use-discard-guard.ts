import { ref, type Ref } from 'vue'

/**
 * Esc doesn't throw away what was typed: the first one asks, the second one means it. During a request it waits, or
 * stops the waiting where there is a `cancel`.
 */
export function useDiscardGuard(isDirty: () => boolean, busy: Readonly<Ref<boolean>>, cancel?: () => void) {
  const asking = ref<string | null>(null)

  function escape(event: Event): void {
    if (busy.value) {
      event.preventDefault()
      if (cancel !== undefined) cancel()
      else asking.value = 'The service is still being asked. This takes at most a few seconds.'
    } else if (isDirty() && asking.value !== DISCARD) {
      event.preventDefault()
      asking.value = DISCARD
    }
  }

  function reset(): void {
    asking.value = null
  }

  return { asking, escape, reset }
}

const DISCARD = 'Press Esc again to discard what you typed.'
