import { describe, expect, it } from 'vitest'
import { BackOffice } from '../../../support/back-office'

describe('environments', () => {
  it('with an address flipped into another valid one get back the one that the records agree on', async () => {
    const office = await BackOffice.open()
    await office.add({ name: 'A' })
    await office.add({ name: 'B' })
    const damaged = (office.stateStore.text ?? '').replace('api.example.com', 'apy.example.com')
    office.stateStore.text = damaged
    const restarted = await office.restart()
    expect(restarted.environmentStore.all[0]?.baseUrl).toBe('https://api.example.com')
    expect(office.stateStore.kept).toEqual({ why: 'damaged', text: damaged })
    expect(office.stateStore.text).toContain('https://api.example.com')
  })

  it('keep their address against a single record that says otherwise', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const record = office.records.files.get(id) ?? ''
    office.records.files.set(id, record.replace('api.example.com', 'apy.example.com'))
    expect((await office.restart()).environmentStore.all[0]?.baseUrl).toBe('https://api.example.com')
  })

  it('with a flipped id come back, and the file with the flip is kept', async () => {
    const office = await BackOffice.open()
    const { environmentId } = await office.add()
    const damaged = (office.stateStore.text ?? '').replace(environmentId, `${environmentId.slice(0, -1)}f`)
    office.stateStore.text = damaged
    const restarted = await office.restart()
    expect(restarted.environmentStore.get(environmentId)).toBeDefined()
    expect(office.stateStore.kept).toEqual({ why: 'damaged', text: damaged })
  })

  it('lost with the settings come back from the account records', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const before = office.environmentStore.all
    office.stateStore.text = 'damaged'
    const restarted = await office.restart()
    expect(restarted.environmentStore.all).toEqual(
      before.map((each) => ({ ...each, clockSkewMs: null, addressConfirmed: false })),
    )
    expect(restarted.summary(id).problem).toEqual({ code: 'address-to-confirm' })
    // The damaged file was quarantined, and nothing else was kept of it.
    expect(office.stateStore.kept).toEqual({ why: 'damaged', text: 'damaged' })
  })

  it('keep the measured clock skew, and write only when it moved', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.skewMs = 3_600_000
    await office.accounts.renew(id)
    expect(office.environmentStore.all[0]?.clockSkewMs).toBe(3_600_000)
    const written = office.stateStore.text
    office.service.skewMs = 3_601_000
    await office.accounts.renew(id)
    expect(office.stateStore.text).toBe(written)
  })

  it('that are removed take along what their addresses have granted', async () => {
    const office = await BackOffice.open()
    const { id, environmentId } = await office.add()
    expect(office.environmentStore.hasGranted(environmentId, 'https://api.example.com')).toBe(true)
    expect((await office.removals.removeNow(id)).ok).toBe(true)
    expect((await office.environments.remove(environmentId)).ok).toBe(true)
    expect(office.stateStore.text).not.toContain('api.example.com')
  })

  it('get colors of their own, and production always the same', async () => {
    const office = await BackOffice.open()
    const colours = []
    for (const name of ['A', 'B', 'C']) {
      await office.environment(name)
      colours.push(office.environmentStore.all.at(-1)?.colour)
    }
    expect(new Set(colours).size).toBe(3)
    expect(colours).not.toContain('orange')
    expect(colours).not.toContain('violet')
    expect(office.environmentStore.freeColour(true)).toBe('violet')
  })
})

describe('an environment that failed to be stored only in the sync of its folder', () => {
  it('is gone from the disk as from memory', async () => {
    const office = await BackOffice.open()
    await office.environment()
    office.stateStore.unsynced = 1
    const added = { name: 'Live', baseUrl: 'https://live.example.com', production: true }
    expect((await office.environments.add(added)).ok).toBe(false)
    const names = (one: BackOffice): readonly string[] => one.environmentStore.all.map(({ name }) => name)
    expect([names(office), names(await office.restart())]).toEqual([['Sandbox'], ['Sandbox']])
  })
})
