/** Puts secrets into the clipboard and takes them out again, unless somebody has put something else there since. */
import type { Secret } from '../../shared/secret'
import type { AppEmitter } from '../base/app-events'
import { DeadlineScheduler } from '../base/deadline-scheduler'
import { errorFacts } from '../base/error-facts'
import { ClipboardRefusedError } from '../base/errors'
import type { Clipboard, Clock, Log, Timers } from '../base/ports'

/** Another program may hold the clipboard for a moment: tried again after so long, doubling. */
const FIRST_RETRY_MS = 1_000
/** About four minutes in all. After that it is tried when the app is locked, and when it quits. */
const RETRIES = 8
/** By then it takes too long to stay silent about it. */
const TOLD_AFTER_FAILURES = 3

const TRIES_AT_THE_END = 4
const RETRY_AT_THE_END_MS = 250

export interface ClipboardServiceDeps {
  readonly clipboard: Clipboard
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  /** While it is locked nothing is put there, also when it was asked for before. */
  readonly lock: { readonly isLocked: boolean }
  readonly events: AppEmitter
}

export class ClipboardService {
  readonly #deadlines: DeadlineScheduler<'clear'>
  #ours: Secret | null = null
  #failures = 0
  #isTrying = false
  #isClosed = false
  /** Copies are numbered when they are asked for. */
  #asked = 0
  /** The latest of them that was put there. */
  #placed = 0
  #isStuck = false
  /** One after another: a clearing must not wipe what is copied while it looks. */
  #last: Promise<void> = Promise.resolve()

  constructor(private readonly deps: ClipboardServiceDeps) {
    this.#deadlines = new DeadlineScheduler(
      () => deps.clock.monotonic(),
      deps.timers,
      () => void this.clear(),
    )
  }

  /** The number of a copy that somebody asks for now, though what is to be copied comes later. */
  ask(): number {
    this.#asked += 1
    return this.#asked
  }

  /**
   * What is no secret stays until something else is copied. Rejects with `ClipboardRefusedError` when it isn't there.
   */
  copyText(text: string): Promise<void> {
    const number = this.ask()
    return this.#next(async () => {
      this.#refuseIfLocked()
      await this.#write(() => this.deps.clipboard.writeText(text))
      this.#placed = number
      this.#holds(null, null)
    })
  }

  /**
   * False, and nothing is put there, where a copy that was asked for after `number` has been put there meanwhile:
   * people paste what they copied last. `clearAfterMs`: null leaves it there until `clear` is called. Rejects with
   * `ClipboardRefusedError` when it isn't there; what was there before is then cleared in its own time.
   */
  copySecret(secret: Secret, clearAfterMs: number | null, number = this.ask()): Promise<boolean> {
    return this.#next(async () => {
      this.#refuseIfLocked()
      if (number < this.#placed) return false
      await this.#write(() => this.deps.clipboard.writeSecret(secret))
      this.#placed = number
      this.#holds(secret, clearAfterMs)
      return true
    })
  }

  /** Empties the clipboard if it still holds a secret that we put there; what can't be done now is tried again. */
  async clear(): Promise<void> {
    await this.#next(() => this.#tryToClear())
  }

  /** The app ends: nothing is put there any more, and what we put there is taken out while there is time. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (let tries = 1; ; tries += 1) {
      await this.clear()
      if (this.#ours === null || tries === TRIES_AT_THE_END) break
      await new Promise<void>((again) => {
        this.deps.timers.after(RETRY_AT_THE_END_MS, again)
      })
    }
    this.#deadlines.clear()
    if (this.#ours !== null) this.#setStuck(true)
  }

  /** Somebody uses a window of ours: some desktops let us clear it only then. Cheap: it comes with each click and key. */
  used(): void {
    if (this.#failures === 0 || this.#isTrying) return
    this.#isTrying = true
    void this.clear().finally(() => {
      this.#isTrying = false
    })
  }

  async #write(put: () => Promise<void>): Promise<void> {
    try {
      await put()
    } catch (error) {
      this.deps.log.warn('the clipboard can not be written', errorFacts(error))
      throw new ClipboardRefusedError()
    }
  }

  async #tryToClear(): Promise<void> {
    if (this.#ours === null) return
    try {
      await this.#clear(this.#ours.reveal())
      this.#holds(null, null)
    } catch (error) {
      this.deps.log.warn('the clipboard can not be emptied', errorFacts(error))
      this.#failed()
    }
  }

  async #clear(ours: string): Promise<void> {
    const { clipboard } = this.deps
    if ((await clipboard.readText()) !== ours) return
    await clipboard.clear()
    // Some desktops let nobody clear it who hasn't the focus, and report nothing.
    if ((await clipboard.readText()) === ours) throw new Error('still there')
  }

  #failed(): void {
    this.#failures += 1
    this.deps.events.emit('clipboardChanged', { clearsAt: null, couldNotClear: true })
    if (this.#failures >= TOLD_AFTER_FAILURES) this.#setStuck(true)
    const wait = FIRST_RETRY_MS * 2 ** (this.#failures - 1)
    if (this.#failures <= RETRIES) this.#deadlines.set('clear', this.deps.clock.monotonic() + wait)
    else this.#deadlines.clear()
  }

  #holds(secret: Secret | null, clearAfterMs: number | null): void {
    const { clock, events } = this.deps
    this.#deadlines.clear()
    this.#ours = secret
    this.#failures = 0
    this.#setStuck(false)
    if (clearAfterMs !== null) this.#deadlines.set('clear', clock.monotonic() + clearAfterMs)
    const clearsAt = clearAfterMs === null ? null : clock.now() + clearAfterMs
    events.emit('clipboardChanged', { clearsAt, couldNotClear: false })
  }

  #setStuck(isStuck: boolean): void {
    if (isStuck === this.#isStuck) return
    this.#isStuck = isStuck
    this.deps.events.emit('clipboardStuck', { isStuck })
  }

  /** What was asked for before the app was locked, or quit, must not get there after. */
  #refuseIfLocked(): void {
    if (this.#isClosed || this.deps.lock.isLocked) throw new Error('locked')
  }

  #next<Value>(run: () => Promise<Value>): Promise<Value> {
    const next = this.#last.then(run)
    this.#last = next.then(
      () => undefined,
      () => undefined,
    )
    return next
  }
}
