import type { AccountId, AccountSummary } from '../../electron/shared/account'
import type { EnvironmentId } from '../../electron/shared/environment'

export type View =
  | { readonly kind: 'all' | 'partners' | 'companies' | 'attention' }
  | { readonly kind: 'environment'; readonly id: EnvironmentId }

/** Where an account stands in the list; what it says comes from the account itself. */
export interface RowPlace {
  readonly id: AccountId
  readonly parentId: AccountId | null
  readonly level: 1 | 2
  readonly posInSet: number
  readonly setSize: number
  /** Null when there is nothing to unfold. */
  readonly expanded: boolean | null
}

export interface RowsOf {
  /** In the order of their names. */
  readonly accounts: readonly AccountSummary[]
  readonly view: View
  readonly attention: ReadonlySet<AccountId>
  readonly matches: ((account: AccountSummary) => boolean) | null
  readonly collapsed: ReadonlySet<AccountId>
}

/**
 * The rows to show: companies under their partner where both are to be seen, else on their own. Pinned ones come first,
 * in the list as among a partner's companies; a partner comes along with a company that is pinned.
 */
export function rowsOf({ accounts, view, attention, matches, collapsed }: RowsOf): readonly RowPlace[] {
  const inView = pinnedFirst(
    accounts.filter((account) => isInView(account, view, attention)),
    ({ pinned }) => pinned,
  )
  if (view.kind !== 'all' && view.kind !== 'environment') {
    return flat(matches === null ? inView : inView.filter(matches))
  }
  return nested(inView, matches, collapsed)
}

function isInView(account: AccountSummary, view: View, attention: ReadonlySet<AccountId>): boolean {
  switch (view.kind) {
    case 'all':
      return true
    case 'partners':
      return account.kind === 'partner'
    case 'companies':
      return account.kind === 'company'
    case 'attention':
      return attention.has(account.id)
    case 'environment':
      return account.environmentId === view.id
  }
}

function pinnedFirst<Item>(items: readonly Item[], isPinned: (item: Item) => boolean): readonly Item[] {
  return [...items.filter((item) => isPinned(item)), ...items.filter((item) => !isPinned(item))]
}

function flat(accounts: readonly AccountSummary[]): readonly RowPlace[] {
  return accounts.map(({ id }, index) => ({
    id,
    parentId: null,
    level: 1,
    posInSet: index + 1,
    setSize: accounts.length,
    expanded: null,
  }))
}

function nested(
  accounts: readonly AccountSummary[],
  matches: RowsOf['matches'],
  collapsed: ReadonlySet<AccountId>,
): readonly RowPlace[] {
  const partners = new Set<AccountId>()
  for (const account of accounts) if (account.kind === 'partner') partners.add(account.id)
  const companies = new Map<AccountId, AccountSummary[]>()
  const top: AccountSummary[] = []
  for (const account of accounts) {
    const under = account.kind === 'company' ? account.partnerId : null
    if (under === null || !partners.has(under)) top.push(account)
    else if (companies.get(under)?.push(account) === undefined) companies.set(under, [account])
  }

  const groups = pinnedFirst(
    top
      .map((account) => groupOf(account, companies.get(account.id) ?? [], matches, collapsed))
      .filter((group) => group !== null),
    (group) => group.account.pinned || group.companies.some(({ pinned }) => pinned),
  )

  const rows: RowPlace[] = []
  groups.forEach((group, index) => {
    rows.push({
      id: group.account.id,
      parentId: null,
      level: 1,
      posInSet: index + 1,
      setSize: groups.length,
      expanded: group.companies.length === 0 ? null : group.expanded,
    })
    if (!group.expanded) return
    group.companies.forEach((company, place) => {
      rows.push({
        id: company.id,
        parentId: group.account.id,
        level: 2,
        posInSet: place + 1,
        setSize: group.companies.length,
        expanded: null,
      })
    })
  })
  return rows
}

interface Group {
  readonly account: AccountSummary
  readonly companies: readonly AccountSummary[]
  readonly expanded: boolean
}

/** A partner stays in reach when one of its companies matches; that company is then unfolded whatever was collapsed. */
function groupOf(
  account: AccountSummary,
  companies: readonly AccountSummary[],
  matches: RowsOf['matches'],
  collapsed: ReadonlySet<AccountId>,
): Group | null {
  const open = !collapsed.has(account.id)
  if (matches === null) return { account, companies, expanded: open }
  const matching = companies.filter(matches)
  if (matching.length > 0) return { account, companies: matching, expanded: true }
  return matches(account) ? { account, companies, expanded: open } : null
}
