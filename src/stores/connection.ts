import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { EpochMs } from '../../electron/shared/brand'
import { ACCOUNTS_AT_ONCE } from '../../electron/shared/first-rows'
import type { LockStatus, StartNotice } from '../../electron/shared/ipc/contract'
import type { NavigationTarget } from '../../electron/shared/navigation'
import { writeDatesAs } from '../../electron/shared/wording'
import { useApp } from '../base/app-context'
import { useAccounts } from './accounts'
import { useMessages } from './messages'
import { useRemovals } from './removals'
import { useSearch } from './search'
import { useSelection } from './selection'
import { useEnvironments } from './environments'
import { useProxy } from './proxy'
import { useSettings } from './settings'
import { useKeptView } from './kept-view'
import { useUi } from './ui'

/** The window's connection to main: the snapshot, and the events that keep the mirror up to date. */
export const useSession = defineStore('session', () => {
  const { bridge, time } = useApp()
  const accounts = useAccounts()
  const environments = useEnvironments()
  const settings = useSettings()
  const proxy = useProxy()
  const ui = useUi()
  const messages = useMessages()
  const removals = useRemovals()
  const search = useSearch()
  const selection = useSelection()
  const keptView = useKeptView()

  const phase = shallowRef<'starting' | 'ready' | 'failed'>('starting')
  const notices = shallowRef<readonly StartNotice[]>([])
  const clipboardClearsAt = shallowRef<EpochMs | null>(null)
  const clipboardIsStuck = shallowRef(false)
  /** Whether there was an import to show when the window began, or after unlocking. */
  const hasImport = shallowRef(false)
  const lock = shallowRef<LockStatus | null>(null)
  /** Events that arrived before the snapshot, which may be older than they are. */
  let early: (() => void)[] | null = []
  /** Whether all accounts are loaded; until then their positions are unknown. */
  const isComplete = shallowRef(false)
  let wanted: NavigationTarget | null = null
  /** Increases when pending responses are no longer wanted. */
  let turn = 0

  function follow(): void {
    const when = (apply: () => void): void => {
      if (early === null) apply()
      else early.push(apply)
    }
    bridge.on('accountsChanged', ({ changed, removed }) => {
      when(() => {
        accounts.apply(changed, removed)
      })
    })
    bridge.on('removalEnded', removals.ended)
    bridge.on('environmentsChanged', (event) => {
      when(() => {
        environments.replaceAll(event.environments)
      })
    })
    bridge.on('settingsChanged', (event) => {
      when(() => {
        settings.replace(event.settings)
      })
    })
    bridge.on('storageChanged', (event) => {
      when(() => {
        settings.storage = event.storage
      })
    })
    bridge.on('proxyChanged', (event) => {
      when(() => {
        proxy.replace(event.proxy)
      })
    })
    bridge.on('noticesFound', (event) => {
      when(() => {
        notices.value = event.notices
      })
    })
    bridge.on('navigate', ({ target }) => {
      wanted = target
      if (isComplete.value) goOn()
    })
    bridge.on('lockChanged', (event) => {
      const wasLocked = lock.value?.isLocked === true
      lock.value = event.lock
      if (event.lock.isLocked && !wasLocked) forgetAll()
      if (!event.lock.isLocked && wasLocked) {
        messages.hush(false)
        void load()
      }
    })
    bridge.on('clipboardChanged', ({ clearsAt, couldNotClear }) => {
      clipboardClearsAt.value = clearsAt
      clipboardIsStuck.value = couldNotClear
    })
  }

  function goOn(): void {
    if (wanted !== null) ui.navigate(wanted)
    wanted = null
  }

  /** Locked: nothing with a name in it stays in the window. */
  function forgetAll(): void {
    turn += 1
    early = []
    isComplete.value = false
    keptView.unfollow()
    ui.forget()
    proxy.close()
    selection.clear()
    removals.forget()
    messages.hush(true)
    notices.value = []
    clipboardClearsAt.value = null
    accounts.replaceAll([])
    environments.replaceAll([])
    search.prepare()
  }

  async function load(): Promise<void> {
    turn += 1
    isComplete.value = false
    phase.value = 'starting'
    const result = await bridge.getSnapshot(undefined).catch(() => null)
    if (result?.ok !== true) {
      phase.value = 'failed'
      return
    }
    // Before any date is shown.
    writeDatesAs(result.value.locale)
    environments.replaceAll(result.value.environments)
    settings.replace(result.value.settings)
    settings.storage = result.value.storage
    proxy.replace(result.value.proxy)
    settings.loginStart = result.value.loginStart
    lock.value = result.value.lock
    hasImport.value = result.value.hasImport
    const { accounts: first, areAll } = result.value
    accounts.replaceAll(first)
    removals.replace(result.value.removals)
    // With the first rows, so that none of another view is shown before.
    if (result.value.view !== null) ui.restore(result.value.view)
    notices.value = result.value.notices
    // A list without its first rows would change its order a moment later.
    if (first.length > 0 || areAll) phase.value = 'ready'
    for (const apply of early ?? []) apply()
    early = null
    if (areAll) complete()
    else await loadAll()
  }

  /** The first accounts are loaded again: their relations are known only when all are loaded. */
  async function loadAll(): Promise<void> {
    const mine = turn
    // Lets the loaded accounts be painted first.
    if (phase.value === 'ready') await new Promise<void>((idle) => time.whenIdle(idle))
    if (mine !== turn) return
    const answer = await bridge.getAccountIds(undefined).catch(() => null)
    if (mine !== turn) return
    const ids = answer?.ok === true ? answer.value : []
    let isWhole = answer?.ok === true
    for (let from = 0; from < ids.length && isWhole; from += ACCOUNTS_AT_ONCE) {
      const next = await bridge
        .getAccounts({ ids: ids.slice(from, from + ACCOUNTS_AT_ONCE) })
        .catch(() => null)
      if (mine !== turn) return
      if (next?.ok === true) accounts.apply(next.value, [])
      else isWhole = false
    }
    if (isWhole) complete()
    else phase.value = 'failed'
  }

  function complete(): void {
    phase.value = 'ready'
    isComplete.value = true
    keptView.follow()
    goOn()
  }

  async function start(): Promise<void> {
    follow()
    await load()
  }

  function dismissNotices(): void {
    notices.value = []
  }

  return {
    phase,
    isComplete,
    lock,
    notices,
    clipboardClearsAt,
    clipboardIsStuck,
    hasImport,
    start,
    load,
    dismissNotices,
  }
})
