import { computed, type ComputedRef } from 'vue'
import type { AccountSummary } from '../../electron/shared/account'
import { useApp } from '../base/app-context'
import { endingOf, endsSoon, type Ending } from './ending'
import { useSettings } from './settings'
import { useServerNow } from './clock/use-server-now'

/** Whether the refresh token's expiry needs the user. Evaluated each second, published only when it changes. */
export function useEnding(account: () => AccountSummary): ComputedRef<Ending | null> {
  const { tick } = useApp()
  const settings = useSettings()
  const server = useServerNow(() => account().environmentId)
  return computed(() =>
    settings.policies === null
      ? null
      : endingOf(account(), settings.policies, { here: tick.second.value, server: server.value }),
  )
}

/** Whether the account's refresh token is within its reminders' time. */
export function useEndsSoon(account: () => AccountSummary): ComputedRef<boolean> {
  const settings = useSettings()
  const server = useServerNow(() => account().environmentId)
  return computed(() => settings.policies !== null && endsSoon(account(), settings.policies, server.value))
}
