import type { AccountSummary } from '../../electron/shared/account'
import { byName } from '../../electron/shared/first-rows'
import { expectedExpiry } from '../../electron/shared/status'

/** Negative when `a` comes first. Never 0 for two accounts, so that each can be found by its position. */
export type Compare = (a: AccountSummary, b: AccountSummary) => number

/** Last used first, never used last. */
export const byUse: Compare = (a, b) =>
  (b.usage?.lastAt ?? Number.NEGATIVE_INFINITY) - (a.usage?.lastAt ?? Number.NEGATIVE_INFINITY) ||
  byName(a, b)

/** Expired and soonest expiring first; then those of unknown expiry; those without a JWT last. */
export const byExpiry: Compare = (a, b) => rankByExpiry(a) - rankByExpiry(b) || byName(a, b)

/** Expired and soonest expiring first, by its age where the expiry is unknown; those without a refresh token last. */
export const byRefreshExpiry: Compare = (a, b) => rankByRefresh(a) - rankByRefresh(b) || byName(a, b)

function rankByRefresh({ refreshToken }: AccountSummary): number {
  return refreshToken === null ? Number.MAX_VALUE : expectedExpiry(refreshToken)
}

function rankByExpiry({ jwt }: AccountSummary): number {
  // Not infinite, since the difference of two infinities is NaN.
  return jwt === null ? Number.MAX_VALUE : (jwt.expiresAt ?? Number.MAX_SAFE_INTEGER)
}

/** Keeps accounts sorted: sorted once, and from then on each changed account is moved. */
export class AccountOrder {
  #accounts: AccountSummary[]

  constructor(
    accounts: Iterable<AccountSummary>,
    private readonly compare: Compare,
  ) {
    this.#accounts = [...accounts].sort(compare)
  }

  /** `before` is the account of the previous call; null when it is new, as `after` is when it was removed. */
  change(before: AccountSummary | null, after: AccountSummary | null): void {
    if (before !== null) this.#accounts.splice(this.#placeOf(before), 1)
    if (after !== null) this.#accounts.splice(this.#placeOf(after), 0, after)
  }

  /** An immutable snapshot. */
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
