import type { AccountId, AccountSummary } from '../../shared/account'
import type { Publish } from './publish'

/**
 * Collects what changes within one turn of the event loop into one event, so that a thousand renewals that end
 * together cost the window one update.
 */
export class AccountFeed {
  readonly #changed = new Set<AccountId>()
  readonly #removed = new Set<AccountId>()
  #planned = false

  constructor(
    private readonly publish: Publish,
    private readonly summary: (id: AccountId) => AccountSummary | undefined,
  ) {}

  changed(id: AccountId): void {
    this.#changed.add(id)
    this.#plan()
  }

  removed(id: AccountId): void {
    this.#removed.add(id)
    this.#plan()
  }

  #plan(): void {
    if (this.#planned) return
    this.#planned = true
    setImmediate(() => {
      this.#planned = false
      const changed = [...this.#changed].flatMap((id) => this.summary(id) ?? [])
      const removed = [...this.#removed]
      this.#changed.clear()
      this.#removed.clear()
      this.publish('accountsChanged', { changed, removed })
    })
  }
}
