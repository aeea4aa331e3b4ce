/** What else is notified: once, together where it comes together, and gone when over. */
import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../../electron/shared/account'
import { Secret } from '../../../../electron/shared/secret'
import { StorageUnwritableError } from '../../../../electron/core/base/errors'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'
import { settle } from '../../../support/fakes/fake-time'
import { GATHERED, titlesShown, latest } from '../../../support/shown-notifications'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Refused from now on: the token was replaced or withdrawn behind our back. */
async function refuse(office: BackOffice, id: AccountId): Promise<void> {
  office.service.revokeTokens()
  await office.accounts.renew(id)
}

describe('other news', () => {
  it('that an account needs its API key comes once, over restarts', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await refuse(office, id)
    await office.time.advance(GATHERED)
    expect(titlesShown(office)).toEqual(['ACME needs its API key'])
    await office.accounts.renew(id)
    const restarted = await office.restart()
    await office.time.advance(60 * DAY)
    expect(titlesShown(restarted)).toEqual([])
  })

  it('comes again when it happens again', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await refuse(office, id)
    await office.time.advance(GATHERED)
    unwrap(await office.accounts.enterApiKey(id, new Secret(keyOf('ACME')), false))
    await office.time.advance(GATHERED)
    titlesShown(office)
    await refuse(office, id)
    await office.time.advance(GATHERED)
    expect(titlesShown(office)).toEqual(['ACME needs its API key'])
  })

  it.each([false, true])(
    'does not come again for a moment in between (slow to answer: %s)',
    async (isSlow) => {
      const office = await BackOffice.open()
      const { id } = await office.add()
      await refuse(office, id)
      await office.time.advance(GATHERED)
      unwrap(await office.accounts.enterApiKey(id, new Secret(keyOf('ACME')), false))
      await office.time.advance(SECOND)
      titlesShown(office)
      if (isSlow) office.service.hold()
      const refused = refuse(office, id)
      await office.time.advance(GATHERED)
      office.service.release()
      await refused
      await office.time.advance(GATHERED)
      expect(titlesShown(office)).toEqual([])
    },
  )

  it('that a remembered key was refused comes once', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ rememberApiKey: true })
    office.service.revokeKey(keyOf('ACME'))
    await refuse(office, id)
    await office.accounts.renew(id)
    await office.time.advance(GATHERED)
    expect(titlesShown(office)).toEqual(['The API key of ACME was rejected'])
  })

  it('of many accounts together is one notification', async () => {
    const office = await BackOffice.open()
    const ids: AccountId[] = []
    for (const name of ['ACME', 'Beta']) ids.push((await office.add({ name })).id)
    office.service.revokeTokens()
    await Promise.all(ids.map((id) => office.accounts.renew(id)))
    await office.time.advance(GATHERED)
    expect(titlesShown(office)).toEqual(['2 accounts need their API keys'])
  })

  it('is no transient failure', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.mishap = () => ({ lose: 'request' })
    await office.accounts.renew(id)
    await office.time.advance(DAY)
    expect(titlesShown(office)).toEqual([])
  })

  it('is not a company with an expired JWT: it never prompts on its own', async () => {
    const office = await BackOffice.open()
    await office.add({ refreshes: false })
    await office.time.advance(3 * DAY)
    expect(titlesShown(office)).toEqual([])
  })

  it('is not notified to a user who watches the window, which shows it', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.isWatched = true
    await refuse(office, id)
    await office.time.advance(GATHERED)
    office.isWatched = false
    await office.time.advance(DAY)
    expect(titlesShown(office)).toEqual([])
  })

  it('is not notified twice: the notification of the expired token included it', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.time.advance(31 * DAY)
    titlesShown(office)
    await office.accounts.renew(id)
    await office.time.advance(GATHERED)
    expect(titlesShown(office)).toEqual([])
  })

  it('is that the disk can not be written, until it can', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const beta = await office.add({ name: 'Beta' })
    office.records.full = true
    await office.accounts.renew(id)
    await office.accounts.renew(beta.id)
    await office.time.advance(0)
    expect(titlesShown(office)).toEqual(['TokenDesk can’t save to the disk'])
    office.records.full = false
    await office.time.advance(HOUR)
    office.records.full = true
    await office.accounts.renew(id)
    await office.time.advance(0)
    expect(titlesShown(office)).toEqual(['TokenDesk can’t save to the disk'])
  })

  it('is once that no keyring protects what is stored', async () => {
    const unprotected = { backend: 'basic_text', protected: false }
    const office = await BackOffice.open({ keyring: unprotected })
    const restarted = await office.restart({ keyring: unprotected })
    expect(titlesShown(restarted)).toEqual(['No keyring protects your tokens'])
    await restarted.restart({ keyring: { backend: 'test_keyring', protected: true } })
    const again = await restarted.restart({ keyring: unprotected })
    expect(titlesShown(again)).toHaveLength(1)
  })

  it('is nothing when the app is quitting', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await refuse(office, id)
    await office.quit()
    await office.time.advance(GATHERED)
    expect(titlesShown(office)).toEqual([])
    await settle()
    expect(office.time.waiting).toBe(0)
  })
})

describe('starting at login', () => {
  it('is off, and offered until it is answered, whatever the answer', async () => {
    const office = await BackOffice.open()
    expect(office.useCases.loginStart.status).toEqual({ on: false, offered: false })
    expect(unwrap(await office.useCases.loginStart.choose(false))).toEqual({ on: false, offered: true })
    const restarted = await office.restart()
    expect(restarted.useCases.loginStart.status).toEqual({ on: false, offered: true })
    expect(unwrap(await restarted.useCases.loginStart.choose(true))).toEqual({ on: true, offered: true })
  })
})

it('an autostart entry that can not follow the program stops no start', async () => {
  const office = await BackOffice.open()
  office.loginItem.failure = new StorageUnwritableError('a full disk')
  expect(() => {
    office.useCases.loginStart.follow()
  }).not.toThrow()
})

describe('a notification that was dismissed', () => {
  it.each(['gone', 'clicked'] as const)('(%s) is not kept, and so not taken down later', async (how) => {
    const office = await BackOffice.open()
    office.service.refreshLifeMs = 6.9 * DAY
    const { id } = await office.add()
    await office.time.advance(GATHERED)
    const dismissed = latest(office)
    dismissed[how]()
    office.useCases.presenter.takeDownNamed()
    office.service.refreshLifeMs = 30 * DAY
    unwrap(await office.accounts.renew(id))
    await office.time.advance(GATHERED)
    expect(office.notifier.closed).toEqual([])
  })

  it('leaves those alone that are still on the screen', async () => {
    const office = await BackOffice.open()
    office.service.refreshLifeMs = 6.9 * DAY
    const { id: first } = await office.add({ name: 'ACME' })
    await office.time.advance(GATHERED)
    const dismissed = latest(office)
    await office.add({ name: 'Beta' })
    await office.time.advance(GATHERED)
    const other = latest(office)
    dismissed.gone()
    unwrap(await office.accounts.renew(first))
    office.useCases.presenter.takeDownNamed()
    expect(office.notifier.closed).toEqual([other])
  })
})

describe('a desktop that shows no notification', () => {
  it('keeps a reminder due, and gets it when it can show it', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.notifier.isFailing = true
    await office.time.advance(23 * DAY + HOUR)
    expect(office.notifier.take()).toEqual([])
    const kinds = (await office.useCases.activity.entries(id)).map(({ what }) => what.kind)
    expect(kinds).not.toContain('reminded')
    office.notifier.appear()
    await office.time.advance(GATHERED)
    expect(titlesShown(office)).toEqual(['Refresh token of ACME expires in 7 days'])
  })

  it('gets it after a restart as well', async () => {
    const office = await BackOffice.open()
    await office.add()
    office.notifier.isFailing = true
    await office.time.advance(23 * DAY + HOUR)
    const restarted = await office.restart()
    restarted.notifier.isFailing = false
    await restarted.time.advance(GATHERED)
    expect(titlesShown(restarted)).toEqual(['Refresh token of ACME expires in 7 days'])
  })
})
