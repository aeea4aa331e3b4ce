import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { EpochMs } from '../../electron/shared/brand'
import type { LockStatus, StartNotice } from '../../electron/shared/ipc/contract'
import { writeDatesAs } from '../../electron/shared/wording'
import { useDesk } from '../desk'
import { useAccounts } from './accounts'
import { useMessages } from './messages'
import { useSearch } from './search'
import { useSelection } from './selection'
import { useEnvironments } from './environments'
import { useSettings } from './settings'
import { useUi } from './ui'

/** The window's connection to main: the snapshot it starts from and the events that keep the mirror true. */
export const useSession = defineStore('session', () => {
  const { bridge } = useDesk()
  const accounts = useAccounts()
  const environments = useEnvironments()
  const settings = useSettings()
  const ui = useUi()
  const messages = useMessages()
  const search = useSearch()
  const selection = useSelection()

  const phase = shallowRef<'starting' | 'ready' | 'failed'>('starting')
  const notices = shallowRef<readonly StartNotice[]>([])
  const clipboardClearsAt = shallowRef<EpochMs | null>(null)
  const lock = shallowRef<LockStatus | null>(null)
  /** Events that arrive before the snapshot; it may be older than they are. */
  let early: (() => void)[] | null = []

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
    bridge.on('goTo', ({ place }) => {
      when(() => {
        ui.goTo(place)
      })
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
    bridge.on('clipboardChanged', ({ clearsAt }) => {
      clipboardClearsAt.value = clearsAt
    })
  }

  /** Locked: nothing that has a name in it stays in the window. */
  function forgetAll(): void {
    early = []
    ui.forget()
    selection.clear()
    messages.hush(true)
    notices.value = []
    clipboardClearsAt.value = null
    accounts.replaceAll([])
    environments.replaceAll([])
    search.prepare()
  }

  async function load(): Promise<void> {
    phase.value = 'starting'
    const result = await bridge.getSnapshot(undefined).catch(() => null)
    if (result?.ok !== true) {
      phase.value = 'failed'
      return
    }
    // Before anything that has a date in it is shown.
    writeDatesAs(result.value.locale)
    environments.replaceAll(result.value.environments)
    settings.replace(result.value.settings)
    settings.storage = result.value.storage
    settings.loginStart = result.value.loginStart
    lock.value = result.value.lock
    accounts.replaceAll(result.value.accounts)
    notices.value = result.value.notices
    phase.value = 'ready'
    for (const apply of early ?? []) apply()
    early = null
  }

  async function start(): Promise<void> {
    follow()
    await load()
  }

  function dismissNotices(): void {
    notices.value = []
  }

  return { phase, lock, notices, clipboardClearsAt, start, load, dismissNotices }
})
