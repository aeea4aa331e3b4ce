/**
 * What the tray shows: how many accounts need attention, which are pinned, and which were used last.
 */
import type { AccountId, AccountSummary } from '../../shared/account'
import type { AppEmitter, TrayAccount, TraySummaryView } from '../base/app-events'

/** A longer list wouldn't help to find an account. */
const RECENT_SHOWN = 5

interface Noted extends TrayAccount {
  readonly pinned: boolean
  readonly usedAt: number | null
}

export class TraySummary {
  readonly #attention = new Set<AccountId>()
  /** Only accounts that are pinned or used. */
  readonly #noted = new Map<AccountId, Noted>()
  #hasChanged = false

  constructor(private readonly events: AppEmitter) {}

  evaluate(account: AccountSummary, needsAttention: boolean): void {
    const { id, name, environmentId, pinned, usage } = account
    if (needsAttention !== this.#attention.has(id)) {
      if (needsAttention) this.#attention.add(id)
      else this.#attention.delete(id)
      this.#hasChanged = true
    }
    const before = this.#noted.get(id)
    const after: Noted | undefined =
      pinned || usage !== null
        ? { id, name, environmentId, pinned, usedAt: usage?.lastAt ?? null }
        : undefined
    if (same(before, after)) return
    if (after === undefined) this.#noted.delete(id)
    else this.#noted.set(id, after)
    this.#hasChanged = true
  }

  forget(id: AccountId): void {
    const wasThere = [this.#attention.delete(id), this.#noted.delete(id)].includes(true)
    this.#hasChanged ||= wasThere
  }

  /** Announces what changed since the last time, if anything did. */
  announce(): void {
    if (!this.#hasChanged) return
    this.#hasChanged = false
    this.events.emit('traySummaryChanged', this.view())
  }

  view(): TraySummaryView {
    const noted = [...this.#noted.values()]
    return {
      attention: this.#attention.size,
      pinned: noted
        .filter(({ pinned }) => pinned)
        .sort((a, b) => a.name.localeCompare(b.name, 'en'))
        .map(shown),
      recent: noted
        .filter(({ pinned }) => !pinned)
        .sort((a, b) => (b.usedAt ?? 0) - (a.usedAt ?? 0))
        .slice(0, RECENT_SHOWN)
        .map(shown),
    }
  }
}

function shown({ id, name, environmentId }: Noted): TrayAccount {
  return { id, name, environmentId }
}

function same(a: Noted | undefined, b: Noted | undefined): boolean {
  return a?.name === b?.name && a?.pinned === b?.pinned && a?.usedAt === b?.usedAt
}
