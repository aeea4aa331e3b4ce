import type { EpochMs } from '../shared/brand'
import type { Clock, Timers } from './ports'

/** Timers can't sleep longer than 2^31 - 1 ms, and a shorter nap notices a wall clock that was moved. */
const LONGEST_NAP_MS = 6 * 60 * 60_000

/**
 * Keyed deadlines on one timer that sleeps until the earliest: no polling, and the same cost per key at any
 * number of keys. A deadline that comes due is removed before `due` is called, so `due` may set it again.
 */
export class Agenda<Key> {
  readonly #deadlines = new Map<Key, EpochMs>()
  #cancelTimer: (() => void) | null = null
  #wakesAt: EpochMs = Number.POSITIVE_INFINITY

  constructor(
    private readonly clock: Clock,
    private readonly timers: Timers,
    private readonly due: (keys: readonly Key[]) => void,
  ) {}

  set(key: Key, at: EpochMs): void {
    this.#deadlines.set(key, at)
    if (at < this.#wakesAt) this.#sleepUntil(at)
  }

  delete(key: Key): void {
    this.#deadlines.delete(key)
    if (this.#deadlines.size === 0) this.#stop()
  }

  keys(): readonly Key[] {
    return [...this.#deadlines.keys()]
  }

  /** Looks again at the clock: after sleep, or when the clock was moved. */
  replan(): void {
    this.#wake()
  }

  clear(): void {
    this.#deadlines.clear()
    this.#stop()
  }

  #wake(): void {
    this.#stop()
    const now = this.clock.now()
    const due: Key[] = []
    let next = Number.POSITIVE_INFINITY
    for (const [key, at] of this.#deadlines) {
      if (at <= now) due.push(key)
      else if (at < next) next = at
    }
    for (const key of due) this.#deadlines.delete(key)
    if (next !== Number.POSITIVE_INFINITY) this.#sleepUntil(next)
    if (due.length > 0) this.due(due)
  }

  #sleepUntil(at: EpochMs): void {
    this.#stop()
    this.#wakesAt = at
    const nap = Math.min(LONGEST_NAP_MS, Math.max(0, at - this.clock.now()))
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
