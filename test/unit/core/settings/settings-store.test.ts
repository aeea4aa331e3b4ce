import { describe, expect, it } from 'vitest'
import type { AppEvents } from '../../../../electron/core/base/app-events'
import { Emitter } from '../../../../electron/core/base/emitter'
import { SettingsStore } from '../../../../electron/core/settings/settings-store'
import { StateDocument } from '../../../../electron/core/settings/state-document'
import { DEFAULT_SETTINGS, type Settings } from '../../../../electron/shared/settings'
import { MemoryLog } from '../../../support/fakes/memory-log'
import { MemoryState } from '../../../support/fakes/memory-state'

function opened(store = new MemoryState()): {
  settings: SettingsStore
  store: MemoryState
  told: Settings[]
} {
  const log = new MemoryLog()
  const events = new Emitter<AppEvents>(log)
  const told: Settings[] = []
  events.on('settingsChanged', ({ settings }) => void told.push(settings))
  const document = new StateDocument(store, log)
  document.load()
  return { settings: new SettingsStore(document, events), store, told }
}

describe('settings', () => {
  it('are the defaults on a new profile, and nothing is written before something changes', () => {
    const { settings, store } = opened()
    expect(settings.current).toEqual(DEFAULT_SETTINGS)
    expect(store.text).toBeNull()
  })

  it('survive a restart', () => {
    const { settings, store } = opened()
    settings.change({ theme: 'dark', clipboardClearMs: null })
    expect(opened(store).settings.current).toEqual({
      ...DEFAULT_SETTINGS,
      theme: 'dark',
      clipboardClearMs: null,
    })
  })

  it('that change are announced once they are stored', () => {
    const { settings, told } = opened()
    expect(settings.change({ theme: 'dark' })).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' })
    expect(told).toEqual([settings.current])
  })

  it('stay as they were, and say nothing, when the disk refuses a change', () => {
    const { settings, store, told } = opened()
    store.full = true
    expect(() => settings.change({ theme: 'dark' })).toThrow('ENOSPC')
    expect(settings.current.theme).toBe('system')
    expect(told).toEqual([])
  })

  it('are reset but for the decision about storage', () => {
    const { settings } = opened()
    settings.change({ theme: 'dark', unprotectedStorage: 'memory-only' })
    expect(settings.reset()).toEqual({ ...DEFAULT_SETTINGS, unprotectedStorage: 'memory-only' })
  })
})
