import { describe, expect, it } from 'vitest'
import type { NewAccount } from '../../../../electron/core/accounts/account-service'
import type { AccountId } from '../../../../electron/shared/account'
import type { EnvironmentId } from '../../../../electron/shared/environment'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, unwrap } from '../../../support/back-office'
import { settle } from '../../../support/fakes/fake-time'

const SECOND = 1_000
const DAY = 24 * 3_600 * SECOND

async function typed(office: BackOffice, input: Partial<NewAccount> = {}): Promise<NewAccount> {
  office.service.addKey('good-key')
  return {
    name: 'ACME',
    environmentId: await office.environment(),
    apiKey: new Secret('good-key'),
    kind: 'detect',
    partnerId: null,
    rememberApiKey: false,
    ...input,
  }
}

describe('the accounts that are shown first', () => {
  it('are all when there are few', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    expect(office.useCases.accounts.first()).toEqual({ ids: [id], areAll: true })
  })

  it('are those of the first rows, unless the list is in another order', async () => {
    const office = await BackOffice.open()
    const names = Array.from({ length: 101 }, (_, nth) => `Company ${String(nth)}`)
    for (const name of names.toReversed()) await office.add({ name })
    const nameOf = (id: AccountId): string | undefined => office.useCases.accounts.summary(id)?.name
    const { ids, areAll } = office.useCases.accounts.first()
    expect(ids.map(nameOf)).toEqual(names.slice(0, 100))
    expect(areAll).toBe(false)

    office.useCases.settingsStore.change({ sortBy: 'use' })
    expect(office.useCases.accounts.first()).toEqual({ ids: [], areAll: false })
  })
})

describe('adding an account', () => {
  it('logs in once and shows it live, as a partner when it got a refresh token', async () => {
    const office = await BackOffice.open()
    const added = unwrap(await office.accounts.add(await typed(office)))
    expect(added).toMatchObject({
      name: 'ACME',
      kind: 'partner',
      kindChoice: 'detect',
      remembersApiKey: false,
    })
    expect(office.status(added.id)).toBe('live')
    expect(office.service.requests).toHaveLength(1)
  })

  it('shows it as a company when it got none, under the partner chosen for it', async () => {
    const office = await BackOffice.open()
    const partner = await office.add({ name: 'Partner' })
    const company = await office.add({ name: 'Company', refreshes: false, partnerId: partner.id })
    expect(company).toMatchObject({ kind: 'company', partnerId: partner.id, refreshToken: null })
  })

  it('believes the user about the type', async () => {
    const office = await BackOffice.open()
    expect(await office.add({ kind: 'company' })).toMatchObject({ kind: 'company' })
  })

  it.each<[Partial<NewAccount>, string, string]>([
    [{ name: '' }, 'name', 'empty'],
    [{ name: ' \t ' }, 'name', 'empty'],
    [{ name: 'x'.repeat(201) }, 'name', 'too-long'],
    [{ name: 'evil\u202Etxt' }, 'name', 'control-character'],
    [{ name: 'two\nlines' }, 'name', 'control-character'],
    [{ apiKey: new Secret(' \n ') }, 'apiKey', 'empty'],
    [{ apiKey: new Secret('two\nkeys') }, 'apiKey', 'inner-whitespace'],
    [{ apiKey: new Secret('k'.repeat(5_000)) }, 'apiKey', 'too-long'],
    [{ environmentId: 'nowhere' as EnvironmentId }, 'environmentId', 'unknown'],
    [{ partnerId: 'nobody' as AccountId }, 'partnerId', 'unknown'],
  ])('with %j is refused at its field, before anything is sent', async (input, field, reason) => {
    const office = await BackOffice.open()
    const answer = await office.accounts.add(await typed(office, input))
    expect(answer).toEqual({ ok: false, error: { code: 'bad-fields', fields: [{ field, reason }] } })
    expect(office.service.requests).toHaveLength(0)
  })

  it('tells of all fields at once', async () => {
    const office = await BackOffice.open()
    const answer = await office.accounts.add(await typed(office, { name: '', apiKey: new Secret('') }))
    expect(answer).toMatchObject({ error: { fields: [{ field: 'name' }, { field: 'apiKey' }] } })
  })

  it('trims the line breaks that came with a pasted key, and keeps long right-to-left names', async () => {
    const office = await BackOffice.open()
    const name = 'ש'.repeat(200)
    const added = unwrap(
      await office.accounts.add(await typed(office, { name, apiKey: new Secret('\r\n good-key \n') })),
    )
    expect(added.name).toBe(name)
    expect(office.service.requests[0]?.secret).toBe('good-key')
  })

  it('takes a name only once in an environment, however it is spelt', async () => {
    const office = await BackOffice.open()
    await office.add({ name: 'Café' })
    const again = await office.accounts.add(await typed(office, { name: ' CAFE\u0301 ' }))
    expect(again).toMatchObject({ error: { fields: [{ field: 'name', reason: 'duplicate' }] } })
    const elsewhere = await typed(office, { name: 'Café', environmentId: await office.environment('Other') })
    expect(await office.accounts.add(elsewhere)).toMatchObject({ ok: true })
  })

  it('with a refused key keeps nothing and says so', async () => {
    const office = await BackOffice.open()
    const answer = await office.accounts.add(await typed(office, { apiKey: new Secret('wrong-key') }))
    expect(answer).toEqual({
      ok: false,
      error: { code: 'problem', problem: { code: 'key-refused', status: 401 } },
    })
    expect(office.records.files.size).toBe(0)
  })

  it('sends nothing when the account could not be stored', async () => {
    const office = await BackOffice.open()
    const input = await typed(office)
    office.records.full = true
    expect(await office.accounts.add(input)).toMatchObject({
      error: { problem: { code: 'storage-unwritable', afterAnswer: false } },
    })
    expect(office.service.requests).toHaveLength(0)
  })
})

describe('copying a JWT', () => {
  it('empties the clipboard after the time in the settings', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    unwrap(await office.jwts.copy(id, null))
    expect(office.clipboard.text).toBe('jwt-1')
    await office.time.advance(30 * SECOND - 1)
    expect(office.clipboard.text).toBe('jwt-1')
    await office.time.advance(1)
    expect(office.clipboard.text).toBe('')
  })

  it('leaves the clipboard alone when something else is in it by then', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    unwrap(await office.jwts.copy(id, null))
    office.clipboard.text = 'a shopping list'
    await office.time.advance(30 * SECOND)
    expect(office.clipboard.text).toBe('a shopping list')
  })

  it('starts the time anew with each copy', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    unwrap(await office.jwts.copy(id, null))
    await office.time.advance(20 * SECOND)
    unwrap(await office.jwts.copy(id, null))
    await office.time.advance(20 * SECOND)
    expect(office.clipboard.text).toBe('jwt-1')
  })

  it('does not empty the clipboard of what is copied while it looks', async () => {
    const office = await BackOffice.open()
    const first = await office.add({ name: 'First' })
    const second = await office.add({ name: 'Second' })
    unwrap(await office.jwts.copy(first.id, null))
    let copied: Promise<unknown> = Promise.resolve()
    office.clipboard.whileReading = () => (copied = office.jwts.copy(second.id, null))
    await office.time.advance(30 * SECOND)
    await copied
    expect(office.clipboard.text).toBe('jwt-2')
  })

  it('leaves it there as long as the app runs when the user wants that', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.settingsStore.change({ clipboardClearMs: null })
    unwrap(await office.jwts.copy(id, null))
    await office.time.advance(DAY)
    expect(office.clipboard.text).toBe('jwt-1')
  })

  it('puts nothing there when no JWT with enough life is to be had', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.mishap = () => ({ lose: 'request' })
    await office.time.advance(DAY - 60 * SECOND)
    expect(await office.jwts.copy(id, null)).toMatchObject({ error: { problem: { code: 'unreachable' } } })
    expect(office.clipboard.text).toBe('')
  })
})

describe('changing an account', () => {
  it('renames it, also while it renews, and keeps what the renewal brought', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.hold()
    const renewal = office.accounts.renew(id)
    await settle()
    unwrap(await office.accounts.edit(id, { name: 'ACME Ltd' }))
    office.service.release()
    unwrap(await renewal)
    const restarted = await office.restart()
    expect(restarted.summary(id).name).toBe('ACME Ltd')
    expect(await restarted.sessions.liveJwt(id, 0)).toMatchObject({
      ok: true,
      value: { jwt: new Secret('jwt-2') },
    })
  })

  it('corrects its type, and frees the companies of what is no partner any more', async () => {
    const office = await BackOffice.open()
    const partner = await office.add({ name: 'Partner' })
    const company = await office.add({ name: 'Company', refreshes: false, partnerId: partner.id })
    unwrap(await office.accounts.edit(partner.id, { kind: 'company' }))
    expect(office.summary(company.id).partnerId).toBeNull()
  })

  it('never puts an account under itself, a company or a stranger to its environment', async () => {
    const office = await BackOffice.open()
    const partner = await office.add({ name: 'Partner' })
    const company = await office.add({ name: 'Company', refreshes: false })
    const stranger = await office.add({ name: 'Stranger', environmentId: await office.environment('Other') })
    const refused = { error: { fields: [{ field: 'partnerId', reason: 'unknown' }] } }
    expect(await office.accounts.edit(partner.id, { partnerId: partner.id })).toMatchObject(refused)
    expect(await office.accounts.edit(partner.id, { partnerId: company.id })).toMatchObject(refused)
    expect(await office.accounts.edit(company.id, { partnerId: stranger.id })).toMatchObject(refused)
  })

  it('removing a partner keeps its companies, and costs one removal', async () => {
    const office = await BackOffice.open()
    const partner = await office.add({ name: 'Partner' })
    const company = await office.add({ name: 'Company', refreshes: false, partnerId: partner.id })
    const writes = office.records.writes.length
    unwrap(await office.removals.removeNow(partner.id))
    expect(office.records.writes).toHaveLength(writes)
    expect(office.changes).toContain(company.id)
    expect((await office.restart()).summary(company.id).partnerId).toBeNull()
  })

  it('of one that is gone says so', async () => {
    const office = await BackOffice.open()
    const gone = 'gone' as AccountId
    const notFound = { ok: false, error: { code: 'not-found', what: 'account' } }
    expect(await office.accounts.edit(gone, { name: 'X' })).toEqual(notFound)
    expect(await office.removals.removeNow(gone)).toEqual(notFound)
    expect(await office.jwts.copy(gone, null)).toEqual(notFound)
    expect(await office.accounts.renew(gone)).toEqual(notFound)
    expect(await office.accounts.enterApiKey(gone, new Secret('key'), false)).toEqual(notFound)
  })
})

describe('adding an environment', () => {
  it('normalises its base URL', async () => {
    const office = await BackOffice.open()
    const input = { name: 'Own', baseUrl: ' https://api.example.com/ ', production: true }
    expect(unwrap(await office.environments.add(input))).toMatchObject({
      baseUrl: 'https://api.example.com',
      colour: 'violet',
    })
  })

  it('refuses what makes no sense, at its field', async () => {
    const office = await BackOffice.open()
    await office.environment('Sandbox')
    expect(
      await office.environments.add({ name: 'sandbox', baseUrl: 'http://example.com', production: false }),
    ).toEqual({
      ok: false,
      error: {
        code: 'bad-fields',
        fields: [
          { field: 'name', reason: 'duplicate' },
          { field: 'baseUrl', reason: 'not-https' },
        ],
      },
    })
  })
})
