import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { EpochMs } from '../../electron/shared/brand'
import { serverTime, type Environment, type EnvironmentId } from '../../electron/shared/environment'

export const useEnvironments = defineStore('environments', () => {
  const all = shallowRef<readonly Environment[]>([])
  const byId = computed(() => new Map(all.value.map((environment) => [environment.id, environment])))

  function replaceAll(environments: readonly Environment[]): void {
    all.value = environments
  }

  /** For an environment that main has just answered with, before the event that lists it. */
  function include(environment: Environment): void {
    if (!byId.value.has(environment.id)) all.value = [...all.value, environment]
  }

  function get(id: EnvironmentId): Environment | null {
    return byId.value.get(id) ?? null
  }

  /** The server's time at this machine's `now`. */
  function serverNow(id: EnvironmentId, now: EpochMs): EpochMs {
    const environment = get(id)
    return environment === null ? now : serverTime(environment, now)
  }

  return { all, replaceAll, include, get, serverNow }
})
