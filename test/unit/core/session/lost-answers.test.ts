/** A renewal whose answer was lost: the token is in doubt, tried once more, and then asked about (auth-api.md, rule 5). */
import { describe, expect, it } from 'vitest'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'
import { busy } from '../../../support/fakes/fake-service'
import { settle } from '../../../support/fakes/fake-time'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('an answer that never came', () => {
  it('makes the next renewal try the stored token once', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.mishap = (_, index) => (index === 1 ? { lose: 'answer' } : null)
    await office.sessions.renew(id, { force: false })
    expect(office.status(id)).toBe('retrying')
    const next = await office.sessions.renew(id, { force: false })
    expect(next).toMatchObject({
      ok: false,
      problem: { code: 'key-needed', reason: 'refresh-token-maybe-replaced' },
    })
    expect(office.status(id)).toBe('needs-key')
  })

  it('is made up for by a remembered API key', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ rememberApiKey: true })
    office.service.mishap = (_, index) => (index === 1 ? { lose: 'answer' } : null)
    await office.sessions.renew(id, { force: false })
    expect(await office.sessions.renew(id, { force: false })).toMatchObject({ ok: true })
    expect(office.service.requests.map((each) => each.call)).toEqual(['login', 'refresh', 'refresh', 'login'])
  })

  it('is remembered when the app is killed while it waits', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.hold()
    void office.sessions.renew(id, { force: false })
    await settle()
    const restarted = await office.crash()
    office.service.release()
    expect(restarted.vault.get(id)?.session?.journal).toMatchObject({ state: 'ambiguous', tries: 1 })
  })

  it('continues with the saved API key when the second attempt got no answer either', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ rememberApiKey: true })
    office.service.mishap = ({ call }) => (call === 'refresh' ? { lose: 'answer' } : null)
    await office.sessions.renew(id, { force: false })
    await office.sessions.renew(id, { force: false })
    expect(await office.sessions.renew(id, { force: false })).toMatchObject({ ok: true })
    expect(office.service.requests.map((each) => each.call)).toEqual(['login', 'refresh', 'refresh', 'login'])
  })
})

describe('a token in doubt', () => {
  it('is not sent again and again: after a second lost answer the user has to ask', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.mishap = () => ({ lose: 'answer' })
    await office.sessions.renew(id, { force: false })
    await office.time.advance(HOUR)
    expect(office.service.requests.map(({ call }) => call)).toEqual(['login', 'refresh', 'refresh'])
    expect(office.summary(id)).toMatchObject({ renewal: { phase: 'idle' }, problem: { code: 'no-answer' } })
    office.service.mishap = () => null
    office.sessions.retryNow()
    await office.time.advance(SECOND)
    expect(office.service.requests).toHaveLength(4)
  })

  it('is not sent again for its policy after the JWT, still live, was copied', async () => {
    const office = await BackOffice.open()
    office.settingsStore.change({ jwtPolicy: 'keep-live', minimumJwtLifeMs: MINUTE })
    const { id } = await office.add()
    office.service.mishap = ({ call }) => (call === 'refresh' ? { lose: 'answer' } : null)
    await office.time.advance(DAY - 3 * MINUTE)
    const sent = ['login', 'refresh', 'refresh']
    expect(office.service.requests.map(({ call }) => call)).toEqual(sent)
    unwrap(await office.jwts.copy(id, null))
    await office.time.advance(MINUTE)
    expect(office.service.requests.map(({ call }) => call)).toEqual(sent)
    expect(office.summary(id).problem).toMatchObject({ code: 'no-answer' })
    await office.accounts.renew(id)
    expect(office.service.requests).toHaveLength(4)
  })

  it('waits with back-off as long as the service only says that it is busy', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.mishap = () => busy(null)
    await office.sessions.renew(id, { force: false })
    await office.time.advance(HOUR)
    expect(office.service.requests.length).toBeGreaterThan(5)
    office.service.mishap = () => null
    await office.time.advance(HOUR)
    expect(office.status(id)).toBe('live')
  })

  it('is worth more than a remembered key that is wrong', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ rememberApiKey: true })
    office.service.revokeKey(keyOf('ACME'))
    const busyTwice = [busy(null), busy(null)]
    office.service.mishap = () => busyTwice.shift() ?? null
    await office.sessions.renew(id, { force: true })
    await office.sessions.renew(id, { force: true })
    expect(await office.sessions.renew(id, { force: false })).toMatchObject({ ok: true })
    expect(office.service.requests.map(({ call }) => call).slice(1)).toEqual([
      'refresh',
      'refresh',
      'login',
      'refresh',
    ])
    expect(office.status(id)).toBe('live')
  })

  it('stays in doubt when a remembered key is refused meanwhile', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ rememberApiKey: true })
    office.service.revokeKey(keyOf('ACME'))
    office.service.mishap = ({ call }) => (call === 'refresh' ? { lose: 'answer' } : null)
    await office.sessions.renew(id, { force: true })
    await office.sessions.renew(id, { force: true })
    office.service.mishap = () => null
    expect(await office.sessions.renew(id, { force: false })).toMatchObject({
      problem: { code: 'key-refused' },
    })
    const record = office.records.files.get(id) ?? ''
    expect(JSON.parse(record)).toMatchObject({ session: { maybeReplaced: true } })
  })
})
