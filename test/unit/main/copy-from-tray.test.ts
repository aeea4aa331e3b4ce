import { describe, expect, it } from 'vitest'
import { copyFromTray } from '../../../electron/main/copy-from-tray'
import type { AccountId } from '../../../electron/shared/account'
import { BackOffice, unwrap } from '../../support/back-office'

describe('copying from the tray', () => {
  it('puts a live JWT into the clipboard and says so, quietly', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ name: 'ACME' })
    await copyFromTray(office.useCases, id)
    expect(await office.clipboard.readText()).not.toBe('')
    expect(office.notifier.shown).toMatchObject([{ title: 'JWT of ACME copied', quiet: true }])
  })

  it('names the environment when it is production', async () => {
    const office = await BackOffice.open()
    const live = { name: 'Live', baseUrl: 'https://live.example.com', production: true }
    const { id: environmentId } = unwrap(await office.environments.add(live))
    const { id } = await office.add({ name: 'ACME', environmentId })
    await copyFromTray(office.useCases, id)
    expect(office.notifier.take()).toEqual(['JWT of ACME (Live) copied: '])
  })

  it('says in words why it failed; a click goes to the account', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ name: 'ACME', refreshes: false })
    await office.time.advance(25 * 3_600_000)
    office.notifier.take()
    await copyFromTray(office.useCases, id)
    const [notice] = office.notifier.shown
    expect(notice).toMatchObject({
      title: 'JWT of ACME not copied',
      body: expect.stringContaining('Enter the API key') as string,
    })
    notice?.clicked()
    expect(office.places).toEqual([{ at: 'account', id }])
  })

  it('says so as well when the clipboard refuses', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ name: 'ACME' })
    office.clipboard.writeSecret = () => Promise.reject(new Error('no clipboard'))
    await copyFromTray(office.useCases, id)
    expect(office.notifier.shown).toMatchObject([{ title: 'JWT of ACME not copied' }])
  })

  it('does nothing for an account that is gone', async () => {
    const office = await BackOffice.open()
    await copyFromTray(office.useCases, 'gone' as AccountId)
    expect(office.notifier.shown).toEqual([])
  })
})
