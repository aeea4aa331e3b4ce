import type { AccountId, AccountSummary } from './account'

type Placed = Pick<AccountSummary, 'id' | 'name' | 'kind' | 'partnerId' | 'pinned'>

/** As many as cross to the window in one message: some 5 ms for main, and 20 to 40 ms for the window. */
export const ACCOUNTS_AT_ONCE = 500

/** Created on first use: a process's first collator takes some 10 ms, which a start need not wait for. */
let collator: Intl.Collator | null = null

/** Negative when `a` comes first. Never 0 for two accounts, so that each can be found by its position. */
export function byName(a: Pick<Placed, 'id' | 'name'>, b: Pick<Placed, 'id' | 'name'>): number {
  collator ??= new Intl.Collator('en', { sensitivity: 'base', numeric: true })
  return (
    collator.compare(a.name, b.name) ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  )
}

/**
 * The accounts of the list's first rows in its default order, without sorting the others: partners with their
 * companies, pinned ones first (`rowsOf` in the window).
 */
export function firstRows(accounts: readonly Placed[], count: number): readonly AccountId[] {
  const partners = new Set(accounts.flatMap(({ id, kind }) => (kind === 'partner' ? [id] : [])))
  const partnerOf = ({ kind, partnerId }: Placed): AccountId | null =>
    kind === 'company' && partnerId !== null && partners.has(partnerId) ? partnerId : null
  // An unpinned partner of a pinned company comes after the pinned accounts.
  const lifted = new Set(accounts.flatMap((each) => (each.pinned ? [partnerOf(each) ?? each.id] : [])))
  const rank = ({ id, pinned }: Placed): number => (pinned ? 0 : lifted.has(id) ? 1 : 2)
  const pinnedFirst = (a: Placed, b: Placed): number => rank(a) - rank(b) || byName(a, b)

  const tops = smallest(
    accounts.filter((each) => partnerOf(each) === null),
    count,
    pinnedFirst,
  )
  const under = new Map(tops.map(({ id }): [AccountId, Placed[]] => [id, []]))
  for (const account of accounts) under.get(partnerOf(account) ?? account.id)?.push(account)
  const rows: AccountId[] = []
  for (const top of tops) {
    if (rows.length >= count) break
    const companies = (under.get(top.id) ?? []).filter((each) => each !== top)
    companies.sort(pinnedFirst)
    rows.push(top.id, ...companies.map(({ id }) => id))
  }
  return rows.slice(0, count)
}

/** In order; most items are compared only once. */
function smallest<Item>(
  items: readonly Item[],
  count: number,
  compare: (a: Item, b: Item) => number,
): readonly Item[] {
  const kept: Item[] = []
  for (const item of items) {
    const last = kept.at(-1)
    if (kept.length >= count && last !== undefined && compare(item, last) >= 0) continue
    let position = kept.length
    while (position > 0 && compare(item, kept[position - 1] as Item) < 0) position -= 1
    kept.splice(position, 0, item)
    if (kept.length > count) kept.pop()
  }
  return kept
}
