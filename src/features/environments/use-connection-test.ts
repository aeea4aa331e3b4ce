import { ref, shallowRef } from 'vue'
import type { CallError } from '../../../electron/shared/ipc/contract'
import type { Reached } from '../../../electron/shared/wording'
import { useApp } from '../../base/app-context'

/** Tests whether anything responds at a base URL. Only the latest test's result counts. */
export function useConnectionTest() {
  const { bridge } = useApp()
  const busy = ref(false)
  const reached = shallowRef<Reached | null>(null)
  /** The URL itself was refused, or the call failed. */
  const refusal = shallowRef<CallError | null>(null)
  let turn = 0

  async function test(baseUrl: string): Promise<void> {
    turn += 1
    const mine = turn
    busy.value = true
    reached.value = null
    refusal.value = null
    const result = await bridge.testConnection({ baseUrl }).catch(() => null)
    if (mine !== turn) return
    busy.value = false
    if (result?.ok === true) reached.value = result.value
    else refusal.value = result?.error ?? { code: 'internal' }
  }

  /** The tested URL has been edited. */
  function forget(): void {
    turn += 1
    busy.value = false
    reached.value = null
    refusal.value = null
  }

  return { busy, reached, refusal, test, forget }
}
