/**
 * Schedules retries of failed renewals, and spreads renewals that are due together. In memory only: after a restart the
 * next use or policy renews.
 */
import type { AccountId } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import { isTransient, type Problem } from '../../shared/problem'
import { DeadlineScheduler } from '../base/deadline-scheduler'
import { backoffMs } from '../base/backoff'
import type { Clock, Random, Timers } from '../base/ports'

/** If more than this are due together, they are spread by the step below. */
const TOGETHER = 8
const SPREAD_STEP_MS = 10

interface FailureState {
  readonly problem: Problem
  readonly failures: number
  readonly retryAt: EpochMs | null
  /** Retried only when a person asks, or the network returns. */
  readonly isLeftToPerson: boolean
}

export interface RetryTerms {
  /** How long the service asks to wait (`Retry-After`). */
  readonly retryAfterMs: number | null
  /** False: after a lost answer it is retried only when a person asks, or the network returns. */
  readonly isAutomatic: boolean
}

export interface RetrySchedulerDeps {
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  /** When the account's JWT expires (ms since the epoch): the earliest is renewed first. */
  readonly urgency: (id: AccountId) => EpochMs
  readonly retry: (id: AccountId) => void
  /** How long the account's service is not to be asked, in ms; 0 when it may be. */
  readonly pausedMs: (id: AccountId) => number
  /** The retries of these accounts were put off. */
  readonly putOff: (ids: readonly AccountId[]) => void
}

export class RetryScheduler {
  readonly #failures = new Map<AccountId, FailureState>()
  readonly #deadlines: DeadlineScheduler<AccountId>

  constructor(private readonly deps: RetrySchedulerDeps) {
    const { clock, timers } = deps
    // By the monotonic clock, so that setting the wall clock delays no retry.
    this.#deadlines = new DeadlineScheduler(
      () => clock.monotonic(),
      timers,
      (ids) => {
        this.#start(ids)
      },
    )
  }

  failed(id: AccountId, problem: Problem, { retryAfterMs, isAutomatic }: RetryTerms): void {
    const { clock, random, pausedMs } = this.deps
    const failures = (this.#failures.get(id)?.failures ?? 0) + 1
    const isLeftToPerson = !isAutomatic && mayBeInDoubt(problem)
    const leastMs = Math.max(retryAfterMs ?? 0, pausedMs(id))
    const waitMs = isRetryable(problem) && !isLeftToPerson ? backoffMs(failures, leastMs, random) : null
    const retryAt = waitMs === null ? null : clock.now() + waitMs
    this.#failures.set(id, { problem, failures, retryAt, isLeftToPerson })
    if (waitMs === null) this.#deadlines.delete(id)
    else this.#deadlines.set(id, clock.monotonic() + waitMs)
  }

  forget(id: AccountId): void {
    this.#failures.delete(id)
    this.#deadlines.delete(id)
  }

  hasFailed(id: AccountId): boolean {
    return this.#failures.has(id)
  }

  /** Whether it has failed, with neither a retry ahead nor a wait for a person. */
  hasGivenUp(id: AccountId): boolean {
    const failure = this.#failures.get(id)
    return failure !== undefined && failure.retryAt === null && !failure.isLeftToPerson
  }

  problem(id: AccountId): Problem | null {
    return this.#failures.get(id)?.problem ?? null
  }

  /** Null when no retry is planned. */
  retryAt(id: AccountId): EpochMs | null {
    return this.#failures.get(id)?.retryAt ?? null
  }

  /** Retries now what waits for its next attempt, and what is left to a person. */
  retryNow(): void {
    this.#start(this.#waiting())
  }

  /** The same, where it failed with such a problem. */
  retryWhere(isMeant: (problem: Problem) => boolean): void {
    this.#start(
      this.#waiting().filter((id) => {
        const problem = this.problem(id)
        return problem !== null && isMeant(problem)
      }),
    )
  }

  #waiting(): readonly AccountId[] {
    const waiting = [...this.#failures].flatMap(([id, { problem, retryAt }]) =>
      retryAt === null && isRetryable(problem) ? [id] : [],
    )
    return [...this.#deadlines.keys(), ...waiting]
  }

  /** Starts renewals that are due for another reason than a failure. */
  begin(ids: readonly AccountId[]): void {
    this.#start(ids.filter((id) => !this.#deadlines.has(id)))
  }

  /** Retries nothing from now on. */
  stop(): void {
    this.#deadlines.clear()
  }

  /** Many at once are spread with jitter, the most urgent first, so that a wake-up is no storm. */
  #start(wanted: readonly AccountId[]): void {
    const ids = wanted.filter((id) => this.deps.pausedMs(id) === 0)
    this.putOff(wanted.filter((id) => this.deps.pausedMs(id) > 0))
    if (ids.length <= TOGETHER) {
      for (const id of ids) {
        this.#deadlines.delete(id)
        this.deps.retry(id)
      }
      return
    }
    const now = this.deps.clock.monotonic()
    const urgent = ids
      .map((id) => ({ id, expiresAt: this.deps.urgency(id) }))
      .sort((a, b) => a.expiresAt - b.expiresAt)
    for (const [place, { id }] of urgent.entries()) {
      this.#deadlines.set(id, now + (place + this.deps.random()) * SPREAD_STEP_MS)
    }
  }

  /** Until their service may be asked again. */
  putOff(ids: readonly AccountId[]): void {
    if (ids.length === 0) return
    const { clock, pausedMs, putOff } = this.deps
    for (const id of ids) {
      const waitMs = pausedMs(id)
      const failure = this.#failures.get(id)
      if (failure !== undefined) this.#failures.set(id, { ...failure, retryAt: clock.now() + waitMs })
      this.#deadlines.set(id, clock.monotonic() + waitMs)
    }
    putOff(ids)
  }
}

/** The request was sent, and its effect is unknown. */
function mayBeInDoubt({ code }: Problem): boolean {
  return code === 'no-answer' || code === 'invalid-response'
}

/** Transient problems, and a disk that may have room again. */
function isRetryable(problem: Problem): boolean {
  return isTransient(problem) || problem.code === 'storage-unwritable'
}
