/**
 * Quitting. Requests in flight are finished first: a token that the service has just replaced would be lost with its
 * response. Every way to quit (a menu, a signal, the end of the session) comes through `before-quit`.
 */
import type { App } from 'electron'
import type { Timers } from '../core/base/ports'

/** A missing window isn't noticed for this long; after it the user is told what the app waits for. */
const SHOWN_AFTER_MS = 2_000

/** The time to store what the last response brought. */
const STORED_WITHIN_MS = 5_000

type Preventable = Pick<Event, 'preventDefault'>

export interface QuittingDeps {
  readonly app: Pick<App, 'quit'> & {
    on(event: 'before-quit', listener: (event: Preventable) => void): unknown
  }
  readonly after: Timers['after']
  /** The longest time that a request takes. */
  readonly requestLimitMs: number
  /** Starts nothing new; resolves when everything in flight is stored. */
  readonly finish: () => Promise<void>
  /** Quitting has begun. */
  readonly begun: () => void
  /** Quitting takes long, or it has changed whether the app will start again: the user is to be told. */
  readonly takesLong: (startsAgain: boolean) => void
  /** Called last, before the process ends. */
  readonly over: () => void
  /** Starts the app again once this process has ended; `hidden`: without its window. */
  readonly relaunch: (hidden: boolean) => void
}

export class Quitting {
  #phase: 'running' | 'finishing' | 'finished' = 'running'
  /** The user has started the app again meanwhile. */
  #again: { readonly hidden: boolean } | null = null
  #isReported = false

  constructor(private readonly deps: QuittingDeps) {
    deps.app.on('before-quit', (event) => {
      this.#asked(event)
    })
  }

  /** From the request to quit on. */
  get isUnderWay(): boolean {
    return this.#phase !== 'running'
  }

  /**
   * The system ends the session and asks apps about it: `isNeeded` says whether anything would be cut off. Some systems
   * wait only a few seconds.
   */
  delay(event: Preventable, isNeeded: boolean): void {
    if (this.#phase === 'finished' || !(isNeeded || this.isUnderWay)) return
    event.preventDefault()
    this.deps.app.quit()
  }

  /** A second start while this process quits: the app starts again afterwards, since only one may use the profile. */
  startAgain(hidden: boolean): void {
    this.#again = { hidden: hidden && (this.#again?.hidden ?? true) }
    if (this.#isReported) this.deps.takesLong(true)
  }

  #asked(event: Preventable): void {
    if (this.#phase === 'finished') return
    event.preventDefault()
    // A second request to quit doesn't cut off what the first one waits for.
    if (this.#phase === 'finishing') return
    this.#phase = 'finishing'
    const { after, begun, finish, takesLong, requestLimitMs } = this.deps
    begun()
    const cancelMessage = after(SHOWN_AFTER_MS, () => {
      this.#isReported = true
      takesLong(this.#again !== null)
    })
    const end = (): void => {
      cancelMessage()
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
