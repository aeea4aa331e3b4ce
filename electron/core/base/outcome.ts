/** How a renewal ended, for those who asked for it. */
import type { EpochMs } from '../../shared/brand'
import type { Problem } from '../../shared/problem'
import type { Secret } from '../../shared/secret'
import { StorageUnwritableError } from './errors'

export type Outcome<Value> = { readonly ok: true; readonly value: Value } | Failure

export interface Failure {
  readonly ok: false
  readonly problem: Problem
  /** How long the service asks not to be asked again, in ms. */
  readonly retryAfterMs?: number | null
}

export interface LiveJwt {
  readonly jwt: Secret
  /** In the server's time; null where it is unknown. */
  readonly expiresAt: EpochMs | null
  /** The service has granted one that has expired already. */
  readonly isExpired: boolean
}

export function failed(problem: Problem, retryAfterMs: number | null = null): Failure {
  return { ok: false, problem, retryAfterMs }
}

/** `afterAnswer`: the service has granted what can't be stored. */
export function unwritable(
  error: unknown,
  afterAnswer: boolean,
  what: 'session' | 'outcome' = 'session',
): Failure {
  if (!(error instanceof StorageUnwritableError)) throw error
  return failed({ code: 'storage-unwritable', what, afterAnswer, detail: error.message })
}
