/**
 * Reloads a window whose page has crashed: at once, then after growing delays, so that a page which keeps crashing
 * doesn't keep the computer busy. After the last attempt the user decides.
 */
import type { Clock, Timers } from '../../core/base/ports'

const WAITS_MS = [0, 1_000, 5_000, 15_000]

/** A page that ran this long counts as recovered. */
const WELL_AFTER_MS = 10 * 60_000

export interface WindowRecoveryDeps {
  readonly clock: Pick<Clock, 'monotonic'>
  readonly timers: Timers
  readonly reload: () => void
  /** It waits for its next attempt. */
  readonly waits: () => void
  readonly isVisible: () => boolean
  /** Informs the user; called only when the window should be visible. */
  readonly giveUp: () => void
}

export class WindowRecovery {
  #crashes = 0
  #lastAt = Number.NEGATIVE_INFINITY
  #hasGivenUp = false

  constructor(private readonly deps: WindowRecoveryDeps) {}

  /** The page's process has ended. */
  crashed(): void {
    const { clock, timers, isVisible, giveUp, reload, waits } = this.deps
    const now = clock.monotonic()
    if (now - this.#lastAt > WELL_AFTER_MS) this.#crashes = 0
    this.#lastAt = now
    const wait = WAITS_MS[this.#crashes]
    this.#crashes += 1
    if (wait === undefined) {
      this.#hasGivenUp = true
      if (isVisible()) giveUp()
      return
    }
    if (wait > 0) waits()
    timers.after(wait, reload)
  }

  /** The user opens the window: a page that was given up while hidden gets new attempts. */
  wanted(): void {
    if (this.#hasGivenUp) this.tryAgain()
  }

  tryAgain(): void {
    this.#hasGivenUp = false
    this.#crashes = 0
    this.deps.reload()
  }
}
