import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import type { EnvironmentId } from '../../electron/shared/environment'
import { createSearch, type Hit } from '../list/search/search'
import { useApp } from '../base/app-context'
import { useAccounts } from './accounts'
import { dependOn } from '../base/depend-on'
import { useEnvironments } from './environments'

/** The search index of the accounts. Before each query it takes in only what has changed. */
export const useSearch = defineStore('search', () => {
  const { time } = useApp()
  const accounts = useAccounts()
  const environments = useEnvironments()

  const index = createSearch()
  /** Accounts that have changed since they were indexed. */
  const stale = new Set<AccountId>(accounts.current.map(({ id }) => id))
  /**
   * Increases when a searched text has changed. A use alone doesn't count: it must not reorder results that are being
   * read.
   */
  const texts = shallowRef(0)

  accounts.follow((changes) => {
    let changed = false
    for (const { id, before, after } of changes) {
      if (before === after) continue
      stale.add(id)
      changed ||= before === null || after === null || !sameTexts(before, after)
    }
    if (changed) texts.value += 1
  })
  const environmentNames = new Map<EnvironmentId, string>()
  watch(
    () => environments.all,
    (all) => {
      const renamed = new Set(
        all.filter(({ id, name }) => environmentNames.get(id) !== name).map(({ id }) => id),
      )
      if (renamed.size === 0) return
      for (const { id, name } of all) environmentNames.set(id, name)
      for (const { id, environmentId } of accounts.current) if (renamed.has(environmentId)) stale.add(id)
      texts.value += 1
    },
    { flush: 'sync', immediate: true },
  )

  /** Updates the index when a search is about to begin, so that its first letter needn't wait. */
  function prepare(): void {
    for (const id of stale) {
      const account = accounts.peek(id)
      if (account === null) {
        index.delete(id)
        continue
      }
      index.set({
        id,
        name: account.name,
        environment: environmentNames.get(account.environmentId) ?? '',
        tags: account.tags,
        note: account.note,
        keyHint: account.apiKeyHint,
        usedAt: account.usage?.lastAt ?? null,
        uses: account.usage?.copies ?? 0,
      })
    }
    stale.clear()
  }

  /** Best match first; null when there is nothing to search for. Depends on the searched texts. */
  function find(query: string): readonly Hit[] | null {
    dependOn(texts)
    if (query.trim() === '') return null
    prepare()
    return index.query(query, time.now())
  }

  return { prepare, find }
})

function sameTexts(a: AccountSummary, b: AccountSummary): boolean {
  return (
    a.name === b.name &&
    a.note === b.note &&
    a.apiKeyHint === b.apiKeyHint &&
    a.environmentId === b.environmentId &&
    a.tags.length === b.tags.length &&
    a.tags.every((tag, index) => tag === b.tags[index])
  )
}
