/** How many requests may be under way: at most 8 for each environment, and 32 in all. */
import pLimit, { type LimitFunction } from 'p-limit'
import type { EnvironmentId } from '../../shared/environment'
import type { Timers } from '../base/ports'

/** auth-api.md, rule 5. */
export const REQUESTS_AT_ONCE = 8
/** auth-api.md, rule 5: by all environments together. */
export const REQUESTS_IN_ALL = 32
/** Automatic renewals leave one slot of each environment free, so that a person never waits behind a crowd. */
export const RETRIES_AT_ONCE = REQUESTS_AT_ONCE - 1

/** A sleep that was announced may never come: requests begin again after so long awake. */
const HELD_AT_MOST_MS = 60_000

interface Slots {
  readonly all: LimitFunction
  readonly forRetries: LimitFunction
}

export class RequestLimiter {
  readonly #environments = new Map<EnvironmentId, Slots>()
  readonly #all = pLimit(REQUESTS_IN_ALL)
  #held: { readonly until: Promise<void>; readonly release: () => void } | null = null
  #stopTimer: () => void = () => undefined

  constructor(private readonly timers: Timers) {}

  /** Runs a request when it gets a slot and requests are not held. */
  run<Value>(id: EnvironmentId, request: () => Promise<Value>): Promise<Value> {
    return this.#slots(id).all(async () => {
      await this.whenReleased()
      return await this.#all(request)
    })
  }

  /** No request begins until `release`, or for a minute at most; requests in flight are not affected. */
  hold(): void {
    this.#stopTimer()
    this.#stopTimer = this.timers.after(HELD_AT_MOST_MS, () => {
      this.release()
    })
    if (this.#held !== null) return
    let release = (): void => undefined
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    this.#held = { until, release }
  }

  release(): void {
    this.#stopTimer()
    this.#held?.release()
    this.#held = null
  }

  /** For a request that follows another one in the same slot. */
  async whenReleased(): Promise<void> {
    while (this.#held !== null) await this.#held.until
  }

  /** Runs an automatic renewal, which will take a slot by `run`, when it is in no person's way. */
  runRetry<Value>(id: EnvironmentId, retry: () => Promise<Value>): Promise<Value> {
    return this.#slots(id).forRetries(retry)
  }

  /** Whether a request of the environment is under way, or waits for its slot. */
  isAsking(id: EnvironmentId): boolean {
    const all = this.#environments.get(id)?.all
    return all !== undefined && all.activeCount + all.pendingCount > 0
  }

  #slots(id: EnvironmentId): Slots {
    const known = this.#environments.get(id)
    if (known !== undefined) return known
    const slots = { all: pLimit(REQUESTS_AT_ONCE), forRetries: pLimit(RETRIES_AT_ONCE) }
    this.#environments.set(id, slots)
    return slots
  }
}
