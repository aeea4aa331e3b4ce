import { nameKey } from '../../electron/shared/account-fields'
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import type { View } from '../../electron/shared/kept-view'

/** A row's position and nesting; its content comes from the account itself. */
export interface RowPlace {
  readonly id: AccountId
  readonly parentId: AccountId | null
  readonly level: 1 | 2
  readonly posInSet: number
  readonly setSize: number
  /** Null when there is nothing to expand. */
  readonly expanded: boolean | null
}

export interface RowsOf {
  /** In display order. */
  readonly accounts: readonly AccountSummary[]
  /** Whether a partner takes the position of its first company; otherwise it keeps its own. */
  readonly companiesLift: boolean
  readonly view: View
  readonly attention: ReadonlySet<AccountId>
  readonly collapsed: ReadonlySet<AccountId>
}

/**
 * The rows to show: companies beneath their partner where both are shown, otherwise on their own. Pinned ones come
 * first, in the list as well as beneath a partner; a pinned company brings its partner along.
 */
export function rowsOf({ accounts, companiesLift, view, attention, collapsed }: RowsOf): readonly RowPlace[] {
  const inView = pinnedFirst(accountsIn(accounts, view, attention), ({ pinned }) => pinned)
  const isTree = view.kind === 'all' || view.kind === 'environment' || view.kind === 'tag'
  return isTree ? nested(inView, companiesLift, collapsed) : flatRows(inView)
}

/** The accounts that the view shows, in order. */
export function accountsIn(
  accounts: readonly AccountSummary[],
  view: View,
  attention: ReadonlySet<AccountId>,
): readonly AccountSummary[] {
  return view.kind === 'all' ? accounts : accounts.filter((account) => isInView(account, view, attention))
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
    case 'tag':
      return account.tags.some((tag) => nameKey(tag) === view.key)
  }
}

function pinnedFirst<Item>(items: readonly Item[], isPinned: (item: Item) => boolean): readonly Item[] {
  const pinned = items.filter((item) => isPinned(item))
  return pinned.length === 0 ? items : [...pinned, ...items.filter((item) => !isPinned(item))]
}

/** All rows on one level. */
export function flatRows(accounts: readonly Pick<AccountSummary, 'id'>[]): readonly RowPlace[] {
  return accounts.map(({ id }, index) => ({
    id,
    parentId: null,
    level: 1,
    posInSet: index + 1,
    setSize: accounts.length,
    expanded: null,
  }))
}

interface Group {
  readonly account: AccountSummary
  readonly companies: AccountSummary[]
}

function nested(
  accounts: readonly AccountSummary[],
  companiesLift: boolean,
  collapsed: ReadonlySet<AccountId>,
): readonly RowPlace[] {
  const groups = pinnedFirst(
    groupsOf(accounts, companiesLift),
    ({ account, companies }) => account.pinned || companies.some(({ pinned }) => pinned),
  )
  const rows: RowPlace[] = []
  groups.forEach(({ account, companies }, index) => {
    const expanded = !collapsed.has(account.id)
    rows.push({
      id: account.id,
      parentId: null,
      level: 1,
      posInSet: index + 1,
      setSize: groups.length,
      expanded: companies.length === 0 ? null : expanded,
    })
    if (!expanded) return
    companies.forEach((company, place) => {
      rows.push({
        id: company.id,
        parentId: account.id,
        level: 2,
        posInSet: place + 1,
        setSize: companies.length,
        expanded: null,
      })
    })
  })
  return rows
}

function groupsOf(accounts: readonly AccountSummary[], companiesLift: boolean): readonly Group[] {
  const groups = new Map<AccountId, Group>()
  for (const account of accounts) {
    if (account.kind === 'partner') groups.set(account.id, { account, companies: [] })
  }
  const placed = new Set<Group>()
  for (const account of accounts) {
    const over = account.kind === 'company' && account.partnerId !== null && groups.get(account.partnerId)
    if (over) over.companies.push(account)
    const group = over || (groups.get(account.id) ?? { account, companies: [] })
    if (!over || companiesLift) placed.add(group)
  }
  return [...placed]
}
