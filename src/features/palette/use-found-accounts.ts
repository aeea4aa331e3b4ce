import { shallowRef, watch, type ShallowRef } from 'vue'
import type { AccountId } from '../../../electron/shared/account'
import { useAccounts } from '../../stores/accounts'
import { useSearch } from '../../stores/search'
import { useSession } from '../../stores/connection'

export interface FoundAccounts {
  readonly ids: readonly AccountId[]
  /** How many more there are than in `ids`. */
  readonly more: number
  /** A word of the best match's name begins with what was typed. */
  readonly isClear: boolean
}

/**
 * The accounts that `query` finds, the best match first; without one the latest used. Looked for when something is
 * typed and when accounts come, go or move, not at each use: what one looks at must not move away. None before all accounts
 * are here: a better one may still come, and Enter copies the best.
 */
export function useFoundAccounts(
  query: () => string,
  atMost: () => number,
  /** Looked for again whenever this changes. */
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

/** Whether a word of `words`, or all of them, begin with `typed`. */
export function hasWordLike(words: string, typed: string): boolean {
  const text = typed.trim().toLocaleLowerCase('en')
  const all = words.toLocaleLowerCase('en')
  return (
    text !== '' &&
    (all.startsWith(text) || all.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(text)))
  )
}
