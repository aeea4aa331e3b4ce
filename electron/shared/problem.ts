/** Why the service could not be reached at all: the request did not arrive. */
export type UnreachableReason = 'offline' | 'dns' | 'refused' | 'proxy' | 'tls' | 'other'

/** Failures that pass: retried with back-off (auth-api.md, rule 5). */
export type TransientProblem =
  | { readonly code: 'unreachable'; readonly reason: UnreachableReason; readonly detail: string }
  /** Sent, but no answer within the time-out, or the connection broke before the answer was whole. */
  | { readonly code: 'no-answer'; readonly reason: 'timeout' | 'broken'; readonly detail: string }
  /** 408, 425, 429, 5xx. */
  | { readonly code: 'service-unavailable'; readonly status: number }
  /** One that the service isn't known to send: 402, 451… */
  | { readonly code: 'unexpected-status'; readonly status: number }
  /** A page that isn't JSON where the service would have sent JSON: a proxy or a portal speaks. */
  | { readonly code: 'not-the-service'; readonly status: number }
  | { readonly code: 'invalid-response'; readonly reason: InvalidResponseReason }

export type InvalidResponseReason =
  | 'not-json'
  | 'too-large'
  | 'no-jwt'
  /** The JWT that it has just granted has expired by its own `exp`, and by the service's own clock. */
  | 'expired-jwt'

/** Why only a new API key helps. */
export type KeyNeededReason =
  /** There never was another way: no refresh token and no remembered API key. */
  | 'nothing-to-renew-with'
  | 'refresh-token-expired'
  | 'refresh-token-refused'
  /** Refused after a renewal whose answer was lost: the service had probably replaced the token. */
  | 'refresh-token-maybe-replaced'
  /** The session was kept in memory only, and the app has been restarted since. */
  | 'kept-in-memory-only'
  /** The saved API key logged in as another subject than the stored JWT names (auth-api.md, rule 7). */
  | 'key-of-another'

export type LockedReason =
  | 'cannot-decrypt'
  | 'other-keyring'
  /** The keyring that sealed it isn't running yet, or is locked. */
  | 'keyring-unavailable'
  | 'record-damaged'
  /** The system doesn't let us read the record: it is left as it is. */
  | 'record-unreadable'
  /** Written by a newer TokenDesk. */
  | 'newer-version'
  /** Damaged so far that not even its environment can be read: nobody knows where its key would have to go. */
  | 'environment-lost'

export type Problem =
  | TransientProblem
  | { readonly code: 'redirected'; readonly status: number; readonly target: string }
  /** While the service was asked, the environment got another address, or was removed: the answer is not kept. */
  | { readonly code: 'environment-changed'; readonly isGone: boolean }
  /** The environment's address was read from a copy of it: nothing is sent there before a person has confirmed it. */
  | { readonly code: 'address-to-confirm' }
  /** The address has granted nothing yet and doesn't answer like the service: 404, 405, 501 with JSON. */
  | { readonly code: 'wrong-address'; readonly status: number }
  /** It refused the account together with others, as a gateway does: the environment is to be looked at. */
  | { readonly code: 'refused-together'; readonly status: number }
  | { readonly code: 'key-refused'; readonly status: number }
  | { readonly code: 'key-needed'; readonly reason: KeyNeededReason }
  | { readonly code: 'locked'; readonly reason: LockedReason }
  /** The record can't be written, so nothing was sent (or, `afterAnswer`, what came back waits in memory). */
  | { readonly code: 'storage-unwritable'; readonly afterAnswer: boolean; readonly detail: string }

export const PROBLEM_CODES = [
  'unreachable',
  'no-answer',
  'service-unavailable',
  'unexpected-status',
  'not-the-service',
  'invalid-response',
  'redirected',
  'environment-changed',
  'address-to-confirm',
  'wrong-address',
  'refused-together',
  'key-refused',
  'key-needed',
  'locked',
  'storage-unwritable',
] as const satisfies readonly Problem['code'][]

/** The environment's question above the list says more, and is where the user decides. */
export function asksAPerson({ code }: Problem): boolean {
  return code === 'address-to-confirm' || code === 'wrong-address' || code === 'refused-together'
}

export function isTransient(problem: Problem): problem is TransientProblem {
  switch (problem.code) {
    case 'unreachable':
    case 'no-answer':
    case 'service-unavailable':
    case 'unexpected-status':
    case 'not-the-service':
    case 'invalid-response':
      return true
    case 'redirected':
    case 'environment-changed':
    case 'address-to-confirm':
    case 'wrong-address':
    case 'refused-together':
    case 'key-refused':
    case 'key-needed':
    case 'locked':
    case 'storage-unwritable':
      return false
  }
}
