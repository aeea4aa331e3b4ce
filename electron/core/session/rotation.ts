/**
 * The rules of the rotating exchange, pure: by what to renew, what to note before a request is sent, and what an
 * answer makes of the session. Each refresh kills the refresh token it was made with (auth-api.md), so the note is
 * on disk before the request leaves and the new token is on disk before anybody sees the new JWT.
 */
import { apiKeyHint } from '../../shared/account-fields'
import type { EpochMs } from '../../shared/brand'
import { canRefresh } from '../../shared/status'
import type { KeyNeededReason, Problem } from '../../shared/problem'
import type { Secret } from '../../shared/secret'
import { refreshTokenDates, type Secrets, type SessionFacts } from '../vault/account-record'
import type { AuthAnswer, GrantedSession } from '../base/ports'

export type RenewalMethod = 'refresh' | 'login'

/**
 * How to renew at `now` (the server's time), or null when only the user can. `force` is for a person who asks in so
 * many words: then even a refused token or key is tried once more, since services do get repaired.
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
    // The stored token is tried once after a lost answer, not over and over, where there is a safer way.
    return hasKey && isKeyGood(session) && isInDoubtAgain(session) ? 'login' : 'refresh'
  }
  if (hasKey && (isKeyGood(session) || force)) return 'login'
  // Before a person is asked, the service is: our clock may be wrong about a token that looks dead.
  return hasToken && (force || session.refreshToken?.refused === null) ? 'refresh' : null
}

/** The note that a request is about to be sent. */
export function inFlight(session: SessionFacts, by: RenewalMethod, now: EpochMs): SessionFacts {
  // What is already ambiguous stays so: should the app die now, one more try is in doubt.
  if (session.journal.state === 'ambiguous') return by === 'refresh' ? oneMoreInDoubt(session, now) : session
  return { ...session, journal: { state: 'in-flight', by, since: now } }
}

/**
 * The session after the service granted one: the old tokens are gone, a remembered key stays. `replaced`: the refresh
 * token that was exchanged for it. Where no new one came, the service may not have replaced it; so it is kept, counts
 * for nothing, and is sent again only when a person asks and nothing else is left.
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

/** The session (as it was before the request's note) after an answer that granted nothing. Nothing is dropped. */
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

/** The session (as it was before the request's note) after an answer that was not the service's. */
export function notReached(before: SessionFacts): SessionFacts {
  return settledUnlessAmbiguous(before)
}

/** Whether its token may have been replaced by an answer that was lost. */
export function isInDoubt(session: SessionFacts): boolean {
  return session.journal.state === 'ambiguous'
}

/** The session (as it was before the request's note) after its saved API key was granted somebody else's. */
export function grantedToAnother(before: SessionFacts): SessionFacts {
  return settledUnlessAmbiguous({ ...before, keyOfAnother: true })
}

/**
 * Whether going on by itself would send a token again that has been in doubt twice: the service may take that for a
 * stolen one. It is left to a person, or to the network's return.
 */
export function wouldResendInDoubt(session: SessionFacts): boolean {
  return isInDoubtAgain(session) && (!session.remembersApiKey || !isKeyGood(session))
}

/** What to tell of a session that can't renew by itself at `now` (the server's time); null when it can. */
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

/** Whether it has a refresh token that works as far as anybody knows. */
export function hasValidToken(session: SessionFacts, now: EpochMs): boolean {
  return mayRefresh(session, now)
}

/** Whether the saved API key may be sent without anybody's asking for it. */
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
  return { ...session, journal: { state: 'ambiguous', since, tries: triesAfterLostAnswer(session) + 1 } }
}

function isInDoubtAgain(session: SessionFacts): boolean {
  return triesAfterLostAnswer(session) > 1
}

function triesAfterLostAnswer(session: SessionFacts): number {
  return session.journal.state === 'ambiguous' ? session.journal.tries : 0
}

function settledUnlessAmbiguous(session: SessionFacts): SessionFacts {
  return session.journal.state === 'ambiguous' ? session : { ...session, journal: { state: 'settled' } }
}
