/** How many requests may be under way: at most 8 for each environment, and 32 in all. */
import pLimit, { type LimitFunction } from 'p-limit'
import type { EnvironmentId } from '../../shared/environment'

/** auth-api.md, rule 5. */
export const REQUESTS_AT_ONCE = 8
/** auth-api.md, rule 5: by all environments together. */
export const REQUESTS_IN_ALL = 32
/** Of an environment's, how many may be taken by what is tried again by itself: a person who asks never waits behind a crowd. */
export const RETRIES_AT_ONCE = REQUESTS_AT_ONCE - 1

interface Slots {
  readonly all: LimitFunction
  readonly forRetries: LimitFunction
}

export class RequestLimiter {
  readonly #environments = new Map<EnvironmentId, Slots>()
  readonly #all = pLimit(REQUESTS_IN_ALL)
  #held: { readonly until: Promise<void>; readonly release: () => void } | null = null

  /** Runs a request when there is a place for it, and nothing is held back. */
  run<Value>(id: EnvironmentId, request: () => Promise<Value>): Promise<Value> {
    return this.#of(id).all(async () => {
      await this.whenReleased()
      return await this.#all(request)
    })
  }

  /** No request begins until `release`; what is under way goes on. */
  hold(): void {
    if (this.#held !== null) return
    let release = (): void => undefined
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    this.#held = { until, release }
  }

  release(): void {
    this.#held?.release()
    this.#held = null
  }

  /** For a request that follows another one in the same place. */
  async whenReleased(): Promise<void> {
    while (this.#held !== null) await this.#held.until
  }

  /** Runs what will want a place, but isn't asked for by a person, when it isn't in anybody's way. */
  runRetry<Value>(id: EnvironmentId, retry: () => Promise<Value>): Promise<Value> {
    return this.#of(id).forRetries(retry)
  }

  /** Whether a request of the environment is under way, or waits for its place. */
  isAsking(id: EnvironmentId): boolean {
    const all = this.#environments.get(id)?.all
    return all !== undefined && all.activeCount + all.pendingCount > 0
  }

  #of(id: EnvironmentId): Slots {
    const known = this.#environments.get(id)
    if (known !== undefined) return known
    const slots = { all: pLimit(REQUESTS_AT_ONCE), forRetries: pLimit(RETRIES_AT_ONCE) }
    this.#environments.set(id, slots)
    return slots
  }
}
