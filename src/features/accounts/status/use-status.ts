import { computed, type ComputedRef } from 'vue'
import type { AccountSummary } from '../../../../electron/shared/account'
import { canRefresh, jwtLifeLeft, statusOf, type Status } from '../../../../electron/shared/status'
import { useSettings } from '../../../stores/settings'
import { useServerNow } from '../../../stores/clock/use-server-now'

export interface CurrentStatus {
  readonly status: ComputedRef<Status>
  /** Live, but with less time left than a copied JWT must have. */
  readonly soon: ComputedRef<boolean>
  /** A JWT can be had without entering the API key. */
  readonly copyable: ComputedRef<boolean>
  /** Entering the API key would help. */
  readonly keyHelps: ComputedRef<boolean>
}

/** The account's current status. Evaluated each second, published only when it changes. */
export function useStatus(account: () => AccountSummary): CurrentStatus {
  const settings = useSettings()
  const now = useServerNow(() => account().environmentId)
  const status = computed(() => statusOf(account(), now.value))
  const short = computed(
    () => jwtLifeLeft(account(), now.value) < Math.max(settings.settings?.minimumJwtLifeMs ?? 0, 1),
  )
  const soon = computed(() => status.value === 'live' && short.value)
  const copyable = computed(() => {
    switch (status.value) {
      case 'live':
      case 'renewable':
      case 'renewing':
      case 'retrying':
        return true
      case 'needs-key':
      case 'key-rejected':
        return !short.value || canRefresh(account(), now.value)
      case 'locked':
        return false
    }
  })
  const keyHelps = computed(() => keyHelpsAt(status.value, account()))
  return { status, soon, copyable, keyHelps }
}

/** Whether entering the API key helps an account of this status. */
export function keyHelpsAt(status: Status, { remembersApiKey }: AccountSummary): boolean {
  switch (status) {
    case 'needs-key':
    case 'key-rejected':
    case 'locked':
      return true
    case 'live':
    case 'renewable':
    case 'retrying':
      return !remembersApiKey
    case 'renewing':
      return false
  }
}
