/** A keyring that is not there yet, that is locked, or that goes by another name: not now is not never. */
import { describe, expect, it } from 'vitest'
import type { CipherStatus } from '../../../../electron/core/base/ports'
import type { AccountId } from '../../../../electron/shared/account'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'
import { settle } from '../../../support/fakes/fake-time'

const OPEN: CipherStatus = { backend: 'gnome_libsecret', protected: true }
const LATE: CipherStatus = { backend: 'gnome_libsecret', protected: false, gap: 'unavailable' }
const NONE: CipherStatus = { backend: 'basic_text', protected: false }
const DAY = 86_400_000

/** An account that the keyring has encrypted, at a start before the keyring is there. */
async function lateOffice(): Promise<{ office: BackOffice; id: AccountId }> {
  const before = await BackOffice.open({ keyring: OPEN })
  const { id } = await before.add()
  return { office: await before.restart({ keyring: LATE, expects: OPEN }), id }
}

describe('a keyring that is late', () => {
  it('leaves the account locked, says why, and touches nothing of it', async () => {
    const { office, id } = await lateOffice()
    expect(office.status(id)).toBe('locked')
    expect(office.summary(id).problem).toEqual({ code: 'locked', reason: 'keyring-unavailable' })
    expect(office.storage.status).toMatchObject({ mode: 'memory', gap: 'unavailable' })
    expect(office.loaded.sealedElsewhere).toBeNull()
    expect(office.records.files.get(id)).toContain('gnome_libsecret:')
    expect(await office.jwts.copy(id, null)).toMatchObject({
      error: { problem: { code: 'locked', reason: 'keyring-unavailable' } },
    })
  })

  const moments: Record<string, (office: BackOffice, id: AccountId) => unknown> = {
    'when its service appears on the bus': (office) => {
      office.cipher.appear()
    },
    'when the machine wakes up': (office) => {
      office.useCases.networkIsBack()
    },
    'when the screen is unlocked': (office) => {
      office.useCases.reevaluate()
    },
    'when the app is unlocked': async (office) => {
      await office.useCases.lock.setPassphrase(new Secret('correct horse battery'), new Secret(''))
      office.useCases.lock.lock()
      await office.useCases.lock.unlock(new Secret('correct horse battery'))
    },
    'when somebody copies': (office, id) => office.jwts.copy(id, null),
    'when it is renewed': (office, id) => office.accounts.renew(id),
    'when the user tries again': (office) => office.storage.retry(),
  }

  it.each(Object.keys(moments))('is asked again %s, and then the account is live', async (moment) => {
    const { office, id } = await lateOffice()
    office.cipher.becomes = OPEN
    office.changes.length = 0
    await moments[moment]?.(office, id)
    await settle()
    expect(office.status(id)).toBe('live')
    expect(office.storage.status).toEqual({ ...OPEN, mode: 'keyring' })
    expect(office.storages.at(-1)).toMatchObject({ mode: 'keyring' })
    expect(office.changes).toContain(id)
    expect(await office.jwts.copy(id, null)).toMatchObject({ ok: true })
  })

  it('is not asked by time alone, and no more once it is open', async () => {
    const { office } = await lateOffice()
    const { length } = office.cipher.prompts
    await office.time.advance(DAY)
    expect(office.cipher.prompts).toHaveLength(length)
    office.cipher.becomes = OPEN
    await office.storage.retry()
    const asked = office.cipher.prompts.length
    office.useCases.reevaluate()
    await settle()
    expect(office.cipher.prompts).toHaveLength(asked)
  })

  it('is asked for with the system’s question once at the start and when the user tries again, never else', async () => {
    const { office, id } = await lateOffice()
    expect(office.cipher.prompts).toEqual([true])
    office.useCases.networkIsBack()
    office.cipher.appear()
    await office.jwts.copy(id, null)
    await office.storage.retry()
    expect(office.cipher.prompts.filter((prompt) => prompt)).toHaveLength(2)
    expect(office.cipher.prompts.at(-1)).toBe(true)
  })

  it('gets what was entered meanwhile, which lay in memory only', async () => {
    const { office, id } = await lateOffice()
    unwrap(await office.accounts.enterApiKey(id, new Secret(keyOf('ACME')), false))
    const added = await office.add({ name: 'Beta' })
    expect(office.summary(added.id).secretsIn).toBe('memory')
    expect(office.cipher.sealed).toEqual([])
    office.cipher.becomes = OPEN
    await office.storage.retry()
    for (const each of [id, added.id]) {
      expect(office.summary(each).secretsIn).toBe('keyring')
      expect(office.records.files.get(each)).toContain('gnome_libsecret:')
    }
    const restarted = await office.restart()
    expect(restarted.status(added.id)).toBe('live')
    expect(await restarted.vault.secrets(id)).toMatchObject({ secrets: { jwt: new Secret('jwt-2') } })
  })

  it('is notified outside of the window only when it does not come within a minute', async () => {
    const { office } = await lateOffice()
    await office.time.advance(59_000)
    expect(office.notifier.shown).toEqual([])
    await office.time.advance(10_000)
    expect(office.notifier.shown).toMatchObject([{ title: 'No keyring protects your tokens' }])
  })

  it('is not notified when it comes within a minute', async () => {
    const { office } = await lateOffice()
    await office.time.advance(20_000)
    office.cipher.becomes = OPEN
    office.cipher.appear()
    await office.time.advance(DAY / 24)
    expect(office.notifier.shown).toEqual([])
  })
})

describe('plain text', () => {
  it('is not switched on by a yes from before a keyring was there', async () => {
    const first = await BackOffice.open({ keyring: NONE })
    const { id } = await first.add({ rememberApiKey: true })
    unwrap(await first.storage.choose('accepted'))
    const second = await first.restart({ keyring: OPEN })
    expect(second.records.files.get(id)).toContain('gnome_libsecret:')
    expect(second.settingsStore.current.unprotectedStorage).toBe('undecided')

    const third = await second.restart({ keyring: LATE, expects: OPEN })
    expect(third.storage.status.mode).toBe('memory')
    unwrap(await third.accounts.enterApiKey(id, new Secret(keyOf('ACME')), true))
    await third.add({ name: 'Beta' })
    await third.quit()
    expect([...third.records.files.values()].join('\n')).not.toContain('basic_text:')
  })

  it('is not switched on by a yes that nothing stored rests on, where a keyring has encrypted something', async () => {
    const { office, id } = await lateOffice()
    office.settingsStore.change({ unprotectedStorage: 'accepted' })
    const restarted = await office.restart({ keyring: LATE, expects: OPEN })
    expect(restarted.storage.status.mode).toBe('memory')
    expect(restarted.settingsStore.current.unprotectedStorage).toBe('undecided')
    expect(restarted.records.files.get(id)).toContain('gnome_libsecret:')
  })

  it('is switched on when it is chosen now, and leaves alone what the keyring has encrypted', async () => {
    const { office, id } = await lateOffice()
    const before = office.records.files.get(id)
    const added = await office.add({ name: 'Beta' })
    unwrap(await office.storage.choose('accepted'))
    expect(office.summary(added.id).secretsIn).toBe('unprotected-file')
    expect(office.records.files.get(id)).toBe(before)
    const again = await office.restart({ keyring: LATE, expects: OPEN })
    expect(again.status(added.id)).toBe('live')
    expect(again.storage.status.mode).toBe('unprotected-file')
  })

  it('is encrypted by the keyring as soon as one is open, and what is readable of it in copies goes', async () => {
    const first = await BackOffice.open({ keyring: LATE })
    const { id } = await first.add()
    unwrap(await first.storage.choose('accepted'))
    first.records.keepCopy(id, 'before-migration')
    first.cipher.becomes = OPEN
    first.cipher.appear()
    await settle()
    expect(first.records.files.get(id)).toContain('gnome_libsecret:')
    expect(first.records.aside.size).toBe(0)
    expect(first.storage.status).toEqual({ ...OPEN, mode: 'keyring' })
    expect(first.settingsStore.current.unprotectedStorage).toBe('undecided')
  })

  it('that a keyring can not take over from a disk that refuses is reported by name, and retried', async () => {
    const office = await BackOffice.open({ keyring: LATE })
    const { id } = await office.add()
    unwrap(await office.storage.choose('accepted'))
    office.records.full = true
    office.cipher.becomes = OPEN
    expect(await office.storage.retry()).toMatchObject({
      mode: 'keyring',
      misplaced: { accounts: ['ACME'], inCopies: false },
    })
    expect(office.settingsStore.current.unprotectedStorage).toBe('accepted')
    office.records.full = false
    expect(await office.storage.retry()).toMatchObject({ mode: 'keyring', misplaced: undefined })
    expect(office.records.files.get(id)).toContain('gnome_libsecret:')
    expect(office.settingsStore.current.unprotectedStorage).toBe('undecided')
  })

  it('stays where the settings that say so were lost: it is never stored unasked', async () => {
    const office = await BackOffice.open({ keyring: NONE })
    const { id } = await office.add()
    unwrap(await office.storage.choose('accepted'))
    office.stateStore.text = (office.stateStore.text ?? '').replace('"accepted"', '"undecided"')
    const restarted = await office.restart({ keyring: NONE })
    expect(restarted.storage.status.mode).toBe('unprotected-file')
    expect(restarted.settingsStore.current.unprotectedStorage).toBe('accepted')
    unwrap(await restarted.accounts.renew(id))
    expect((await restarted.restart({ keyring: NONE })).status(id)).toBe('live')
  })
})

describe('a keyring of the same family under a new name', () => {
  const OLD: CipherStatus = { backend: 'kwallet5', protected: true }
  const NEW: CipherStatus = { backend: 'kwallet6', protected: true }

  it('decrypts what it encrypted under the old one, and encrypts it under the new one when that is next written', async () => {
    const before = await BackOffice.open({ keyring: OLD })
    const { id } = await before.add()
    const office = await before.restart({ keyring: NEW })
    expect(office.status(id)).toBe('live')
    expect(office.loaded.sealedElsewhere).toBeNull()
    expect(await office.jwts.copy(id, null)).toMatchObject({ ok: true })
    unwrap(await office.accounts.renew(id))
    expect(office.records.files.get(id)).toContain('"sealed":"kwallet6:')
  })

  it.each(['refuses', 'opens to invalidResponse'])(
    'that %s what the old one sealed is another keyring',
    async (how) => {
      const before = await BackOffice.open({ keyring: OLD })
      const { id } = await before.add()
      if (how === 'opens to invalidResponse') {
        const text = before.records.files.get(id) ?? ''
        before.records.files.set(id, text.replace(/kwallet5:[0-9a-f]+/u, 'kwallet5:00ff'))
      }
      const stored = before.records.files.get(id)
      const office = await BackOffice.open({
        after: before,
        keyring: NEW,
        look: (early) => {
          if (how === 'refuses') early.cipher.forgotten = new Set(before.cipher.sealed)
          return Promise.resolve()
        },
      })
      expect(office.summary(id).problem).toEqual({ code: 'locked', reason: 'other-keyring' })
      expect(office.loaded.sealedElsewhere).toEqual({ before: 'kwallet5', accounts: 1 })
      expect(office.records.files.get(id)).toBe(stored)
    },
  )

  it('is believed of one text only if it opens that one', async () => {
    const before = await BackOffice.open({ keyring: OLD })
    const { id } = await before.add()
    const other = await before.add({ name: 'Beta' })
    const text = before.records.files.get(other.id) ?? ''
    before.records.files.set(other.id, text.replace(/kwallet5:[0-9a-f]+/u, 'kwallet5:00ff'))
    const office = await before.restart({ keyring: NEW })
    expect(await office.jwts.copy(id, null)).toMatchObject({ ok: true })
    expect(await office.jwts.copy(other.id, null)).toMatchObject({
      error: { problem: { code: 'locked', reason: 'other-keyring' } },
    })
  })

  it('is no other family’s', async () => {
    const before = await BackOffice.open({ keyring: OPEN })
    const { id } = await before.add()
    const office = await before.restart({ keyring: NEW })
    expect(office.summary(id).problem).toEqual({ code: 'locked', reason: 'other-keyring' })
  })
})

describe('a text whose key the system has replaced (shouldReEncrypt)', () => {
  async function outdatedOffice(): Promise<{ office: BackOffice; id: AccountId }> {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.cipher.outdated = new Set(office.cipher.sealed)
    office.records.writes.length = 0
    return { office, id }
  }
  const storedAnew = ({ records }: BackOffice): number => records.writes.length

  it('is encrypted anew and stored, durably', async () => {
    const { office, id } = await outdatedOffice()
    const { length } = office.cipher.sealed
    expect(await office.vault.secrets(id)).toMatchObject({ ok: true })
    await settle()
    expect(office.cipher.sealed).toHaveLength(length + 1)
    expect(storedAnew(office)).toBe(1)
    expect(office.records.files.get(id)).toContain(office.cipher.sealed.at(-1))
  })

  it('doesn’t delay a copy', async () => {
    const { office, id } = await outdatedOffice()
    let go: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (go = resolve))
    office.cipher.meanwhile = (doing) => (doing === 'seal' ? gate : Promise.resolve())
    expect(await office.jwts.copy(id, null)).toMatchObject({ ok: true })
    expect(office.clipboard.text).toBe('jwt-1')
    go()
    await settle()
    expect(office.records.files.get(id)).toContain(office.cipher.sealed.at(-1))
  })

  it('is stored before the app ends', async () => {
    const { office, id } = await outdatedOffice()
    const { length } = office.cipher.sealed
    void office.vault.secrets(id)
    await Promise.resolve()
    await office.quit()
    expect(office.cipher.sealed).toHaveLength(length + 1)
  })

  it('stays as it is on a disk that refuses, and is tried again when it is next opened', async () => {
    const { office, id } = await outdatedOffice()
    const before = office.records.files.get(id)
    office.records.full = true
    expect(await office.vault.secrets(id)).toMatchObject({ ok: true })
    await settle()
    expect(office.records.files.get(id)).toBe(before)
    office.records.full = false
    await office.vault.secrets(id)
    await settle()
    expect(storedAnew(office)).toBe(1)
  })

  it('is not repeated endlessly where the system keeps calling it outdated', async () => {
    const { office, id } = await outdatedOffice()
    for (let opening = 0; opening < 5; opening += 1) {
      await office.vault.secrets(id)
      await settle()
    }
    expect(storedAnew(office)).toBe(1)
  })

  it('never puts an old session over one that a renewal has stored meanwhile', async () => {
    const { office, id } = await outdatedOffice()
    let isFirst = true
    office.cipher.meanwhile = async (doing) => {
      if (doing !== 'seal' || !isFirst) return
      isFirst = false
      unwrap(await office.accounts.renew(id))
    }
    await office.vault.secrets(id)
    await settle()
    await settle()
    office.cipher.outdated.clear()
    expect(await office.vault.secrets(id)).toMatchObject({
      secrets: { refreshToken: new Secret('refresh-token-2') },
    })
    expect(await (await office.restart()).vault.secrets(id)).toMatchObject({
      secrets: { refreshToken: new Secret('refresh-token-2') },
    })
  })
})
