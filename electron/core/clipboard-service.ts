/** Puts secrets into the clipboard and takes them out again, unless somebody has put something else there since. */
import type { EpochMs } from '../shared/brand'
import type { Secret } from '../shared/secret'
import { Agenda } from './agenda'
import { errorFacts } from './error-facts'
import type { Clipboard, Clock, Log, Timers } from './ports'

export interface ClipboardServiceDeps {
  readonly clipboard: Clipboard
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  /** Nothing is put there then, also when it was asked for before. */
  readonly isLocked: () => boolean
  /** When the clipboard will be emptied of what we put there; null when there is nothing (any more). */
  readonly changed: (clearsAt: EpochMs | null) => void
}

export class ClipboardService {
  readonly #agenda: Agenda<'clear'>
  #ours: Secret | null = null
  /** One after another: a clearing must not wipe what is copied while it looks. */
  #last: Promise<void> = Promise.resolve()

  constructor(private readonly deps: ClipboardServiceDeps) {
    this.#agenda = new Agenda(
      () => deps.clock.monotonic(),
      deps.timers,
      () => void this.clear(),
    )
  }

  /** What is no secret stays until something else is copied. Rejects when the clipboard can't be written. */
  copyText(text: string): Promise<void> {
    return this.#next(async () => {
      const { clipboard, changed } = this.deps
      this.#refuseIfLocked()
      await clipboard.writeText(text)
      this.#agenda.clear()
      this.#ours = null
      changed(null)
    })
  }

  /** `clearAfterMs`: null leaves it there until `clear` is called. Rejects when the clipboard can't be written. */
  copySecret(secret: Secret, clearAfterMs: number | null): Promise<void> {
    return this.#next(async () => {
      const { clipboard, clock, changed } = this.deps
      this.#refuseIfLocked()
      await clipboard.writeSecret(secret)
      this.#agenda.clear()
      this.#ours = secret
      if (clearAfterMs !== null) this.#agenda.set('clear', clock.monotonic() + clearAfterMs)
      changed(clearAfterMs === null ? null : clock.now() + clearAfterMs)
    })
  }

  /** Empties the clipboard if it still holds a secret that we put there. */
  async clear(): Promise<void> {
    try {
      await this.#next(() => this.#clear())
    } catch (error) {
      this.deps.log.warn('the clipboard can not be emptied', errorFacts(error))
    }
  }

  async #clear(): Promise<void> {
    const { clipboard, changed } = this.deps
    if (this.#ours === null) return
    if ((await clipboard.readText()) === this.#ours.reveal()) await clipboard.clear()
    this.#ours = null
    this.#agenda.clear()
    changed(null)
  }

  /** What was asked for before the desk was locked must not get there after. */
  #refuseIfLocked(): void {
    if (this.deps.isLocked()) throw new Error('locked')
  }

  #next(run: () => Promise<void>): Promise<void> {
    const next = this.#last.then(run)
    this.#last = next.catch(() => undefined)
    return next
  }
}
