/** What a reply of the service means, by the outcome table of auth-api.md (rule 5). */
import { parseApiDate } from '../../shared/api-date'
import type { EpochMs } from '../../shared/brand'
import { expiryClaim, issuedAtClaim, LONG_PAST } from '../../shared/jwt'
import { Secret } from '../../shared/secret'
import type { InvalidResponseReason, TransientProblem } from '../../shared/problem'
import { parseHttpDate } from './http-date'
import type { AuthAnswer, AuthOutcome, AuthTarget } from '../base/ports'

export const MAX_BODY_BYTES = 1_048_576
export const MAX_RETRY_AFTER_MS = 3_600_000
/** Below this the two expiry dates of a JWT agree (auth-api.md, rule 3). */
const CLAIM_DIFFERENCE_TOLD_ABOVE_MS = 300_000

export interface AuthReply {
  /** Where the request went: a redirect's target is relative to it. */
  readonly url: string
  readonly status: number
  readonly headers: {
    readonly contentType: string | null
    readonly date: string | null
    readonly location: string | null
    readonly retryAfter: string | null
  }
  readonly body:
    | { readonly kind: 'text'; readonly text: string }
    /** In no charset that is known here. */
    | { readonly kind: 'not-text' }
    | { readonly kind: 'too-large' }
  /** By this machine's clock. */
  readonly sentAt: EpochMs
  /** When the reply's head was there. */
  readonly receivedAt: EpochMs
  /** Between the two by the monotonic clock, in ms. */
  readonly elapsedMs: number
}

export function readAuthReply(reply: AuthReply, target: Pick<AuthTarget, 'defaultTimeZone'>): AuthOutcome {
  const answer = answerOf(reply, target.defaultTimeZone)
  return { ...answer, clockSkewMs: isTheService(answer) && isNearIssue(reply, answer) ? skewOf(reply) : null }
}

function answerOf(reply: AuthReply, zone: string): AuthAnswer {
  const { status } = reply
  if (status >= 200 && status <= 299) {
    return readSession(reply, zone)
  }
  if (isRedirect(status)) {
    return { kind: 'redirected', status, target: redirectTarget(reply) }
  }
  switch (status) {
    case 400:
    case 401:
    case 403:
    case 404:
    case 405:
    case 410:
    case 422:
    case 501:
      return hasJsonBody(reply)
        ? { kind: 'refused', status }
        : transient({ code: 'not-the-service', status, isPage: isPage(reply) }, { mayHaveArrived: false })
    case PROXY_AUTHENTICATION:
      return transient(UNKNOWN_PROXY, { mayHaveArrived: false })
    default: {
      // The service isn't known to send anything else (304, 409, 418, 451, 1xx…): as only a definitive refusal may
      // change an account's status, that passes as well.
      const retryAfterMs = retryAfterOf(reply)
      const retryAt = retryAfterMs === null ? {} : { retryAt: reply.receivedAt + retryAfterMs }
      return transient(
        isUnavailable(status)
          ? { code: 'service-unavailable', status, ...retryAt }
          : { code: 'unexpected-status', status },
        // 4xx: not processed. All else: it may have broken, or a gateway may have given up on it, after it rotated.
        { mayHaveArrived: status < 400 || status >= 500, retryAfterMs },
      )
    }
  }
}

/** Only a proxy asks for this, and before it passes the request on (RFC 9110, section 15.5.8). */
export const PROXY_AUTHENTICATION = 407
/** One that stands in between without being the system’s proxy can't be answered. */
export const UNKNOWN_PROXY: TransientProblem = {
  code: 'unreachable',
  reason: 'proxy',
  detail: 'HTTP 407',
}

/** All 3xx but the one that names no other place (RFC 9110, section 15.4.5): a cache answers. */
export function isRedirect(status: number): boolean {
  return status >= 300 && status <= 399 && status !== 304
}

/** By the table: busy or broken. */
function isUnavailable(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || (status >= 500 && status <= 599)
}

function transient(
  problem: TransientProblem,
  facts: { readonly mayHaveArrived: boolean; readonly retryAfterMs?: number | null },
): AuthAnswer {
  return {
    kind: 'transient',
    problem,
    retryAfterMs: facts.retryAfterMs ?? null,
    mayHaveArrived: facts.mayHaveArrived,
  }
}

/** The session in a 2xx reply, or why there is none. The body decides, whatever its declared type. */
function readSession(reply: AuthReply, zone: string): AuthAnswer {
  const { body } = reply
  if (body.kind === 'too-large') return invalidResponse('too-large')
  if (body.kind === 'text' && body.text.trim() === '') return invalidResponse('empty')
  const json = body.kind === 'text' ? parseJson(body.text) : undefined
  if (json === undefined) return invalidResponse(isPage(reply) ? 'web-page' : 'not-json')
  if (!isRecord(json)) return invalidResponse(holdsJwt(json) ? 'wrapped' : 'not-an-object')

  const { jwt, refreshToken } = json
  if (!isToken(jwt) || !TRAVELS_IN_A_HEADER.test(jwt)) {
    return invalidResponse(Object.values(json).some((value) => holdsJwt(value)) ? 'wrapped' : 'no-jwt')
  }
  // Whatever stands beside a token, the token was granted (auth-api.md, rule 1).
  const expirationDate = dateIn(json['expirationDate'], zone)
  const exp = expiryClaim(jwt)
  const difference = exp === null || expirationDate === null ? 0 : expirationDate - exp
  const session = {
    jwt: new Secret(jwt),
    jwtExpiresAt: earlier(exp, expirationDate),
    isExpired: exp !== null && exp <= (serverDateOf(reply) ?? issuedAtClaim(jwt) ?? LONG_PAST),
    claimDifferenceMs: Math.abs(difference) > CLAIM_DIFFERENCE_TOLD_ABOVE_MS ? difference : null,
    refreshToken: isToken(refreshToken)
      ? { token: new Secret(refreshToken), expiresAt: dateIn(json['refreshTokenExpiration'], zone) }
      : null,
  }
  return { kind: 'granted', session }
}

/** A refresh that was answered with it may have rotated the token all the same. */
function invalidResponse(reason: InvalidResponseReason): AuthAnswer {
  return transient({ code: 'invalid-response', reason }, { mayHaveArrived: true })
}

function holdsJwt(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null || depth > WRAPPED_AT_MOST) return false
  return (
    (isRecord(value) && isToken(value['jwt'])) ||
    Object.values(value).some((each) => holdsJwt(each, depth + 1))
  )
}

const WRAPPED_AT_MOST = 5

/** Null where it is missing or no date. */
function dateIn(value: unknown, zone: string): EpochMs | null {
  const date = parseApiDate(value, zone)
  return date.ok ? date.value : null
}

function earlier(a: EpochMs | null, b: EpochMs | null): EpochMs | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b)
}

/** Opaque: any characters, as they came (auth-api.md, rule 1). But some servers write these words for "none". */
function isToken(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value !== 'null' && value !== 'undefined'
}

/** A JWT is sent in the header `R-Auth`, which allows neither line breaks nor blanks. */
const TRAVELS_IN_A_HEADER = /^[^\s\p{Cc}]+$/u

/**
 * Whether a refusal is the service's own. A bare word or number passes for JSON only where it is declared as such: a
 * proxy's plain-text `404` is valid JSON by chance.
 */
function hasJsonBody(reply: AuthReply): boolean {
  const json = reply.body.kind === 'text' ? parseJson(reply.body.text) : undefined
  if (json === undefined) return false
  return (
    (typeof json === 'object' && json !== null) ||
    /^application\/(?:[\w.+-]*\+)?json\b/iu.test(reply.headers.contentType ?? '')
  )
}

/** A web page, by its declared type or its first letter; else a few words, or none. */
function isPage({ body, headers }: AuthReply): boolean {
  return (
    /^(?:text\/html|application\/xhtml\+xml)\b/iu.test(headers.contentType ?? '') ||
    (body.kind === 'text' && body.text.trimStart().startsWith('<'))
  )
}

/** Absolute where it can be made so; empty when a 3xx names no place at all. Without what could hold a secret. */
export function redirectTarget(reply: AuthReply): string {
  const { location } = reply.headers
  if (location === null || location === '') return ''
  try {
    const url = new URL(location, reply.url)
    url.username = ''
    url.password = ''
    url.search = ''
    url.hash = ''
    return url.href.slice(0, MAX_TARGET_LENGTH)
  } catch {
    return ''
  }
}

const MAX_TARGET_LENGTH = 2000

/**
 * Seconds or a date (RFC 9110, section 10.2.3); the date is the server's, so it is compared with the server's `Date`.
 */
function retryAfterOf(reply: AuthReply): number | null {
  const text = reply.headers.retryAfter?.trim() ?? ''
  if (/^\d+$/u.test(text)) return Math.min(Number(text) * 1000, MAX_RETRY_AFTER_MS)
  const until = parseHttpDate(text)
  if (until === null) return null
  const now = serverDateOf(reply) ?? reply.receivedAt
  return until < now ? null : Math.min(until - now, MAX_RETRY_AFTER_MS)
}

function serverDateOf(reply: AuthReply): EpochMs | null {
  return reply.headers.date === null ? null : parseHttpDate(reply.headers.date)
}

/**
 * The server's clock minus this machine's at the middle of the exchange (auth-api.md, rule 4); null: not measurable.
 */
export function skewOf(reply: AuthReply): number | null {
  const date = serverDateOf(reply)
  const { sentAt, receivedAt, elapsedMs } = reply
  const wall = receivedAt - sentAt
  // The machine slept or its clock was set in between. Whether the monotonic clock runs in sleep depends on the system.
  if (Math.abs(wall - elapsedMs) > CLOCKS_AGREE_WITHIN_MS) return null
  if (date === null || wall > MEASURED_WITHIN_MS) return null
  // `Date` has whole seconds, cut off: on average the server's clock is half a second further.
  return Math.round(date + 500 - (sentAt + receivedAt) / 2)
}

const CLOCKS_AGREE_WITHIN_MS = 2_000
/** The date was written at some moment in between: half of this is the error. */
const MEASURED_WITHIN_MS = 10_000

/** Only these surely come from the service, not from a proxy or gateway with a clock of its own. */
function isTheService({ kind }: AuthAnswer): boolean {
  return kind === 'granted' || kind === 'refused'
}

/** Whether the `Date` agrees with the JWT's `iat`, where there is one. */
function isNearIssue(reply: AuthReply, answer: AuthAnswer): boolean {
  const issuedAt = answer.kind === 'granted' ? issuedAtClaim(answer.session.jwt.reveal()) : null
  const date = serverDateOf(reply)
  return issuedAt === null || date === null || Math.abs(date - issuedAt) <= FAR_FROM_ISSUE_MS
}

const FAR_FROM_ISSUE_MS = 300_000

/** The skew by a reply to a request without a secret; null where it may not be the service's own. */
export function skewOfAnyone(reply: AuthReply): number | null {
  return hasJsonBody(reply) ? skewOf(reply) : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
