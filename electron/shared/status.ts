import type { AccountSummary, JwtDates, RefreshTokenDates } from './account'
import type { EpochMs } from './brand'

export const STATUSES = [
  'live',
  'renewable',
  'renewing',
  'retrying',
  'needs-key',
  'key-rejected',
  'locked',
] as const
export type Status = (typeof STATUSES)[number]

/** Read from a summary, or from a record with its phase. */
export type StatusFacts = Pick<
  AccountSummary,
  'jwt' | 'refreshToken' | 'remembersApiKey' | 'renewal' | 'problem' | 'secretsIn'
>

/**
 * `now` is the server's time. What needs the user comes first: an account whose key was rejected needs attention even
 * while its last JWT is live.
 */
export function statusOf(account: StatusFacts, now: EpochMs): Status {
  if (account.renewal.phase === 'renewing') return 'renewing'
  if (account.secretsIn === 'locked') return 'locked'
  if (account.problem?.code === 'key-refused') return 'key-rejected'
  if (account.problem?.code === 'key-needed') return 'needs-key'
  if (account.renewal.phase === 'waiting') return 'retrying'
  if (jwtLifeLeft(account, now) > 0) return 'live'
  return canRenew(account, now) ? 'renewable' : 'needs-key'
}

/** How long tokens are usually valid (auth-api.md), in ms: assumed for one whose expiry is unknown. */
export const USUAL_JWT_LIFE_MS = 24 * 3_600_000
export const USUAL_REFRESH_TOKEN_LIFE_MS = 30 * 24 * 3_600_000

/** Until when the JWT counts as live: its expiry, or 24 h from receipt where that is unknown (auth-api.md, rule 1). */
export function liveUntil({ expiresAt, receivedAt }: Pick<JwtDates, 'expiresAt' | 'receivedAt'>): EpochMs {
  return expiresAt ?? receivedAt + USUAL_JWT_LIFE_MS
}

/** When the refresh token expires: estimated from its age where that is unknown. Reminders use it. */
export function expectedExpiry({
  expiresAt,
  receivedAt,
}: Pick<RefreshTokenDates, 'expiresAt' | 'receivedAt'>): EpochMs {
  return expiresAt ?? receivedAt + USUAL_REFRESH_TOKEN_LIFE_MS
}

/** In ms at `now` (the server's time); 0 when it has expired or there is none. */
export function jwtLifeLeft(account: Pick<StatusFacts, 'jwt'>, now: EpochMs): number {
  return account.jwt === null ? 0 : Math.max(0, liveUntil(account.jwt) - now)
}

/** Whether it can renew without the user: with a refresh token that is valid at `now`, or a saved API key. */
export function canRenew(
  account: Pick<StatusFacts, 'refreshToken' | 'remembersApiKey'>,
  now: EpochMs,
): boolean {
  return canRefresh(account, now) || account.remembersApiKey
}

export function canRefresh(account: Pick<StatusFacts, 'refreshToken'>, now: EpochMs): boolean {
  const token = account.refreshToken
  if (token === null || token.refused) return false
  // Only the service can say that a token of unknown expiry has expired.
  return token.expiresAt === null || token.expiresAt > now
}

/** Statuses that only the user can resolve. */
export function needsAttention(status: Status): boolean {
  return status === 'needs-key' || status === 'key-rejected' || status === 'locked'
}
