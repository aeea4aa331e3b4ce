/**
 * Everything that is made to go wrong in an answer, and what auth-api.md's table of outcomes says must come of it.
 * What can't be reached at all is in `unreachable.ts`: it takes another address, not another answer.
 */
import type { InvalidResponseReason, Problem } from '../../../electron/shared/problem'
import type { Fault } from '../../support/auth-server'

export type Call = 'refresh' | 'login'

export type Meaning =
  | { readonly outcome: 'granted' }
  | {
      readonly outcome: 'transient'
      readonly problem: Partial<Problem>
      /** What a refresh must leave in the journal; null where the table leaves it open. */
      readonly journal: 'settled' | 'ambiguous' | null
      /** When the next try is planned, in ms from now. */
      readonly nextTry?: { readonly atLeast: number; readonly atMost: number }
    }
  /** The service's own, definitive no. */
  | { readonly outcome: 'refused'; readonly status: number }
  | { readonly outcome: 'redirected'; readonly status: number; readonly target: string }

export interface FaultKind {
  readonly name: string
  readonly call: Call
  readonly fault: Fault
  readonly meaning: Meaning
}

const HOUR_MS = 3_600_000
/** The first back-off is below this; `Retry-After` can only make it longer. */
const FIRST_BACKOFF_MS = 2_000
/** A measurement's slack: calls and snapshots take their time on a busy machine. */
export const SLACK_MS = 3_000

const REFUSALS = [400, 401, 403, 404, 405, 410, 422, 501]
const BUSY = [408, 425, 429, 500, 502, 503, 504]
const REDIRECTS = [301, 302, 303, 307, 308]
const ELSEWHERE = 'https://elsewhere.example/auth'

const SESSION: Readonly<Record<string, unknown>> = {
  jwt: 'an-opaque-jwt-0123456789',
  expirationDate: '2126-06-26T07:56:42.199+00:00',
  refreshToken: 'an-opaque-refresh-token-0123456789',
  refreshTokenExpiration: '2126-07-25T07:56:42.201+00:00',
}

/** Sessions with something wrong in them. `undefined` leaves a field out. */
const WRONG_SESSIONS: readonly (readonly [
  name: string,
  change: Readonly<Record<string, unknown>>,
  reason: InvalidResponseReason,
])[] = [
  ['no jwt', { jwt: undefined }, 'no-jwt'],
  ['an empty jwt', { jwt: '' }, 'no-jwt'],
  ['a jwt with a line break', { jwt: 'an-opaque-\njwt' }, 'no-jwt'],
]

/** What may stand beside the tokens without costing them. */
const ODD_DATES: readonly (readonly [name: string, change: Readonly<Record<string, unknown>>])[] = [
  ['an impossible date', { expirationDate: '2126-02-30T00:00:00' }],
  ['a number for a date', { expirationDate: 4_938_000_000 }],
  ['no date', { expirationDate: undefined }],
  ['a refresh token without its date', { refreshTokenExpiration: undefined }],
  ['an impossible date of the refresh token', { refreshTokenExpiration: '' }],
  ['no date that can be read', { expirationDate: 'tomorrow', refreshTokenExpiration: 'next month' }],
]

/** Bodies that are no session at all. */
const NO_SESSIONS: readonly (readonly [name: string, fault: Fault, reason: InvalidResponseReason])[] = [
  ['an HTML page', { kind: 'proxy-page', status: 200 }, 'web-page'],
  ['an empty body', { kind: 'reply', status: 200, body: '' }, 'empty'],
  ['no content', { kind: 'reply', status: 204, body: '' }, 'empty'],
  ['a list', { kind: 'reply', status: 200, body: '[]' }, 'not-an-object'],
  ['half a JSON', { kind: 'reply', status: 200, body: '{"jwt":"an-opaque' }, 'not-json'],
  ['what is not UTF-8', { kind: 'reply', status: 200, body: Buffer.from([0x7b, 0xff, 0x7d]) }, 'not-json'],
  ['over 1 MiB, declared', { kind: 'huge', bytes: 1_048_577, declared: true }, 'too-large'],
  ['over 1 MiB, undeclared', { kind: 'huge', bytes: 1_048_577, declared: false }, 'too-large'],
]

export const FAULT_KINDS: readonly FaultKind[] = [
  ...both('no fault', { kind: 'none' }, { outcome: 'granted' }),
  ...WRONG_SESSIONS.flatMap(([name, change, reason]) =>
    answeredWith(
      name,
      { kind: 'reply', status: 200, body: JSON.stringify({ ...SESSION, ...change }) },
      reason,
    ),
  ),
  ...ODD_DATES.flatMap(([name, change]) =>
    both(`200 with ${name}`, { kind: 'fields', change, afterProcessing: true }, { outcome: 'granted' }),
  ),
  ...NO_SESSIONS.flatMap(([name, fault, reason]) => answeredWith(name, fault, reason)),
  ...REFUSALS.flatMap((status) => [
    ...both(
      `${String(status)} with JSON`,
      { kind: 'reply', status, body: '{"error":"no"}' },
      { outcome: 'refused', status },
    ),
    ...both(
      `${String(status)} with a page`,
      { kind: 'proxy-page', status },
      {
        outcome: 'transient',
        problem: { code: 'not-the-service', status, isPage: true },
        journal: 'settled',
      },
    ),
  ]),
  ...BUSY.flatMap((status) => both(String(status), { kind: 'reply', status, body: '{}' }, busy(status))),
  ...[500, 503].map((status) =>
    after(kind('refresh', String(status), { kind: 'reply', status, body: '{}' }, busy(status))),
  ),
  ...retryAfter('120 s', '120', 120_000),
  ...retryAfter('2 h (capped)', '7200', HOUR_MS),
  ...retryAfter('a date', new Date(Date.now() + 2 * HOUR_MS).toUTCString(), HOUR_MS),
  ...REDIRECTS.flatMap((status) =>
    both(
      `redirect ${String(status)}`,
      { kind: 'redirect', location: ELSEWHERE, status },
      { outcome: 'redirected', status, target: ELSEWHERE },
    ),
  ),
  kind('refresh', 'cut after connect', { kind: 'cut', at: 'connect' }, noAnswer('broken')),
  kind('login', 'cut after connect', { kind: 'cut', at: 'connect' }, noAnswer('broken')),
  ...(['request', 'headers', 'half-body'] as const).flatMap((at) => [
    ...lost(`cut after ${at}`, { kind: 'cut', at }, 'broken'),
    ...lost(`reset after ${at}`, { kind: 'cut', at, reset: true }, 'broken'),
    ...lost(`silent after ${at}`, { kind: 'hang', at }, 'timeout'),
  ]),
]

/** Whether the service has replaced the refresh token, or issued a first one, and the app never saw it. */
export function leavesUnseenToken({ fault }: FaultKind): boolean {
  return fault.afterProcessing === true && fault.kind !== 'fields'
}

function kind(call: Call, name: string, fault: Fault, meaning: Meaning): FaultKind {
  return { name: `${call}: ${name}`, call, fault, meaning }
}

function both(name: string, fault: Fault, meaning: Meaning): FaultKind[] {
  return [kind('refresh', name, fault, meaning), kind('login', name, fault, meaning)]
}

/** The same, with the service's work done first: a refresh has rotated the token. */
function after({ name, fault, ...rest }: FaultKind): FaultKind {
  return { ...rest, name: `${name}, rotated`, fault: { ...fault, afterProcessing: true } }
}

function answeredWith(name: string, fault: Fault, reason: InvalidResponseReason): FaultKind[] {
  const meaning: Meaning = {
    outcome: 'transient',
    problem: { code: 'invalid-response', reason },
    journal: 'ambiguous',
  }
  const refresh = kind('refresh', `200 with ${name}`, fault, meaning)
  return [refresh, after(refresh), kind('login', `200 with ${name}`, fault, meaning)]
}

function lost(name: string, fault: Fault, reason: 'broken' | 'timeout'): FaultKind[] {
  const refresh = kind('refresh', name, fault, noAnswer(reason))
  return [refresh, after(refresh), kind('login', name, fault, noAnswer(reason))]
}

function noAnswer(reason: 'broken' | 'timeout'): Meaning {
  return { outcome: 'transient', problem: { code: 'no-answer', reason }, journal: 'ambiguous' }
}

/** 4xx: the service says that it did nothing. 5xx: it may have broken after it rotated, which the table leaves open. */
function busy(status: number): Meaning {
  return {
    outcome: 'transient',
    problem: { code: 'service-unavailable', status },
    journal: status < 500 ? 'settled' : null,
    nextTry: { atLeast: -SLACK_MS, atMost: FIRST_BACKOFF_MS },
  }
}

function retryAfter(name: string, value: string, waitMs: number): FaultKind[] {
  const fault: Fault = { kind: 'reply', status: 429, headers: { 'Retry-After': value }, body: '{}' }
  const meaning: Meaning = {
    outcome: 'transient',
    problem: { code: 'service-unavailable', status: 429 },
    journal: 'settled',
    nextTry: { atLeast: waitMs - SLACK_MS, atMost: waitMs + SLACK_MS },
  }
  return [kind('refresh', `429 with Retry-After ${name}`, fault, meaning)]
}
