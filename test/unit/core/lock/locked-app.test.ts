/** What continues while the app is locked: renewals and reminders, without names. */
import { describe, expect, it } from 'vitest'
import { notFound } from '../../../../electron/core/base/results'
import { copyFromTray } from '../../../../electron/main/tray/copy-from-tray'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, unwrap } from '../../../support/back-office'

const DAY = 86_400_000
const PASSPHRASE = new Secret('correct horse battery staple')

async function open(): Promise<BackOffice> {
  const office = await BackOffice.open()
  await office.useCases.lock.setPassphrase(PASSPHRASE, new Secret(''))
  return office
}

describe('a locked app', () => {
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
    await copyFromTray(office.useCases, id)
    expect(await office.clipboard.readText()).toBe('')
  })

  it('lets no copy that was asked for before reach the clipboard after', async () => {
    const office = await open()
    const { id } = await office.add()
    await office.time.advance(2 * DAY)
    office.service.hold()
    const copy = office.jwts.copy(id, null).catch(() => 'refused')
    await office.time.advance(0)
    office.useCases.lock.lock()
    office.service.release()
    expect(await copy).toBe('refused')
    expect(office.clipboard.text).toBe('')
  })

  it.each([
    ['an export', (office: BackOffice) => office.useCases.transfer.export('csv'), false],
    ['a backup', (office: BackOffice) => office.useCases.transfer.backUp(PASSPHRASE), null],
    ['the results of an import', (office: BackOffice) => office.useCases.imports.saveOutcomes(), false],
  ])('does not save %s with an open dialog, not even after it is unlocked', async (_, save, none) => {
    const office = await open()
    await office.add()
    office.dialogs.whileOpen = async () => {
      office.useCases.lock.lock()
      await office.useCases.lock.unlock(PASSPHRASE)
    }
    expect(await save(office)).toEqual({ ok: true, value: none })
    expect(office.dialogs.saved.size).toBe(0)
    office.dialogs.whileOpen = () => undefined
    expect(await save(office)).toMatchObject({ ok: true })
    expect(office.dialogs.saved.size).toBe(1)
  })

  it('keeps no import that was previewed and no backup that was chosen', async () => {
    const office = await open()
    const { imports, transfer, lock } = office.useCases
    await office.environment()
    const preview = unwrap(await imports.preview('name,environment,apiKey\nOne,Sandbox,key'))
    if (!preview.ok) throw new Error('the preview failed')
    office.dialogs.chosen = { name: 'a.tokendesk', bytes: new Uint8Array(3) }
    await transfer.chooseBackup()
    lock.lock()
    await lock.unlock(PASSPHRASE)
    expect(await imports.run(preview.planId)).toEqual(notFound('import'))
    expect(await transfer.restore(PASSPHRASE)).toEqual(notFound('backup'))
  })

  it('has lost its secrets, and no account, when the passphrase was forgotten', async () => {
    const office = await open()
    const { id, name } = await office.add()
    office.useCases.lock.lock()
    await office.useCases.lock.resetLock()
    expect(office.summary(id)).toMatchObject({ name, jwt: null, refreshToken: null })
    const again = await office.restart()
    expect(again.summary(id)).toMatchObject({ name, jwt: null, refreshToken: null })
    expect(again.useCases.lock.isLocked).toBe(false)
  })
})
