/**
 * The time by which deadlines are read: the server's. When this machine's clock is set back, dead tokens would look
 * alive; until the environment's next `Date` has settled it, the later of the two possible times is what a JWT must
 * survive to be given out without asking the service.
 */
import type { EpochMs } from '../../shared/brand'
import { serverTime, type EnvironmentId } from '../../shared/environment'
import type { EnvironmentStore } from '../settings/environment-store'
import type { Clock } from '../base/ports'

/** Less is the slow adjustment that keeps clocks right. */
const NOTICED_MS = 2_000

/** No exchange takes longer while the machine is awake, its time-out and the storing of what it brought included. */
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

  /** Now, where the service has told its time and this machine's clock has not been set back since; else null. */
  measuredNow(id: EnvironmentId): EpochMs | null {
    this.#look()
    const isMeasured = (this.environmentStore.get(id)?.clockSkewMs ?? null) !== null && !this.#setBack.has(id)
    return isMeasured ? this.now(id) : null
  }

  /** Now, by what an answer has just said of the server's clock; null: it said nothing. */
  nowBy(id: EnvironmentId, clockSkewMs: number | null): EpochMs {
    return clockSkewMs === null ? this.now(id) : serverTime({ clockSkewMs }, this.clock.now())
  }

  /**
   * When that came which was asked for at `askedAt` (by this machine's clock); at the earliest, where the machine may
   * have slept while it was on its way. `clockSkewMs`: as for `nowBy`.
   */
  receivedAt(id: EnvironmentId, askedAt: EpochMs, clockSkewMs: number | null): EpochMs {
    const took = this.clock.now() - askedAt
    return this.nowBy(id, clockSkewMs) - (took > LONGEST_EXCHANGE_MS ? took : 0)
  }

  /** Whether what came at `receivedAt` (the server's time) has not come just now: the machine has slept since. */
  isLongAgo(id: EnvironmentId, receivedAt: EpochMs): boolean {
    return this.latest(id) - receivedAt > LONGEST_EXCHANGE_MS
  }

  /** By this machine's clock, for `receivedAt`. */
  here(): EpochMs {
    return this.clock.now()
  }

  /** What time it is at the latest. */
  latest(id: EnvironmentId): EpochMs {
    this.#look()
    return this.now(id) + (this.#setBack.get(id) ?? 0)
  }

  measured(id: EnvironmentId, clockSkewMs: number): void {
    this.#look()
    this.#setBack.delete(id)
    this.environmentStore.measuredSkew(id, clockSkewMs)
  }

  /** Compares the wall clock with the time that has passed. Forward, a clock that was set looks the same as sleep. */
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
