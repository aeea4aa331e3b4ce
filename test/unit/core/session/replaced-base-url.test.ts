/** An address that was replaced is never used again without a person's word, whatever file is lost. */
import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../../electron/shared/account'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'

const DAY = 86_400_000
const OLD_URL = 'https://api.example.com'
const NEW_URL = 'https://new.example.com'

/** Where secrets went from now on. */
function targetsOf(office: BackOffice): string[] {
  const targets: string[] = []
  office.service.mishap = (_request, _index, target) => {
    targets.push(target.baseUrl)
    return null
  }
  return targets
}

async function withReplacedAddress(): Promise<{ office: BackOffice; ids: AccountId[] }> {
  const office = await BackOffice.open()
  const ids: AccountId[] = []
  for (const name of ['ACME', 'Beta', 'Gamma', 'Delta', 'Epsilon', 'Zeta']) {
    ids.push((await office.add({ name, rememberApiKey: true })).id)
  }
  unwrap(await office.environments.edit(await office.environment(), { baseUrl: NEW_URL }))
  return { office, ids }
}

describe('after an address was replaced', () => {
  it('every account file follows, a few at a time', async () => {
    const { office, ids } = await withReplacedAddress()
    const written = office.records.writes.length
    await office.time.advance(0)
    expect(office.records.writes.length - written).toBe(ids.length)
    for (const id of ids) expect(office.records.files.get(id)).not.toContain(OLD_URL)
  })

  it('files that had no time to follow do so after the next start', async () => {
    const { office, ids } = await withReplacedAddress()
    const restarted = await office.crash()
    expect(restarted.records.files.get(ids[0] as AccountId)).toContain(OLD_URL)
    await restarted.time.advance(0)
    for (const id of ids) expect(restarted.records.files.get(id)).not.toContain(OLD_URL)
  })

  it('a disk that refuses is tried again', async () => {
    const { office, ids } = await withReplacedAddress()
    office.records.full = true
    await office.time.advance(0)
    office.records.full = false
    await office.time.advance(60_000)
    for (const id of ids) expect(office.records.files.get(id)).not.toContain(OLD_URL)
  })

  it('nothing goes to the old one when the file with the environments is lost before the others have followed', async () => {
    const { office, ids } = await withReplacedAddress()
    const targets = targetsOf(office)
    office.stateStore.text = '\0\0\0\0'
    const restarted = await office.crash()
    await restarted.time.advance(2 * DAY)
    const [id] = ids as [AccountId]
    expect(await restarted.accounts.renew(id)).toMatchObject({
      error: { problem: { code: 'address-to-confirm' } },
    })
    expect(await restarted.jwts.copy(id, null)).toMatchObject({
      error: { problem: { code: 'address-to-confirm' } },
    })
    expect(await restarted.accounts.enterApiKey(id, new Secret(keyOf('ACME')), true)).toMatchObject({
      error: { problem: { code: 'address-to-confirm' } },
    })
    expect(
      await restarted.accounts.add({
        name: 'New',
        environmentId: restarted.summary(id).environmentId,
        apiKey: new Secret('some-key'),
        kind: 'detect',
        partnerId: null,
        rememberApiKey: false,
      }),
    ).toMatchObject({ error: { problem: { code: 'address-to-confirm' } } })
    restarted.useCases.networkIsBack()
    await restarted.time.advance(2 * DAY)
    expect(targets).toEqual([])
  })
})

describe('an address that was read from copies', () => {
  async function withLostState(): Promise<{ office: BackOffice; id: AccountId }> {
    const before = await BackOffice.open()
    const { id } = await before.add()
    before.stateStore.text = 'damaged'
    return { office: await before.restart(), id }
  }

  it('waits for a person, and accounts that would renew show that they wait, not that they failed', async () => {
    const { office, id } = await withLostState()
    unwrap(await office.accounts.edit(id, { policy: { jwt: 'keep-live' } }))
    await office.time.advance(2 * DAY)
    expect(office.environmentStore.all[0]).toMatchObject({ baseUrl: OLD_URL, addressConfirmed: false })
    expect(office.summary(id)).toMatchObject({
      problem: { code: 'address-to-confirm' },
      renewal: { phase: 'idle' },
    })
    expect(office.status(id)).toBe('renewable')
    expect(office.traySummary.attention).toBe(0)
    expect(office.service.requests).toHaveLength(1)
    expect(await office.useCases.activity.entries(id)).not.toContainEqual(
      expect.objectContaining({ what: expect.objectContaining({ kind: 'failed' }) as unknown }),
    )
  })

  it('leaves live JWTs to be copied', async () => {
    const { office, id } = await withLostState()
    expect(await office.jwts.copy(id, null)).toMatchObject({ ok: true })
  })

  it('is used once it is confirmed, and waiting accounts continue automatically', async () => {
    const { office, id } = await withLostState()
    unwrap(await office.accounts.edit(id, { policy: { jwt: 'keep-live' } }))
    await office.time.advance(2 * DAY)
    const targets = targetsOf(office)
    unwrap(await office.environments.confirmAddress(office.summary(id).environmentId, OLD_URL))
    await office.time.advance(1000)
    expect(targets).toEqual([OLD_URL])
    expect(office.status(id)).toBe('live')
    const restarted = await office.restart()
    expect(restarted.environmentStore.all[0]?.addressConfirmed).toBe(true)
  })

  it('can be corrected on that occasion', async () => {
    const { office, id } = await withLostState()
    const { environmentId } = office.summary(id)
    expect(await office.environments.confirmAddress(environmentId, 'http://x.example')).toMatchObject({
      error: { fields: [{ field: 'baseUrl', reason: 'not-https' }] },
    })
    unwrap(await office.environments.confirmAddress(environmentId, `${NEW_URL}/`))
    const targets = targetsOf(office)
    unwrap(await office.accounts.renew(id))
    expect(targets).toEqual([NEW_URL])
  })

  it('is not confirmed by a change of something else, nor by a restart', async () => {
    const { office, id } = await withLostState()
    const { environmentId } = office.summary(id)
    unwrap(await office.environments.edit(environmentId, { name: 'Other', baseUrl: OLD_URL }))
    expect((await office.restart()).environmentStore.all[0]?.addressConfirmed).toBe(false)
  })

  it('is to be confirmed also where the file is older than the records', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const old = office.stateStore.text
    unwrap(await office.environments.edit(await office.environment(), { baseUrl: NEW_URL }))
    await office.time.advance(0)
    office.stateStore.text = old
    const restarted = await office.restart()
    expect(restarted.environmentStore.all[0]).toMatchObject({ baseUrl: NEW_URL, addressConfirmed: false })
    expect(restarted.summary(id).problem).toEqual({ code: 'address-to-confirm' })
  })
})

it('a backup with an address that was replaced since brings it back only to be confirmed', async () => {
  const office = await BackOffice.open()
  await office.add()
  const { transfer } = office.useCases
  unwrap(await transfer.backUp(new Secret('correct horse battery')))
  unwrap(await office.environments.edit(await office.environment(), { baseUrl: NEW_URL }))
  const [[name, bytes] = ['', '']] = office.dialogs.saved
  office.dialogs.chosen = { name, bytes: bytes as Uint8Array }
  unwrap(await transfer.chooseBackup())
  unwrap(await transfer.restore(new Secret('correct horse battery')))
  expect(
    office.environmentStore.all.map(({ baseUrl, addressConfirmed }) => [baseUrl, addressConfirmed]),
  ).toEqual([
    [NEW_URL, true],
    [OLD_URL, false],
  ])
})
