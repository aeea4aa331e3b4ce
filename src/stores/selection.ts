import { defineStore } from 'pinia'
import { computed, shallowReactive } from 'vue'
import type { AccountId } from '../../electron/shared/account'
import { useAccounts } from './accounts'

/**
 * The accounts selected for an action on several. They stay selected whatever the list shows, until they are removed.
 */
export const useSelection = defineStore('selection', () => {
  const accounts = useAccounts()
  const selected = shallowReactive(new Set<AccountId>())
  /** Where a range begins, and what was selected before it. */
  let anchor: AccountId | null = null
  let before: ReadonlySet<AccountId> = new Set()

  accounts.follow((changes) => {
    for (const { id, after } of changes) if (after === null) selected.delete(id)
  })

  function has(id: AccountId): boolean {
    return selected.has(id)
  }

  function beginRangeAt(id: AccountId): void {
    anchor = id
    before = new Set(selected)
  }

  function toggle(id: AccountId): void {
    if (!selected.delete(id)) selected.add(id)
    beginRangeAt(id)
  }

  /**
   * Extends from the range's start (or `from`) to `to`, in the order of `rows`. A range that shrinks deselects again.
   */
  function extend(from: AccountId | null, to: AccountId, rows: readonly { readonly id: AccountId }[]): void {
    if (anchor === null || !rows.some(({ id }) => id === anchor)) beginRangeAt(from ?? to)
    const start = rows.findIndex(({ id }) => id === anchor)
    const end = rows.findIndex(({ id }) => id === to)
    if (start < 0 || end < 0) return
    const range = rows.slice(Math.min(start, end), Math.max(start, end) + 1)
    const wanted = new Set([...before, ...range.map(({ id }) => id)])
    for (const id of selected) if (!wanted.has(id)) selected.delete(id)
    for (const id of wanted) if (!selected.has(id) && accounts.peek(id) !== null) selected.add(id)
  }

  function add(ids: readonly AccountId[]): void {
    for (const id of ids) selected.add(id)
    anchor = null
  }

  function clear(): void {
    selected.clear()
    anchor = null
    before = new Set()
  }

  return {
    has,
    toggle,
    extend,
    add,
    clear,
    ids: computed<readonly AccountId[]>(() => [...selected]),
    size: computed(() => selected.size),
  }
})
