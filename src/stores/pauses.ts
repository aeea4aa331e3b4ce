import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { EpochMs } from '../../electron/shared/brand'
import type { EnvironmentId } from '../../electron/shared/environment'
import type { CallError } from '../../electron/shared/ipc/contract'
import { useApp } from '../base/app-context'

/** Environments whose service limits: until when they aren't to be asked by what can wait. */
export const usePauses = defineStore('pauses', () => {
  const { bridge, time } = useApp()
  const pauses = shallowReactive(new Map<EnvironmentId, EpochMs>())
  const waiting = new Set<() => void>()

  bridge.on('servicePaused', ({ environmentId, until }) => {
    if (until === null) pauses.delete(environmentId)
    else pauses.set(environmentId, until)
    wake()
  })

  /** Null while the environment may be asked. */
  function until(id: EnvironmentId): EpochMs | null {
    return pauses.get(id) ?? null
  }

  /** Whether the error says that the environment's service limits. */
  function isLimit(id: EnvironmentId, error: CallError): boolean {
    return error.code === 'problem' && error.problem.code === 'service-unavailable' && until(id) !== null
  }

  /** Resolves when the environment may be asked, or `isWanted` no longer holds after a `wake`. */
  async function over(id: EnvironmentId, isWanted: () => boolean): Promise<void> {
    for (let end = until(id); end !== null && isWanted(); end = until(id)) {
      const left = end - time.now()
      // Main's word may be lost with a window that was reloaded.
      const stop = time.after(Math.max(0, left) + 1_000, () => {
        if (until(id) === end) pauses.delete(id)
        wake()
      })
      await new Promise<void>((go) => waiting.add(go))
      stop()
    }
  }

  /** Those who wait look again. */
  function wake(): void {
    const now = [...waiting]
    waiting.clear()
    for (const go of now) go()
  }

  return { until, isLimit, over, wake }
})
