/**
 * The app's end. What is in flight is finished first: a token that the service has just replaced is lost with its
 * answer. Whatever asks for the end (a menu, a signal, the end of the session) comes through `before-quit`.
 */
import type { App } from 'electron'
import type { Timers } from '../core/base/ports'

/** Nobody misses a window that long; after it they are told what is waited for. */
const TOLD_AFTER_MS = 2_000

/** To store what the last answer brought, once it is there. */
const STORED_WITHIN_MS = 5_000

type Preventable = Pick<Event, 'preventDefault'>

export interface QuittingDeps {
  readonly app: Pick<App, 'quit'> & {
    on(event: 'before-quit', listener: (event: Preventable) => void): unknown
  }
  readonly after: Timers['after']
  /** How long a request may take at most. */
  readonly requestLimitMs: number
  /** Begins nothing new; resolves when all that was in flight is stored. */
  readonly finish: () => Promise<void>
  /** The end has begun. */
  readonly begun: () => void
  /**
   * It isn't over within a moment, or whether the app comes back after it has changed: whoever waits is to be told.
   */
  readonly takesLong: (startsAgain: boolean) => void
  /** The last thing before the app is gone. */
  readonly over: () => void
  /** Starts the app anew once this one is gone; `hidden`: without its window. */
  readonly relaunch: (hidden: boolean) => void
}

export class Quitting {
  #phase: 'running' | 'finishing' | 'finished' = 'running'
  /** Somebody has started the app again meanwhile. */
  #again: { readonly hidden: boolean } | null = null
  #isTold = false

  constructor(private readonly deps: QuittingDeps) {
    deps.app.on('before-quit', (event) => {
      this.#asked(event)
    })
  }

  /** From the moment when somebody asked for the end. */
  get isUnderWay(): boolean {
    return this.#phase !== 'running'
  }

  /**
   * The system ends the session, which it asks apps about: `isNeeded` says whether anything would be cut off. Some
   * systems wait for a few seconds only.
   */
  delay(event: Preventable, isNeeded: boolean): void {
    if (this.#phase === 'finished' || !(isNeeded || this.isUnderWay)) return
    event.preventDefault()
    this.deps.app.quit()
  }

  /** A second start finds this one at its end: the app comes back when that is over, since only one may have the profile. */
  startAgain(hidden: boolean): void {
    this.#again = { hidden: hidden && (this.#again?.hidden ?? true) }
    if (this.#isTold) this.deps.takesLong(true)
  }

  #asked(event: Preventable): void {
    if (this.#phase === 'finished') return
    event.preventDefault()
    // A second wish doesn't cut off what the first one waits for.
    if (this.#phase === 'finishing') return
    this.#phase = 'finishing'
    const { after, begun, finish, takesLong, requestLimitMs } = this.deps
    begun()
    const stopTelling = after(TOLD_AFTER_MS, () => {
      this.#isTold = true
      takesLong(this.#again !== null)
    })
    const end = (): void => {
      stopTelling()
      this.#end()
    }
    finish().then(end, end)
    after(requestLimitMs + STORED_WITHIN_MS, end)
  }

  #end(): void {
    if (this.#phase === 'finished') return
    this.#phase = 'finished'
    this.deps.over()
    if (this.#again !== null) this.deps.relaunch(this.#again.hidden)
    this.deps.app.quit()
  }
}
