/**
 * What the window showed last: its view, collapsed partners, open details. A file of its own, since it changes often and
 * matters little; it is written now and then.
 */
import { keptViewSchema, type KeptView } from '../../shared/kept-view'
import { DelayedWrite } from '../base/delayed-write'
import { migrate } from '../base/migrate'
import type { Log, StateStore, Timers } from '../base/ports'

/** Changes within so much time are one write. */
const WRITTEN_AFTER_MS = 30_000

export class ViewStore {
  #current: KeptView | null = null
  readonly #writing: DelayedWrite

  constructor(
    private readonly deps: { readonly store: StateStore; readonly timers: Timers; readonly log: Log },
  ) {
    this.#writing = new DelayedWrite(deps, {
      afterMs: WRITTEN_AFTER_MS,
      write: () => {
        deps.store.write({ version: 1, ...this.#current })
      },
      what: 'view',
    })
  }

  /** Null at the first start. */
  get current(): KeptView | null {
    return this.#current
  }

  /** Reads the file once. One that makes no sense is replaced when it is next written. */
  load(): void {
    const stored = this.deps.store.read()
    if (stored.kind === 'missing') return
    const migrated = stored.kind === 'text' ? migrate(stored.text, []) : null
    this.#current =
      migrated?.kind === 'current' ? (keptViewSchema.safeParse(migrated.document).data ?? null) : null
    if (this.#current === null) this.deps.log.warn('the view can not be read', {})
  }

  keep(view: KeptView): void {
    this.#current = view
    this.#writing.changed()
  }

  /** Writes at once what is not yet written. */
  save(): void {
    this.#writing.flush()
  }
}
