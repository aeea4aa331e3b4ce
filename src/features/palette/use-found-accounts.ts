import { shallowRef, watch, type ShallowRef } from 'vue'
import type { AccountId } from '../../../electron/shared/account'
import { useAccounts } from '../../stores/accounts'
import { useSearch } from '../../stores/search'
import { useSession } from '../../stores/connection'

export interface FoundAccounts {
  readonly ids: readonly AccountId[]
  /** How many more match than are in `ids`. */
  readonly more: number
  /** The typed text begins a word of the best match's name. */
  readonly isClear: boolean
}

/**
 * The accounts that match `query`, best first; without one the last used. Updated when the text changes and when
 * accounts are added, removed or moved, but not on each use: results must not move while they are read. Empty until all
 * accounts are loaded: Enter copies the best match, and a better one may still come.
 */
export function useFoundAccounts(
  query: () => string,
  atMost: () => number,
  /** Searches again whenever this changes. */
  again: () => unknown = () => null,
): Readonly<ShallowRef<FoundAccounts>> {
  const accounts = useAccounts()
  const search = useSearch()
  const session = useSession()
  const found = shallowRef<FoundAccounts>({ ids: [], more: 0, isClear: false })

  watch(
    [query, atMost, () => session.isComplete, () => (session.isComplete ? accounts.sorted : null), again],
    ([typed, most, isComplete]) => {
      const all = most === 0 || !isComplete ? [] : (search.find(typed) ?? accounts.sortedByUse)
      const ids = all.slice(0, most).map(({ id }) => id)
      const best = ids[0] === undefined ? null : accounts.get(ids[0])
      found.value = {
        ids,
        more: all.length - ids.length,
        isClear: best !== null && hasWordLike(best.name, typed),
      }
    },
    { immediate: true },
  )
  return found
}

/** Whether a word of `words`, or the whole text, begins with `typed`. */
export function hasWordLike(words: string, typed: string): boolean {
  const text = typed.trim().toLocaleLowerCase('en')
  const all = words.toLocaleLowerCase('en')
  return (
    text !== '' &&
    (all.startsWith(text) || all.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(text)))
  )
}
