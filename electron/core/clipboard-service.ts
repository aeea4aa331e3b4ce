/** Puts secrets into the clipboard and takes them out again, unless somebody has put something else there since. */
import type { EpochMs } from '../shared/brand'
import { Agenda } from './agenda'
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
  #ours: string | null = null
  /** One after another: a clearing must not wipe what is copied while it looks. */
  #last: Promise<void> = Promise.resolve()

  constructor(private readonly deps: ClipboardServiceDeps) {
    this.#agenda = new Agenda(
      () => deps.clock.monotonic(),
      deps.timers,
      () => void this.clear(),
    )
  }

  /** `clearAfterMs`: null leaves it there. Rejects when the clipboard can't be written. */
  copy(text: string, clearAfterMs: number | null): Promise<void> {
    return this.#next(async () => {
      const { clipboard, clock, changed } = this.deps
      if (this.deps.isLocked()) throw new Error('locked')
      await clipboard.writeText(text)
      this.#agenda.clear()
      this.#ours = clearAfterMs === null ? null : text
      if (clearAfterMs !== null) this.#agenda.set('clear', clock.monotonic() + clearAfterMs)
      changed(clearAfterMs === null ? null : clock.now() + clearAfterMs)
    })
  }

  /** Empties the clipboard if it still holds what we put there. */
  async clear(): Promise<void> {
    try {
      await this.#next(() => this.#clear())
    } catch (error) {
      this.deps.log.warn('the clipboard can not be emptied', { detail: String(error) })
    }
  }

  async #clear(): Promise<void> {
    const { clipboard, changed } = this.deps
    if (this.#ours === null) return
    if ((await clipboard.readText()) === this.#ours) await clipboard.clear()
    this.#ours = null
    this.#agenda.clear()
    changed(null)
  }

  #next(run: () => Promise<void>): Promise<void> {
    const next = this.#last.then(run)
    this.#last = next.catch(() => undefined)
    return next
  }
}
