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

  /** For an environment that main has just answered with, before the event that lists it. */
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

  /** The server's time at this machine's `now`. */
  function serverNow(id: EnvironmentId, now: EpochMs): EpochMs {
    const environment = get(id)
    return environment === null ? now : serverTime(environment, now)
  }

  /** Those about which a person has to decide something: a line above the list asks what. */
  const asking = computed(() =>
    all.value.filter(({ addressConfirmed, doubt }) => !addressConfirmed || doubt !== null),
  )

  /** How long the words of a failure hold: those that point to a question above the list, while it is asked. */
  function holding(id: EnvironmentId, error: CallError): () => boolean {
    if (error.code !== 'problem' || !asksAPerson(error.problem)) return () => true
    return () => asking.value.some((environment) => environment.id === id)
  }

  return { all, asking, holding, replaceAll, include, drop, get, serverNow }
})
