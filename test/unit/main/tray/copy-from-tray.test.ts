import { describe, expect, it } from 'vitest'
import { copyFromTray } from '../../../../electron/main/tray/copy-from-tray'
import type { AccountId } from '../../../../electron/shared/account'
import { BackOffice, unwrap } from '../../../support/back-office'

async function copy(office: BackOffice, id: AccountId): Promise<void> {
  await copyFromTray(office.useCases, id)
}

async function live(office: BackOffice): Promise<AccountId> {
  const live = { name: 'Live', baseUrl: 'https://live.example.com', production: true }
  const { id: environmentId } = unwrap(await office.environments.add(live))
  return (await office.add({ name: 'ACME', environmentId })).id
}

describe('copying from the tray', () => {
  it('puts a live JWT into the clipboard and says so, quietly', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ name: 'ACME' })
    await copy(office, id)
    expect(await office.clipboard.readText()).not.toBe('')
    expect(office.notifier.shown).toMatchObject([{ title: 'JWT of ACME copied', quiet: true }])
  })

  it('names the environment when it is production', async () => {
    const office = await BackOffice.open()
    await copy(office, await live(office))
    expect(office.notifier.take()).toEqual(['JWT of ACME (Live) copied: '])
  })

  it('says when the JWT expires sooner than the settings promise', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ name: 'ACME' })
    await office.time.advance(25 * 3_600_000)
    office.notifier.take()
    office.service.jwtLifeMs = 3 * 60_000
    await copy(office, id)
    expect(office.notifier.take()).toEqual(['JWT of ACME copied: It expires in 3 min.'])
    office.settingsStore.change({ minimumJwtLifeMs: 60_000 })
    await copy(office, id)
    expect(office.notifier.take()).toEqual(['JWT of ACME copied: '])
  })

  it('has the window ask first where the settings want that of production', async () => {
    const office = await BackOffice.open()
    office.settingsStore.change({ confirmsProductionCopy: true })
    const id = await live(office)
    await copy(office, id)
    expect(office.places).toEqual([{ at: 'confirm-copy', id }])
    expect(office.notifier.shown).toEqual([])
    expect(await office.clipboard.readText()).toBe('')

    const elsewhere = await office.add({ name: 'Beta' })
    await copy(office, elsewhere.id)
    expect(office.notifier.take()).toEqual(['JWT of Beta copied: '])
  })

  it('says in words why it failed; a click goes to the account', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ name: 'ACME', refreshes: false })
    await office.time.advance(25 * 3_600_000)
    office.notifier.take()
    await copy(office, id)
    const [notice] = office.notifier.shown
    expect(notice).toMatchObject({
      title: 'Couldn’t copy the JWT of ACME',
      body: expect.stringContaining('Enter the API key') as string,
    })
    notice?.clicked()
    expect(office.places).toEqual([{ at: 'account', id }])
  })

  it('takes the failure off the screen when the account has recovered', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ name: 'ACME' })
    await office.time.advance(25 * 3_600_000)
    office.service.mishap = () => ({ lose: 'request' })
    await copy(office, id)
    expect([...office.notifier.onScreen]).toMatchObject([{ title: 'Couldn’t copy the JWT of ACME' }])
    office.service.mishap = () => null
    await office.time.advance(15 * 60_000)
    expect(office.status(id)).toBe('live')
    expect([...office.notifier.onScreen]).toEqual([])
  })

  it('says so as well when the clipboard refuses', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ name: 'ACME' })
    office.clipboard.writeSecret = () => Promise.reject(new Error('no clipboard'))
    await copy(office, id)
    expect(office.notifier.shown).toMatchObject([
      { title: 'Couldn’t copy the JWT of ACME', body: 'Open TokenDesk to copy it.' },
    ])
  })

  it('brings the window up at the account when it fails and notifications are off', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ name: 'ACME' })
    office.settingsStore.change({ desktopNotifications: false })
    await copy(office, id)
    expect(office.places).toEqual([])
    office.clipboard.writeSecret = () => Promise.reject(new Error('no clipboard'))
    await copy(office, id)
    expect(office.notifier.shown).toEqual([])
    expect(office.places).toEqual([{ at: 'account', id }])
  })

  it('does nothing for an account that is gone', async () => {
    const office = await BackOffice.open()
    await copy(office, 'gone' as AccountId)
    expect(office.notifier.shown).toEqual([])
  })
})
