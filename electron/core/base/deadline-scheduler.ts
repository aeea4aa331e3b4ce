import type { Timers } from './ports'

/**
 * Timers can't sleep longer than 2^31 - 1 ms. And no system reports that somebody has set the wall clock: waking up now
 * and then notices it, at no cost that could be measured.
 */
const LONGEST_NAP_MS = 60 * 60_000

/**
 * Keyed deadlines on one timer that sleeps until the earliest: no polling, and setting one costs the same however many
 * there are (waking up looks at each). What comes due is removed, then given to `due`, the most overdue first: it may
 * set it again.
 */
export class DeadlineScheduler<Key> {
  readonly #deadlines = new Map<Key, number>()
  #cancelTimer: (() => void) | null = null
  #wakesAt: number = Number.POSITIVE_INFINITY

  /** `now`: the wall clock for deadlines of the calendar, the monotonic one for "in so many seconds". */
  constructor(
    private readonly now: () => number,
    private readonly timers: Timers,
    private readonly due: (keys: readonly Key[]) => void,
  ) {}

  set(key: Key, at: number): void {
    this.#deadlines.set(key, at)
    if (at < this.#wakesAt) this.#sleepUntil(at)
  }

  has(key: Key): boolean {
    return this.#deadlines.has(key)
  }

  delete(key: Key): void {
    this.#deadlines.delete(key)
    if (this.#deadlines.size === 0) this.#stop()
  }

  keys(): readonly Key[] {
    return [...this.#deadlines.keys()]
  }

  clear(): void {
    this.#deadlines.clear()
    this.#stop()
  }

  /** The clock may have jumped, or the machine has slept: what has come due meanwhile is due now. */
  reevaluate(): void {
    if (this.#deadlines.size > 0) this.#wake()
  }

  #wake(): void {
    this.#stop()
    const now = this.now()
    const due: Key[] = []
    let next = Number.POSITIVE_INFINITY
    for (const [key, at] of this.#deadlines) {
      if (at <= now) due.push(key)
      else if (at < next) next = at
    }
    due.sort((a, b) => (this.#deadlines.get(a) ?? 0) - (this.#deadlines.get(b) ?? 0))
    for (const key of due) this.#deadlines.delete(key)
    if (next !== Number.POSITIVE_INFINITY) this.#sleepUntil(next)
    if (due.length > 0) this.due(due)
  }

  #sleepUntil(at: number): void {
    this.#stop()
    this.#wakesAt = at
    const nap = Math.min(LONGEST_NAP_MS, Math.max(0, at - this.now()))
    this.#cancelTimer = this.timers.after(nap, () => {
      this.#wake()
    })
  }

  #stop(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = null
    this.#wakesAt = Number.POSITIVE_INFINITY
  }
}
