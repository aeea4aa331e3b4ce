import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, unwrap } from '../../../support/back-office'

const UNPROTECTED = { backend: 'basic_text', protected: false }

describe('a keyring that is not what it was', () => {
  it('locks the account and keeps the ciphertext until a key is entered', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.cipher.forgetAll()
    const restarted = await office.restart()
    expect(await restarted.jwts.copy(id, null)).toMatchObject({
      error: { problem: { code: 'locked', reason: 'cannot-decrypt' } },
    })
    expect(restarted.status(id)).toBe('locked')
    expect(office.records.files.get(id)).toContain(office.cipher.sealed.at(-1))
    unwrap(await restarted.accounts.enterApiKey(id, new Secret('api-key-of-ACME'), false))
    expect(restarted.status(id)).toBe('live')
  })

  it('of another kind locks without overwriting, and opens again when the old one is back', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const before = office.records.files.get(id)
    const elsewhere = await office.restart({ keyring: { backend: 'other_keyring', protected: true } })
    expect(elsewhere.status(id)).toBe('locked')
    expect(elsewhere.summary(id).problem).toEqual({ code: 'locked', reason: 'other-keyring' })
    expect(elsewhere.loaded.sealedElsewhere).toEqual({ before: 'test_keyring', accounts: 1 })
    expect(office.records.files.get(id)).toBe(before)
    expect((await office.restart()).status(id)).toBe('live')
  })
})

describe('a keyring that turns out to be another than the system said', () => {
  const expects = { backend: 'test_keyring', protected: true }

  it('is announced, with every account’s real status', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const looked: string[] = []
    const restarted = await office.restart({
      keyring: UNPROTECTED,
      expects,
      look: (early) => Promise.resolve(looked.push(early.status(id), early.storage.status.mode)),
    })
    expect(looked).toEqual(['live', 'keyring'])
    expect(restarted.status(id)).toBe('locked')
    expect(restarted.storages).toEqual([{ ...UNPROTECTED, mode: 'memory' }])
    expect(restarted.changes).toContain(id)
  })

  it('as it was expected, there is nothing to tell', async () => {
    const office = await BackOffice.open()
    await office.add()
    const restarted = await office.restart({ expects })
    expect(restarted.storages).toEqual([])
    expect(restarted.changes).toEqual([])
  })

  it('gets no secret to keep by what was expected', async () => {
    const office = await BackOffice.open({ keyring: UNPROTECTED, expects, look: (early) => early.add() })
    expect(office.cipher.sealed).toEqual([])
    expect(office.summary(office.vault.ids()[0] ?? ('' as never)).secretsIn).toBe('memory')
  })
})

describe('without a keyring', () => {
  it('nothing secret is written until the user has agreed', async () => {
    const office = await BackOffice.open({ keyring: UNPROTECTED })
    const { id } = await office.add({ rememberApiKey: true })
    expect(office.cipher.sealed).toEqual([])
    expect(office.storage.status.mode).toBe('memory')
    expect(office.summary(id).secretsIn).toBe('memory')
    expect(await office.jwts.copy(id, null)).toMatchObject({ ok: true })
  })

  it('a session in memory renews, and is over after a restart: the account says so and asks for its key', async () => {
    const office = await BackOffice.open({ keyring: UNPROTECTED })
    const { id } = await office.add()
    expect(await office.accounts.renew(id)).toMatchObject({ ok: true })
    expect(office.cipher.sealed).toEqual([])
    const restarted = await office.restart({ keyring: UNPROTECTED })
    expect(restarted.status(id)).toBe('needs-key')
    expect(restarted.summary(id).problem).toEqual({ code: 'key-needed', reason: 'kept-in-memory-only' })
  })

  it('what is in memory is stored when the user agrees, and survives a restart', async () => {
    const office = await BackOffice.open({ keyring: UNPROTECTED })
    const { id } = await office.add()
    unwrap(await office.storage.choose('accepted'))
    expect(office.summary(id).secretsIn).toBe('unprotected-file')
    expect(office.records.files.get(id)).toContain('basic_text:')
    const restarted = await office.restart({ keyring: UNPROTECTED })
    expect(await restarted.jwts.copy(id, null)).toMatchObject({ ok: true })
  })

  it('what was stored is taken off the disk when the user takes the agreement back', async () => {
    const office = await BackOffice.open({ keyring: UNPROTECTED })
    const { id } = await office.add()
    unwrap(await office.storage.choose('accepted'))
    unwrap(await office.storage.choose('memory-only'))
    expect(office.records.files.get(id)).not.toContain('basic_text:')
    expect(await office.jwts.copy(id, null)).toMatchObject({ ok: true })
  })
})

it('a keyring that opens again after it could not is believed', async () => {
  const office = await BackOffice.open()
  const { id } = await office.add()
  office.cipher.forgetAll()
  expect(await office.jwts.copy(id, null)).toMatchObject({ ok: false })
  expect(office.status(id)).toBe('locked')
  office.cipher.forgotten.clear()
  expect(await office.jwts.copy(id, null)).toMatchObject({ ok: true })
  expect(office.status(id)).toBe('live')
})
