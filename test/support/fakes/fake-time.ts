import type { Clock, Timers } from '../../../electron/core/base/ports'

/** More timers at one instant, or turns of the event loop kept from Vitest’s own time limit, are a loop without end. */
const AT_ONE_INSTANT = 100_000
const TURNS_TOGETHER = 1_000

interface Planned {
  readonly at: number
  readonly run: () => void
}

/** A clock and its timers that move only when a test moves them. */
export class FakeTime implements Clock, Timers {
  /** Elapsed time, which setting the clock doesn't change. */
  #now: number
  #setBy = 0
  readonly #planned = new Set<Planned>()
  /** Called when all ready work is done, before time advances. */
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

  /** How many timers are pending. */
  get waiting(): number {
    return this.#planned.size
  }

  /** Advances time and runs due timers in order, with everything that they cause. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    let atThisInstant = 0
    for (let turn = 1; ; turn += 1) {
      await settle()
      if (turn % TURNS_TOGETHER === 0) await realTurn()
      this.atRest()
      const next = this.#next()
      if (next === undefined || next.at > end) break
      this.#planned.delete(next)
      atThisInstant = next.at > this.#now ? 1 : atThisInstant + 1
      if (atThisInstant > AT_ONE_INSTANT) {
        this.#planned.clear()
        throw new Error('timers set each other without end, and time stands still')
      }
      this.#now = Math.max(this.#now, next.at)
      next.run()
    }
    this.#now = end
    await settle()
    this.atRest()
  }

  /** The process of these timers has ended: none of them runs any more. */
  forgetTimers(): void {
    this.#planned.clear()
  }

  /** Advances time while the process is stopped: due timers run late. */
  stopFor(ms: number): void {
    this.#now += ms
  }

  /** Sets the wall clock without advancing time. A sleep looks the same, forward. */
  jump(ms: number): void {
    this.#setBy += ms
  }

  /** The earliest; of several the one that was scheduled first. */
  #next(): Planned | undefined {
    let next: Planned | undefined
    for (const each of this.#planned) if (next === undefined || each.at < next.at) next = each
    return next
  }
}

/** Lets the event loop run, so that Vitest can end a test that takes too long. */
async function realTurn(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve)
  })
}

/** Runs everything that is ready. */
export async function settle(): Promise<void> {
  // Requested in a microtask, the next tick comes after the last microtask.
  await Promise.resolve()
  await new Promise<void>((resolve) => {
    process.nextTick(resolve)
  })
}
