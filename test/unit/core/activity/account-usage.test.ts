import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../../electron/shared/account'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, unwrap } from '../../../support/back-office'

const MINUTE = 60_000

/** The account's record as it lies on disk. */
function recordOf(office: BackOffice, id: AccountId): Record<string, unknown> {
  return JSON.parse(office.records.files.get(id) ?? '{}') as Record<string, unknown>
}

/** The account's record as the build before wrote it, with its counts inside. */
function asOfVersion4(office: BackOffice, id: AccountId, usage: object | null, copyFormat: string | null) {
  office.records.files.set(id, JSON.stringify({ ...recordOf(office, id), version: 4, usage, copyFormat }))
}

describe('a copy of a live JWT', () => {
  it('writes no record, neither at once nor later', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const before = office.records.writes.length
    unwrap(await office.jwts.copy(id, 'header'))
    await office.time.advance(10 * MINUTE)
    await office.quit()
    expect(office.records.writes.slice(before)).toEqual([])
    expect(Object.keys(recordOf(office, id))).not.toEqual(expect.arrayContaining(['usage', 'copyFormat']))
  })

  it('is counted in a file of its own, which is written once for many copies', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    for (let nth = 0; nth < 5; nth += 1) unwrap(await office.jwts.copy(id, 'header'))
    expect(office.usageStore.text).toBeNull()
    await office.time.advance(MINUTE)
    expect(office.usageStore.writes).toBe(1)
    const crashed = await office.crash()
    expect(crashed.summary(id)).toMatchObject({ copyFormat: 'header', usage: { copies: 5 } })
  })

  it('is counted on the disk at suspend and at quit', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    unwrap(await office.jwts.copy(id, null))
    office.useCases.suspended()
    expect((await office.crash()).summary(id).usage?.copies).toBe(1)
    unwrap(await office.jwts.copy(id, null))
    expect((await office.restart()).summary(id).usage?.copies).toBe(2)
  })

  it('succeeds on a disk that refuses its count, which is written when the disk is well', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.usageStore.full = true
    unwrap(await office.jwts.copy(id, null))
    await office.time.advance(MINUTE)
    expect(office.summary(id).usage?.copies).toBe(1)
    office.usageStore.full = false
    expect((await office.restart()).summary(id).usage?.copies).toBe(1)
  })
})

describe('a usage file that is lost or makes no sense', () => {
  it.each([
    ['lost', null],
    ['cut short', '{"version":1,"accou'],
    ['of another shape', '{"version":1,"accounts":{"x":1}}'],
    ['of a newer version', '{"version":9,"accounts":{}}'],
  ])('costs the counts and nothing else: %s', async (_, text) => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    unwrap(await office.jwts.copy(id, null))
    await office.quit()
    office.usageStore.text = text
    const restarted = await BackOffice.open({ after: office })
    expect(restarted.loaded.damaged).toEqual([])
    expect(restarted.useCases.stateDocument.repair).toBeNull()
    expect(restarted.summary(id)).toMatchObject({ usage: null, copyFormat: null, problem: null })
    unwrap(await restarted.jwts.copy(id, null))
    expect((await restarted.restart()).summary(id).usage?.copies).toBe(1)
  })
})

describe('counts in the records of an earlier build', () => {
  it('are taken over once, and no record is rewritten for that', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.quit()
    asOfVersion4(office, id, { lastAt: 5, copies: 7 }, 'httpie')
    const before = office.records.writes.length
    const updated = await BackOffice.open({ after: office })
    expect(updated.summary(id)).toMatchObject({ usage: { lastAt: 5, copies: 7 }, copyFormat: 'httpie' })
    unwrap(await updated.jwts.copy(id, null))
    const again = await updated.restart()
    expect(again.summary(id)).toMatchObject({ usage: { copies: 8 }, copyFormat: 'httpie' })
    expect(office.records.writes.slice(before)).toEqual([])
  })

  it('stay when the record is written anew', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.quit()
    asOfVersion4(office, id, { lastAt: 5, copies: 7 }, 'httpie')
    const updated = await BackOffice.open({ after: office })
    unwrap(await updated.accounts.edit(id, { pinned: true }))
    const again = await updated.restart()
    expect(again.summary(id)).toMatchObject({ pinned: true, usage: { copies: 7 }, copyFormat: 'httpie' })
  })

  it('that make no sense don’t harm the account', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.quit()
    asOfVersion4(office, id, { lastAt: 'yesterday' }, 'papyrus')
    const updated = await BackOffice.open({ after: office })
    expect(updated.loaded.damaged).toEqual([])
    expect(updated.status(id)).toBe('live')
    expect(updated.summary(id).usage).toBeNull()
  })
})

it('the count of a removed account is gone with it', async () => {
  const office = await BackOffice.open()
  const { id } = await office.add()
  unwrap(await office.jwts.copy(id, null))
  office.useCases.suspended()
  expect(office.usageStore.text).toContain(id)
  unwrap(await office.removals.removeNow(id))
  await office.quit()
  expect(office.usageStore.text).not.toContain(id)
})

it('a removal that a crash cut short leaves no count behind', async () => {
  const office = await BackOffice.open()
  const { id } = await office.add()
  const other = await office.add({ name: 'Other' })
  unwrap(await office.jwts.copy(id, null))
  office.useCases.suspended()
  unwrap(await office.removals.removeNow(id))
  const crashed = await office.crash()
  unwrap(await crashed.jwts.copy(other.id, null))
  await crashed.quit()
  expect(crashed.usageStore.text).not.toContain(id)
})

it('a backup takes the counts along, and restoring gives them back', async () => {
  const office = await BackOffice.open()
  const { id } = await office.add()
  unwrap(await office.jwts.copy(id, 'httpie'))
  const passphrase = new Secret('four words are enough')
  unwrap(await office.useCases.transfer.backUp(passphrase))
  const other = await BackOffice.open()
  other.dialogs.chosen = {
    name: 'b',
    bytes: office.dialogs.saved.get('tokendesk-backup.tokendesk') as Uint8Array,
  }
  unwrap(await other.useCases.transfer.chooseBackup())
  unwrap(await other.useCases.transfer.restore(passphrase))
  const restarted = await other.restart()
  expect(restarted.summary(id)).toMatchObject({ usage: { copies: 1 }, copyFormat: 'httpie' })
})
