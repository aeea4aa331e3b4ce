import type { AccountSummary } from '../../electron/shared/account'
import { byName } from '../../electron/shared/first-rows'

/** Below 0 when `a` comes first. Never 0 for two different accounts, so that each can be found again by its place. */
export type Compare = (a: AccountSummary, b: AccountSummary) => number

/** The one used latest first; those never used last. */
export const byUse: Compare = (a, b) =>
  (b.usage?.lastAt ?? Number.NEGATIVE_INFINITY) - (a.usage?.lastAt ?? Number.NEGATIVE_INFINITY) ||
  byName(a, b)

/** The one whose JWT ends first, or has ended first; then those of which nobody knows when, and those without one last. */
export const byExpiry: Compare = (a, b) => placeByExpiry(a) - placeByExpiry(b) || byName(a, b)

function placeByExpiry({ jwt }: AccountSummary): number {
  // Not infinite, so that two of the same can be subtracted.
  return jwt === null ? Number.MAX_VALUE : (jwt.expiresAt ?? Number.MAX_SAFE_INTEGER)
}

/** Accounts kept in an order: sorted once, and from then on each that changes is moved to where it belongs. */
export class AccountOrder {
  #accounts: AccountSummary[]

  constructor(
    accounts: Iterable<AccountSummary>,
    private readonly compare: Compare,
  ) {
    this.#accounts = [...accounts].sort(compare)
  }

  /** `before` is the account as it was told here last; null when it is new, as `after` is when it is gone. */
  change(before: AccountSummary | null, after: AccountSummary | null): void {
    if (before !== null) this.#accounts.splice(this.#placeOf(before), 1)
    if (after !== null) this.#accounts.splice(this.#placeOf(after), 0, after)
  }

  /** As they are now; never changes afterwards. */
  all(): readonly AccountSummary[] {
    return [...this.#accounts]
  }

  #placeOf(account: AccountSummary): number {
    let low = 0
    let high = this.#accounts.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.#accounts[middle]
      if (other !== undefined && this.compare(other, account) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
