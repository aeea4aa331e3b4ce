/** What goes on while the desk is locked: renewals and reminders, without a name. */
import { describe, expect, it } from 'vitest'
import { copyFromTray } from '../../../electron/main/copy-from-tray'
import { BackOffice } from '../../support/back-office'

const DAY = 86_400_000
const PASSPHRASE = 'correct horse battery staple'

async function open(): Promise<BackOffice> {
  const office = await BackOffice.open()
  await office.useCases.lock.setPassphrase(PASSPHRASE, '')
  return office
}

describe('a locked desk', () => {
  it('reminds by counts, without buttons', async () => {
    const office = await open()
    await office.add()
    office.useCases.lock.lock()
    await office.time.advance(24 * DAY)
    expect(office.notifier.shown).toMatchObject([
      { title: '1 refresh token expires in 7 days', body: 'Unlock TokenDesk to see more.', buttons: [] },
    ])
  })

  it('takes notifications with names off the screen', async () => {
    const office = await open()
    await office.add()
    await office.time.advance(24 * DAY)
    expect(office.notifier.onScreen.size).toBe(1)
    office.useCases.lock.lock()
    expect(office.notifier.onScreen.size).toBe(0)
  })

  it('empties the clipboard and puts nothing there, from the tray neither', async () => {
    const office = await open()
    const { id } = await office.add()
    await office.jwts.copy(id, null)
    office.useCases.lock.lock()
    await office.time.advance(0)
    expect(await office.clipboard.readText()).toBe('')
    await copyFromTray(office.useCases, id, (place) => void office.places.push(place))
    expect(await office.clipboard.readText()).toBe('')
  })

  it('has lost its secrets, and no account, when the passphrase was forgotten', async () => {
    const office = await open()
    const { id, name } = await office.add()
    office.useCases.lock.lock()
    await office.useCases.lock.forgotten()
    expect(office.summary(id)).toMatchObject({ name, jwt: null, refreshToken: null })
    const again = await office.restart()
    expect(again.summary(id)).toMatchObject({ name, jwt: null, refreshToken: null })
    expect(again.useCases.lock.isLocked).toBe(false)
  })
})
