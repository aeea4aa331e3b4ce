import type { EpochMs } from './brand'

/** Why the service could not be reached at all: the request did not arrive. */
export type UnreachableReason = 'offline' | 'dns' | 'refused' | 'proxy' | 'proxy-password' | 'tls' | 'other'

/**
 * Where certificate authorities are kept that Chromium trusts beside its own: on Linux the user's NSS store, and not the
 * system's; elsewhere the system's.
 */
export type TrustStore = 'nss' | 'system'

/** Retried with back-off (auth-api.md, rule 5). */
export type TransientProblem =
  | {
      readonly code: 'unreachable'
      readonly reason: UnreachableReason
      readonly detail: string
      /** The certificate's authority is not among those in this store. */
      readonly trust?: TrustStore | undefined
    }
  /** Sent, but no response within the time-out, or the connection broke before the response was complete. */
  | { readonly code: 'no-answer'; readonly reason: 'timeout' | 'broken'; readonly detail: string }
  /** 408, 425, 429, 5xx. */
  | {
      readonly code: 'service-unavailable'
      readonly status: number
      /** When the service wants to be asked again, by this machine's clock; absent where it didn't say. */
      readonly retryAt?: EpochMs | undefined
    }
  /** One that the service isn't known to send: 402, 451… */
  | { readonly code: 'unexpected-status'; readonly status: number }
  /**
   * No JSON where the service would have sent JSON: a proxy or a portal speaks, by a web page, or in a few words or none.
   */
  | { readonly code: 'not-the-service'; readonly status: number; readonly isPage: boolean }
  | { readonly code: 'invalid-response'; readonly reason: InvalidResponseReason }

export type InvalidResponseReason =
  /** Nothing at all: 204, or an empty body. */
  | 'empty'
  | 'not-json'
  /** The sign-in page of a network, say: no service of ours. */
  | 'web-page'
  /** JSON, but no object: `null`, `[]`, a word. */
  | 'not-an-object'
  | 'too-large'
  | 'no-jwt'
  /** What was granted lies deeper, as `{"data":{"jwt":…}}`: another API than the one that is spoken here. */
  | 'wrapped'
  /** The JWT that it has just granted has expired by its own `exp`, and by the service's own clock. */
  | 'expired-jwt'

/** Why only a new API key helps. */
export type KeyNeededReason =
  /** It has neither a refresh token nor a saved API key. */
  | 'nothing-to-renew-with'
  | 'refresh-token-expired'
  | 'refresh-token-refused'
  /** Refused after a renewal whose response was lost: the service had probably replaced the token. */
  | 'refresh-token-maybe-replaced'
  /** The session was kept in memory only, and the app has been restarted since. */
  | 'kept-in-memory-only'
  /** The saved API key logged in as another subject than the stored JWT names (auth-api.md, rule 7). */
  | 'key-of-another'

export type LockedReason =
  | 'cannot-decrypt'
  | 'other-keyring'
  /** The keyring that encrypted it isn't running yet, or is locked. */
  | 'keyring-unavailable'
  | 'record-damaged'
  /** The system doesn't allow reading the record, which is left unchanged. */
  | 'record-unreadable'
  /** Written by a newer TokenDesk. */
  | 'newer-version'
  /** So damaged that even its environment is unknown: there is no service to send its API key to. */
  | 'environment-lost'

/** What the disk has refused to take. */
export const UNSAVED = [
  /** The note of a request that was to be sent, which therefore wasn't. */
  'session',
  /** How a renewal ended without a new session. */
  'outcome',
  'new-account',
  'account',
  'removal',
  'environment',
  'settings',
  'storage-choice',
  'lock',
  'start-at-login',
  'restore',
  /** One that the user saves: an export, a backup, the results of an import. */
  'file',
  'proxy-password',
] as const
export type Unsaved = (typeof UNSAVED)[number]

export type Problem =
  | TransientProblem
  | { readonly code: 'redirected'; readonly status: number; readonly target: string }
  /** The environment got another base URL or was removed during the request, so the response is dropped. */
  | { readonly code: 'environment-changed'; readonly isGone: boolean }
  /** The base URL was restored from a copy: nothing is sent there before the user has confirmed it. */
  | { readonly code: 'address-to-confirm' }
  /** It has never granted a session and doesn't respond like the service: 404, 405, 501 with JSON. */
  | { readonly code: 'wrong-address'; readonly status: number }
  /** It refused several accounts together, as a gateway does: the environment needs checking. */
  | { readonly code: 'refused-together'; readonly status: number }
  | { readonly code: 'key-refused'; readonly status: number }
  | { readonly code: 'key-needed'; readonly reason: KeyNeededReason }
  | { readonly code: 'locked'; readonly reason: LockedReason }
  /** What can't be written, as it was before; `afterAnswer`: a granted session waits in memory. */
  | {
      readonly code: 'storage-unwritable'
      readonly what: Unsaved
      readonly afterAnswer: boolean
      readonly detail: string
    }

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

/** The environment's question above the list explains these, and the user decides there. */
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
