/** When users are reminded of which refresh tokens. */
import type { AccountSummary } from './account'
import type { EpochMs } from './brand'
import { expectedExpiry, needsAttention, statusOf, type StatusFacts } from './status'
import { refreshTokenPolicyOf, RENEW_WITHIN_MS, renewsAt, type PolicySettings } from './renewal-times'
import type { Settings } from './settings'

/** How long before the token's expiry a reminder comes, in ms; 0 is the expiry itself. */
export type Lead = number

export const AT_EXPIRY: Lead = 0

export type ReminderSettings = PolicySettings & Pick<Settings, 'reminderLeadsMs'>
export type ReminderFacts = Pick<
  AccountSummary,
  'jwt' | 'refreshToken' | 'remembersApiKey' | 'problem' | 'policy'
>

/** The leads that apply to the account: none where its token is replaced in time automatically. */
export function leadsOf(account: ReminderFacts, settings: ReminderSettings): readonly Lead[] {
  const token = account.refreshToken
  if (token === null || token.refused || account.policy.muted) return []
  const automaticAt = renewsAt(account, settings)
  if (automaticAt !== null && automaticAt < expectedExpiry(token)) return []
  // In these days the token was to be replaced automatically; that it hasn't been yet needs no reminder.
  const leads =
    refreshTokenPolicyOf(account, settings) === 'renew'
      ? settings.reminderLeadsMs.filter((lead) => lead < RENEW_WITHIN_MS)
      : settings.reminderLeadsMs
  return [...leads, AT_EXPIRY]
}

/** The most urgent lead reached at `now` (the server's time); null when none is. */
export function leadReached(
  account: ReminderFacts,
  settings: ReminderSettings,
  now: EpochMs,
): { readonly lead: Lead; readonly expiresAt: EpochMs } | null {
  const expiresAt = account.refreshToken === null ? 0 : expectedExpiry(account.refreshToken)
  const reached = leadsOf(account, settings).filter((lead) => now >= expiresAt - lead)
  return reached.length === 0 ? null : { lead: Math.min(...reached), expiresAt }
}

/** When the next lead is reached after `now` (the server's time); null when none follows. */
export function nextLeadAt(account: ReminderFacts, settings: ReminderSettings, now: EpochMs): EpochMs | null {
  const expiresAt = account.refreshToken === null ? 0 : expectedExpiry(account.refreshToken)
  const coming = leadsOf(account, settings)
    .map((lead) => expiresAt - lead)
    .filter((at) => at > now)
  return coming.length === 0 ? null : Math.min(...coming)
}

/**
 * Whether the account needs attention: only the user can resolve its status, or its refresh token expires soon. Not
 * while it is snoozed, nor when an expired token doesn't matter because of a saved API key. `here` is this computer's
 * time, `server` the server's.
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
