/** An API key of another subject, or without a refresh token, replaces nothing before the user has confirmed it. */
import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../../electron/shared/account'
import { HELD_FOR_MS } from '../../../../electron/core/session/key-entry'
import { Secret } from '../../../../electron/shared/secret'
import { subjectOf, type KeyQuestion } from '../../../../electron/shared/subject'
import { aJwtOf } from '../../../support/builders'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'
import { settle } from '../../../support/fakes/fake-time'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const PASSPHRASE = new Secret('correct horse battery')

/** A service that names the grantee in each JWT. */
async function open(): Promise<BackOffice> {
  const office = await BackOffice.open()
  office.service.jwtOf = (n, key) => aJwtOf({ sub: key, iss: 'https://auth.example.com', jti: String(n) })
  return office
}

async function enter(office: BackOffice, id: AccountId, key: string, remember = false) {
  return await office.accounts.enterApiKey(id, new Secret(key), remember)
}

async function asked(office: BackOffice, id: AccountId, key: string): Promise<KeyQuestion> {
  const result = await enter(office, id, key)
  if (result.ok || result.error.code !== 'whose-key') throw new Error(JSON.stringify(result))
  return result.error.question
}

describe('a key of another subject that is entered for an account', () => {
  async function partnerAndAnothersKey() {
    const office = await open()
    const { id } = await office.add({ name: 'Partner X', rememberApiKey: true })
    const key = office.service.addKey(keyOf('Company Y'), { refreshes: false })
    return { office, id, key, before: await office.vault.secrets(id), shown: office.summary(id) }
  }

  it('asks, says who is stored and who has answered, and replaces nothing meanwhile', async () => {
    const { office, id, key, before, shown } = await partnerAndAnothersKey()
    expect(await asked(office, id, key)).toMatchObject({
      reason: 'other-subject',
      stored: { subject: keyOf('Partner X'), issuer: 'https://auth.example.com' },
      answered: { subject: key },
      losesRefreshToken: true,
    })
    expect(await office.vault.secrets(id)).toEqual(before)
    expect(office.summary(id)).toEqual(shown)
    unwrap(await office.jwts.copy(id, null))
    expect(subjectOf(office.clipboard.text)?.subject).toBe(keyOf('Partner X'))
  })

  it('on "no" leaves the old session as it was, which still renews', async () => {
    const { office, id, key, before } = await partnerAndAnothersKey()
    const question = await asked(office, id, key)
    expect(await office.accounts.answerWhoseKey(question.id, false)).toEqual({ ok: true, value: null })
    expect(await office.vault.secrets(id)).toEqual(before)
    expect(await office.accounts.answerWhoseKey(question.id, true)).toMatchObject({
      error: { code: 'answered-too-late' },
    })
    unwrap(await office.accounts.renew(id))
    expect(office.service.requests.at(-1)?.call).toBe('refresh')
  })

  it('on "yes" replaces the session, durably', async () => {
    const { office, id, key } = await partnerAndAnothersKey()
    const question = await asked(office, id, key)
    expect(unwrap(await office.accounts.answerWhoseKey(question.id, true))).toMatchObject({
      id,
      kind: 'company',
      refreshToken: null,
    })
    const restarted = await office.restart()
    const opened = await restarted.vault.secrets(id)
    expect(opened.ok && subjectOf(opened.secrets.jwt?.reveal() ?? '')?.subject).toBe(key)
  })

  it('is held for some minutes and no longer', async () => {
    const { office, id, key, before } = await partnerAndAnothersKey()
    const question = await asked(office, id, key)
    await office.time.advance(HELD_FOR_MS)
    expect(await office.accounts.answerWhoseKey(question.id, true)).toMatchObject({
      error: { code: 'answered-too-late' },
    })
    expect(await office.vault.secrets(id)).toEqual(before)
  })

  it.each(['before', 'after'])('is dropped when the app locks %s the answer comes', async (when) => {
    const { office, id, key, before } = await partnerAndAnothersKey()
    await office.useCases.lock.setPassphrase(PASSPHRASE, new Secret(''))
    if (when === 'before') office.service.hold()
    const entering = enter(office, id, key)
    await settle()
    if (when === 'after') await entering
    office.useCases.lock.lock()
    office.service.release()
    const result = await entering
    const questionId = !result.ok && result.error.code === 'whose-key' ? result.error.question.id : ''
    await office.useCases.lock.unlock(PASSPHRASE)
    expect(await office.accounts.answerWhoseKey(questionId, true)).toMatchObject({
      error: { code: 'answered-too-late' },
    })
    expect(await office.vault.secrets(id)).toEqual(before)
  })

  it('is not stored where the base URL has changed since', async () => {
    const { office, id, key, before } = await partnerAndAnothersKey()
    const question = await asked(office, id, key)
    unwrap(await office.environments.edit(await office.environment(), { baseUrl: 'https://new.example.com' }))
    expect(await office.accounts.answerWhoseKey(question.id, true)).toMatchObject({
      error: { problem: { code: 'environment-changed' } },
    })
    expect(await office.vault.secrets(id)).toEqual(before)
  })

  it('gives a renewal that waits for it its own session', async () => {
    const { office, id, key } = await partnerAndAnothersKey()
    office.service.hold()
    const entering = enter(office, id, key)
    await settle()
    const renewing = office.accounts.renew(id)
    await settle()
    office.service.release()
    expect(await entering).toMatchObject({ error: { code: 'whose-key' } })
    unwrap(await renewing)
    expect(office.service.requests.at(-1)).toMatchObject({ call: 'refresh' })
  })

  it('asks also where only the issuer is another', async () => {
    const office = await BackOffice.open()
    office.service.jwtOf = (n) => aJwtOf({ sub: 'same', iss: `https://issuer-${String(n)}.example.com` })
    const { id } = await office.add()
    expect(await asked(office, id, keyOf('ACME'))).toMatchObject({ reason: 'other-subject' })
  })
})

describe('a key of the same subject', () => {
  it('replaces the session at once', async () => {
    const office = await open()
    const { id } = await office.add()
    const before = await office.vault.secrets(id)
    unwrap(await enter(office, id, keyOf('ACME')))
    expect(await office.vault.secrets(id)).not.toEqual(before)
  })

  it('that brings no refresh token asks where there is one that is still valid', async () => {
    const office = await open()
    const { id } = await office.add()
    office.service.addKey(keyOf('ACME'), { refreshes: false })
    expect(await asked(office, id, keyOf('ACME'))).toMatchObject({
      reason: 'no-refresh-token',
      losesRefreshToken: true,
    })
  })

  it.each(['expired', 'refused'])('asks nothing where the refresh token is %s', async (why) => {
    const office = await open()
    const { id } = await office.add()
    if (why === 'expired') await office.time.advance(31 * DAY)
    else {
      office.service.revokeTokens()
      await office.accounts.renew(id)
    }
    office.service.addKey(keyOf('ACME'), { refreshes: false })
    unwrap(await enter(office, id, keyOf('ACME')))
    expect(office.status(id)).toBe('live')
  })
})

describe('a saved API key that logs in as another subject', () => {
  it('replaces nothing, is not used again automatically, and needs the user', async () => {
    const office = await open()
    const { id } = await office.add({ rememberApiKey: true, refreshes: false })
    const before = await office.vault.secrets(id)
    office.service.jwtOf = (n) => aJwtOf({ sub: 'somebody else', jti: String(n) })
    await office.time.advance(2 * DAY)
    const keyOfAnother = { code: 'key-needed', reason: 'key-of-another' }
    expect(await office.jwts.copy(id, null)).toMatchObject({ error: { problem: keyOfAnother } })
    expect(office.summary(id).problem).toEqual(keyOfAnother)
    expect(office.status(id)).toBe('needs-key')
    expect(await office.vault.secrets(id)).toEqual(before)
    const sent = office.service.requests.length
    const restarted = await office.restart()
    await restarted.jwts.copy(id, null)
    await restarted.time.advance(2 * DAY)
    expect(office.service.requests).toHaveLength(sent)
    expect(restarted.summary(id).problem).toEqual(keyOfAnother)

    const question = await asked(restarted, id, keyOf('ACME'))
    unwrap(await restarted.accounts.answerWhoseKey(question.id, true))
    expect(restarted.status(id)).toBe('live')
  })
})
