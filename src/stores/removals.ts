import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { AccountId } from '../../electron/shared/account'
import {
  accountsDeleted,
  accountsRestored,
  asSentence,
  describeCallError,
  notDeleted,
  notRestored,
  TOO_LATE_TO_UNDO,
} from '../../electron/shared/wording'
import { useApp } from '../base/app-context'
import { useAccounts } from './accounts'
import { useMessages } from './messages'
import { useUi } from './ui'

/** Removed together, and undone together. */
export interface Removal {
  readonly key: number
  readonly names: ReadonlyMap<AccountId, string>
  /** Those that main has not deleted yet. */
  readonly pending: ReadonlySet<AccountId>
}

/** Removals that can still be undone. Main says when that is over. */
export const useRemovals = defineStore('removals', () => {
  const { bridge } = useApp()
  const accounts = useAccounts()
  const messages = useMessages()
  const ui = useUi()
  /** The latest last. */
  const removals = shallowRef<readonly Removal[]>([])
  const undoing = new Set<number>()
  let lastKey = 0

  /** What a window finds that was away meanwhile: all that can still be undone, as one. */
  function replace(pending: Parameters<typeof begun>[0]): void {
    removals.value = []
    begun(pending)
  }

  /** Main has begun to remove them. */
  function begun(removed: readonly { readonly id: AccountId; readonly name: string }[]): void {
    if (removed.length === 0) return
    lastKey += 1
    const names = new Map(removed.map(({ id, name }) => [id, name]))
    removals.value = [...removals.value, { key: lastKey, names, pending: new Set(names.keys()) }]
    accounts.apply([], [...names.keys()])
  }

  async function undo({ key, pending }: Removal): Promise<void> {
    if (undoing.has(key)) return
    undoing.add(key)
    const result = await bridge.undoRemoval({ ids: [...pending] })
    undoing.delete(key)
    if (!result.ok) {
      messages.say(asSentence(describeCallError(result.error)), 'bad')
      return
    }
    const { restored, nameTaken } = result.value
    const back = new Set(restored.map(({ id }) => id))
    without(key, back, true)
    accounts.apply(restored, [])
    const [first] = restored
    if (first !== undefined) ui.bringIntoSight(first.id)
    ui.focusList()
    if (nameTaken.length > 0) messages.say(notRestored(nameTaken), 'bad')
    else if (first === undefined) messages.say(TOO_LATE_TO_UNDO, 'bad')
    else messages.say(accountsRestored(restored.map(({ name }) => name)))
  }

  /** `isBack`: they are no longer of those removed. Returns what is left of it; null when it is over. */
  function without(key: number, ids: ReadonlySet<AccountId>, isBack: boolean): Removal | null {
    const before = removals.value.find((each) => each.key === key)
    if (before === undefined) return null
    const pending = new Set([...before.pending].filter((id) => !ids.has(id)))
    const names = isBack ? new Map([...before.names].filter(([id]) => !ids.has(id))) : before.names
    const after = { key, names, pending }
    removals.value = removals.value.flatMap((each) =>
      each !== before ? each : pending.size === 0 ? [] : after,
    )
    return after
  }

  function ended({ id, name, isDeleted }: { id: AccountId; name: string; isDeleted: boolean }): void {
    if (!isDeleted) messages.say(notDeleted(name), 'bad')
    const removal = removals.value.find(({ pending }) => pending.has(id))
    if (removal === undefined) return
    const left = without(removal.key, new Set([id]), !isDeleted)
    // What was done meanwhile matters more than what was announced before.
    if (left?.pending.size === 0 && left.names.size > 0 && messages.current === null) {
      messages.say(accountsDeleted([...left.names.values()]))
    }
  }

  function forget(): void {
    removals.value = []
  }

  return { removals, replace, begun, undo, ended, forget }
})
