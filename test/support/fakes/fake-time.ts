import type { Clock, Timers } from '../../../electron/core/base/ports'

interface Planned {
  readonly at: number
  readonly run: () => void
}

/** A clock and its timers that move only when a test says so. */
export class FakeTime implements Clock, Timers {
  /** Time that has passed, which no setting of the clock changes. */
  #now: number
  #setBy = 0
  readonly #planned = new Set<Planned>()
  /** Called whenever what was ready has been done, before time goes on. */
  atRest: () => void = () => undefined

  constructor(start = Date.parse('2026-06-01T12:00:00Z')) {
    this.#now = start
  }

  now(): number {
    return this.#now + this.#setBy
  }

  monotonic(): number {
    return this.#now
  }

  after(delayMs: number, run: () => void): () => void {
    if (delayMs < 0 || delayMs > 2 ** 31 - 1) throw new RangeError(`a timer can't wait ${String(delayMs)} ms`)
    const planned = { at: this.#now + delayMs, run }
    this.#planned.add(planned)
    return () => {
      this.#planned.delete(planned)
    }
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.#planned.size
  }

  /** Lets time pass, running what comes due in order, and what that leads to. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    for (;;) {
      await settle()
      this.atRest()
      const next = this.#next()
      if (next === undefined || next.at > end) break
      this.#planned.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
    }
    this.#now = end
    await settle()
    this.atRest()
  }

  /** The process that planned them is gone: none of its timers runs any more. */
  forgetTimers(): void {
    this.#planned.clear()
  }

  /** Time passes while the process is stopped: what comes due meanwhile runs late. */
  stopFor(ms: number): void {
    this.#now += ms
  }

  /** Somebody sets the wall clock: it jumps, and no time passes. Sleep looks the same, forward. */
  jump(ms: number): void {
    this.#setBy += ms
  }

  /** The earliest; of several the one that was planned first. */
  #next(): Planned | undefined {
    let next: Planned | undefined
    for (const each of this.#planned) if (next === undefined || each.at < next.at) next = each
    return next
  }
}

/** Lets everything that is ready to run do so. */
export async function settle(): Promise<void> {
  // Asked for from within a microtask, the next tick comes when none is left.
  await Promise.resolve()
  await new Promise<void>((resolve) => {
    process.nextTick(resolve)
  })
}
