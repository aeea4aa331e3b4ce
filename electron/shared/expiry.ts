import type { AccountSummary } from './account'
import type { EpochMs } from './brand'

export const STANDINGS = [
  'live',
  'renewable',
  'renewing',
  'waiting',
  'needs-key',
  'key-refused',
  'locked',
] as const
export type Standing = (typeof STANDINGS)[number]

/** What standing is read from: a summary, or a record with its phase. */
export type StandingFacts = Pick<
  AccountSummary,
  'jwt' | 'refreshToken' | 'remembersApiKey' | 'renewal' | 'problem' | 'secretsIn'
>

/**
 * Where the account stands at `now` (the server's time). What needs the user comes before what is merely so:
 * an account whose key was refused needs attention even while its last JWT is still live.
 */
export function standingOf(account: StandingFacts, now: EpochMs): Standing {
  if (account.renewal.phase === 'renewing') return 'renewing'
  if (account.secretsIn === 'locked') return 'locked'
  if (account.problem?.code === 'key-refused') return 'key-refused'
  if (account.problem?.code === 'key-needed') return 'needs-key'
  if (account.renewal.phase === 'waiting') return 'waiting'
  if (jwtLifeLeft(account, now) > 0) return 'live'
  return canRenew(account, now) ? 'renewable' : 'needs-key'
}

/** Milliseconds that the JWT has left at `now` (the server's time); 0 when it has ended or there is none. */
export function jwtLifeLeft(account: Pick<StandingFacts, 'jwt'>, now: EpochMs): number {
  return account.jwt === null ? 0 : Math.max(0, account.jwt.expiresAt - now)
}

/** Whether a renewal needs nobody: by a refresh token that lives at `now`, or by a remembered API key. */
export function canRenew(
  account: Pick<StandingFacts, 'refreshToken' | 'remembersApiKey'>,
  now: EpochMs,
): boolean {
  return canRefresh(account, now) || account.remembersApiKey
}

export function canRefresh(account: Pick<StandingFacts, 'refreshToken'>, now: EpochMs): boolean {
  const token = account.refreshToken
  return token !== null && !token.refused && token.expiresAt > now
}

/** Standings that only a person can end. */
export function needsAttention(standing: Standing): boolean {
  return standing === 'needs-key' || standing === 'key-refused' || standing === 'locked'
}
