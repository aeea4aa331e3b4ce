/**
 * The server's time, by which deadlines are compared. After this machine's clock was set back, expired tokens would
 * look live; so until the environment's next `Date`, the later of the two possible times decides whether a JWT is
 * handed out without a request.
 */
import type { EpochMs } from '../../shared/brand'
import { serverTime, type EnvironmentId } from '../../shared/environment'
import type { EnvironmentStore } from '../settings/environment-store'
import type { Clock } from '../base/ports'

/** Smaller jumps are normal clock adjustments. */
const NOTICED_MS = 2_000

/** No exchange takes longer while the machine is awake, with its time-out and the storing of its result. */
const LONGEST_EXCHANGE_MS = 30_000

export class ServerClock {
  #wall: EpochMs
  #monotonic: number
  /** How far the clock has been set back since the environment's skew was measured. */
  readonly #setBack = new Map<EnvironmentId, number>()

  constructor(
    private readonly clock: Clock,
    private readonly environmentStore: EnvironmentStore,
  ) {
    this.#wall = clock.now()
    this.#monotonic = clock.monotonic()
  }

  now(id: EnvironmentId): EpochMs {
    return this.environmentStore.serverTime(id, this.clock.now())
  }

  /** Now; null where the server's time isn't known, or this machine's clock was set back since it was measured. */
  measuredNow(id: EnvironmentId): EpochMs | null {
    this.#look()
    const isMeasured = (this.environmentStore.get(id)?.clockSkewMs ?? null) !== null && !this.#setBack.has(id)
    return isMeasured ? this.now(id) : null
  }

  /** Now, by the skew that an answer has just shown; null: it showed none. */
  nowBy(id: EnvironmentId, clockSkewMs: number | null): EpochMs {
    return clockSkewMs === null ? this.now(id) : serverTime({ clockSkewMs }, this.clock.now())
  }

  /**
   * When the answer to a request sent at `askedAt` (by this machine's clock) came; the earliest possible time where the
   * machine may have slept meanwhile. `clockSkewMs`: as for `nowBy`.
   */
  receivedAt(id: EnvironmentId, askedAt: EpochMs, clockSkewMs: number | null): EpochMs {
    const took = this.clock.now() - askedAt
    return this.nowBy(id, clockSkewMs) - (took > LONGEST_EXCHANGE_MS ? took : 0)
  }

  /** Whether the machine has slept since `receivedAt` (the server's time). */
  isLongAgo(id: EnvironmentId, receivedAt: EpochMs): boolean {
    return this.latest(id) - receivedAt > LONGEST_EXCHANGE_MS
  }

  /** By this machine's clock, to be passed to `receivedAt`. */
  here(): EpochMs {
    return this.clock.now()
  }

  /** The latest possible time. */
  latest(id: EnvironmentId): EpochMs {
    this.#look()
    return this.now(id) + (this.#setBack.get(id) ?? 0)
  }

  measured(id: EnvironmentId, clockSkewMs: number): void {
    this.#look()
    this.#setBack.delete(id)
    this.environmentStore.measuredSkew(id, clockSkewMs)
  }

  /** Compares the wall clock with the monotonic one. A clock that was set forward looks the same as sleep. */
  #look(): void {
    const wall = this.clock.now()
    const monotonic = this.clock.monotonic()
    const jump = wall - this.#wall - (monotonic - this.#monotonic)
    this.#wall = wall
    this.#monotonic = monotonic
    if (jump > -NOTICED_MS) return
    for (const { id } of this.environmentStore.all) {
      this.#setBack.set(id, (this.#setBack.get(id) ?? 0) - jump)
    }
  }
}
