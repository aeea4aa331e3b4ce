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

/** A refresh token is near its end, or past it: the user is asked for something, has put that off, or has muted it. */
export type Ending = 'due' | 'put-off' | 'muted'

/** Null while the end is far, when it is none of the user's business, and when the account's status says more. */
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

/** Whether the refresh token is in the time of its reminders, given or not. */
export function endsSoon(account: AccountSummary, settings: ReminderSettings, serverNow: EpochMs): boolean {
  return leadOf(account, settings, serverNow) !== null
}

/** A muted account's token ends all the same. */
function leadOf(account: AccountSummary, settings: ReminderSettings, serverNow: EpochMs): number | null {
  const heard = { ...account, policy: { ...account.policy, muted: false } }
  return leadReached(heard, settings, serverNow)?.lead ?? null
}
