/** What a sleep, or a wandering clock of the server, does to the times that deadlines are read by (auth-api.md, rule 4). */
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../electron/shared/secret'
import { aJwtOf } from '../../../support/builders'
import { BackOffice } from '../../../support/back-office'
import { settle } from '../../../support/fakes/fake-time'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The service answers, and the machine sleeps before the answer is read. */
async function asleepBeforeAnswer(office: BackOffice, ms: number): Promise<void> {
  await settle()
  office.time.jump(ms)
  office.service.release()
}

function jwt(n: number) {
  return { ok: true, value: { jwt: new Secret(`jwt-${String(n)}`) } }
}

describe('two hours of sleep between a request and its answer', () => {
  it('do not make an expired JWT pass for a live one: it is renewed once more', async () => {
    const office = await BackOffice.open()
    office.service.jwtLifeMs = HOUR
    const { id } = await office.add()
    await office.time.advance(HOUR)
    office.service.hold()
    const asked = office.sessions.liveJwt(id, 5 * MINUTE)
    await asleepBeforeAnswer(office, 2 * HOUR)
    expect(await asked).toMatchObject(jwt(3))
    expect(office.service.requests.map(({ secret }) => secret)).toEqual([
      'api-key-of-ACME',
      'refresh-token-1',
      'refresh-token-2',
    ])
  })

  it('leave one that outlives them as it is', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.time.advance(DAY)
    office.service.hold()
    const asked = office.sessions.liveJwt(id, 5 * MINUTE)
    await asleepBeforeAnswer(office, 2 * HOUR)
    expect(await asked).toMatchObject(jwt(2))
    expect(office.service.requests).toHaveLength(2)
  })

  it('count in the age of a JWT of unknown expiry', async () => {
    const office = await BackOffice.open()
    office.service.saysWhen = false
    const { id } = await office.add()
    const before = office.time.now()
    office.service.hold()
    const asked = office.accounts.renew(id)
    await asleepBeforeAnswer(office, 2 * HOUR)
    await asked
    expect(office.summary(id).jwt?.receivedAt).toBe(before)
  })

  it('count as well when an account is added then', async () => {
    const office = await BackOffice.open()
    office.service.saysWhen = false
    const before = office.time.now()
    office.service.hold()
    const adding = office.add()
    await asleepBeforeAnswer(office, 2 * HOUR)
    expect((await adding).jwt?.receivedAt).toBe(before)
  })

  it('while a session is being encrypted do not make it pass for a live one', async () => {
    const office = await BackOffice.open()
    office.service.jwtLifeMs = HOUR
    const { id } = await office.add()
    await office.time.advance(HOUR)
    const seal = office.cipher.seal.bind(office.cipher)
    let sleeps = 1
    office.cipher.seal = async (text) => {
      if (sleeps > 0) office.time.jump(2 * HOUR)
      sleeps = 0
      return await seal(text)
    }
    expect(await office.sessions.liveJwt(id, 5 * MINUTE)).toMatchObject(jwt(3))
  })
})

describe('a server with a clock that varies by 10 seconds', () => {
  it.each([
    ['ours', 0],
    ['one that is off by 40 seconds', 40 * SECOND],
    ['one that is off by 31 seconds', 31 * SECOND],
    ['one that is off by 2 minutes', 2 * MINUTE],
    ['one that is off by 3 hours', 3 * HOUR],
  ])('around %s writes the environments at most twice in 300 renewals', async (_name, around) => {
    const office = await BackOffice.open()
    office.service.skewMs = around + 10 * SECOND
    const { id } = await office.add()
    let writes = 0
    const write = office.stateStore.write.bind(office.stateStore)
    office.stateStore.write = (state) => {
      writes += 1
      write(state)
    }
    for (let n = 0; n < 300; n += 1) {
      office.service.skewMs = around + ((n * 7) % 21) * SECOND - 10 * SECOND
      await office.accounts.renew(id)
    }
    expect(writes).toBeLessThanOrEqual(2)
    const known = office.environmentStore.serverTime(office.summary(id).environmentId, 0)
    expect(Math.abs(known - office.service.skewMs)).toBeLessThanOrEqual(30 * SECOND)
  })

  it('is believed when it moves by more, and when it comes back', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    for (const skewMs of [31 * SECOND, 0, -HOUR, -HOUR + 31 * SECOND, 0]) {
      office.service.skewMs = skewMs
      await office.accounts.renew(id)
      expect(office.environmentStore.all[0]?.clockSkewMs).toBe(skewMs)
    }
  })
})

describe('a JWT that has expired by its own exp', () => {
  it('is not copied as a live one, though it was stored by a date that says otherwise', async () => {
    const office = await BackOffice.open()
    const exp = (office.time.now() + 2 * HOUR) / 1000
    office.service.jwtOf = (n) => aJwtOf({ jti: String(n), ...(n === 1 ? { exp } : {}) })
    const { id } = await office.add()
    await office.time.advance(HOUR)
    expect(await office.sessions.liveJwt(id, HOUR)).toMatchObject({ ok: true })
    expect(office.service.requests).toHaveLength(1)
    await office.time.advance(1)
    expect(await office.sessions.liveJwt(id, HOUR)).toMatchObject({
      value: { jwt: new Secret(aJwtOf({ jti: '2' })) },
    })
  })

  it('is not copied at all where nothing is left to renew with', async () => {
    const office = await BackOffice.open()
    const exp = (office.time.now() + HOUR) / 1000
    office.service.jwtOf = () => aJwtOf({ exp })
    const { id } = await office.add({ refreshes: false })
    await office.time.advance(2 * HOUR)
    expect(await office.jwts.copy(id, null)).toMatchObject({ ok: false })
    expect(office.clipboard.text).toBe('')
  })

  it('that the service has just granted is not copied, and what came with it is kept', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.time.advance(DAY)
    office.service.grantsExpired = true
    expect(await office.jwts.copy(id, null)).toMatchObject({
      ok: false,
      error: { problem: { code: 'invalid-response', reason: 'expired-jwt' } },
    })
    expect(office.clipboard.text).toBe('')
    office.service.grantsExpired = false
    await office.accounts.renew(id)
    expect(office.service.requests.at(-1)?.secret).toBe('refresh-token-2')
  })

  it.each([0, -1])('is not copied with an exp of %d, which lies in the past', async (exp) => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.time.advance(DAY)
    office.service.jwtOf = () => aJwtOf({ exp })
    expect(await office.jwts.copy(id, null)).toMatchObject({
      ok: false,
      error: { problem: { code: 'invalid-response', reason: 'expired-jwt' } },
    })
    expect(office.clipboard.text).toBe('')
  })

  it('is not copied where only an earlier response has measured the service’s time', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.time.advance(DAY)
    const exp = (office.time.now() - HOUR) / 1000
    office.service.jwtOf = () => aJwtOf({ exp, iat: exp - 24 * 3_600 })
    expect(await office.jwts.copy(id, null)).toMatchObject({
      ok: false,
      error: { problem: { code: 'invalid-response', reason: 'expired-jwt' } },
    })
    expect(office.clipboard.text).toBe('')
  })
})
