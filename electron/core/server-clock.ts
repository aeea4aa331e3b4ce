/**
 * The time by which deadlines are read: the server's. It notices when this machine's clock is set back, which would
 * make dead tokens look alive. Forward, a clock that was set looks the same as sleep; then tokens look dead too early,
 * which costs a renewal and mends itself with that reply's `Date`.
 */
import type { EpochMs } from '../shared/brand'
import type { EnvironmentId } from '../shared/environment'
import type { AppState } from './app-state'
import type { Clock } from './ports'

/** Less is the slow adjustment that keeps clocks right. */
const NOTICED_MS = 2_000

export class ServerClock {
  #wall: EpochMs
  #monotonic: number

  constructor(
    private readonly clock: Clock,
    private readonly state: AppState,
  ) {
    this.#wall = clock.now()
    this.#monotonic = clock.monotonic()
  }

  now(id: EnvironmentId): EpochMs {
    this.look()
    return this.state.serverTime(id, this.clock.now())
  }

  /** Compares the wall clock with the time that has passed since the last look. */
  look(): void {
    const wall = this.clock.now()
    const monotonic = this.clock.monotonic()
    const jump = wall - this.#wall - (monotonic - this.#monotonic)
    this.#wall = wall
    this.#monotonic = monotonic
    if (jump < -NOTICED_MS) this.state.clockSetBack(-jump)
  }
}
