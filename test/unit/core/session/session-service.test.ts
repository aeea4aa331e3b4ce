import { describe, expect, it } from 'vitest'
import { BackOffice } from '../../../support/back-office'
import { busy } from '../../../support/fakes/fake-service'
import { settle } from '../../../support/fakes/fake-time'
import { Secret } from '../../../../electron/shared/secret'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('a live JWT', () => {
  it('is the stored one while it has the promised life, without asking the service', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.time.advance(24 * HOUR - 5 * MINUTE)
    const jwt = await office.sessions.liveJwt(id, 5 * MINUTE)
    expect(jwt).toMatchObject({ ok: true, value: { jwt: new Secret('jwt-1') } })
    expect(office.service.requests).toHaveLength(1)
  })

  it('is renewed by refresh token when it has a millisecond less', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.time.advance(24 * HOUR - 5 * MINUTE + 1)
    const jwt = await office.sessions.liveJwt(id, 5 * MINUTE)
    expect(jwt).toMatchObject({ ok: true, value: { jwt: new Secret('jwt-2') } })
    expect(office.service.requests.map((each) => each.call)).toEqual(['login', 'refresh'])
  })

  it('is renewed by a remembered API key when there is no refresh token', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ refreshes: false, rememberApiKey: true })
    await office.time.advance(DAY)
    expect(await office.sessions.liveJwt(id, 0)).toMatchObject({
      ok: true,
      value: { jwt: new Secret('jwt-2') },
    })
    expect(office.service.requests.map((each) => each.call)).toEqual(['login', 'login'])
  })

  it('needs the API key when there is nothing to renew with', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ refreshes: false })
    await office.time.advance(DAY)
    expect(await office.sessions.liveJwt(id, 0)).toMatchObject({
      ok: false,
      problem: { code: 'key-needed', reason: 'nothing-to-renew-with' },
    })
    expect(office.service.requests).toHaveLength(1)
    expect(office.status(id)).toBe('needs-key')
  })

  it('needs the API key when the refresh token has expired, and the service has said so, once', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.time.advance(30 * DAY)
    expect(office.status(id)).toBe('needs-key')
    const expired = { ok: false, problem: { code: 'key-needed', reason: 'refresh-token-expired' } }
    expect(await office.sessions.liveJwt(id, 0)).toMatchObject(expired)
    expect(await office.sessions.liveJwt(id, 0)).toMatchObject(expired)
    expect(office.service.requests.map((each) => each.call)).toEqual(['login', 'refresh'])
  })

  it('is read by the clock of the server', async () => {
    const office = await BackOffice.open()
    office.service.skewMs = 10 * MINUTE
    office.service.jwtLifeMs = 20 * MINUTE
    const { id } = await office.add()
    await office.time.advance(16 * MINUTE)
    await office.sessions.liveJwt(id, 5 * MINUTE)
    expect(office.service.requests).toHaveLength(2)
  })
})

describe('one renewal at a time', () => {
  it('makes one request of ten impatient clicks, and all get its JWT', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.time.advance(DAY)
    office.service.hold()
    const clicks = Array.from({ length: 10 }, () => office.sessions.liveJwt(id, 5 * MINUTE))
    await settle()
    expect(office.status(id)).toBe('renewing')
    office.service.release()
    const answers = await Promise.all(clicks)
    expect(new Set(answers.map((each) => (each.ok ? each.value.jwt.reveal() : each.problem.code)))).toEqual(
      new Set(['jwt-2']),
    )
    expect(office.service.requests).toHaveLength(2)
  })

  it('has at most 8 requests under way in one environment, and all end', async () => {
    const office = await BackOffice.open()
    const accounts = []
    for (let n = 0; n < 20; n += 1) accounts.push(await office.add({ name: `Account ${String(n)}` }))
    office.service.requests.length = 0
    office.service.hold()
    const renewals = accounts.map(({ id }) => office.sessions.renew(id, { force: true }))
    await settle()
    expect(office.service.requests).toHaveLength(8)
    office.service.release()
    expect((await Promise.all(renewals)).every((each) => each.ok)).toBe(true)
    expect(office.service.requests).toHaveLength(20)
  })
})

describe('the order of a renewal', () => {
  it('notes on disk that a request is in flight before it is sent', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    let onDisk = ''
    office.service.mishap = () => {
      onDisk = office.records.files.get(id) ?? ''
      return null
    }
    await office.sessions.renew(id, { force: true })
    expect(JSON.parse(onDisk)).toMatchObject({ session: { journal: { state: 'in-flight', by: 'refresh' } } })
  })

  it('hands out the JWT only when the token that came with it is on disk', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.mishap = () => {
      office.records.full = true
      return null
    }
    await office.sessions.renew(id, { force: true })
    const asked = await office.sessions.renew(id, { force: true })
    expect(asked).toMatchObject({ ok: false, problem: { code: 'storage-unwritable', afterAnswer: true } })
    expect(office.service.requests).toHaveLength(2)

    office.records.full = false
    expect(await office.sessions.renew(id, { force: true })).toMatchObject({
      ok: true,
      value: { jwt: new Secret('jwt-2') },
    })
    expect(office.service.requests).toHaveLength(2)
    const restarted = await office.restart()
    expect(await restarted.sessions.liveJwt(id, 0)).toMatchObject({
      ok: true,
      value: { jwt: new Secret('jwt-2') },
    })
  })

  it('stores the new token before anything else happens, such as noting what the server’s clock says', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const written: string[] = []
    const { records, stateStore } = office
    const [write, writeState] = [records.write.bind(records), stateStore.write.bind(stateStore)]
    records.write = (each, record) => {
      const { session } = record as { session: { journal: { state: string } } }
      written.push(session.journal.state)
      write(each, record)
    }
    stateStore.write = (state) => {
      written.push('settings')
      writeState(state)
    }
    office.service.skewMs += MINUTE
    await office.sessions.renew(id, { force: false })
    expect(written).toEqual(['in-flight', 'settled', 'settings'])
    expect(office.summary(id).jwt?.receivedAt).toBe(office.time.now() + office.service.skewMs)
  })

  it('sends nothing when the record can not be written', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.records.full = true
    expect(await office.sessions.renew(id, { force: true })).toMatchObject({
      ok: false,
      problem: { code: 'storage-unwritable', afterAnswer: false },
    })
    expect(office.service.requests).toHaveLength(1)
  })
})

describe('a refusal', () => {
  it('of the refresh token falls back to the remembered API key in the same go', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ rememberApiKey: true })
    office.service.revokeTokens()
    expect(await office.sessions.renew(id, { force: false })).toMatchObject({ ok: true })
    expect(office.status(id)).toBe('live')
  })

  it('of the refresh token without a remembered key asks for the key, once and for all', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.revokeTokens()
    await office.sessions.renew(id, { force: false })
    await office.sessions.renew(id, { force: false })
    expect(office.service.requests).toHaveLength(2)
    expect(office.status(id)).toBe('needs-key')
    expect((await office.restart()).status(id)).toBe('needs-key')
  })

  it('of the API key stands until the user acts, and deletes nothing', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ refreshes: false, rememberApiKey: true })
    office.service.revokeKey('api-key-of-ACME')
    await office.time.advance(DAY)
    await office.sessions.renew(id, { force: false })
    await office.time.advance(DAY)
    expect(office.service.requests).toHaveLength(2)
    expect(office.status(id)).toBe('key-rejected')
    const opened = await office.vault.secrets(id)
    expect(opened).toMatchObject({
      ok: true,
      secrets: { apiKey: new Secret('api-key-of-ACME'), jwt: new Secret('jwt-1') },
    })
  })

  it('is tried once more when a person asks in so many words', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const answer = { kind: 'refused', status: 403 } as const
    office.service.mishap = (_, index) => (index === 1 ? { answer } : null)
    await office.sessions.renew(id, { force: false })
    expect(office.status(id)).toBe('needs-key')
    expect(await office.sessions.renew(id, { force: true })).toMatchObject({ ok: true })
    expect(office.status(id)).toBe('live')
  })
})

describe('a failure that passes', () => {
  it('is retried automatically until it has passed', async () => {
    const office = await BackOffice.open({ random: () => 0.99 })
    const { id } = await office.add()
    office.service.mishap = (_, index) => (index < 4 ? { lose: 'request' } : null)
    await office.sessions.renew(id, { force: false })
    expect(office.status(id)).toBe('retrying')
    await office.time.advance(2 * SECOND)
    expect(office.service.requests).toHaveLength(3)
    await office.time.advance(12 * SECOND)
    expect(office.service.requests).toHaveLength(5)
    expect(office.status(id)).toBe('live')
  })

  it('waits as long as the service asks', async () => {
    const office = await BackOffice.open({ random: () => 0 })
    const { id } = await office.add()
    const answer = {
      kind: 'transient',
      problem: { code: 'service-unavailable', status: 429 },
      retryAfterMs: MINUTE,
      mayHaveArrived: false,
    } as const
    office.service.mishap = (_, index) => (index === 1 ? { answer } : null)
    await office.sessions.renew(id, { force: false })
    await office.time.advance(MINUTE - 1)
    expect(office.service.requests).toHaveLength(2)
    await office.time.advance(1)
    expect(office.service.requests).toHaveLength(3)
  })

  it('waits on when the machine is unlocked or its clock is set', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.mishap = () => busy(HOUR)
    await office.sessions.renew(id, { force: false })
    for (let n = 0; n < 5; n += 1) office.useCases.reevaluate()
    await office.time.advance(HOUR - MINUTE)
    expect(office.service.requests).toHaveLength(2)
    office.service.mishap = () => null
    office.useCases.networkIsBack()
    await office.time.advance(SECOND)
    expect(office.status(id)).toBe('live')
  })

  it('does not make the user wait who asks meanwhile', async () => {
    const office = await BackOffice.open({ random: () => 0.99 })
    const { id } = await office.add()
    office.service.mishap = (_, index) => (index === 1 ? { lose: 'request' } : null)
    await office.sessions.renew(id, { force: false })
    expect(await office.sessions.renew(id, { force: true })).toMatchObject({ ok: true })
    await office.time.advance(HOUR)
    expect(office.service.requests).toHaveLength(3)
  })

  it('continues at once for all when the network is back', async () => {
    const office = await BackOffice.open({ random: () => 0.99 })
    const first = await office.add({ name: 'First' })
    const second = await office.add({ name: 'Second' })
    office.service.mishap = (_, index) => (index < 4 ? { lose: 'request' } : null)
    await office.sessions.renew(first.id, { force: false })
    await office.sessions.renew(second.id, { force: false })
    office.sessions.retryNow()
    await settle()
    expect([office.status(first.id), office.status(second.id)]).toEqual(['live', 'live'])
  })

  it('that is a redirect names its target and is not tried again', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const answer = { kind: 'redirected', status: 302, target: 'https://elsewhere.example/' } as const
    office.service.mishap = (_, index) => (index === 1 ? { answer } : null)
    await office.sessions.renew(id, { force: false })
    expect(office.summary(id).problem).toEqual({
      code: 'redirected',
      status: 302,
      target: 'https://elsewhere.example/',
    })
    await office.time.advance(DAY / 2)
    expect(office.service.requests).toHaveLength(2)
  })
})

describe('a new API key', () => {
  it('logs in and makes the account live again', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ refreshes: false })
    await office.time.advance(DAY)
    office.service.addKey('new-key', { refreshes: false })
    expect(await office.sessions.enterApiKey(id, new Secret('new-key'), false)).toMatchObject({ ok: true })
    expect(office.status(id)).toBe('live')
  })

  it('that is refused leaves the account as it was', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const before = office.summary(id)
    expect(await office.sessions.enterApiKey(id, new Secret('wrong'), true)).toMatchObject({
      ok: false,
      problem: { code: 'key-refused' },
    })
    expect(office.summary(id)).toEqual(before)
  })
})

it('an account removed while it renews is gone, and the answer changes nothing', async () => {
  const office = await BackOffice.open()
  const { id } = await office.add()
  office.service.hold()
  const renewal = office.accounts.renew(id)
  await settle()
  await office.removals.removeNow(id)
  office.service.release()
  expect(await renewal).toEqual({ ok: false, error: { code: 'not-found', what: 'account' } })
  expect(office.records.files.size).toBe(0)
})
