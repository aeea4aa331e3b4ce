/**
 * A service that limits its callers wants the whole environment to wait (auth-api.md, rule 5): whatever can wait does so
 * (imports, bulk and automatic renewals). What a person asks for one account is still sent at once.
 */
import type { EpochMs } from '../../shared/brand'
import type { EnvironmentId } from '../../shared/environment'
import type { AppEmitter } from '../base/app-events'
import { backoffMs } from '../base/backoff'
import { DeadlineScheduler } from '../base/deadline-scheduler'
import type { AuthAnswer, Clock, Random, Timers } from '../base/ports'

/** "Too Many Requests" (RFC 6585). */
const TOO_MANY_REQUESTS = 429

/** A service that asks to wait 0 s and limits again must not be asked without end. */
const SHORTEST_MS = 1_000

export interface ServicePausesDeps {
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly events: AppEmitter
}

interface ServicePause {
  /** By the monotonic clock. */
  readonly endsAt: number
  readonly until: EpochMs
}

export class ServicePauses {
  readonly #pauses = new Map<EnvironmentId, ServicePause>()
  /** How often each was limited in a row, for those that don't say how long to wait. */
  readonly #inARow = new Map<EnvironmentId, number>()
  readonly #waiting = new Map<EnvironmentId, Set<() => void>>()
  readonly #deadlines: DeadlineScheduler<EnvironmentId>

  constructor(private readonly deps: ServicePausesDeps) {
    this.#deadlines = new DeadlineScheduler(
      () => deps.clock.monotonic(),
      deps.timers,
      (ids) => {
        for (const id of ids) this.end(id)
      },
    )
  }

  /** Notes an answer of the environment's service. */
  answered(id: EnvironmentId, answer: AuthAnswer): void {
    if (!isLimit(answer)) {
      if (answer.kind === 'granted') this.#inARow.delete(id)
      return
    }
    // Those that were under way together are limited once.
    if (!this.#pauses.has(id)) this.#inARow.set(id, (this.#inARow.get(id) ?? 0) + 1)
    const wanted = answer.retryAfterMs ?? backoffMs(this.#inARow.get(id) ?? 1, null, this.deps.random)
    this.#begin(id, Math.max(SHORTEST_MS, wanted))
  }

  /** By this machine's clock; null while the environment may be asked. */
  until(id: EnvironmentId): EpochMs | null {
    return this.#pauses.get(id)?.until ?? null
  }

  /** In ms; 0 while the environment may be asked. */
  left(id: EnvironmentId): number {
    const pause = this.#pauses.get(id)
    return pause === undefined ? 0 : Math.max(0, pause.endsAt - this.deps.clock.monotonic())
  }

  /** Resolves when the environment may be asked again, or as soon as `signal` is aborted. */
  async over(id: EnvironmentId, signal?: AbortSignal): Promise<void> {
    while (this.#pauses.has(id) && signal?.aborted !== true) {
      await new Promise<void>((resolve) => {
        const waiting = this.#waiting.get(id) ?? new Set()
        this.#waiting.set(id, waiting)
        const go = (): void => {
          waiting.delete(go)
          signal?.removeEventListener('abort', go)
          resolve()
        }
        waiting.add(go)
        signal?.addEventListener('abort', go)
      })
    }
  }

  /** It has ended, or was asked for by another address. */
  end(id: EnvironmentId): void {
    if (!this.#pauses.delete(id)) return
    this.#deadlines.delete(id)
    this.deps.events.emit('servicePaused', { environmentId: id, until: null })
    for (const go of [...(this.#waiting.get(id) ?? [])]) go()
  }

  /** The network is another one, or the machine has slept: what was asked for before no longer counts. */
  endAll(): void {
    for (const id of [...this.#pauses.keys()]) this.end(id)
  }

  #begin(id: EnvironmentId, waitMs: number): void {
    const { clock, events } = this.deps
    const endsAt = clock.monotonic() + waitMs
    if ((this.#pauses.get(id)?.endsAt ?? 0) >= endsAt) return
    const until = clock.now() + waitMs
    this.#pauses.set(id, { endsAt, until })
    this.#deadlines.set(id, endsAt)
    events.emit('servicePaused', { environmentId: id, until })
  }
}

function isLimit(answer: AuthAnswer): answer is Extract<AuthAnswer, { kind: 'transient' }> {
  if (answer.kind !== 'transient') return false
  const { problem, retryAfterMs } = answer
  return (
    retryAfterMs !== null || (problem.code === 'service-unavailable' && problem.status === TOO_MANY_REQUESTS)
  )
}
