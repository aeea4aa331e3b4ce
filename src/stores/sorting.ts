import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { AccountSummary } from '../../electron/shared/account'
import type { EnvironmentId } from '../../electron/shared/environment'
import type { SortOrder } from '../../electron/shared/sort-order'
import { useAccounts } from './accounts'
import { useEnvironments } from './environments'
import { useOverview } from './overview'
import { useSettings } from './settings'

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true })

/** The order of the list while nothing is searched for, as the settings have it. */
export const useSorting = defineStore('sorting', () => {
  const accounts = useAccounts()
  const environments = useEnvironments()
  const overview = useOverview()
  const settings = useSettings()

  const order = computed<SortOrder>(() => settings.settings?.sortBy ?? 'name')
  const isReversed = computed(() => settings.settings?.sortReversed === true)

  const ranks = computed(() => {
    const sorted = [...environments.all].sort((a, b) => collator.compare(a.name, b.name))
    return new Map<EnvironmentId, number>(sorted.map(({ id }, rank) => [id, rank]))
  })
  const byEnvironment = computed(() => {
    const rank = ({ environmentId }: AccountSummary): number => ranks.value.get(environmentId) ?? -1
    return [...accounts.sorted].sort((a, b) => rank(a) - rank(b))
  })

  const ascending = computed<readonly AccountSummary[]>(() => {
    switch (order.value) {
      case 'name':
        return accounts.sorted
      case 'environment':
        return byEnvironment.value
      case 'use':
        return accounts.sortedByUse
      case 'expiry':
        return accounts.sortedByExpiry
      case 'refresh':
        return accounts.sortedByRefreshExpiry
      case 'status':
        return overview.sortedByUrgency
    }
  })
  const sorted = computed(() => (isReversed.value ? [...ascending.value].reverse() : ascending.value))

  function sortBy(next: SortOrder): void {
    void settings.change({ sortBy: next, sortReversed: false })
  }

  /** As a click on a column's head does: once more turns the order around. */
  function sortOrTurn(next: SortOrder): void {
    if (next === order.value) void settings.change({ sortReversed: !isReversed.value })
    else sortBy(next)
  }

  return { order, isReversed, sorted, sortBy, sortOrTurn }
})
