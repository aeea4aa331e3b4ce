/** What TokenDesk does in the background: renewals by policy, and who needs attention. */
import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../../electron/shared/account'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

async function edit(
  office: BackOffice,
  id: AccountId,
  policy: { jwt?: 'keep-live'; refreshToken?: 'renew'; muted?: boolean },
): Promise<void> {
  unwrap(await office.accounts.edit(id, { policy }))
}

describe('a JWT that is kept live', () => {
  it('is renewed 5 minutes before it expires, again and again', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await edit(office, id, { jwt: 'keep-live' })
    await office.time.advance(24 * HOUR - 5 * MINUTE - 1)
    expect(office.service.requests).toHaveLength(1)
    await office.time.advance(1)
    expect(office.service.requests).toHaveLength(2)
    expect(office.status(id)).toBe('live')
    await office.time.advance(10 * DAY)
    expect(office.service.requests).toHaveLength(12)
  })

  it('is renewed after a pause, at once', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await edit(office, id, { jwt: 'keep-live' })
    await office.quit()
    await office.time.advance(3 * DAY)
    const restarted = await office.restart()
    await office.time.advance(MINUTE)
    expect(restarted.status(id)).toBe('live')
  })

  it('is renewed by a remembered API key where there is no refresh token', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ refreshes: false, rememberApiKey: true })
    await edit(office, id, { jwt: 'keep-live' })
    await office.time.advance(2 * DAY)
    expect(office.service.requests.map(({ call }) => call)).toEqual(['login', 'login', 'login'])
  })

  it('is tried again by the back-off alone when the service is busy, not by both', async () => {
    const office = await BackOffice.open({ random: () => 1 })
    const { id } = await office.add()
    await edit(office, id, { jwt: 'keep-live' })
    const busy = {
      kind: 'transient',
      problem: { code: 'service-unavailable', status: 503 },
      retryAfterMs: null,
    } as const
    office.service.mishap = () => ({ answer: { ...busy, mayHaveArrived: false } })
    await office.time.advance(DAY)
    const tries = office.service.requests.length - 1
    // In the 5 minutes after the first: 2, 4, 8 … seconds later.
    expect(tries).toBe(8)
    office.service.mishap = () => null
    await office.time.advance(HOUR)
    expect(office.status(id)).toBe('live')
  })

  it('of many accounts at a wake-up costs no storm', async () => {
    const office = await BackOffice.open()
    for (let n = 0; n < 50; n += 1) await office.add({ name: `Partner ${String(n)}` })
    unwrap({ ok: true, value: office.settingsStore.change({ jwtPolicy: 'keep-live' }) })
    await office.time.advance(0)
    let now = 0
    let most = 0
    office.service.arrived = () => (most = Math.max(most, (now += 1)))
    office.service.answered = () => void (now -= 1)
    office.time.jump(2 * DAY)
    office.useCases.reevaluate()
    await office.time.advance(MINUTE)
    expect(office.service.requests).toHaveLength(100)
    expect(most).toBeLessThanOrEqual(8)
  })

  it('that the service makes shorter each time is not chased', async () => {
    const office = await BackOffice.open()
    office.service.jwtLifeMs = 20_000
    const { id } = await office.add()
    await edit(office, id, { jwt: 'keep-live' })
    await office.time.advance(DAY)
    expect(office.service.requests).toHaveLength(1)
  })
})

describe('a refresh token that is renewed automatically', () => {
  it('is replaced in its last 7 days, without a notification', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await edit(office, id, { refreshToken: 'renew' })
    await office.time.advance(23 * DAY - 1)
    expect(office.service.requests).toHaveLength(1)
    await office.time.advance(1)
    expect(office.service.requests).toHaveLength(2)
    await office.time.advance(60 * DAY)
    expect(office.notifier.take()).toEqual([])
    expect(office.service.requests).toHaveLength(4)
  })

  it('is not replaced when nothing is said', async () => {
    const office = await BackOffice.open()
    await office.add()
    await office.time.advance(29 * DAY)
    expect(office.service.requests).toHaveLength(1)
  })
})

describe('time', () => {
  it('goes by one timer, and by none when nothing can come due', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.add({ name: 'Beta' })
    await office.time.advance(MINUTE)
    expect(office.time.waiting).toBe(1)
    for (const each of office.vault.ids()) unwrap(await office.removals.removeNow(each))
    await office.time.advance(MINUTE)
    expect(office.time.waiting).toBe(0)
    expect(office.vault.get(id)).toBeUndefined()
  })

  it('that a server counts otherwise than this machine is the server’s', async () => {
    const office = await BackOffice.open()
    office.service.skewMs = 3 * HOUR
    const { id } = await office.add()
    await edit(office, id, { jwt: 'keep-live' })
    await office.time.advance(24 * HOUR - 5 * MINUTE - 1)
    expect(office.service.requests).toHaveLength(1)
    await office.time.advance(1)
    expect(office.service.requests).toHaveLength(2)
  })

  it('that is set is noticed within the hour even without an event', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await edit(office, id, { jwt: 'keep-live' })
    await office.time.advance(MINUTE)
    office.time.jump(2 * DAY)
    await office.time.advance(HOUR)
    expect(office.service.requests).toHaveLength(2)
  })
})

describe('what is seen without the window', () => {
  it('counts who needs attention, as it comes and goes', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ name: 'Company', refreshes: false })
    await office.add({ name: 'Partner' })
    await office.time.advance(0)
    expect(office.traySummary.attention).toBe(0)
    await office.time.advance(DAY)
    expect(office.traySummary.attention).toBe(1)
    unwrap(await office.accounts.enterApiKey(id, new Secret(keyOf('Company')), false))
    await office.time.advance(0)
    expect(office.traySummary.attention).toBe(0)
    // Seven days before the partner's refresh token expires; the company’s JWT has expired again by then.
    await office.time.advance(22 * DAY)
    expect(office.traySummary.attention).toBe(2)
  })

  it('names the pinned accounts, and those that were used last', async () => {
    const office = await BackOffice.open()
    const names = ['Gamma', 'Alpha', 'Beta', 'Delta', 'Epsilon', 'Zeta', 'Eta', 'Theta']
    const ids = new Map<string, AccountId>()
    for (const name of names) ids.set(name, (await office.add({ name })).id)
    const idOf = (name: string): AccountId => ids.get(name) ?? ('none' as AccountId)
    for (const name of ['Beta', 'Alpha']) unwrap(await office.accounts.edit(idOf(name), { pinned: true }))
    for (const name of ['Alpha', 'Gamma', 'Delta', 'Epsilon', 'Zeta', 'Eta', 'Theta']) {
      unwrap(await office.jwts.copy(idOf(name), null))
      await office.time.advance(MINUTE)
    }
    expect(office.traySummary.pinned.map(({ name }) => name)).toEqual(['Alpha', 'Beta'])
    expect(office.traySummary.recent.map(({ name }) => name)).toEqual([
      'Theta',
      'Eta',
      'Zeta',
      'Epsilon',
      'Delta',
    ])

    unwrap(await office.removals.removeNow(idOf('Theta')))
    const restarted = await office.restart()
    await office.time.advance(0)
    expect(restarted.traySummary.recent.map(({ name }) => name)).toEqual([
      'Eta',
      'Zeta',
      'Epsilon',
      'Delta',
      'Gamma',
    ])
  })

  it('is not notified again when nothing of it has changed', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.time.advance(0)
    const before = office.traySummary
    unwrap(await office.accounts.renew(id))
    await office.time.advance(0)
    expect(office.traySummary).toBe(before)
  })
})

it('a disk that is full does not make a copy fail', async () => {
  const office = await BackOffice.open()
  const { id } = await office.add()
  office.records.full = true
  expect(await office.jwts.copy(id, null)).toMatchObject({ ok: true })
  expect(office.clipboard.text).toBe('jwt-1')
  expect(office.summary(id).usage?.copies).toBe(1)
})
