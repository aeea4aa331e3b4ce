import type { Timers } from '../../core/base/ports'
import type { AccountId, AccountSummary } from '../../shared/account'
import type { Publish } from './publish'

/**
 * Changes within two frames are sent together. Shorter states, such as a renewal before a copy, are invisible, and
 * drawing them would delay the copy (docs/PERFORMANCE.md).
 */
const TOGETHER_MS = 32

/** Collects changes into one event, so that a thousand renewals that end together cost the window one update. */
export class AccountFeed {
  readonly #changed = new Set<AccountId>()
  #planned = false

  constructor(
    private readonly publish: Publish,
    private readonly summary: (id: AccountId) => AccountSummary | undefined,
    private readonly timers: Timers,
  ) {}

  /** Those without a summary are removed. */
  changed(ids: readonly AccountId[]): void {
    for (const id of ids) this.#changed.add(id)
    if (ids.length > 0) this.#plan()
  }

  #plan(): void {
    if (this.#planned) return
    this.#planned = true
    this.timers.after(TOGETHER_MS, () => {
      this.#planned = false
      const ids = [...this.#changed]
      const changed = ids.flatMap((id) => this.summary(id) ?? [])
      const known = new Set(changed.map(({ id }) => id))
      const removed = ids.filter((id) => !known.has(id))
      this.#changed.clear()
      this.publish('accountsChanged', { changed, removed })
    })
  }
}
