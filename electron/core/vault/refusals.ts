/**
 * Which refusals count. One that came from another address than the environment has now, or that is about the
 * environment rather than the account, does not: the token or key is sent once more (auth-api.md, rule 6). Pure.
 */
import type { Refusal, SessionFacts } from './account-record'

/** The session without refusals that don't count at this base URL; the same object where all of them do. */
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

/** The session with the refusals from this address marked as doubtful, or as not. */
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

/** The HTTP status of a doubtful refusal from the address; null when there is none. */
export function doubtfulStatusOf({ refreshToken, keyRefused }: SessionFacts, baseUrl: string): number | null {
  const doubtful = [refreshToken?.refused ?? null, keyRefused].find(
    (refusal) => refusal?.isDoubtful === true && refusal.baseUrl === baseUrl,
  )
  return doubtful == null ? null : (doubtful.status ?? 0)
}
