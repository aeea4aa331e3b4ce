import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef, toRaw } from 'vue'
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import { dependOn } from './depend-on'

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true })

/** The mirror of main's accounts. A row depends on its own account only; the tree on what shapes it only. */
export const useAccounts = defineStore('accounts', () => {
  const byId = shallowReactive(new Map<AccountId, AccountSummary>())
  /** Rises when rows appear, vanish or move. */
  const structure = shallowRef(0)
  /** Rises with every change. */
  const revision = shallowRef(0)

  function replaceAll(accounts: readonly AccountSummary[]): void {
    byId.clear()
    for (const account of accounts) byId.set(account.id, account)
    structure.value += 1
    revision.value += 1
  }

  function apply(changed: readonly AccountSummary[], removed: readonly AccountId[]): void {
    let moved = false
    for (const account of changed) {
      const before = toRaw(byId).get(account.id)
      moved ||= before === undefined || !samePlace(before, account)
      byId.set(account.id, account)
    }
    for (const id of removed) moved = byId.delete(id) || moved
    if (moved) structure.value += 1
    revision.value += 1
  }

  function get(id: AccountId): AccountSummary | null {
    return byId.get(id) ?? null
  }

  /** All accounts as they are now. Follows every change: for what looks at each of them anyway. */
  const current = computed<readonly AccountSummary[]>(() => {
    dependOn(revision)
    return [...toRaw(byId).values()]
  })

  /** In the order of their names; stays the same array while nothing moves. */
  const sorted = computed<readonly AccountSummary[]>(() => {
    dependOn(structure)
    return [...toRaw(byId).values()].sort((a, b) => collator.compare(a.name, b.name))
  })

  const partners = computed(() => sorted.value.filter((account) => account.kind === 'partner'))

  const companiesOf = computed(() => {
    const counts = new Map<AccountId, number>()
    for (const { kind, partnerId } of sorted.value) {
      if (kind === 'company' && partnerId !== null) counts.set(partnerId, (counts.get(partnerId) ?? 0) + 1)
    }
    return counts
  })

  return { replaceAll, apply, get, current, sorted, partners, companiesOf }
})

function samePlace(a: AccountSummary, b: AccountSummary): boolean {
  return (
    a.name === b.name &&
    a.kind === b.kind &&
    a.pinned === b.pinned &&
    a.partnerId === b.partnerId &&
    a.environmentId === b.environmentId &&
    a.apiKeyHint === b.apiKeyHint
  )
}
