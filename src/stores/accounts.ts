import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef, toRaw } from 'vue'
import { nameKey } from '../../electron/shared/account-fields'
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import { byName } from '../../electron/shared/first-rows'
import { AccountOrder, byExpiry, byRefreshExpiry, byUse, type Compare } from '../list/account-order'
import { dependOn } from '../base/depend-on'

/** An account before and after a change; null before it was added and after it was removed. */
export interface AccountChange {
  readonly id: AccountId
  readonly before: AccountSummary | null
  readonly after: AccountSummary | null
}

/** A tag in use, with the number of its accounts. */
export interface KnownTag {
  /** Equal for tags that read the same. */
  readonly key: string
  readonly name: string
  readonly count: number
}

const tagCollator = new Intl.Collator('en', { sensitivity: 'base', numeric: true })

/** The mirror of main's accounts. A row depends on its own account only; the tree only on what shapes it. */
export const useAccounts = defineStore('accounts', () => {
  const byId = shallowReactive(new Map<AccountId, AccountSummary>())
  /** Increases when rows are added, removed or moved. */
  const structure = shallowRef(0)
  /** Increases with every change. */
  const revision = shallowRef(0)
  const names = new KeptOrder(byName)
  const uses = new KeptOrder(byUse)
  const expiries = new KeptOrder(byExpiry)
  const refreshExpiries = new KeptOrder(byRefreshExpiry)
  const orders = [names, uses, expiries, refreshExpiries]
  const followers = new Set<(changes: readonly AccountChange[]) => void>()

  function replaceAll(accounts: readonly AccountSummary[]): void {
    const before = new Map(toRaw(byId))
    byId.clear()
    for (const account of accounts) byId.set(account.id, account)
    for (const order of orders) order.forget()
    structure.value += 1
    revision.value += 1
    const gone = [...before.values()].filter(({ id }) => !toRaw(byId).has(id))
    tell([
      ...gone.map((account) => ({ id: account.id, before: account, after: null })),
      ...accounts.map((account) => ({
        id: account.id,
        before: before.get(account.id) ?? null,
        after: account,
      })),
    ])
  }

  function apply(changed: readonly AccountSummary[], removed: readonly AccountId[]): void {
    const changes: AccountChange[] = []
    for (const account of changed) {
      changes.push({ id: account.id, before: toRaw(byId).get(account.id) ?? null, after: account })
      byId.set(account.id, account)
    }
    for (const id of removed) {
      const before = toRaw(byId).get(id)
      if (before === undefined) continue
      changes.push({ id, before, after: null })
      byId.delete(id)
    }
    for (const order of orders) order.follow(changes)
    if (changes.some(({ before, after }) => before === null || after === null || !samePlace(before, after))) {
      structure.value += 1
    }
    revision.value += 1
    tell(changes)
  }

  function tell(changes: readonly AccountChange[]): void {
    for (const follower of followers) follower(changes)
  }

  /** Calls `follower` after each change, for derived data that is updated by changes. */
  function follow(follower: (changes: readonly AccountChange[]) => void): void {
    followers.add(follower)
  }

  function get(id: AccountId): AccountSummary | null {
    return byId.get(id) ?? null
  }

  /** Reads an account without depending on it. */
  function peek(id: AccountId): AccountSummary | null {
    return toRaw(byId).get(id) ?? null
  }

  /** All accounts. Depends on every change, so use it only to read each account anyway. */
  const current = computed<readonly AccountSummary[]>(() => {
    dependOn(revision)
    return [...toRaw(byId).values()]
  })

  /** Sorted by name; stays the same array while nothing moves. */
  const sorted = computed<readonly AccountSummary[]>(() => {
    dependOn(structure)
    return names.of(toRaw(byId).values())
  })
  /** Last used first. */
  const sortedByUse = computed<readonly AccountSummary[]>(() => {
    dependOn(structure)
    dependOn(uses.moves)
    return uses.of(toRaw(byId).values())
  })
  /** Soonest expiring JWT first. */
  const sortedByExpiry = computed<readonly AccountSummary[]>(() => {
    dependOn(structure)
    dependOn(expiries.moves)
    return expiries.of(toRaw(byId).values())
  })

  /** Soonest expiring refresh token first. */
  const sortedByRefreshExpiry = computed<readonly AccountSummary[]>(() => {
    dependOn(structure)
    dependOn(refreshExpiries.moves)
    return refreshExpiries.of(toRaw(byId).values())
  })

  const partners = computed(() => sorted.value.filter((account) => account.kind === 'partner'))

  const companiesOf = computed(() => {
    const counts = new Map<AccountId, number>()
    for (const { kind, partnerId } of sorted.value) {
      if (kind === 'company' && partnerId !== null) counts.set(partnerId, (counts.get(partnerId) ?? 0) + 1)
    }
    return counts
  })

  /** Sorted by name, each as spelled by the first account that has it. */
  const tags = computed<readonly KnownTag[]>(() => {
    const known = new Map<string, { key: string; name: string; count: number }>()
    for (const account of sorted.value) {
      for (const name of account.tags) {
        const key = nameKey(name)
        const tag = known.get(key)
        if (tag === undefined) known.set(key, { key, name, count: 1 })
        else tag.count += 1
      }
    }
    return [...known.values()].sort((a, b) => tagCollator.compare(a.name, b.name))
  })

  return {
    replaceAll,
    apply,
    follow,
    get,
    peek,
    current,
    sorted,
    sortedByUse,
    sortedByExpiry,
    sortedByRefreshExpiry,
    partners,
    companiesOf,
    tags,
  }
})

/** An order that is created on first use and updated from then on. */
class KeptOrder {
  /** Increases when an account has moved within it. */
  readonly moves = shallowRef(0)
  #order: AccountOrder | null = null

  constructor(private readonly compare: Compare) {}

  of(accounts: Iterable<AccountSummary>): readonly AccountSummary[] {
    this.#order ??= new AccountOrder(accounts, this.compare)
    return this.#order.all()
  }

  follow(changes: readonly AccountChange[]): void {
    let moved = false
    for (const { before, after } of changes) {
      this.#order?.change(before, after)
      // Anything but 0 means that the account has moved.
      moved ||= before === null || after === null || this.compare(before, after) !== 0
    }
    if (moved) this.moves.value += 1
  }

  forget(): void {
    this.#order = null
    this.moves.value += 1
  }
}

/** Whether its row stays in place, in every view. */
function samePlace(a: AccountSummary, b: AccountSummary): boolean {
  return (
    a.name === b.name &&
    a.kind === b.kind &&
    a.pinned === b.pinned &&
    a.partnerId === b.partnerId &&
    a.environmentId === b.environmentId &&
    a.tags.length === b.tags.length &&
    a.tags.every((tag, index) => tag === b.tags[index])
  )
}
