import { describe, expect, it } from 'vitest'
import { AppState } from '../../../../electron/core/settings/app-state'
import type { AppEvents } from '../../../../electron/core/base/app-events'
import { Emitter } from '../../../../electron/core/base/emitter'
import { DEFAULT_SETTINGS } from '../../../../electron/shared/settings'
import { BackOffice } from '../../../support/back-office'
import { anId } from '../../../support/builders'
import { MemoryLog } from '../../../support/fakes/memory-log'
import { MemoryState } from '../../../support/fakes/memory-state'

const quiet = new Emitter<AppEvents>(new MemoryLog())

function stateOf(store: MemoryState): AppState {
  return new AppState(store, new MemoryLog(), quiet)
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
  it('are the defaults on a new profile, and nothing is written before something changes', () => {
    const store = new MemoryState()
    const state = stateOf(store)
    state.load()
    expect(state.repair).toBeNull()
    expect(state.settings).toEqual(DEFAULT_SETTINGS)
    expect(store.text).toBeNull()
  })

  it('survive a restart', () => {
    const store = new MemoryState()
    stateOf(store).changeSettings({ theme: 'dark', clipboardClearMs: null })
    const restarted = stateOf(store)
    restarted.load()
    expect(restarted.settings).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', clipboardClearMs: null })
  })

  it('that are missing fall back one by one', () => {
    const store = new MemoryState()
    store.text = JSON.stringify({ version: 1, settings: { theme: 'dark' }, environments: [] })
    const state = stateOf(store)
    state.load()
    expect(state.settings).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' })
    expect(state.repair).toBeNull()
  })

  it('that make no sense fall back one by one, the file is kept, and the user is told', () => {
    const store = new MemoryState()
    const text = JSON.stringify({
      version: 1,
      settings: { theme: 'dark', density: 'roomy', minimumJwtLifeMs: -1 },
      environments: [],
    })
    store.text = text
    const state = stateOf(store)
    state.load()
    expect(state.settings).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' })
    expect(store.kept).toEqual({ why: 'damaged', text })
    expect(state.repair).toEqual({ keptAs: 'tokendesk.json.damaged-1', isReset: false })
    // Once: what is there now makes sense.
    const next = stateOf(store)
    next.load()
    expect(next.repair).toBeNull()
  })

  it.each([
    ['damaged', '{"version":1,"settings":{'],
    ['damaged', ''],
    ['damaged', '\0\0\0\0'],
    ['damaged', '{"hello":"world"}'],
    ['newer-version', '{"version":99,"settings":{},"environments":[]}'],
  ])('that can not be read (%s) are set aside and defaults take their place', (why, text) => {
    const store = new MemoryState()
    store.text = text
    const state = stateOf(store)
    state.load()
    expect(state.repair).toEqual({ keptAs: `tokendesk.json.${why}-1`, isReset: true })
    expect(store.kept).toEqual({ why, text })
    expect(state.settings).toEqual(DEFAULT_SETTINGS)
  })

  it('of an older version are migrated step by step, and the old file is kept', () => {
    const store = new MemoryState()
    const old = JSON.stringify({ version: 1, look: 'dark' })
    store.text = old
    const state = new AppState(store, new MemoryLog(), quiet, [
      ({ look, ...rest }) => ({ ...rest, theme: look }),
      ({ theme }) => ({ settings: { theme }, environments: [] }),
    ])
    state.load()
    expect(state.repair).toBeNull()
    expect(state.settings).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' })
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
    const state = stateOf(store)
    state.load()
    expect(state.settings.sortBy).toBe('status')
    expect(state.environments.map((each) => each.defaultTimeZone)).toEqual(['Europe/Paris'])
    expect(store.kept).toEqual({ why: 'before-migration', text })
    expect(state.repair).toBeNull()
  })

  it('stay as they were when the disk refuses a change', () => {
    const store = new MemoryState()
    const state = stateOf(store)
    store.full = true
    expect(() => state.changeSettings({ theme: 'dark' })).toThrow('ENOSPC')
    expect(state.settings.theme).toBe('system')
  })
})

describe('environments', () => {
  it('of which one makes no sense keep the others and the settings, and the file from before', () => {
    const store = new MemoryState()
    const good = {
      id: anId('a'),
      name: 'A',
      baseUrl: 'https://a.example',
      production: false,
      colour: 'teal',
      defaultTimeZone: 'UTC',
      clockSkewMs: null,
    }
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
    const state = stateOf(store)
    state.load()
    expect(state.repair).toEqual({ keptAs: 'tokendesk.json.damaged-1', isReset: false })
    expect(state.settings.theme).toBe('dark')
    expect(state.environments.map((each) => [each.id, each.defaultTimeZone])).toEqual([
      [anId('a'), 'UTC'],
      [anId('c'), 'UTC'],
    ])
    expect(store.kept).toEqual({ why: 'damaged', text: before })
  })

  it('whose address has flipped into another valid one get back the one that the records agree on', async () => {
    const office = await BackOffice.open()
    await office.add({ name: 'A' })
    await office.add({ name: 'B' })
    const damaged = (office.stateStore.text ?? '').replace('api.example.com', 'apy.example.com')
    office.stateStore.text = damaged
    const restarted = await office.restart()
    expect(restarted.state.environments[0]?.baseUrl).toBe('https://api.example.com')
    expect(office.stateStore.kept).toEqual({ why: 'damaged', text: damaged })
    expect(office.stateStore.text).toContain('https://api.example.com')
  })

  it('keep their address against a single record that says otherwise', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const record = office.records.files.get(id) ?? ''
    office.records.files.set(id, record.replace('api.example.com', 'apy.example.com'))
    expect((await office.restart()).state.environments[0]?.baseUrl).toBe('https://api.example.com')
  })

  it('whose id has flipped come back, and the file with the flip is kept', async () => {
    const office = await BackOffice.open()
    const { environmentId } = await office.add()
    const damaged = (office.stateStore.text ?? '').replace(environmentId, `${environmentId.slice(0, -1)}f`)
    office.stateStore.text = damaged
    const restarted = await office.restart()
    expect(restarted.state.environment(environmentId)).toBeDefined()
    expect(office.stateStore.kept).toEqual({ why: 'damaged', text: damaged })
  })

  it('lost with the settings come back from the account records', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const before = office.state.environments
    office.stateStore.text = 'damaged'
    const restarted = await office.restart()
    expect(restarted.state.environments).toEqual(
      before.map((each) => ({ ...each, clockSkewMs: null, addressConfirmed: false })),
    )
    expect(restarted.summary(id).problem).toEqual({ code: 'address-to-confirm' })
  })

  it('keep the measured clock skew, and write only when it moved', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.skewMs = 3_600_000
    await office.accounts.renew(id)
    expect(office.state.environments[0]?.clockSkewMs).toBe(3_600_000)
    const written = office.stateStore.text
    office.service.skewMs = 3_601_000
    await office.accounts.renew(id)
    expect(office.stateStore.text).toBe(written)
  })

  it('get colours of their own, and production always the same', async () => {
    const office = await BackOffice.open()
    const colours = []
    for (const name of ['A', 'B', 'C']) {
      await office.environment(name)
      colours.push(office.state.environments.at(-1)?.colour)
    }
    expect(new Set(colours).size).toBe(3)
    expect(colours).not.toContain('orange')
    expect(office.state.freeColour(true)).toBe('orange')
  })
})

describe('a change that lies there though only the sync of its folder failed', () => {
  it('is undone on the disk as in memory: settings and environments', async () => {
    const store = new MemoryState()
    const state = stateOf(store)
    state.changeSettings({ theme: 'dark' })
    store.unsynced = 1
    expect(() => state.changeSettings({ theme: 'light' })).toThrow('EIO')
    const restarted = stateOf(store)
    restarted.load()
    expect([state.settings.theme, restarted.settings.theme]).toEqual(['dark', 'dark'])

    const office = await BackOffice.open()
    await office.environment()
    office.stateStore.unsynced = 1
    const added = { name: 'Live', baseUrl: 'https://live.example.com', production: true }
    expect((await office.environments.add(added)).ok).toBe(false)
    const names = (one: BackOffice): readonly string[] => one.state.environments.map(({ name }) => name)
    expect([names(office), names(await office.restart())]).toEqual([['Sandbox'], ['Sandbox']])
  })
})
