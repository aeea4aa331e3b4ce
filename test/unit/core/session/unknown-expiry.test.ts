/** What the service grants without saying when it expires (auth-api.md, rule 1). */
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice } from '../../../support/back-office'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** An account whose tokens came without a readable date. */
async function undated(typed: Parameters<BackOffice['add']>[0] = {}) {
  const office = await BackOffice.open()
  office.service.saysWhen = false
  const { id } = await office.add(typed)
  return { office, id }
}

function copiedAs(jwt: string) {
  return { ok: true, value: { jwt: new Secret(jwt) } }
}

describe('a refresh token of unknown expiry', () => {
  it('is stored, and is the one that the next renewal sends', async () => {
    const { office, id } = await undated()
    expect(office.summary(id).refreshToken).toEqual({
      receivedAt: office.time.now(),
      expiresAt: null,
      refused: false,
    })
    const restarted = await office.restart()
    await restarted.accounts.renew(id)
    await restarted.accounts.renew(id)
    expect(office.service.requests.map(({ secret }) => secret)).toEqual([
      'api-key-of-ACME',
      'refresh-token-1',
      'refresh-token-2',
    ])
    expect(restarted.status(id)).toBe('live')
  })

  it('counts as one that works until the service says no, however old it is', async () => {
    const { office, id } = await undated()
    office.service.refreshLifeMs = 400 * DAY
    await office.accounts.renew(id)
    await office.time.advance(100 * DAY)
    expect(office.status(id)).toBe('renewable')
    expect(await office.sessions.liveJwt(id, 0)).toMatchObject({ ok: true })
    office.service.revokeTokens()
    expect(await office.sessions.liveJwt(id, 24 * HOUR + 1)).toMatchObject({
      ok: false,
      problem: { code: 'key-needed', reason: 'refresh-token-refused' },
    })
  })

  it('is reminded of by its age, 30 days, and that this is an estimate is said', async () => {
    const { office } = await undated()
    await office.time.advance(23 * DAY - MINUTE)
    expect(office.notifier.shown).toEqual([])
    await office.time.advance(2 * MINUTE)
    expect(office.notifier.shown.map(({ title, body }) => `${title}. ${body}`)).toEqual([
      expect.stringMatching(/^Refresh token of .?ACME.? probably expires in 7 days\..*estimate/u),
    ])
    await office.time.advance(8 * DAY)
    expect(office.notifier.shown.at(-1)?.title).toMatch(/has probably expired/u)
  })

  it('is replaced in the last of those days where that is wanted', async () => {
    const { office, id } = await undated()
    office.settingsStore.change({ refreshTokenPolicy: 'renew' })
    office.useCases.monitor.evaluateAll()
    await office.time.advance(23 * DAY + MINUTE)
    expect(office.service.requests.map(({ call }) => call)).toEqual(['login', 'refresh'])
    await office.time.advance(20 * DAY)
    expect(office.service.requests).toHaveLength(2)
    expect(office.summary(id).refreshToken?.expiresAt).toBeNull()
  })
})

describe('a JWT of unknown expiry', () => {
  it('counts as live for 24 hours from its receipt, and no longer', async () => {
    const { office, id } = await undated()
    await office.time.advance(DAY - 1)
    expect(office.status(id)).toBe('live')
    expect(await office.sessions.liveJwt(id, 1)).toMatchObject(copiedAs('jwt-1'))
    await office.time.advance(1)
    expect(office.status(id)).toBe('renewable')
    expect(await office.sessions.liveJwt(id, 1)).toMatchObject(copiedAs('jwt-2'))
  })

  it('is renewed early enough to have the promised life by that measure', async () => {
    const { office, id } = await undated()
    await office.time.advance(DAY - 5 * MINUTE + 1)
    expect(await office.sessions.liveJwt(id, 5 * MINUTE)).toMatchObject(copiedAs('jwt-2'))
  })

  it('is said to be of unknown expiry when it is copied', async () => {
    const { office, id } = await undated()
    expect(await office.jwts.copy(id, null)).toEqual({ ok: true, value: { expiresAt: null, leftMs: null } })
  })

  it('of a company without any key is live for those 24 hours, and then needs the key', async () => {
    const { office, id } = await undated({ refreshes: false })
    expect(office.status(id)).toBe('live')
    await office.time.advance(DAY)
    expect(office.status(id)).toBe('needs-key')
  })

  it('is kept live where that is wanted', async () => {
    const { office, id } = await undated()
    office.settingsStore.change({ jwtPolicy: 'keep-live' })
    office.useCases.monitor.evaluateAll()
    await office.time.advance(DAY - 5 * MINUTE + SECOND)
    expect(office.service.requests).toHaveLength(2)
    expect(office.summary(id).jwt?.expiresAt).toBeNull()
    await office.time.advance(DAY - 6 * MINUTE)
    expect(office.service.requests).toHaveLength(2)
  })
})

describe('a refresh token beside no JWT that could be used', () => {
  it('is not believed: the stored one is in doubt, and tried once more', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const answer = {
      kind: 'transient',
      problem: { code: 'invalid-response', reason: 'no-jwt' },
      retryAfterMs: null,
      mayHaveArrived: true,
    } as const
    office.service.mishap = (_request, index) => (index === 1 ? { answer } : null)
    expect(await office.accounts.renew(id)).toMatchObject({ error: { problem: answer.problem } })
    expect(await office.accounts.renew(id)).toMatchObject({ ok: true })
    expect(office.service.requests.slice(1).map(({ secret }) => secret)).toEqual([
      'refresh-token-1',
      'refresh-token-1',
    ])
  })
})

describe('a refresh that brings no refresh token', () => {
  it('renews by API key only from then on', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ rememberApiKey: true })
    office.service.addKey('api-key-of-ACME', { refreshes: false })
    await office.accounts.renew(id)
    await office.accounts.renew(id)
    expect(office.service.requests.map(({ call }) => call)).toEqual(['login', 'refresh', 'login'])
    expect(office.summary(id).refreshToken).toBeNull()
  })

  it('keeps the old one for the day when only that is left and a person asks', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.addKey('api-key-of-ACME', { refreshes: false })
    await office.accounts.renew(id)
    await office.time.advance(DAY)
    expect(office.status(id)).toBe('needs-key')
    expect(await office.sessions.liveJwt(id, 0)).toMatchObject({ ok: false })
    expect(office.service.requests).toHaveLength(2)
    expect(await office.accounts.renew(id)).toMatchObject({ ok: true })
    expect(office.service.requests[2]).toEqual({ call: 'refresh', secret: 'refresh-token-1' })
  })
})
