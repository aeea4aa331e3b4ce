/** Notes what went through an account's gateway: an entry of the journal for each hour, never a path or a header. */
import type { AccountId } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import type { GatewayCount } from '../../shared/gateway'
import type { Activity } from '../activity/activity'
import type { Clock, Timers } from '../base/ports'

const HOUR_MS = 3_600_000
/** The process tells of the last requests a moment later. */
const AFTER_THE_HOUR_MS = 10_000

type Counted = Pick<GatewayCount, 'method' | 'result' | 'count'>

export interface GatewayCountsDeps {
  readonly activity: Activity
  readonly clock: Clock
  readonly timers: Timers
  /** Undefined: the account is gone. */
  readonly nameOf: (id: AccountId) => string | undefined
}

export class GatewayCounts {
  readonly #hours = new Map<EpochMs, Map<AccountId, Map<string, Counted>>>()
  #cancel: (() => void) | null = null

  constructor(private readonly deps: GatewayCountsDeps) {}

  add(counts: readonly GatewayCount[]): void {
    for (const { hour, accountId, method, result, count } of counts) {
      const ofHour = entryOf(this.#hours, hour, () => new Map<AccountId, Map<string, Counted>>())
      const ofAccount = entryOf(ofHour, accountId, () => new Map<string, Counted>())
      const key = `${method} ${result}`
      ofAccount.set(key, { method, result, count: (ofAccount.get(key)?.count ?? 0) + count })
    }
    this.#plan()
  }

  /** Before the app ends or the machine sleeps. */
  note(): void {
    this.#noteBefore(Infinity)
  }

  #plan(): void {
    const { clock, timers } = this.deps
    if (this.#hours.size === 0 || this.#cancel !== null) return
    const first = Math.min(...this.#hours.keys())
    const left = Math.max(0, Math.min(first + HOUR_MS - clock.now(), HOUR_MS)) + AFTER_THE_HOUR_MS
    this.#cancel = timers.after(left, () => {
      this.#cancel = null
      this.#noteBefore(clock.now() - HOUR_MS)
      this.#plan()
    })
  }

  #noteBefore(end: number): void {
    const { activity, nameOf } = this.deps
    for (const [hour, accounts] of this.#hours) {
      if (hour > end) continue
      this.#hours.delete(hour)
      for (const [id, counts] of accounts) {
        const name = nameOf(id)
        if (name !== undefined)
          activity.note(id, name, { kind: 'gateway-used', hour, counts: [...counts.values()] })
      }
    }
    if (this.#hours.size > 0) return
    this.#cancel?.()
    this.#cancel = null
  }
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
