/** When an account renews automatically, by its own or the general policy. */
import type { AccountSummary } from './account'
import type { EpochMs } from './brand'
import type { JwtPolicy, RefreshTokenPolicy } from './policy'
import type { Settings } from './settings'
import { canRenew, expectedExpiry, liveUntil } from './status'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** How long before its expiry a JWT that is kept live is renewed, in ms. */
export const KEEP_LIVE_BEFORE_MS = 5 * MINUTE
/** The last days of a refresh token, in which it is replaced automatically, in ms. */
export const RENEW_WITHIN_MS = 7 * DAY
/** A token granted for less than this isn't kept live: it would be renewed without end. */
const TOO_SHORT_MS = MINUTE

export type PolicySettings = Pick<Settings, 'jwtPolicy' | 'refreshTokenPolicy'>
export type RenewalFacts = Pick<
  AccountSummary,
  'jwt' | 'refreshToken' | 'remembersApiKey' | 'problem' | 'policy'
>

export function jwtPolicyOf(account: Pick<RenewalFacts, 'policy'>, settings: PolicySettings): JwtPolicy {
  return account.policy.jwt ?? settings.jwtPolicy
}

export function refreshTokenPolicyOf(
  account: Pick<RenewalFacts, 'policy'>,
  settings: PolicySettings,
): RefreshTokenPolicy {
  return account.policy.refreshToken ?? settings.refreshTokenPolicy
}

/**
 * When the account renews automatically (in the server's time, maybe past); null when it doesn't. A failed one doesn't:
 * either a retry is scheduled already, or only the user can help.
 */
export function renewsAt(account: RenewalFacts, settings: PolicySettings): EpochMs | null {
  const instants = [keepsLiveAt(account, settings), replacesTokenAt(account, settings)].filter(
    (at) => at !== null,
  )
  return instants.length === 0 ? null : Math.min(...instants)
}

/** When its JWT is renewed to keep it live. */
export function keepsLiveAt(account: RenewalFacts, settings: PolicySettings): EpochMs | null {
  const { jwt } = account
  if (jwt === null || jwtPolicyOf(account, settings) !== 'keep-live') return null
  return ifPossible(account, before(liveUntil(jwt), KEEP_LIVE_BEFORE_MS, jwt.receivedAt))
}

/** When its refresh token is replaced in its last days. */
export function replacesTokenAt(account: RenewalFacts, settings: PolicySettings): EpochMs | null {
  const { refreshToken } = account
  if (refreshToken === null || refreshToken.refused) return null
  if (refreshTokenPolicyOf(account, settings) !== 'renew') return null
  return ifPossible(account, before(expectedExpiry(refreshToken), RENEW_WITHIN_MS, refreshToken.receivedAt))
}

/** `lead` before the expiry, but never in the first half of its validity: its successor may be as short. */
function before(expiresAt: EpochMs, lead: number, receivedAt: EpochMs): EpochMs | null {
  const life = expiresAt - receivedAt
  return life < TOO_SHORT_MS ? null : expiresAt - Math.min(lead, life / 2)
}

function ifPossible(account: RenewalFacts, at: EpochMs | null): EpochMs | null {
  if (at === null || account.problem !== null) return null
  return canRenew(account, at) ? at : null
}
