import { computed, type ComputedRef } from 'vue'
import type { EpochMs } from '../../../electron/shared/brand'
import type { EnvironmentId } from '../../../electron/shared/environment'
import { useApp } from '../../base/app-context'
import { useEnvironments } from '../environments'

/** The environment's time at the latest whole second, at the cost of one addition for each user of it. */
export function useServerNow(environmentId: () => EnvironmentId): ComputedRef<EpochMs> {
  const { tick } = useApp()
  const environments = useEnvironments()
  const ahead = computed(() => environments.serverNow(environmentId(), 0))
  return computed(() => tick.second.value + ahead.value)
}
