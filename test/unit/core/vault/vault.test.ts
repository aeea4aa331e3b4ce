import { describe, expect, it } from 'vitest'
import { RECORD_MIGRATIONS } from '../../../../electron/core/vault/account-record'
import { StorageUnwritableError } from '../../../../electron/core/base/errors'
import type { Migration } from '../../../../electron/core/base/migrate'
import { Vault } from '../../../../electron/core/vault/vault'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'

const DAY = 86_400_000
const UNPROTECTED = { backend: 'basic_text', protected: false }

describe('what is on disk', () => {
  it('has names and dates readable and secrets encrypted', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ rememberApiKey: true, apiKey: new Secret('canary-api-key-0123456789') })
    const file = office.records.files.get(id) ?? ''
    expect(file).toContain('"name":"ACME"')
    for (const secret of ['canary-api-key', 'jwt-1', 'refresh-token-1']) expect(file).not.toContain(secret)
    expect(file).toContain('"sealed":"test_keyring:')
  })

  it('never has the API key of an account that does not save it, not even encrypted', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ apiKey: new Secret('canary-api-key-0123456789') })
    const opened = await office.vault.secrets(id)
    expect(opened).toMatchObject({ ok: true, secrets: { apiKey: null } })
    expect(office.records.files.get(id)).not.toContain('6789')
  })

  it('is all gone when the account is removed', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    unwrap(await office.removals.removeNow(id))
    expect(office.records.files.size).toBe(0)
  })
})

describe('an account that could not be removed', () => {
  it('stays on the disk, where its file was gone already when the disk refused', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const { records } = office
    const remove = records.remove.bind(records)
    records.remove = (each) => {
      remove(each)
      throw new StorageUnwritableError('EIO')
    }
    expect(await office.removals.removeNow(id)).toMatchObject({
      error: { problem: { code: 'storage-unwritable' } },
    })
    expect((await office.crash()).status(id)).toBe('live')
  })

  it('is put back when the disk lets it', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const { records } = office
    const remove = records.remove.bind(records)
    records.remove = (each) => {
      remove(each)
      records.full = true
      throw new StorageUnwritableError('EIO')
    }
    await office.removals.removeNow(id)
    expect(records.files.size).toBe(0)
    expect(office.summary(id).secretsIn).toBe('memory')
    records.full = false
    expect((await office.restart()).status(id)).toBe('live')
  })
})

describe('a restart', () => {
  it('has the accounts, and the JWT without logging in', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const restarted = await office.restart()
    expect(restarted.summary(id)).toEqual(office.summary(id))
    unwrap(await restarted.jwts.copy(id, null))
    expect(restarted.clipboard.text).toBe('jwt-1')
    expect(office.service.requests).toHaveLength(1)
  })
})

describe('a damaged record', () => {
  const damages: Record<string, (text: string) => string> = {
    truncated: (text) => text.slice(0, Math.floor(text.length * 0.8)),
    empty: () => '',
    'zero-filled': (text) => '\0'.repeat(text.length),
    foreign: () => '{"hello":"world"}',
    'not an object': () => '[1,2,3]',
    'missing a field': (text) => text.replace('"kind":', '"knid":'),
    "another account's": (text) => text.replace('00000000-0000-4000-8000', '11111111-1111-4111-8111'),
    'from a newer version': (text) => text.replace(/"version":\d+/u, '"version":99'),
  }

  it.each(Object.keys(damages))('(%s) is quarantined, and the other accounts work', async (kind) => {
    const office = await BackOffice.open()
    const hurt = await office.add({ name: 'Hurt' })
    const well = await office.add({ name: 'Well' })
    const damage = damages[kind]
    const damaged = damage?.(office.records.files.get(hurt.id) ?? '') ?? ''
    office.records.files.set(hurt.id, damaged)

    const restarted = await office.restart()
    expect(office.records.aside.get(hurt.id)?.text).toBe(damaged)
    expect(restarted.status(hurt.id)).toBe('locked')
    expect(restarted.summary(hurt.id).problem).toMatchObject({ code: 'locked' })
    expect(restarted.loaded.damaged).toHaveLength(1)
    expect(await restarted.jwts.copy(well.id, null)).toMatchObject({ ok: true })

    expect((await restarted.restart()).status(hurt.id)).toBe('locked')
  })

  it('still shows by its name when that can be read, and lives again with its API key', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ name: 'Hurt "by" half' })
    office.records.files.set(id, (office.records.files.get(id) ?? '').slice(0, -40))
    const restarted = await office.restart()
    expect(restarted.summary(id).name).toBe('Hurt "by" half')
    unwrap(await restarted.accounts.enterApiKey(id, new Secret(keyOf('Hurt "by" half')), false))
    expect((await restarted.restart()).status(id)).toBe('live')
  })

  it('that has become readable, as after an update, is taken back', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const text = office.records.files.get(id) ?? ''
    office.records.quarantine(id, 'newer-version')
    const restarted = await office.restart()
    expect(restarted.status(id)).toBe('live')
    expect(office.records.files.get(id)).toBe(text)
  })
})

it('a record of an older version is kept as it was when it is first written again', async () => {
  const office = await BackOffice.open()
  const { id } = await office.add()
  const before = office.records.files.get(id)
  const migrations: Migration[] = [...RECORD_MIGRATIONS, (record) => ({ ...record, name: 'ACME, migrated' })]
  const writes = office.records.writes.length
  const vault = new Vault(office.records, office.cipher, office.log, migrations)
  await vault.load(false, {
    first: [],
    firstAreRead: () => Promise.resolve(),
    allAreRead: () => Promise.resolve(),
    usedBefore: () => undefined,
  })
  expect(vault.get(id)?.name).toBe('ACME, migrated')
  expect(office.records.writes).toHaveLength(writes)

  vault.saveProfile(id, { pinned: true })
  expect(office.records.aside.get(id)).toEqual({ why: 'before-migration', text: before })
  vault.saveProfile(id, { pinned: false })
  expect(office.records.aside.get(id)?.text).toBe(before)
})

it('a record of version 1 is read as it was written then, and follows the settings in what it does not say', async () => {
  const office = await BackOffice.open()
  const { id } = await office.add()
  const [jwt, token] = ['jwt-1', 'refresh-token-1']
  const sealed = await office.cipher.seal(JSON.stringify({ jwt, refreshToken: token, apiKey: null }))
  const { environmentId } = office.summary(id)
  const written = {
    version: 1,
    id,
    name: 'ACME',
    kind: 'partner',
    kindChoice: 'detect',
    partnerId: null,
    createdAt: 1_780_315_200_000,
    environment: {
      id: environmentId,
      name: 'Sandbox',
      baseUrl: 'https://api.example.com',
      production: false,
      colour: 'teal',
      defaultTimeZone: 'UTC',
    },
    session: {
      jwt: {
        receivedAt: office.time.now(),
        expiresAt: office.time.now() + DAY,
        claimDifferenceMs: null,
      },
      refreshToken: {
        receivedAt: office.time.now(),
        expiresAt: office.time.now() + 30 * DAY,
        refused: null,
      },
      remembersApiKey: false,
      apiKeyHint: null,
      keyRefused: null,
      keyOfAnother: false,
      maybeReplaced: false,
      journal: { state: 'settled' },
      sealed,
    },
  }
  office.records.files.set(id, JSON.stringify(written))
  const restarted = await office.restart()
  expect(restarted.status(id)).toBe('live')
  expect(restarted.summary(id)).toMatchObject({
    policy: { jwt: null, refreshToken: null, muted: false },
    pinned: false,
    tags: [],
    note: '',
    usage: null,
  })
  expect(await restarted.jwts.copy(id, null)).toMatchObject({ ok: true })
})

describe('a record that is whole but not for us to read', () => {
  it('stays where it is, says so, and takes no key', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const { records } = office
    const text = records.files.get(id)
    const readAll = records.readAll.bind(records)
    records.readAll = async function* () {
      yield await Promise.resolve({
        id,
        stored: { kind: 'unreadable', detail: 'EACCES' },
        quarantine: false,
      } as const)
    }
    const restarted = await office.restart()
    const unreadable = { problem: { code: 'locked', reason: 'record-unreadable' } }
    expect(restarted.summary(id)).toMatchObject({
      ...unreadable,
      name: `Unreadable account ${id.slice(0, 8)}`,
    })
    expect(await restarted.accounts.enterApiKey(id, new Secret(keyOf('ACME')), false)).toMatchObject({
      error: unreadable,
    })
    expect(records.files.get(id)).toBe(text)
    records.readAll = readAll
    expect((await restarted.restart()).status(id)).toBe('live')
  })

  it('of a newer version says that an update helps, and is taken back by it', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const text = office.records.files.get(id) ?? ''
    office.records.files.set(id, text.replace(/"version":\d+/u, '"version":99'))
    const restarted = await office.restart()
    expect(restarted.summary(id)).toMatchObject({
      name: 'ACME',
      problem: { code: 'locked', reason: 'newer-version' },
    })
    expect(office.records.aside.get(id)?.why).toBe('newer-version')
    // The newer TokenDesk reads it as we read ours.
    office.records.aside.set(id, { why: 'newer-version', text })
    expect((await restarted.restart()).status(id)).toBe('live')
  })
})

describe('a record that tells nothing', () => {
  it('says that its environment is lost, and sends its key nowhere', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.records.files.set(id, '')
    const restarted = await office.restart()
    const lost = { error: { problem: { code: 'locked', reason: 'environment-lost' } } }
    expect(await restarted.accounts.enterApiKey(id, new Secret(keyOf('ACME')), false)).toMatchObject(lost)
    expect(office.service.requests).toHaveLength(1)
    unwrap(await restarted.removals.removeNow(id))
    expect(await restarted.add()).toMatchObject({ name: 'ACME' })
  })

  it('costs the settings and the other accounts nothing, however often the app is started', async () => {
    const office = await BackOffice.open({ keyring: UNPROTECTED })
    const hurt = await office.add({ name: 'Hurt' })
    const well = await office.add({ name: 'Well' })
    unwrap(await office.storage.choose('accepted'))
    office.settingsStore.change({ theme: 'dark' })
    office.records.files.set(hurt.id, '\0'.repeat(2_000))
    let restarted = office
    for (let start = 0; start < 4; start += 1) {
      restarted = await restarted.restart({ keyring: UNPROTECTED })
      expect(restarted.settingsStore.current).toMatchObject({ theme: 'dark', unprotectedStorage: 'accepted' })
      expect(restarted.environmentStore.all).toHaveLength(1)
      expect(await restarted.accounts.renew(well.id)).toMatchObject({ ok: true })
      expect(restarted.status(hurt.id)).toBe('locked')
    }
  })

  it('can not be renamed: a new record in its place would know nothing', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.records.files.set(id, '')
    const restarted = await office.restart()
    expect(await restarted.accounts.edit(id, { name: 'Better' })).toMatchObject({
      error: { problem: { code: 'locked', reason: 'environment-lost' } },
    })
    expect(office.records.files.has(id)).toBe(false)
  })

  it('is what it was again, partner or company, once its key is entered', async () => {
    const office = await BackOffice.open()
    const partner = await office.add({ name: 'Partner' })
    const company = await office.add({ name: 'Company', refreshes: false, partnerId: partner.id })
    office.records.files.set(partner.id, (office.records.files.get(partner.id) ?? '').slice(0, -30))
    const restarted = await office.restart()
    expect(restarted.summary(company.id).partnerId).toBeNull()
    unwrap(await restarted.accounts.enterApiKey(partner.id, new Secret(keyOf('Partner')), false))
    expect(restarted.summary(partner.id).kind).toBe('partner')
    expect(restarted.summary(company.id).partnerId).toBe(partner.id)
  })
})
