import { describe, expect, it } from 'vitest'
import { StateDocument } from '../../../../electron/core/settings/state-document'
import { DEFAULT_SETTINGS } from '../../../../electron/shared/settings'
import { anId } from '../../../support/builders'
import { MemoryLog } from '../../../support/fakes/memory-log'
import { MemoryState } from '../../../support/fakes/memory-state'

function documentIn(store: MemoryState): StateDocument {
  const document = new StateDocument(store, new MemoryLog())
  document.load()
  return document
}

const SANDBOX_OF_VERSION_1 = {
  id: anId('a'),
  name: 'A',
  baseUrl: 'https://a.example',
  production: false,
  colour: 'teal',
  clockSkewMs: null,
}

describe('settings', () => {
  it('on a new profile need no repair', () => {
    expect(documentIn(new MemoryState()).repair).toBeNull()
  })

  it('that are missing fall back one by one', () => {
    const store = new MemoryState()
    store.text = JSON.stringify({ version: 1, settings: { theme: 'dark' }, environments: [] })
    const document = documentIn(store)
    expect(document.content.settings).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' })
    expect(document.repair).toBeNull()
  })

  it('that are invalid fall back one by one, the file is kept, and the user is notified', () => {
    const store = new MemoryState()
    const text = JSON.stringify({
      version: 1,
      settings: { theme: 'dark', density: 'roomy', minimumJwtLifeMs: -1 },
      environments: [],
    })
    store.text = text
    const document = documentIn(store)
    expect(document.content.settings).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' })
    expect(store.kept).toEqual({ why: 'damaged', text })
    expect(document.repair).toEqual({ keptAs: 'tokendesk.json.damaged-1', isReset: false })
    // Once: what is there now makes sense.
    expect(documentIn(store).repair).toBeNull()
  })

  it.each([
    ['damaged', '{"version":1,"settings":{'],
    ['damaged', ''],
    ['damaged', '\0\0\0\0'],
    ['damaged', '{"hello":"world"}'],
    ['newer-version', '{"version":99,"settings":{},"environments":[]}'],
  ])('that can’t be read (%s) are quarantined and defaults take their place', (why, text) => {
    const store = new MemoryState()
    store.text = text
    const document = documentIn(store)
    expect(document.repair).toEqual({ keptAs: `tokendesk.json.${why}-1`, isReset: true })
    expect(store.kept).toEqual({ why, text })
    expect(document.content.settings).toEqual(DEFAULT_SETTINGS)
  })

  it('of an older version are migrated step by step, and the old file is kept', () => {
    const store = new MemoryState()
    const old = JSON.stringify({ version: 1, look: 'dark' })
    store.text = old
    const document = new StateDocument(store, new MemoryLog(), [
      ({ look, ...rest }) => ({ ...rest, theme: look }),
      ({ theme }) => ({ settings: { theme }, environments: [] }),
    ])
    document.load()
    expect(document.repair).toBeNull()
    expect(document.content.settings).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' })
    expect(store.kept).toEqual({ why: 'before-migration', text: old })
    expect(JSON.parse(store.text)).toMatchObject({ version: 3, settings: { theme: 'dark' } })
  })

  it('of the first version keep their order and their zones, which had other names', () => {
    const store = new MemoryState()
    const text = JSON.stringify({
      version: 1,
      settings: { sortBy: 'standing' },
      environments: [{ ...SANDBOX_OF_VERSION_1, zonelessTimesAre: 'Europe/Paris' }],
    })
    store.text = text
    const { content, repair } = documentIn(store)
    expect(content.settings.sortBy).toBe('status')
    expect(Array.from(content.environments.values(), (each) => each.defaultTimeZone)).toEqual([
      'Europe/Paris',
    ])
    expect(store.kept).toEqual({ why: 'before-migration', text })
    expect(repair).toBeNull()
  })
})

describe('environments', () => {
  it('of which one makes no sense keep the others and the settings, and the file from before', () => {
    const store = new MemoryState()
    const good = { ...SANDBOX_OF_VERSION_1, defaultTimeZone: 'UTC' }
    const before = JSON.stringify({
      version: 1,
      settings: { theme: 'dark' },
      environments: [
        good,
        { ...good, id: anId('b'), baseUrl: 'h\uFFFDtps://b.example' },
        { ...good, id: anId('c'), defaultTimeZone: 'Mars/Olympus' },
      ],
    })
    store.text = before
    const { content, repair } = documentIn(store)
    expect(repair).toEqual({ keptAs: 'tokendesk.json.damaged-1', isReset: false })
    expect(content.settings.theme).toBe('dark')
    expect(Array.from(content.environments.values(), (each) => [each.id, each.defaultTimeZone])).toEqual([
      [anId('a'), 'UTC'],
      [anId('c'), 'UTC'],
    ])
    expect(store.kept).toEqual({ why: 'damaged', text: before })
  })
})

describe('a change that failed to be stored only in the sync of its folder', () => {
  it('is undone on the disk as in memory', () => {
    const store = new MemoryState()
    const document = documentIn(store)
    document.change({ settings: { ...DEFAULT_SETTINGS, theme: 'dark' } })
    store.unsynced = 1
    const change = { settings: { ...DEFAULT_SETTINGS, theme: 'light' } } as const
    expect(() => {
      document.change(change)
    }).toThrow('EIO')
    const themes = [document, documentIn(store)].map(({ content }) => content.settings.theme)
    expect(themes).toEqual(['dark', 'dark'])
  })
})
