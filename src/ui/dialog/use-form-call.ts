import { computed, ref, shallowRef } from 'vue'
import type { CallError, FieldName, Result } from '../../../electron/shared/ipc/contract'
import { fieldProblem, describeCallError, type Message } from '../../../electron/shared/wording'

/** A form's one call at a time, with its failures put into words. `order` is the fields' order on the screen. */
export function useFormCall(order: readonly FieldName[]) {
  const busy = ref(false)
  const error = shallowRef<CallError | null>(null)

  const alert = computed<Message | null>(() => {
    const failed = error.value
    if (failed === null || failed.code === 'cancelled') return null
    if (failed.code === 'bad-fields') {
      const elsewhere = failed.fields.filter(({ field }) => !order.includes(field))
      const first = elsewhere[0] ?? failed.fields[0]
      const isAtField = elsewhere.length === 0
      return failed.fields.length === 1 && first !== undefined
        ? { what: fieldProblem(first), todo: '', isAtField }
        : { ...describeCallError(failed), isAtField }
    }
    return describeCallError(failed)
  })
  /** The user has stopped waiting for the latest call. */
  const wasCancelled = computed(() => error.value?.code === 'cancelled')
  const messages = computed<Partial<Record<FieldName, string>>>(() => {
    const failed = error.value
    if (failed?.code !== 'bad-fields') return {}
    // Of several messages for a field the first one is the one to act on.
    return Object.fromEntries(
      [...failed.fields].reverse().map((problem) => [problem.field, fieldProblem(problem)]),
    )
  })

  /** The topmost field with a message. */
  function firstBadField(): FieldName | null {
    return order.find((field) => messages.value[field] !== undefined) ?? null
  }

  /** Resolves to the value, or to null when it failed (then `alert` and `messages` say why). */
  async function run<Value>(call: () => Promise<Result<Value>>): Promise<Value | null> {
    if (busy.value) return null
    busy.value = true
    error.value = null
    try {
      const result = await call()
      if (result.ok) return result.value
      error.value = result.error
    } catch {
      error.value = { code: 'internal' }
    } finally {
      busy.value = false
    }
    return null
  }

  function refuse(fields: (CallError & { code: 'bad-fields' })['fields']): void {
    error.value = { code: 'bad-fields', fields }
  }

  /** The failure of another call that the form has led to. */
  function fail(failed: CallError): void {
    error.value = failed
  }

  function forget(): void {
    error.value = null
  }

  return { busy, error, alert, wasCancelled, messages, firstBadField, run, refuse, fail, forget }
}
