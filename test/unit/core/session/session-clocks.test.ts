/** Sessions while the clock of this machine is wrong or it slept, and whose turn it is after that. */
import { describe, expect, it } from 'vitest'
import { BackOffice } from '../../../support/back-office'
import { settle } from '../../../support/fakes/fake-time'
import { Secret } from '../../../../electron/shared/secret'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe("this machine's clock", () => {
  it('set back by a day makes no expired JWT look live', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.time.advance(20 * HOUR)
    office.time.jump(-DAY)
    expect(await office.sessions.liveJwt(id, 0)).toMatchObject({
      ok: true,
      value: { jwt: new Secret('jwt-1') },
    })
    await office.time.advance(5 * HOUR)
    expect(await office.sessions.liveJwt(id, 0)).toMatchObject({
      ok: true,
      value: { jwt: new Secret('jwt-2') },
    })
  })

  it('set forward by a day costs a renewal at most, and is known from then on', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.time.jump(DAY)
    office.service.skewMs = -DAY
    expect(await office.sessions.liveJwt(id, 0)).toMatchObject({
      ok: true,
      value: { jwt: new Secret('jwt-2') },
    })
    expect(office.status(id)).toBe('live')
    await office.sessions.liveJwt(id, 0)
    expect(office.service.requests).toHaveLength(2)
  })

  it('set forward beyond the life of a refresh token loses no login: the service decides', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.time.jump(40 * DAY)
    office.service.skewMs = -40 * DAY
    expect(await office.sessions.liveJwt(id, 0)).toMatchObject({
      ok: true,
      value: { jwt: new Secret('jwt-2') },
    })
    expect(office.status(id)).toBe('live')
  })

  it('set forward and right again leaves a company without any key its live JWT', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ refreshes: false })
    office.time.jump(2 * DAY)
    await office.sessions.liveJwt(id, 0)
    office.time.jump(-2 * DAY)
    expect(await office.sessions.liveJwt(id, 5 * MINUTE)).toMatchObject({
      ok: true,
      value: { jwt: new Secret('jwt-1') },
    })
    expect(office.status(id)).toBe('live')
  })

  it('that was behind at the last start makes the service be asked', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.time.jump(-DAY)
    office.service.skewMs = DAY
    const restarted = await office.restart()
    expect(await restarted.sessions.liveJwt(id, 0)).toMatchObject({
      ok: true,
      value: { jwt: new Secret('jwt-2') },
    })
  })

  it('set back does not make a planned retry wait longer', async () => {
    const office = await BackOffice.open({ random: () => 0.99 })
    const { id } = await office.add()
    office.service.mishap = (_, index) => (index === 1 ? { lose: 'request' } : null)
    await office.sessions.renew(id, { force: false })
    office.time.jump(-DAY)
    await office.time.advance(2 * SECOND)
    expect(office.status(id)).toBe('live')
  })
})

describe('a wake-up', () => {
  it('is no storm: due renewals are spread, the most urgent first, at most 8 at once, and all end live', async () => {
    const office = await BackOffice.open({ random: () => 0.5 })
    const ids: string[] = []
    for (let n = 0; n < 200; n += 1) {
      office.service.jwtLifeMs = DAY - n * 60 * SECOND
      ids.push((await office.add({ name: `Account ${String(n)}` })).id)
    }
    office.service.mishap = () => ({ lose: 'request' })
    await Promise.all(office.vault.ids().map((id) => office.sessions.renew(id, { force: false })))
    office.service.mishap = () => null
    const before = office.service.requests.length
    let inFlight = 0
    let most = 0
    office.service.arrived = () => (most = Math.max(most, (inFlight += 1)))
    office.service.answered = () => (inFlight -= 1)
    office.sessions.retryNow()
    await office.time.advance(10)
    expect(office.service.requests.length - before).toBe(1)
    expect(office.service.requests.at(-1)?.secret).toBe('refresh-token-200')
    await office.time.advance(10 * SECOND)
    expect(most).toBeLessThanOrEqual(8)
    expect(office.vault.ids().every((id) => office.status(id) === 'live')).toBe(true)
    expect(office.service.requests.length - before).toBe(200)
  })
})

it('a person who asks never waits behind a crowd that is tried again', async () => {
  const office = await BackOffice.open({ random: () => 0.5 })
  for (let n = 0; n < 50; n += 1) await office.add({ name: `Account ${String(n)}` })
  const patient = await office.add({ name: 'ACME' })
  const ids = office.vault.ids().filter((id) => id !== patient.id)
  office.service.mishap = () => ({ lose: 'request' })
  await Promise.all(ids.map((id) => office.sessions.renew(id, { force: false })))
  office.service.mishap = () => null
  office.service.hold()
  office.service.requests.length = 0
  office.sessions.retryNow()
  await office.time.advance(10 * SECOND)
  expect(office.service.requests).toHaveLength(7)
  const asked = office.sessions.renew(patient.id, { force: true })
  await settle()
  expect(office.service.requests.at(-1)?.secret).toBe('refresh-token-51')
  office.service.release()
  expect(await asked).toMatchObject({ ok: true })
})
