import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { nameKey } from '../../electron/shared/account-fields'
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import type { EpochMs } from '../../electron/shared/brand'
import type { EnvironmentId } from '../../electron/shared/environment'
import type { Result } from '../../electron/shared/ipc/contract'
import {
  manyDone,
  NOTHING_TO_CHANGE,
  reasonInWords,
  type Message,
  type BulkAction,
} from '../../electron/shared/wording'
import { useApp } from '../base/app-context'
import { useAccounts } from './accounts'
import { useActions } from './actions'
import { useMessages } from './messages'
import { usePauses } from './pauses'
import { useRemovals } from './removals'

/** What started the action and shows its progress. */
type AskedBy = 'selection' | 'ending-bar'

export interface ManyProgress {
  readonly action: BulkAction
  readonly by: AskedBy
  readonly done: number
  readonly total: number
  /** When the service wants to be asked again, while nothing else can be done. */
  readonly waitsUntil: EpochMs | null
}

/** How many calls run at a time, so that main stays free for a single one. */
const AT_ONCE = 8

/** Actions on several accounts: single calls with progress, and one message at the end. */
export const useBulk = defineStore('bulk', () => {
  const { bridge } = useApp()
  const accounts = useAccounts()
  const actions = useActions()
  const messages = useMessages()
  const pauses = usePauses()
  const removals = useRemovals()
  /** Null while no action is running. */
  const progress = shallowRef<ManyProgress | null>(null)
  /** Calls in progress are finished, the rest is skipped. */
  const cancelled = shallowRef(false)

  async function run(
    action: BulkAction,
    ids: readonly AccountId[],
    /** Resolves to null for a skipped account. */
    call: (account: AccountSummary) => Promise<Result<unknown> | null>,
    by: AskedBy = 'selection',
  ): Promise<void> {
    if (progress.value !== null) return
    const all = ids.flatMap((id) => accounts.peek(id) ?? [])
    if (all.length === 0) {
      messages.say(NOTHING_TO_CHANGE)
      return
    }
    cancelled.value = false
    const done: string[] = []
    const failed: { name: string; words: Message; holds: () => boolean }[] = []
    const coming = all.values()
    let total = all.length
    /** How many calls wait for each environment, and how many don't. */
    const waiting = new Map<EnvironmentId, number>()
    let asking = 0

    function tell(): void {
      const times = [...waiting].flatMap(([id, calls]) => (calls > 0 ? (pauses.until(id) ?? []) : []))
      const waitsUntil = asking > 0 || times.length === 0 ? null : Math.min(...times)
      progress.value = { action, by, done: done.length + failed.length, total, waitsUntil }
    }

    async function whenFree(id: EnvironmentId): Promise<void> {
      // Only renewals ask the service.
      while (action === 'renew' && pauses.until(id) !== null && !cancelled.value) {
        waiting.set(id, (waiting.get(id) ?? 0) + 1)
        tell()
        await pauses.over(id, () => !cancelled.value)
        waiting.set(id, (waiting.get(id) ?? 1) - 1)
      }
    }

    async function callInTime(account: AccountSummary): Promise<Result<unknown> | null | 'cancelled'> {
      for (;;) {
        await whenFree(account.environmentId)
        if (cancelled.value) return 'cancelled'
        asking += 1
        tell()
        const result = await call(account).catch((): Result<unknown> => ({
          ok: false,
          error: { code: 'internal' },
        }))
        asking -= 1
        if (result === null || result.ok || !pauses.isLimit(account.environmentId, result.error))
          return result
      }
    }

    async function work(): Promise<void> {
      // The workers share one iterator: each takes the next account when it has finished one.
      for (const account of coming) {
        const result = await callInTime(account)
        if (result === 'cancelled') return
        if (result === null) total -= 1
        else if (result.ok) done.push(account.name)
        else {
          const holds = actions.holding(account, result.error)
          failed.push({ name: account.name, words: reasonInWords(result.error), holds })
        }
        tell()
        if (cancelled.value) return
      }
    }

    tell()
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    progress.value = null
    if (total === 0) return
    const words = manyDone({ action, done, failed, total })
    // What can be undone has a message of its own.
    if (action === 'remove' && failed.length === 0 && done.length === total) return
    if (failed.length === 0) messages.say(words)
    else messages.say(words, 'bad', () => failed.some(({ holds }) => holds()))
  }

  /** Finishes calls in progress and starts no more. */
  function cancel(): void {
    cancelled.value = true
    pauses.wake()
  }

  async function renew(ids: readonly AccountId[], by?: AskedBy): Promise<void> {
    await run('renew', ids, actions.renewQuietly, by)
  }

  /** Adds and removes tags by name; each account's other tags stay. */
  async function tag(
    ids: readonly AccountId[],
    add: readonly string[],
    remove: readonly string[],
  ): Promise<void> {
    const removed = new Set(remove.map(nameKey))
    const changed = ids.filter((id) => {
      const tags = accounts.peek(id)?.tags ?? []
      const keys = new Set(tags.map(nameKey))
      return add.some((name) => !keys.has(nameKey(name))) || tags.some((name) => removed.has(nameKey(name)))
    })
    await run('tag', changed, ({ id, tags }) =>
      edit({ id, tags: [...tags.filter((name) => !removed.has(nameKey(name))), ...add] }),
    )
  }

  async function move(ids: readonly AccountId[], partnerId: AccountId | null): Promise<void> {
    await run('move', ids, ({ id }) => edit({ id, partnerId }))
  }

  async function edit(change: Parameters<typeof bridge.editAccount>[0]): Promise<Result<AccountSummary>> {
    const result = await bridge.editAccount(change)
    if (result.ok) accounts.apply([result.value], [])
    return result
  }

  async function remove(ids: readonly AccountId[]): Promise<void> {
    const removed: AccountSummary[] = []
    await run('remove', ids, async (account) => {
      const result = await bridge.removeAccount({ id: account.id })
      if (result.ok) removed.push(account)
      return result
    })
    removals.begun(removed)
  }

  return { progress, cancelled, cancel, renew, tag, move, remove }
})
