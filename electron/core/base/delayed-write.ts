import { errorFacts } from './error-facts'
import type { Log, Timers } from './ports'

export interface DelayedWriteDeps {
  readonly timers: Timers
  readonly log: Log
}

export interface DelayedWriteOptions {
  /** Changes within so many ms are one write. */
  readonly afterMs: number
  /** Throws when the disk refuses. */
  readonly write: () => void
  /** For the log. */
  readonly what: 'usage' | 'view' | 'window'
}

/**
 * For small files that change often and matter little: a change is written a while later, or at once when asked, as at
 * the end. If the disk refuses, nothing is lost but the write: the next change tries again.
 */
export class DelayedWrite {
  #isUnsaved = false
  #cancel: (() => void) | null = null

  constructor(
    private readonly deps: DelayedWriteDeps,
    private readonly options: DelayedWriteOptions,
  ) {}

  changed(): void {
    this.#isUnsaved = true
    this.#cancel ??= this.deps.timers.after(this.options.afterMs, () => {
      this.flush()
    })
  }

  /** Writes at once what is not yet written. */
  flush(): void {
    this.#cancel?.()
    this.#cancel = null
    if (!this.#isUnsaved) return
    try {
      this.options.write()
      this.#isUnsaved = false
    } catch (error) {
      this.deps.log.warn('can not be written', { what: this.options.what, ...errorFacts(error) })
    }
  }
}
