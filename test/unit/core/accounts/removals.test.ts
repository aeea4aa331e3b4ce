import { beforeEach, describe, expect, it } from 'vitest'
import type { AccountId } from '../../../../electron/shared/account'
import { Secret } from '../../../../electron/shared/secret'
import { UNDO_REMOVAL_MS } from '../../../../electron/shared/undo'
import { BackOffice, unwrap } from '../../../support/back-office'

const HOUR = 3_600_000

/** Ids of removals that have ended, and whether they were carried out. */
interface Ended {
  readonly id: AccountId
  readonly isDeleted: boolean
}

describe('a removal', () => {
  let ended: Ended[]
  let office: BackOffice
  let id: AccountId

  beforeEach(async () => {
    ended = []
    office = await BackOffice.open({
      listen: (events) => {
        events.on('removalEnded', ({ id: of, isDeleted }) => void ended.push({ id: of, isDeleted }))
      },
    })
    id = (await office.add()).id
  })

  function remove(): void {
    unwrap(office.removals.begin(id))
  }

  it('hides the account at once, and wipes its record only when it can no longer be undone', async () => {
    const file = office.records.files.get(id)
    remove()
    expect(office.accounts.summary(id)).toBeUndefined()
    expect(office.accounts.ids()).toEqual([])
    expect(office.changes.at(-1)).toBe(id)
    await office.time.advance(UNDO_REMOVAL_MS - 1)
    expect(office.records.files.get(id)).toBe(file)
    expect(ended).toEqual([])
    await office.time.advance(1)
    expect(office.records.files.has(id)).toBe(false)
    expect(ended).toEqual([{ id, isDeleted: true }])
  })

  it('can be undone until then: the account is as it was, and stays', async () => {
    const before = office.summary(id)
    remove()
    await office.time.advance(UNDO_REMOVAL_MS - 1)
    expect(office.removals.undo([id])).toEqual({ restored: [before], nameTaken: [] })
    await office.time.advance(HOUR)
    expect(office.summary(id).name).toBe('ACME')
    expect(ended).toEqual([])
    expect((await office.jwts.copy(id, null)).ok).toBe(true)
  })

  it('can’t be undone any more once it has ended', async () => {
    remove()
    await office.time.advance(UNDO_REMOVAL_MS)
    expect(office.removals.undo([id])).toEqual({ restored: [], nameTaken: [] })
  })

  it('lets a crash delete nothing: the account is there again', async () => {
    remove()
    const restarted = await office.crash()
    expect(restarted.summary(id).name).toBe('ACME')
    await restarted.time.advance(HOUR)
    expect((await restarted.jwts.copy(id, null)).ok).toBe(true)
  })

  it('is finished by quitting', async () => {
    remove()
    await office.quit()
    expect(office.records.files.has(id)).toBe(false)
  })

  it('gives the account no renewals while it is pending, and what was due follows when it is undone', async () => {
    unwrap(await office.accounts.edit(id, { policy: { jwt: 'keep-live' } }))
    const jwt = office.summary(id).jwt
    await office.time.advance((jwt?.expiresAt ?? 0) - office.time.now() - 5 * 60_000 - 5_000)
    const asked = office.service.requests.length
    remove()
    await office.time.advance(UNDO_REMOVAL_MS - 1)
    expect(await office.accounts.renew(id)).toEqual({
      ok: false,
      error: { code: 'not-found', what: 'account' },
    })
    expect(office.service.requests.length).toBe(asked)
    office.removals.undo([id])
    await office.time.advance(1_000)
    expect(office.service.requests.length).toBe(asked + 1)
  })

  it('loses no token that the service replaces meanwhile', async () => {
    office.service.hold()
    const renewal = office.accounts.renew(id)
    await office.time.advance(0)
    remove()
    office.service.release()
    await renewal
    office.removals.undo([id])
    unwrap(await office.accounts.renew(id))
    expect(office.status(id)).toBe('live')
  })

  it('keeps what was shown and snoozed of the account, in case it comes back', async () => {
    office.useCases.notifications.remindTomorrow([id])
    const { remindAgainAt } = office.summary(id)
    expect(remindAgainAt).not.toBeNull()
    remove()
    await office.time.advance(1_000)
    office.removals.undo([id])
    expect(office.summary(id).remindAgainAt).toBe(remindAgainAt)
  })

  it('leaves companies without their partner until it is undone', async () => {
    const company = await office.add({ name: 'Alder', kind: 'company', partnerId: id, refreshes: false })
    remove()
    expect(office.summary(company.id).partnerId).toBeNull()
    office.removals.undo([id])
    expect(office.summary(company.id).partnerId).toBe(id)
  })

  it('frees the name at once; it comes back only while no other account has it', async () => {
    remove()
    const other = await office.add()
    expect(office.removals.undo([id])).toEqual({ restored: [], nameTaken: ['ACME'] })
    await office.time.advance(UNDO_REMOVAL_MS)
    expect(office.accounts.ids()).toEqual([other.id])
    expect(office.records.files.has(id)).toBe(false)
  })

  it('is finished when its environment is removed', async () => {
    const { environmentId } = office.summary(id)
    remove()
    unwrap(await office.environments.remove(environmentId))
    expect(office.records.files.has(id)).toBe(false)
    expect(ended).toEqual([{ id, isDeleted: true }])
  })

  it('that the disk refuses in the end brings the account back and says so', async () => {
    remove()
    office.records.full = true
    await office.time.advance(UNDO_REMOVAL_MS)
    expect(ended).toEqual([{ id, isDeleted: false }])
    expect(office.summary(id).name).toBe('ACME')
  })

  it('ends early for an account that a backup has brought back', async () => {
    const { transfer } = office.useCases
    const passphrase = new Secret('correct horse battery')
    unwrap(await transfer.backUp(passphrase))
    remove()
    const [backup] = [...office.dialogs.saved.values()]
    if (!(backup instanceof Uint8Array)) throw new Error('nothing was saved')
    office.dialogs.chosen = { name: 'backup', bytes: backup }
    unwrap(await transfer.chooseBackup())
    unwrap(await transfer.restore(passphrase))
    await office.time.advance(UNDO_REMOVAL_MS)
    expect(office.accounts.ids()).toHaveLength(1)
    expect((await office.jwts.copy(id, null)).ok).toBe(true)
  })
})
