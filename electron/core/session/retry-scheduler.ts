/**
 * Who failed, why, and when it is tried again; and how many that are due together are spread. Lives in memory only:
 * after a restart the user's next need tries.
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
  /** Whether it goes on only when somebody asks, or the network returns. */
  readonly isLeft: boolean
}

export interface TryAgain {
  /** How long the service asks to wait (`Retry-After`). */
  readonly retryAfterMs: number | null
  /** False: after an answer that was lost it is not tried again until somebody asks, or the network returns. */
  readonly isAutomatic: boolean
}

export interface RetryPlanDeps {
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  /** Whose JWT dies first is tried first; ms since the epoch. */
  readonly urgency: (id: AccountId) => EpochMs
  readonly retry: (id: AccountId) => void
}

export class RetryScheduler {
  readonly #failures = new Map<AccountId, FailureState>()
  readonly #deadlines: DeadlineScheduler<AccountId>

  constructor(private readonly deps: RetryPlanDeps) {
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

  failed(id: AccountId, problem: Problem, { retryAfterMs, isAutomatic }: TryAgain): void {
    const { clock, random } = this.deps
    const failures = (this.#failures.get(id)?.failures ?? 0) + 1
    const isLeft = !isAutomatic && mayBeInDoubt(problem)
    const waitMs = isRetryable(problem) && !isLeft ? backoffMs(failures, retryAfterMs, random) : null
    const retryAt = waitMs === null ? null : clock.now() + waitMs
    this.#failures.set(id, { problem, failures, retryAt, isLeft })
    if (waitMs === null) this.#deadlines.delete(id)
    else this.#deadlines.set(id, clock.monotonic() + waitMs)
  }

  forget(id: AccountId): void {
    this.#failures.delete(id)
    this.#deadlines.delete(id)
  }

  isInTrouble(id: AccountId): boolean {
    return this.#failures.has(id)
  }

  /** Whether it is in trouble, and nothing follows from that: neither a try nor a wait for somebody. */
  isOver(id: AccountId): boolean {
    const failure = this.#failures.get(id)
    return failure !== undefined && failure.retryAt === null && !failure.isLeft
  }

  problem(id: AccountId): Problem | null {
    return this.#failures.get(id)?.problem ?? null
  }

  /** When the next try is planned; null when none is. */
  retryAt(id: AccountId): EpochMs | null {
    return this.#failures.get(id)?.retryAt ?? null
  }

  /** What waits for its next try goes on now, and so does what is not tried again by itself but may be. */
  retryNow(): void {
    const left = [...this.#failures].flatMap(([id, { problem, retryAt }]) =>
      retryAt === null && isRetryable(problem) ? [id] : [],
    )
    this.#start([...this.#deadlines.keys(), ...left])
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
  #start(ids: readonly AccountId[]): void {
    if (ids.length <= TOGETHER) {
      for (const id of ids) {
        this.#deadlines.delete(id)
        this.deps.retry(id)
      }
      return
    }
    const now = this.deps.clock.monotonic()
    const urgent = ids.map((id) => ({ id, dies: this.deps.urgency(id) })).sort((a, b) => a.dies - b.dies)
    for (const [place, { id }] of urgent.entries()) {
      this.#deadlines.set(id, now + (place + this.deps.random()) * SPREAD_STEP_MS)
    }
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
