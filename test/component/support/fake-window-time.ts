import type { WindowTime } from '../../../src/base/clock/window-time'
import { NOW } from '../../support/builders'

interface Planned {
  readonly at: number
  readonly by: 'window' | 'main'
  readonly run: () => void
}

/** A window's clock that moves only when a test moves it. */
export class FakeWindowTime implements WindowTime {
  private time: number
  private isHidden = false
  private planned: Planned[] = []
  private readonly watchers = new Set<() => void>()

  constructor(start = NOW) {
    this.time = start
  }

  now = (): number => this.time

  /** A test that moves the computer sets `TZ` as well. */
  zone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

  after = (delayMs: number, run: () => void): (() => void) => this.plan('window', delayMs, run)

  /** The same time, as main has it. */
  readonly main = {
    now: this.now,
    after: (delayMs: number, run: () => void): (() => void) => this.plan('main', delayMs, run),
  }

  private plan(by: Planned['by'], delayMs: number, run: () => void): () => void {
    const plan = { at: this.time + delayMs, by, run }
    this.planned.push(plan)
    return () => {
      this.planned = this.planned.filter((other) => other !== plan)
    }
  }

  /** A fake window is never idle. */
  whenIdle = (run: () => void): (() => void) => {
    run()
    return () => undefined
  }

  hidden = (): boolean => this.isHidden

  onVisibilityChange = (run: () => void): (() => void) => {
    this.watchers.add(run)
    return () => this.watchers.delete(run)
  }

  /** How many timers of the window are pending. */
  get waiting(): number {
    return this.planned.filter(({ by }) => by === 'window').length
  }

  /** Advances by `ms` and fires due timers, each `lateMs` late. */
  advance(ms: number, lateMs = 0): void {
    const end = this.time + ms
    for (;;) {
      const next = this.planned.filter(({ at }) => at + lateMs <= end).sort((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.planned = this.planned.filter((other) => other !== next)
      this.time = Math.max(this.time, next.at + lateMs)
      next.run()
    }
    this.time = end
  }

  /** Sets the clock, which doesn't affect timers. */
  set(now: number): void {
    this.time = now
  }

  /** Fires all timers, whatever the clock says. */
  fire(): void {
    const waiting = this.planned.filter(({ by }) => by === 'window')
    this.planned = this.planned.filter(({ by }) => by === 'main')
    for (const { run } of waiting) run()
  }

  hide(): void {
    this.isHidden = true
    for (const run of this.watchers) run()
  }

  show(): void {
    this.isHidden = false
    for (const run of this.watchers) run()
  }
}
