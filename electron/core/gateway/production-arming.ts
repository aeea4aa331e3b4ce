/** For which accounts requests may change production, and until when. Never stored: it is given anew each time. */
import type { AccountId } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import { DeadlineScheduler } from '../base/deadline-scheduler'
import type { Clock, Timers } from '../base/ports'

export const ARMED_FOR_MS = 15 * 60_000

interface Armed {
  readonly until: EpochMs
  /** What was seen when it was armed; another one is another decision. */
  readonly baseUrl: string
}

export class ProductionArming {
  readonly #armed = new Map<AccountId, Armed>()
  readonly #deadlines: DeadlineScheduler<AccountId>

  constructor(
    private readonly clock: Clock,
    timers: Timers,
    private readonly over: (ids: readonly AccountId[]) => void,
  ) {
    this.#deadlines = new DeadlineScheduler(
      () => clock.monotonic(),
      timers,
      (ids) => {
        this.disarm(ids)
      },
    )
  }

  arm(id: AccountId, baseUrl: string): void {
    this.#armed.set(id, { until: this.clock.now() + ARMED_FOR_MS, baseUrl })
    this.#deadlines.set(id, this.clock.monotonic() + ARMED_FOR_MS)
  }

  /** Null: it isn't. `baseUrl`: where its requests go now. */
  until(id: AccountId, baseUrl: string): EpochMs | null {
    const armed = this.#armed.get(id)
    return armed?.baseUrl === baseUrl ? armed.until : null
  }

  disarm(ids: readonly AccountId[] = [...this.#armed.keys()]): void {
    const armed = ids.filter((id) => this.#armed.delete(id))
    for (const id of armed) this.#deadlines.delete(id)
    if (armed.length > 0) this.over(armed)
  }
}
