/** Before which refresh tokens the user is warned, and when. */
import type { AccountSummary } from './account'
import type { EpochMs } from './brand'
import { expectedExpiry, needsAttention, statusOf, type StatusFacts } from './status'
import { refreshTokenPolicyOf, RENEW_WITHIN_MS, renewsAt, type PolicySettings } from './renewal-times'
import type { Settings } from './settings'

/** How long before the token's death a reminder comes, in ms; 0 is the death itself. */
export type Lead = number

export const AT_EXPIRY: Lead = 0

export type ReminderSettings = PolicySettings & Pick<Settings, 'reminderLeadsMs'>
export type ReminderFacts = Pick<
  AccountSummary,
  'jwt' | 'refreshToken' | 'remembersApiKey' | 'problem' | 'policy'
>

/** The leads that hold for the account as it stands: none where the token is replaced in time without the user. */
export function leadsOf(account: ReminderFacts, settings: ReminderSettings): readonly Lead[] {
  const token = account.refreshToken
  if (token === null || token.refused || account.policy.muted) return []
  const automaticAt = renewsAt(account, settings)
  if (automaticAt !== null && automaticAt < expectedExpiry(token)) return []
  // It was to be replaced in these days and could not be yet: that alone is no news.
  const leads =
    refreshTokenPolicyOf(account, settings) === 'renew'
      ? settings.reminderLeadsMs.filter((lead) => lead < RENEW_WITHIN_MS)
      : settings.reminderLeadsMs
  return [...leads, AT_EXPIRY]
}

/** The most urgent lead that is reached at `now` (the server's time); null when none is. */
export function leadReached(
  account: ReminderFacts,
  settings: ReminderSettings,
  now: EpochMs,
): { readonly lead: Lead; readonly expiresAt: EpochMs } | null {
  const expiresAt = account.refreshToken === null ? 0 : expectedExpiry(account.refreshToken)
  const reached = leadsOf(account, settings).filter((lead) => now >= expiresAt - lead)
  return reached.length === 0 ? null : { lead: Math.min(...reached), expiresAt }
}

/** When the next lead is reached after `now` (the server's time); null when none is to come. */
export function nextLeadAt(account: ReminderFacts, settings: ReminderSettings, now: EpochMs): EpochMs | null {
  const expiresAt = account.refreshToken === null ? 0 : expectedExpiry(account.refreshToken)
  const coming = leadsOf(account, settings)
    .map((lead) => expiresAt - lead)
    .filter((at) => at > now)
  return coming.length === 0 ? null : Math.min(...coming)
}

/**
 * Whether the account belongs to those that need attention: only a person can end its status, or its refresh token
 * ends soon. One that the user put off does not until then, nor one whose token has ended and that goes on by its API
 * key. `here` is this machine's time, `server` the account's server's.
 */
export function wantsAttention(
  account: ReminderFacts & StatusFacts & Pick<AccountSummary, 'remindAgainAt'>,
  settings: ReminderSettings,
  { here, server }: { readonly here: EpochMs; readonly server: EpochMs },
): boolean {
  if (needsAttention(statusOf(account, server))) return true
  const reached = leadReached(account, settings, server)
  if (reached === null || (reached.lead === AT_EXPIRY && account.remembersApiKey)) return false
  return account.remindAgainAt === null || account.remindAgainAt <= here
}
