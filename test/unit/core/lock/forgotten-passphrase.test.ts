/** A forgotten passphrase costs all secrets, wherever they lie, and nothing else. */
import { describe, expect, it } from 'vitest'
import { StorageUnwritableError } from '../../../../electron/core/base/errors'
import type { AccountId } from '../../../../electron/shared/account'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'
const PASSPHRASE = new Secret('correct horse battery staple')

async function open(): Promise<BackOffice> {
  const office = await BackOffice.open()
  await office.useCases.lock.setPassphrase(PASSPHRASE, new Secret(''))
  return office
}

describe('a forgotten passphrase', () => {
  /** Everything that the disk has of accounts. */
  function onDisk({ records }: BackOffice): string {
    return [...records.files.values(), ...[...records.aside.values()].map(({ text }) => text)].join('\n')
  }

  async function forget(office: BackOffice): Promise<void> {
    office.useCases.lock.lock()
    await office.useCases.lock.resetLock()
  }

  it('leaves no encrypted secret in a quarantined or kept file, and loses no account', async () => {
    const before = await open()
    const hurt = await before.add({ name: 'Hurt' })
    const lost = await before.add({ name: 'Lost' })
    const kept = await before.add({ name: 'Kept' })
    const text = (id: AccountId): string => before.records.files.get(id) ?? ''
    before.records.keepCopy(kept.id, 'before-migration')
    before.records.files.set(hurt.id, text(hurt.id).replace('"kind":', '"knid":'))
    before.records.files.set(lost.id, text(lost.id).replace('"environment":', '"environs":'))
    const office = await before.restart()
    expect(onDisk(office)).toContain('sealed')
    await forget(office)
    expect(onDisk(office)).not.toContain('sealed')
    const again = await office.restart()
    expect([hurt, lost, kept].map(({ id }) => [again.summary(id).name, again.status(id)])).toEqual([
      ['Hurt', 'needs-key'],
      ['Lost', 'locked'],
      ['Kept', 'needs-key'],
    ])
  })

  it('lets others run between a few records, and forgets what they store meanwhile, too', async () => {
    const office = await open()
    const ids: AccountId[] = []
    for (let nth = 0; nth < 20; nth += 1) ids.push((await office.add({ name: `Company ${String(nth)}` })).id)
    const before = office.records.writes.length
    const forgotten = forget(office)
    for (let nth = 0; nth < 1_000 && office.records.writes.length === before; nth += 1)
      await Promise.resolve()
    expect(office.records.writes.length - before).toBeLessThan(10)
    const [first = '' as AccountId] = ids
    // Its record has been written without a session by now, and gets one back.
    expect(office.records.files.get(first)).not.toContain('sealed')
    unwrap(await office.accounts.renew(first))
    expect(office.records.files.get(first)).toContain('sealed')
    await office.time.advance(1_000)
    await forgotten
    expect(onDisk(office)).not.toContain('sealed')
    expect(ids.map((id) => office.status(id))).toEqual(ids.map(() => 'needs-key'))
  })

  it('wins against a renewal, an added account and an entered key under way', async () => {
    const office = await open()
    const renewed = await office.add({ name: 'Renewed' })
    const keyed = await office.add({ name: 'Keyed' })
    office.service.hold()
    const under = [
      office.accounts.renew(renewed.id),
      office.accounts.enterApiKey(keyed.id, new Secret(keyOf('Keyed')), true),
      office.add({ name: 'Added' }).catch(() => null),
    ]
    await office.time.advance(0)
    await forget(office)
    office.service.release()
    await Promise.all(under)
    expect(onDisk(office)).not.toContain('sealed')
    for (const { id } of [renewed, keyed]) {
      expect(office.summary(id)).toMatchObject({ jwt: null, refreshToken: null, remembersApiKey: false })
    }
    expect(office.accounts.summaries()).toHaveLength(2)
  })

  describe('on a disk that refuses', () => {
    /** Tries to forget everything, which the disk refuses; then the disk takes everything again. */
    async function forgetInVain(office: BackOffice): Promise<void> {
      office.useCases.lock.lock()
      office.records.full = true
      await expect(office.useCases.lock.resetLock()).rejects.toThrow('ENOSPC')
      office.records.full = false
    }

    it('loses nothing of a renewal, an added account and an entered key under way', async () => {
      const office = await open()
      const renewed = await office.add({ name: 'Renewed' })
      const keyed = await office.add({ name: 'Keyed' })
      office.service.hold()
      const under = [
        office.accounts.renew(renewed.id),
        office.accounts.enterApiKey(keyed.id, new Secret(keyOf('Keyed')), true),
        office.add({ name: 'Added' }),
      ]
      await office.time.advance(0)
      await forgetInVain(office)
      office.service.release()
      await Promise.all(under)
      const again = await office.crash()
      expect(again.useCases.lock.isLocked).toBe(true)
      expect(again.accounts.summaries().map(({ id }) => again.status(id))).toEqual(['live', 'live', 'live'])
      for (const { id } of again.accounts.summaries())
        expect(await again.accounts.renew(id)).toMatchObject({ ok: true })
    })

    it('loses no session that was granted and still waits for the disk', async () => {
      const office = await open()
      const { id } = await office.add()
      office.service.answered = () => (office.records.full = true)
      expect(await office.accounts.renew(id)).toMatchObject({ ok: false })
      office.service.answered = () => undefined
      await forgetInVain(office)
      const again = await office.restart()
      expect(await again.accounts.renew(id)).toMatchObject({ ok: true })
    })

    it('puts back, too, what it has done of a write that it refused', async () => {
      const office = await open()
      for (const name of ['One', 'Two', 'Three']) await office.add({ name })
      const { records } = office
      const write = records.write.bind(records)
      let count = 0
      records.write = (id, record) => {
        count += 1
        write(id, record)
        if (count === 2) throw new StorageUnwritableError('EIO', { mayBeThere: true })
      }
      await expect(forget(office)).rejects.toThrow('EIO')
      const again = await office.crash()
      expect(again.accounts.summaries().map(({ id }) => again.status(id))).toEqual(['live', 'live', 'live'])
    })

    it('keeps a record that the system did not let us read', async () => {
      const before = await open()
      const { id } = await before.add()
      const whole = before.records.files.get(id) ?? ''
      before.records.unreadable.add(id)
      const office = await before.restart()
      office.records.removeCopies = () => {
        throw new StorageUnwritableError('EIO')
      }
      await expect(forget(office)).rejects.toThrow('EIO')
      expect(onDisk(office)).toContain(whole)
    })

    it('puts back what it had forgotten when it refuses half-way', async () => {
      const office = await open()
      const names = ['One', 'Two', 'Three']
      for (const name of names) await office.add({ name })
      office.useCases.lock.lock()
      const write = office.records.write.bind(office.records)
      let left = 2
      office.records.write = (id, record) => {
        // The third record is refused, once.
        if (left-- === 0) throw new StorageUnwritableError('EIO')
        write(id, record)
      }
      await expect(office.useCases.lock.resetLock()).rejects.toThrow('EIO')
      const again = await office.crash()
      expect(again.accounts.summaries().map(({ id }) => again.status(id))).toEqual(['live', 'live', 'live'])
    })

    it('puts it back at the end where it went on refusing', async () => {
      const office = await open()
      for (const name of ['One', 'Two']) await office.add({ name })
      office.useCases.lock.lock()
      const write = office.records.write.bind(office.records)
      let left = 1
      office.records.write = (id, record) => {
        if (left-- <= 0) throw new StorageUnwritableError('EIO')
        write(id, record)
      }
      await expect(office.useCases.lock.resetLock()).rejects.toThrow('EIO')
      expect(office.accounts.summaries().map(({ id }) => office.status(id))).toEqual(['live', 'live'])
      office.records.write = write
      const again = await office.restart()
      expect(again.accounts.summaries().map(({ id }) => again.status(id))).toEqual(['live', 'live'])
    })

    it('lets a running import continue', async () => {
      const office = await open()
      await office.environment()
      const { imports } = office.useCases
      const names = Array.from({ length: 20 }, (_, n) => `Company ${String(n)}`)
      for (const name of names) office.service.addKey(keyOf(name))
      const lines = names.map((name) => `${name},Sandbox,${keyOf(name)}`)
      const previewing = imports.preview(['name,environment,apiKey', ...lines].join('\n'))
      await office.time.advance(1_000)
      const preview = unwrap(await previewing)
      if (!preview.ok) throw new Error('the preview failed')
      office.service.hold()
      const run = imports.run(preview.planId)
      await office.time.advance(100)
      await forgetInVain(office)
      office.service.release()
      await office.time.advance(1_000)
      await run
      const statuses = office.accounts.summaries().map(({ id }) => office.status(id))
      expect(statuses).toEqual(names.map(() => 'live'))
    })
  })

  it('wins against what a full disk kept waiting', async () => {
    const office = await open()
    const { id } = await office.add()
    office.service.answered = () => (office.records.full = true)
    expect(await office.accounts.renew(id)).toMatchObject({ ok: false })
    office.records.full = false
    await forget(office)
    await office.quit()
    expect(onDisk(office)).not.toContain('sealed')
  })

  it('wins against a backup that is being restored', async () => {
    const other = await open()
    await other.add()
    unwrap(await other.useCases.transfer.backUp(PASSPHRASE))
    const [bytes] = other.dialogs.saved.values()
    if (!(bytes instanceof Uint8Array)) throw new Error('no backup')
    const office = await open()
    office.dialogs.chosen = { name: 'a.tokendesk', bytes }
    await office.useCases.transfer.chooseBackup()
    const restoring = office.useCases.transfer.restore(PASSPHRASE)
    await forget(office)
    await restoring
    expect(onDisk(office)).not.toContain('sealed')
  })

  it('starts nothing more of an import under way, and keeps nothing of what it had begun', async () => {
    const office = await open()
    await office.environment()
    const names = Array.from({ length: 40 }, (_, n) => `Company ${String(n)}`)
    for (const name of names) office.service.addKey(keyOf(name))
    const lines = names.map((name) => `${name},Sandbox,${keyOf(name)}`)
    const { imports } = office.useCases
    const previewing = imports.preview(['name,environment,apiKey', ...lines].join('\n'))
    await office.time.advance(1_000)
    const preview = unwrap(await previewing)
    if (!preview.ok) throw new Error('the preview failed')
    office.service.hold()
    const run = imports.run(preview.planId)
    await office.time.advance(100)
    const begun = office.service.requests.length
    await forget(office)
    office.service.release()
    await office.time.advance(1_000)
    await run
    expect(begun).toBeGreaterThan(0)
    expect(office.service.requests).toHaveLength(begun)
    expect(office.accounts.summaries()).toEqual([])
  })
})
