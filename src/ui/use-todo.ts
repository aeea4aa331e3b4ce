import { computed, type ComputedRef } from 'vue'
import { todoAt, type Message } from '../../electron/shared/wording'
import { useApp } from '../base/app-context'

/** What to do about it, counting down where the service has named a time. Reads the tick only then. */
export function useTodo(words: () => Message | null): ComputedRef<string> {
  const { tick } = useApp()
  return computed(() => {
    const message = words()
    if (message === null) return ''
    return todoAt(message, message.retryAt === undefined ? 0 : tick.second.value)
  })
}
