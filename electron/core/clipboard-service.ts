/** Puts secrets into the clipboard and takes them out again, unless somebody has put something else there since. */
import type { EpochMs } from '../shared/brand'
import { Agenda } from './agenda'
import type { Clipboard, Clock, Timers } from './ports'

export class ClipboardService {
  readonly #agenda: Agenda<'clear'>
  #ours: string | null = null

  constructor(
    private readonly clipboard: Clipboard,
    private readonly clock: Clock,
    timers: Timers,
    private readonly changed: (clearsAt: EpochMs | null) => void,
  ) {
    this.#agenda = new Agenda(
      () => clock.monotonic(),
      timers,
      () => void this.clear(),
    )
  }

  /** `clearAfterMs`: null leaves it there. */
  async copy(text: string, clearAfterMs: number | null): Promise<void> {
    await this.clipboard.writeText(text)
    this.#agenda.clear()
    this.#ours = clearAfterMs === null ? null : text
    if (clearAfterMs !== null) this.#agenda.set('clear', this.clock.monotonic() + clearAfterMs)
    this.changed(clearAfterMs === null ? null : this.clock.now() + clearAfterMs)
  }

  /** Empties the clipboard if it still holds what we put there. */
  async clear(): Promise<void> {
    const ours = this.#ours
    if (ours === null) return
    this.#ours = null
    this.#agenda.clear()
    if ((await this.clipboard.readText()) === ours) await this.clipboard.clear()
    this.changed(null)
  }
}
