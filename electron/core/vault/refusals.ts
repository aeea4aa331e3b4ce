/**
 * Which refusals count. One that came from another address than the environment has now, or that speaks of the
 * environment rather than of the account, does not: the token or key is tried once more (auth-api.md, rule 6). Pure.
 */
import type { Refusal, SessionFacts } from './account-record'

/** The session as it is to be read at this base URL; the very same where every refusal counts. */
export function withoutDoubtful(session: SessionFacts, baseUrl: string): SessionFacts {
  const { refreshToken, keyRefused } = session
  const counts = (refusal: Refusal | null): boolean =>
    refusal === null || (!refusal.isDoubtful && refusal.baseUrl === baseUrl)
  if (counts(refreshToken?.refused ?? null) && counts(keyRefused)) return session
  return {
    ...session,
    refreshToken:
      refreshToken === null || counts(refreshToken.refused)
        ? refreshToken
        : { ...refreshToken, refused: null },
    keyRefused: counts(keyRefused) ? keyRefused : null,
  }
}

/** The session with its refusals of this address marked as doubtful, or as not. */
export function withDoubt(session: SessionFacts, baseUrl: string, isDoubtful: boolean): SessionFacts {
  const { refreshToken, keyRefused } = session
  return {
    ...session,
    refreshToken:
      refreshToken?.refused?.baseUrl === baseUrl
        ? { ...refreshToken, refused: { ...refreshToken.refused, isDoubtful } }
        : refreshToken,
    keyRefused: keyRefused?.baseUrl === baseUrl ? { ...keyRefused, isDoubtful } : keyRefused,
  }
}

/** Whether the address has refused the account something. */
export function isRefused({ refreshToken, keyRefused }: SessionFacts, baseUrl: string): boolean {
  return refreshToken?.refused?.baseUrl === baseUrl || keyRefused?.baseUrl === baseUrl
}

/** The status with which the address has refused it doubtfully; null when it hasn't. */
export function doubtfulStatusOf({ refreshToken, keyRefused }: SessionFacts, baseUrl: string): number | null {
  const doubtful = [refreshToken?.refused ?? null, keyRefused].find(
    (refusal) => refusal?.isDoubtful === true && refusal.baseUrl === baseUrl,
  )
  return doubtful == null ? null : (doubtful.status ?? 0)
}
