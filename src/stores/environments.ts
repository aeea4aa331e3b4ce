import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { EpochMs } from '../../electron/shared/brand'
import type { CallError } from '../../electron/shared/ipc/contract'
import { asksAPerson } from '../../electron/shared/problem'
import { serverTime, type Environment, type EnvironmentId } from '../../electron/shared/environment'

export const useEnvironments = defineStore('environments', () => {
  const all = shallowRef<readonly Environment[]>([])
  const byId = computed(() => new Map(all.value.map((environment) => [environment.id, environment])))

  function replaceAll(environments: readonly Environment[]): void {
    all.value = environments
  }

  /** For an environment that main has just returned, before the event that lists it. */
  function include(environment: Environment): void {
    const known = byId.value.get(environment.id)
    if (known === undefined) all.value = [...all.value, environment]
    else if (known.revision < environment.revision) {
      all.value = all.value.map((other) => (other.id === environment.id ? environment : other))
    }
  }

  /** For one that main has just removed. */
  function drop(id: EnvironmentId): void {
    all.value = all.value.filter((environment) => environment.id !== id)
  }

  function get(id: EnvironmentId): Environment | null {
    return byId.value.get(id) ?? null
  }

  /** The server's time at this computer's `now`. */
  function serverNow(id: EnvironmentId, now: EpochMs): EpochMs {
    const environment = get(id)
    return environment === null ? now : serverTime(environment, now)
  }

  /** Those that need a decision: a line above the list asks for it. */
  const asking = computed(() =>
    all.value.filter(({ addressConfirmed, doubt }) => !addressConfirmed || doubt !== null),
  )

  /** How long a failure's message stays: one that points to a question above the list stays while it is asked. */
  function holding(id: EnvironmentId, error: CallError): () => boolean {
    if (error.code !== 'problem' || !asksAPerson(error.problem)) return () => true
    return () => asking.value.some((environment) => environment.id === id)
  }

  return { all, asking, holding, replaceAll, include, drop, get, serverNow }
})
