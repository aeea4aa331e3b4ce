import { computed, type ComputedRef } from 'vue'
import type { AccountSummary } from '../../electron/shared/account'
import { useApp } from '../base/app-context'
import { endingOf, endsSoon, type Ending } from './ending'
import { useSettings } from './settings'
import { useServerNow } from './clock/use-server-now'

/** How the end of the account's refresh token concerns the user. Read each second, passed on only when it changes. */
export function useEnding(account: () => AccountSummary): ComputedRef<Ending | null> {
  const { tick } = useApp()
  const settings = useSettings()
  const server = useServerNow(() => account().environmentId)
  return computed(() =>
    settings.settings === null
      ? null
      : endingOf(account(), settings.settings, { here: tick.second.value, server: server.value }),
  )
}

/** Whether the account's refresh token is in the time of its reminders. */
export function useEndsSoon(account: () => AccountSummary): ComputedRef<boolean> {
  const settings = useSettings()
  const server = useServerNow(() => account().environmentId)
  return computed(() => settings.settings !== null && endsSoon(account(), settings.settings, server.value))
}
