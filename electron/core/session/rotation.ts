/**
 * The rules of the rotating exchange, pure: how to renew, what to note before a request is sent, and what an answer
 * makes of the session. Each refresh invalidates the refresh token that it was made with (auth-api.md), so the note is
 * on disk before the request is sent, and the new token is on disk before the new JWT is handed out.
 */
import { apiKeyHint } from '../../shared/api-key'
import type { EpochMs } from '../../shared/brand'
import { canRefresh } from '../../shared/status'
import type { KeyNeededReason, Problem } from '../../shared/problem'
import type { Secret } from '../../shared/secret'
import { refreshTokenDates, type Secrets, type SessionFacts } from '../vault/account-record'
import type { AuthAnswer, GrantedSession } from '../base/ports'

export type RenewalMethod = 'refresh' | 'login'

/**
 * How to renew at `now` (the server's time), or null when only the user can. With `force`, for a person who asks for
 * just this, even a refused token or key is sent once more, since the service may have been repaired.
 */
export function methodFor(
  session: SessionFacts,
  secrets: Secrets,
  now: EpochMs,
  force: boolean,
): RenewalMethod | null {
  const hasKey = secrets.apiKey !== null
  const hasToken = secrets.refreshToken !== null
  if (hasToken && mayRefresh(session, now)) {
    // After a lost answer the stored token is sent once; after that the API key is safer.
    return hasKey && isKeyGood(session) && isInDoubtAgain(session) ? 'login' : 'refresh'
  }
  if (hasKey && (isKeyGood(session) || force)) return 'login'
  // Ask the service before the user: our clock may be wrong about a token that looks expired.
  return hasToken && (force || session.refreshToken?.refused === null) ? 'refresh' : null
}

/** The note that a request is about to be sent. */
export function inFlight(session: SessionFacts, by: RenewalMethod, now: EpochMs): SessionFacts {
  // An ambiguous journal stays ambiguous: should the app crash now, one more attempt is in doubt.
  if (session.journal.state === 'ambiguous') return by === 'refresh' ? oneMoreInDoubt(session, now) : session
  return { ...session, journal: { state: 'in-flight', by, since: now } }
}

/**
 * The session after the service granted one: a saved API key stays. `replaced`: the refresh token that was exchanged
 * for it. Where no new one came, the service may not have replaced it; so it is kept, doesn't count as valid, and is
 * sent again only when a person asks and nothing else is left.
 */
export function granted(
  session: GrantedSession,
  { apiKey, replaced }: { readonly apiKey: Secret | null; readonly replaced: Secret | null },
  now: EpochMs,
): { facts: SessionFacts; secrets: Secrets } {
  return {
    facts: {
      jwt: {
        receivedAt: now,
        expiresAt: session.jwtExpiresAt,
        claimDifferenceMs: session.claimDifferenceMs,
      },
      refreshToken:
        session.refreshToken === null
          ? null
          : { receivedAt: now, expiresAt: session.refreshToken.expiresAt, refused: null },
      remembersApiKey: apiKey !== null,
      apiKeyHint: apiKey === null ? null : apiKeyHint(apiKey.reveal()),
      keyRefused: null,
      keyOfAnother: false,
      maybeReplaced: false,
      journal: { state: 'settled' },
    },
    secrets: { jwt: session.jwt, refreshToken: session.refreshToken?.token ?? replaced, apiKey },
  }
}

/** Where and when an answer came; `at` is the server's time. */
export interface AnsweredBy {
  readonly at: EpochMs
  readonly baseUrl: string
}

/** The session (as before the request's note) after an answer that granted nothing. Nothing is dropped. */
export function notGranted(
  before: SessionFacts,
  by: RenewalMethod,
  answer: Exclude<AuthAnswer, { kind: 'granted' }>,
  { at, baseUrl }: AnsweredBy,
): SessionFacts {
  const wasAmbiguous = before.journal.state === 'ambiguous'
  switch (answer.kind) {
    case 'refused':
      return by === 'login'
        ? settledUnlessAmbiguous({
            ...before,
            keyRefused: { status: answer.status, at, baseUrl, isDoubtful: false },
          })
        : {
            ...before,
            refreshToken: before.refreshToken && {
              ...before.refreshToken,
              refused: { status: answer.status, at, baseUrl, isDoubtful: false },
            },
            maybeReplaced: wasAmbiguous || before.maybeReplaced,
            journal: { state: 'settled' },
          }
    case 'transient':
      return by === 'refresh' && answer.mayHaveArrived
        ? oneMoreInDoubt(before, at)
        : settledUnlessAmbiguous(before)
    case 'redirected':
      return settledUnlessAmbiguous(before)
  }
}

/** The session (as before the request's note) after an answer that was not the service's. */
export function notReached(before: SessionFacts): SessionFacts {
  return settledUnlessAmbiguous(before)
}

/** Whether its token may have been replaced by an answer that was lost. */
export function isInDoubt(session: SessionFacts): boolean {
  return session.journal.state === 'ambiguous'
}

/** The session (as before the request's note) after its saved API key was granted another subject's session. */
export function grantedToAnother(before: SessionFacts): SessionFacts {
  return settledUnlessAmbiguous({ ...before, keyOfAnother: true })
}

/**
 * Whether an automatic retry would send a token that has been in doubt twice, which the service may take for a stolen
 * one. That is left to a person, or to the network's return.
 */
export function wouldResendInDoubt(session: SessionFacts): boolean {
  return isInDoubtAgain(session) && (!session.remembersApiKey || !isKeyGood(session))
}

/** Why a session can't renew automatically at `now` (the server's time); null when it can. */
export function problemOfStatus(session: SessionFacts | null, now: EpochMs): Problem | null {
  if (session === null) return { code: 'key-needed', reason: 'kept-in-memory-only' }
  if (mayRefresh(session, now)) return null
  if (session.keyRefused !== null) return { code: 'key-refused', status: session.keyRefused.status }
  if (session.keyOfAnother) return { code: 'key-needed', reason: 'key-of-another' }
  if (session.remembersApiKey) return null
  const { refreshToken } = session
  if (refreshToken?.refused == null) return null
  const isExpired = refreshToken.expiresAt !== null && refreshToken.expiresAt <= now
  return { code: 'key-needed', reason: whyRefused(session, isExpired) }
}

/** Why the user is asked for an API key when there is nothing left to renew with. */
export function keyNeeded(session: SessionFacts, now: EpochMs): Problem {
  return problemOfStatus(session, now) ?? { code: 'key-needed', reason: whyNothingIsLeft(session) }
}

export function hasValidToken(session: SessionFacts, now: EpochMs): boolean {
  return mayRefresh(session, now)
}

/** Whether the saved API key may be sent automatically. */
function isKeyGood({ keyRefused, keyOfAnother }: SessionFacts): boolean {
  return keyRefused === null && !keyOfAnother
}

function mayRefresh(session: SessionFacts, now: EpochMs): boolean {
  return canRefresh({ refreshToken: refreshTokenDates(session) }, now)
}

function whyRefused(session: SessionFacts, expired: boolean): KeyNeededReason {
  if (session.maybeReplaced) return 'refresh-token-maybe-replaced'
  return expired ? 'refresh-token-expired' : 'refresh-token-refused'
}

function whyNothingIsLeft(session: SessionFacts): KeyNeededReason {
  return session.refreshToken === null ? 'nothing-to-renew-with' : 'refresh-token-expired'
}

function oneMoreInDoubt(session: SessionFacts, now: EpochMs): SessionFacts {
  const since = session.journal.state === 'ambiguous' ? session.journal.since : now
  return { ...session, journal: { state: 'ambiguous', since, tries: attemptsAfterLostAnswer(session) + 1 } }
}

function isInDoubtAgain(session: SessionFacts): boolean {
  return attemptsAfterLostAnswer(session) > 1
}

function attemptsAfterLostAnswer(session: SessionFacts): number {
  return session.journal.state === 'ambiguous' ? session.journal.tries : 0
}

function settledUnlessAmbiguous(session: SessionFacts): SessionFacts {
  return session.journal.state === 'ambiguous' ? session : { ...session, journal: { state: 'settled' } }
}
