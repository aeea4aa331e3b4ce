/**
 * Brings a window back whose page has crashed: at once, and when it crashes again after growing waits, so that a page
 * that can't live doesn't keep the machine busy. After the last try a person decides.
 */
import type { Clock, Timers } from '../../core/base/ports'

const WAITS_MS = [0, 1_000, 5_000, 15_000]

/** A page that lived as long was well. */
const WELL_AFTER_MS = 10 * 60_000

export interface WindowRecoveryDeps {
  readonly clock: Pick<Clock, 'monotonic'>
  readonly timers: Timers
  readonly reload: () => void
  /** It waits for its next try. */
  readonly waits: () => void
  readonly isVisible: () => boolean
  /** Tells the user; called only when the window is to be seen. */
  readonly giveUp: () => void
}

export class WindowRecovery {
  #crashes = 0
  #lastAt = Number.NEGATIVE_INFINITY
  #hasGivenUp = false

  constructor(private readonly deps: WindowRecoveryDeps) {}

  /** The page's process is gone. */
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

  /** Somebody wants to see the window: what was given up out of their sight is tried anew. */
  wanted(): void {
    if (this.#hasGivenUp) this.tryAgain()
  }

  tryAgain(): void {
    this.#hasGivenUp = false
    this.#crashes = 0
    this.deps.reload()
  }
}
