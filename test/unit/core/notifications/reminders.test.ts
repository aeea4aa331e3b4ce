/** Reminders of a refresh token’s end: each once, the most urgent, and gone when over. */
import { describe, expect, it } from 'vitest'
import type { DesktopNotification } from '../../../../electron/core/base/ports'
import type { AccountId } from '../../../../electron/shared/account'
import { BackOffice, unwrap } from '../../../support/back-office'
import { GATHERED, titlesShown, latest } from '../../../support/shown-notifications'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

function press(notice: DesktopNotification, label: string): void {
  notice.pressed(notice.buttons.indexOf(label))
}

describe('reminders', () => {
  it('come 7, 3 and 1 days before a refresh token expires, and when it has expired', async () => {
    const office = await BackOffice.open()
    await office.add()
    const days: string[] = []
    office.notifier.whenShown = ({ title }) => {
      days.push(`day ${((office.time.monotonic() - start) / DAY).toFixed(1)}: ${title}`)
    }
    const start = office.time.monotonic()
    await office.time.advance(60 * DAY)
    expect(days).toEqual([
      'day 23.0: Refresh token of ACME expires in 7 days',
      'day 27.0: Refresh token of ACME expires in 3 days',
      'day 29.0: Refresh token of ACME expires in 1 day',
      'day 30.0: Refresh token of ACME has expired',
    ])
  })

  it('name the account and the day', async () => {
    const office = await BackOffice.open()
    office.service.refreshLifeMs = 6.9 * DAY
    await office.add()
    await office.time.advance(GATHERED)
    expect(latest(office)).toMatchObject({
      title: 'Refresh token of ACME expires in 7 days',
      body: 'It expires on 8 Jun 2026. Renew now with one click. After it expires, you’ll need the API key.',
      buttons: ['Renew now', 'Remind me tomorrow'],
    })
  })

  it('are given once, ever: a restart does not repeat them', async () => {
    const office = await BackOffice.open()
    await office.add()
    await office.time.advance(24 * DAY)
    expect(titlesShown(office)).toHaveLength(1)
    const restarted = await office.restart()
    await office.time.advance(HOUR)
    const crashed = await restarted.crash()
    await office.time.advance(HOUR)
    expect(titlesShown(crashed)).toEqual([])
  })

  it('are on the disk as soon as the desktop has taken them', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    let onDisk: unknown
    office.notifier.whenShown = () => {
      onDisk = (JSON.parse(office.notificationLogStore.text ?? '{}') as { accounts: Record<string, unknown> })
        .accounts[id]
    }
    await office.time.advance(24 * DAY)
    expect(onDisk).toMatchObject({ reminded: { lead: 7 * DAY } })
  })

  it('still come when the ledger can not be written', async () => {
    const office = await BackOffice.open()
    await office.add()
    office.notificationLogStore.full = true
    await office.time.advance(24 * DAY)
    expect(titlesShown(office)).toHaveLength(1)
  })

  it('after a pause are only the most urgent one', async () => {
    const office = await BackOffice.open()
    await office.add()
    await office.quit()
    await office.time.advance(29.5 * DAY)
    const restarted = await office.restart()
    await office.time.advance(GATHERED)
    expect(titlesShown(restarted)).toEqual(['Refresh token of ACME expires in 11 h 59 min'])
    await office.time.advance(DAY)
    expect(titlesShown(restarted)).toEqual(['Refresh token of ACME has expired'])
  })

  it('after sleep come at once', async () => {
    const office = await BackOffice.open()
    await office.add()
    await office.time.advance(MINUTE)
    office.time.jump(28 * DAY)
    office.useCases.reevaluate()
    await office.time.advance(GATHERED)
    expect(titlesShown(office)).toEqual(['Refresh token of ACME expires in 2 days'])
  })

  it('of several accounts due together are one digest, the most urgent first', async () => {
    const office = await BackOffice.open()
    for (const [name, days] of [
      ['ACME', 6],
      ['Beta', 2],
      ['Gamma', 4],
    ] as const) {
      office.service.refreshLifeMs = days * DAY
      await office.add({ name })
    }
    await office.time.advance(GATHERED)
    expect(office.notifier.take()).toEqual(['3 refresh tokens expire this week: Beta, Gamma, ACME'])
  })

  it('that trickle in are not held back without end', async () => {
    const office = await BackOffice.open()
    office.service.refreshLifeMs = 6 * DAY
    for (let n = 0; n < 8; n += 1) {
      await office.add({ name: `Account ${String(n)}` })
      await office.time.advance(1.5 * SECOND)
    }
    expect(titlesShown(office)).toHaveLength(1)
  })

  it('are cancelled by renewing: what is due, what is to come, what is on the screen', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.time.advance(24 * DAY)
    expect(office.notifier.onScreen.size).toBe(1)
    unwrap(await office.accounts.renew(id))
    await office.time.advance(0)
    expect(office.notifier.onScreen.size).toBe(0)
    titlesShown(office)
    await office.time.advance(20 * DAY)
    expect(titlesShown(office)).toEqual([])
  })

  it('leave a digest on the screen until nothing of it holds', async () => {
    const office = await BackOffice.open()
    office.service.refreshLifeMs = 6 * DAY
    const first = await office.add({ name: 'ACME' })
    const second = await office.add({ name: 'Beta' })
    await office.time.advance(GATHERED)
    office.service.refreshLifeMs = 30 * DAY
    unwrap(await office.accounts.renew(first.id))
    await office.time.advance(0)
    expect(office.notifier.onScreen.size).toBe(1)
    unwrap(await office.removals.removeNow(second.id))
    await office.time.advance(0)
    expect(office.notifier.onScreen.size).toBe(0)
  })

  it('are not given for a token that a renewal did not make younger', async () => {
    const office = await BackOffice.open()
    office.service.refreshLifeMs = 6 * DAY
    const { id } = await office.add()
    await office.time.advance(GATHERED)
    expect(titlesShown(office)).toHaveLength(1)
    // As with services whose sessions end on a fixed day.
    office.service.refreshLifeMs = 6 * DAY - GATHERED
    unwrap(await office.accounts.renew(id))
    await office.time.advance(HOUR)
    expect(titlesShown(office)).toEqual([])
  })

  it('follow the lead times in the settings', async () => {
    const office = await BackOffice.open()
    await office.add()
    office.settingsStore.change({ reminderLeadsMs: [14 * DAY] })
    await office.time.advance(16 * DAY + GATHERED)
    expect(titlesShown(office)).toEqual(['Refresh token of ACME expires in 14 days'])
    await office.time.advance(13 * DAY)
    expect(titlesShown(office)).toEqual([])
  })

  it('of a muted account never come', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    unwrap(await office.accounts.edit(id, { policy: { muted: true } }))
    await office.time.advance(40 * DAY)
    expect(titlesShown(office)).toEqual([])
  })

  it('switched off are not lost: switched on again, the most urgent one comes', async () => {
    const office = await BackOffice.open()
    await office.add()
    office.settingsStore.change({ desktopNotifications: false })
    await office.time.advance(28 * DAY)
    expect(titlesShown(office)).toEqual([])
    office.settingsStore.change({ desktopNotifications: true })
    await office.time.advance(GATHERED)
    expect(titlesShown(office)).toEqual(['Refresh token of ACME expires in 2 days'])
  })

  it('survive a damaged ledger: at worst the most urgent one comes again', async () => {
    const office = await BackOffice.open()
    await office.add()
    await office.time.advance(28 * DAY)
    titlesShown(office)
    office.notificationLogStore.text = '{"version":1,"acc'
    const restarted = await office.restart()
    await office.time.advance(GATHERED)
    expect(titlesShown(restarted)).toHaveLength(1)
    expect(office.notificationLogStore.kept?.why).toBe('damaged')
  })
})

describe('a reminder', () => {
  async function reminded(
    names: readonly string[] = ['ACME'],
  ): Promise<{ office: BackOffice; ids: AccountId[] }> {
    const office = await BackOffice.open()
    office.service.refreshLifeMs = 6 * DAY
    const ids: AccountId[] = []
    for (const name of names) ids.push((await office.add({ name })).id)
    await office.time.advance(GATHERED)
    office.service.refreshLifeMs = 30 * DAY
    return { office, ids }
  }

  it('that is clicked brings up its account, a digest those that need attention', async () => {
    const one = await reminded()
    latest(one.office).clicked()
    expect(one.office.places).toEqual([{ at: 'account', id: one.ids[0] }])
    const several = await reminded(['ACME', 'Beta'])
    latest(several.office).clicked()
    expect(several.office.places).toEqual([{ at: 'attention' }])
  })

  it('renews from the notification, and says so', async () => {
    const { office, ids } = await reminded(['ACME', 'Beta'])
    press(latest(office), 'Renew now')
    await office.time.advance(0)
    expect(office.service.requests.filter(({ call }) => call === 'refresh')).toHaveLength(2)
    expect(latest(office)).toMatchObject({ title: '2 accounts renewed', body: 'ACME, Beta', quiet: true })
    for (const id of ids) expect(office.status(id)).toBe('live')
  })

  it('says which could not be renewed', async () => {
    const { office } = await reminded()
    office.service.mishap = () => ({ lose: 'request' })
    press(latest(office), 'Renew now')
    await office.time.advance(0)
    expect(latest(office).title).toBe('Couldn’t renew ACME')
  })

  it('that is snoozed comes again tomorrow', async () => {
    const { office } = await reminded()
    press(latest(office), 'Remind me tomorrow')
    expect(office.notifier.onScreen.size).toBe(0)
    titlesShown(office)
    await office.time.advance(DAY - MINUTE)
    expect(titlesShown(office)).toEqual([])
    await office.time.advance(2 * MINUTE)
    expect(titlesShown(office)).toEqual(['Refresh token of ACME expires in 5 days'])
    // And from then on as if nothing had been.
    await office.time.advance(2 * DAY)
    expect(titlesShown(office)).toEqual(['Refresh token of ACME expires in 3 days'])
  })

  it('that is snoozed on the last day comes an hour before the expiry', async () => {
    const { office, ids } = await reminded()
    await office.time.advance(5.5 * DAY)
    titlesShown(office)
    office.useCases.notifications.remindTomorrow(ids)
    await office.time.advance(0.5 * DAY - HOUR - MINUTE)
    expect(titlesShown(office)).toEqual([])
    await office.time.advance(2 * MINUTE)
    expect(titlesShown(office)).toEqual(['Refresh token of ACME expires in 59 min'])
    await office.time.advance(2 * HOUR)
    expect(titlesShown(office)).toEqual(['Refresh token of ACME has expired'])
  })

  it('that is snoozed stays snoozed over a restart, and doesn’t need attention', async () => {
    const { office, ids } = await reminded()
    expect(office.traySummary.attention).toBe(1)
    office.useCases.notifications.remindTomorrow(ids)
    await office.time.advance(0)
    expect(office.traySummary.attention).toBe(0)
    titlesShown(office)
    const restarted = await office.restart()
    await office.time.advance(DAY - MINUTE)
    expect(titlesShown(restarted)).toEqual([])
    await office.time.advance(HOUR)
    expect(titlesShown(restarted)).toHaveLength(1)
    expect(restarted.traySummary.attention).toBe(1)
  })
})
