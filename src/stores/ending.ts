import type { AccountSummary } from '../../electron/shared/account'
import type { EpochMs } from '../../electron/shared/brand'
import { needsAttention, statusOf } from '../../electron/shared/status'
import {
  AT_EXPIRY,
  leadReached,
  wantsAttention,
  type ReminderSettings,
} from '../../electron/shared/reminders'
import type { TwoClocks } from '../../electron/shared/wording'

/**
 * A refresh token is about to expire or has expired: the user should act, has snoozed the reminder, or has muted the
 * account.
 */
export type Ending = 'due' | 'put-off' | 'muted'

/** Null while the expiry is far off, doesn't concern the user, or the account's status says more. */
export function endingOf(
  account: AccountSummary,
  settings: ReminderSettings,
  clocks: TwoClocks,
): Ending | null {
  if (needsAttention(statusOf(account, clocks.server))) return null
  if (wantsAttention(account, settings, clocks)) return 'due'
  const reached = leadOf(account, settings, clocks.server)
  if (reached === null || (reached === AT_EXPIRY && account.remembersApiKey)) return null
  return account.policy.muted ? 'muted' : 'put-off'
}

/** Whether the refresh token is within its reminders' time, shown or not. */
export function endsSoon(account: AccountSummary, settings: ReminderSettings, serverNow: EpochMs): boolean {
  return leadOf(account, settings, serverNow) !== null
}

/** Muting doesn't keep a token from expiring. */
function leadOf(account: AccountSummary, settings: ReminderSettings, serverNow: EpochMs): number | null {
  const heard = { ...account, policy: { ...account.policy, muted: false } }
  return leadReached(heard, settings, serverNow)?.lead ?? null
}
