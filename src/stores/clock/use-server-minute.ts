import { computed, type ComputedRef } from 'vue'
import type { EpochMs } from '../../../electron/shared/brand'
import type { EnvironmentId } from '../../../electron/shared/environment'
import { useServerNow } from './use-server-now'

const MINUTE_MS = 60_000

/** The environment's time in whole minutes: for dates in words, which are too expensive to format each second. */
export function useServerMinute(environmentId: () => EnvironmentId): ComputedRef<EpochMs> {
  const now = useServerNow(environmentId)
  return computed(() => Math.floor(now.value / MINUTE_MS) * MINUTE_MS)
}
