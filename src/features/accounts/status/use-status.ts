import { computed, type ComputedRef } from 'vue'
import type { AccountSummary } from '../../../../electron/shared/account'
import { canRefresh, jwtLifeLeft, statusOf, type Status } from '../../../../electron/shared/status'
import { useSettings } from '../../../stores/settings'
import { useServerNow } from '../../../stores/clock/use-server-now'

export interface CurrentStatus {
  readonly status: ComputedRef<Status>
  /** Live, but with less left than a copied JWT must have. */
  readonly soon: ComputedRef<boolean>
  /** A JWT can still be had without the API key, so `Copy JWT` makes sense. */
  readonly copyable: ComputedRef<boolean>
  /** Entering the API key is a way out of what is wrong. */
  readonly keyHelps: ComputedRef<boolean>
}

/** What an account is worth right now. Read each second, passed on only when it changes. */
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

/** Whether entering the API key is a way out for an account that stands so. */
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
