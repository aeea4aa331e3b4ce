import { ref, type Ref } from 'vue'
import { DISCARD } from '../../../electron/shared/wording'

/**
 * Esc doesn't discard what was typed: the first one asks, the second one confirms. During a request it has no effect,
 * or cancels where there is a `cancel`.
 */
export function useDiscardGuard(isDirty: () => boolean, busy: Readonly<Ref<boolean>>, cancel?: () => void) {
  const asking = ref<string | null>(null)

  function escape(event: Event): void {
    if (busy.value) {
      event.preventDefault()
      if (cancel !== undefined) cancel()
      else asking.value = DISCARD.stillAsking
    } else if (isDirty() && asking.value !== DISCARD.pressAgain) {
      event.preventDefault()
      asking.value = DISCARD.pressAgain
    }
  }

  function reset(): void {
    asking.value = null
  }

  return { asking, escape, reset }
}
