import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, unwrap } from '../../../support/back-office'
import { settle } from '../../../support/fakes/fake-time'

const PASSPHRASE = new Secret('correct horse battery staple')

describe('a backup', () => {
  const WHOLE = { withoutSecrets: [], leftOut: [] }

  async function backedUp(): Promise<{ office: BackOffice; bytes: Uint8Array }> {
    const office = await BackOffice.open()
    const { id } = await office.add({ rememberApiKey: true })
    await office.add({ name: 'Company', refreshes: false, kind: 'company', partnerId: id })
    unwrap(await office.accounts.edit(id, { tags: ['north'], note: 'call first', pinned: true }))
    expect(unwrap(await office.useCases.transfer.backUp(PASSPHRASE))).toEqual(WHOLE)
    return { office, bytes: savedBy(office) }
  }

  function savedBy(office: BackOffice): Uint8Array {
    const bytes = office.dialogs.saved.get('tokendesk-backup.tokendesk')
    if (!(bytes instanceof Uint8Array)) throw new Error('no backup')
    return bytes
  }

  async function choose(office: BackOffice, bytes: Uint8Array): Promise<void> {
    office.dialogs.chosen = { name: 'backup.tokendesk', bytes }
    unwrap(await office.useCases.transfer.chooseBackup())
  }

  it('brings everything to another machine', async () => {
    const { office, bytes } = await backedUp()
    const other = await BackOffice.open()
    await choose(other, bytes)
    expect(unwrap(await other.useCases.transfer.restore(PASSPHRASE))).toEqual({
      restored: 2,
      skipped: 0,
      tookSettings: true,
      refused: [],
    })
    for (const account of office.accounts.summaries()) expect(other.summary(account.id)).toEqual(account)
    const [{ id } = { id: '' as never }] = other.accounts.summaries()
    expect(await other.useCases.activity.entries(id)).toMatchObject([{ what: { kind: 'added' } }])
    unwrap(await other.jwts.copy(id, null))
    expect(other.clipboard.text).toBe('jwt-1')
    const restarted = await other.restart()
    expect(restarted.accounts.summaries()).toHaveLength(2)
  })

  it('leaves what is here as it is, and twice makes no doubles', async () => {
    const { office, bytes } = await backedUp()
    await choose(office, bytes)
    expect(unwrap(await office.useCases.transfer.restore(PASSPHRASE))).toEqual({
      restored: 0,
      skipped: 2,
      tookSettings: false,
      refused: [],
    })
    expect(office.environmentStore.all).toHaveLength(1)
  })

  it('brings its settings to where there is no account yet, but not the answer about storage', async () => {
    const office = await BackOffice.open()
    await office.add()
    office.settingsStore.change({
      theme: 'dark',
      confirmsProductionCopy: true,
      unprotectedStorage: 'accepted',
    })
    unwrap(await office.useCases.transfer.backUp(PASSPHRASE))
    const fresh = await BackOffice.open()
    await choose(fresh, savedBy(office))
    expect(unwrap(await fresh.useCases.transfer.restore(PASSPHRASE)).tookSettings).toBe(true)
    expect(fresh.settingsStore.current).toEqual({
      ...office.settingsStore.current,
      unprotectedStorage: 'undecided',
    })

    const used = await BackOffice.open()
    await used.add({ name: 'Beta' })
    const before = used.settingsStore.current
    await choose(used, savedBy(office))
    expect(unwrap(await used.useCases.transfer.restore(PASSPHRASE)).tookSettings).toBe(false)
    expect(used.settingsStore.current).toEqual(before)
  })

  it('puts a company under its partner that is here under another id', async () => {
    const { bytes } = await backedUp()
    const other = await BackOffice.open()
    // The fakes count their ids: these two have those of the backup.
    for (const name of ['Beta', 'Gamma'])
      unwrap(await other.removals.removeNow((await other.add({ name })).id))
    const partner = await other.add({ name: 'acme' })
    await choose(other, bytes)
    expect(unwrap(await other.useCases.transfer.restore(PASSPHRASE))).toMatchObject({
      restored: 1,
      skipped: 1,
    })
    const company = other.accounts.summaries().find(({ name }) => name === 'Company')
    expect(company?.partnerId).toBe(partner.id)
  })

  it('restores partners before their companies', async () => {
    const office = await BackOffice.open()
    const { id: companyId } = await office.add({ name: 'Company', kind: 'company' })
    const partner = await office.add({ name: 'Partner' })
    unwrap(await office.accounts.edit(companyId, { partnerId: partner.id }))
    unwrap(await office.useCases.transfer.backUp(PASSPHRASE))
    const other = await BackOffice.open()
    await choose(other, savedBy(office))
    unwrap(await other.useCases.transfer.restore(PASSPHRASE))
    expect(other.summary(companyId).partnerId).toBe(partner.id)
  })

  it('knows of a renewal that was under way when it was made', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.hold()
    const renewal = office.accounts.renew(id)
    await settle()
    unwrap(await office.useCases.transfer.backUp(PASSPHRASE))
    office.service.release()
    unwrap(await renewal)
    const other = await BackOffice.open()
    await choose(other, savedBy(office))
    unwrap(await other.useCases.transfer.restore(PASSPHRASE))
    expect(other.vault.get(id)?.session?.journal).toMatchObject({ state: 'ambiguous' })
  })

  it('puts an environment of the same name and another address beside the one that is here', async () => {
    const { bytes } = await backedUp()
    const other = await BackOffice.open()
    unwrap(
      await other.environments.add({
        name: 'sandbox',
        baseUrl: 'https://elsewhere.example',
        production: true,
      }),
    )
    await choose(other, bytes)
    expect(unwrap(await other.useCases.transfer.restore(PASSPHRASE))).toEqual({
      restored: 2,
      skipped: 0,
      tookSettings: true,
      refused: [],
    })
    expect(other.environmentStore.all.map(({ name, baseUrl }) => [name, baseUrl])).toEqual([
      ['sandbox', 'https://elsewhere.example'],
      ['Sandbox (2)', 'https://api.example.com'],
    ])
  })

  it('with a wrong passphrase, or damaged, changes nothing and can be tried again', async () => {
    const { bytes } = await backedUp()
    const other = await BackOffice.open()
    await choose(other, bytes)
    expect(await other.useCases.transfer.restore(new Secret('another passphrase'))).toEqual({
      ok: false,
      error: { code: 'backup-refused', reason: 'wrong-passphrase-or-damaged' },
    })
    expect(other.vault.ids()).toEqual([])
    expect(other.environmentStore.all).toEqual([])
    unwrap(await other.useCases.transfer.restore(PASSPHRASE))
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const fresh = await BackOffice.open()
      await choose(fresh, bytes.slice(0, Math.floor((bytes.length * tenth) / 10)))
      expect(await fresh.useCases.transfer.restore(PASSPHRASE)).toMatchObject({
        error: { code: 'backup-refused' },
      })
      expect(fresh.vault.ids()).toEqual([])
    }
  })

  it('is none while the keyring opens nothing', async () => {
    const office = await BackOffice.open()
    await office.add()
    office.cipher.forgetAll()
    expect(await office.useCases.transfer.backUp(PASSPHRASE)).toEqual({
      ok: false,
      error: { code: 'nothing-opens', reason: 'cannot-decrypt' },
    })
    expect(office.dialogs.saved.size).toBe(0)
  })

  it('says which accounts are in it without their secrets', async () => {
    const office = await BackOffice.open()
    await office.add({ name: 'Shut' })
    office.cipher.forgetAll()
    const { id } = await office.add({ name: 'Open' })
    expect(unwrap(await office.useCases.transfer.backUp(PASSPHRASE))).toEqual({
      ...WHOLE,
      withoutSecrets: ['Shut'],
    })
    const other = await BackOffice.open()
    await choose(other, savedBy(office))
    expect(unwrap(await other.useCases.transfer.restore(PASSPHRASE))).toMatchObject({ restored: 2 })
    unwrap(await other.jwts.copy(id, null))
  })

  it('says which accounts are not in it, since their environment is lost', async () => {
    const before = await BackOffice.open()
    await before.add({ name: 'Open' })
    const { id } = await before.add({ name: 'Lost' })
    before.records.files.set(id, '{"name":"Lost"')
    const office = await before.restart()
    expect(unwrap(await office.useCases.transfer.backUp(PASSPHRASE))).toEqual({
      ...WHOLE,
      leftOut: ['Lost'],
    })
  })

  it('holds what belongs together when a renewal comes between, and not who was removed meanwhile', async () => {
    const office = await BackOffice.open()
    const both = [await office.add({ name: 'First' }), await office.add({ name: 'Second' })]
    const gone = await office.add({ name: 'Gone' })
    let first = true
    office.cipher.meanwhile = async (doing) => {
      if (doing !== 'open' || !first) return
      first = false
      for (const { id } of both) unwrap(await office.accounts.renew(id))
      unwrap(await office.removals.removeNow(gone.id))
    }
    expect(unwrap(await office.useCases.transfer.backUp(PASSPHRASE))).toEqual(WHOLE)
    const other = await BackOffice.open()
    await choose(other, savedBy(office))
    expect(unwrap(await other.useCases.transfer.restore(PASSPHRASE))).toMatchObject({ restored: 2 })
    for (const { id } of both) {
      expect(other.summary(id)).toMatchObject({
        jwt: office.summary(id).jwt,
        refreshToken: office.summary(id).refreshToken,
      })
      unwrap(await other.jwts.copy(id, null))
      unwrap(await office.jwts.copy(id, null))
      expect(other.clipboard.text).toBe(office.clipboard.text)
    }
  })

  it('skips an account that is removed while its own secrets are opened', async () => {
    const office = await BackOffice.open()
    await office.add()
    const gone = await office.add({ name: 'Gone' })
    let opened = 0
    office.cipher.meanwhile = async (doing) => {
      if (doing !== 'open') return
      opened += 1
      if (opened === 2) unwrap(await office.removals.removeNow(gone.id))
    }
    expect(unwrap(await office.useCases.transfer.backUp(PASSPHRASE))).toEqual(WHOLE)
    const other = await BackOffice.open()
    await choose(other, savedBy(office))
    expect(unwrap(await other.useCases.transfer.restore(PASSPHRASE))).toMatchObject({ restored: 1 })
  })

  it('holds accounts that have no secrets, and thinking better of it is no failure', async () => {
    const before = await BackOffice.open({ keyring: { backend: 'basic_text', protected: false } })
    await before.add()
    const office = await before.restart()
    office.dialogs.declines = true
    expect(unwrap(await office.useCases.transfer.backUp(PASSPHRASE))).toBeNull()
    office.dialogs.declines = false
    expect(unwrap(await office.useCases.transfer.backUp(PASSPHRASE))).toEqual(WHOLE)
  })

  it('wants a passphrase that is worth the name', async () => {
    const office = await BackOffice.open()
    expect(await office.useCases.transfer.backUp(new Secret('short'))).toMatchObject({
      error: { code: 'bad-fields', fields: [{ field: 'passphrase', reason: 'too-short' }] },
    })
    expect(office.dialogs.saved.size).toBe(0)
  })
})
