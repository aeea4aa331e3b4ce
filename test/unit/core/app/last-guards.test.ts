/** Rules that depend on a single line each, for which the mutation run (test/mutants) found no test. */
import { describe, expect, it } from 'vitest'
import type { AppEvents } from '../../../../electron/core/base/app-events'
import { Emitter } from '../../../../electron/core/base/emitter'
import { ClipboardService } from '../../../../electron/core/jwt/clipboard-service'
import { StorageUnwritableError } from '../../../../electron/core/base/errors'
import { granted, methodFor, notGranted } from '../../../../electron/core/session/rotation'
import type { SessionFacts } from '../../../../electron/core/vault/account-record'
import type { AccountId } from '../../../../electron/shared/account'
import type { EpochMs } from '../../../../electron/shared/brand'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'
import { FakeTime } from '../../../support/fakes/fake-time'
import { MemoryClipboard } from '../../../support/fakes/memory-clipboard'
import { MemoryLog } from '../../../support/fakes/memory-log'
import { MemoryRecords } from '../../../support/fakes/memory-records'

const UNPROTECTED = { backend: 'basic_text', protected: false }
const HOUR = 3_600_000

describe('a granted session that the disk refused', () => {
  it('is stored when the app ends, if the disk lets it by then', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.mishap = () => {
      office.records.full = true
      return null
    }
    await office.sessions.renew(id, { force: true })
    office.records.full = false
    const restarted = await office.restart()
    unwrap(await restarted.jwts.copy(id, null))
    expect(restarted.clipboard.text).toBe('jwt-2')
    expect(office.service.requests).toHaveLength(2)
  })
})

describe('what a renewal goes by', () => {
  const NOW = 1_700_000_000_000 as EpochMs
  const GRANTED = {
    jwt: new Secret('jwt-2'),
    jwtExpiresAt: NOW + HOUR,
    claimDifferenceMs: null,
    isExpired: false,
  }

  function session(): { facts: SessionFacts; secrets: ReturnType<typeof granted>['secrets'] } {
    const replaced = new Secret('refresh-token-1')
    return granted({ ...GRANTED, refreshToken: null }, { apiKey: new Secret('key'), replaced }, NOW)
  }

  it('a refresh token whose successor did not come is kept: it may not have been replaced', () => {
    expect(session().secrets.refreshToken?.reveal()).toBe('refresh-token-1')
  })

  it('a remembered key that was refused is not sent again unasked, and is when a person asks', () => {
    const { facts, secrets } = session()
    expect(methodFor(facts, secrets, NOW, false)).toBe('login')
    const refused = notGranted(facts, 'login', { kind: 'refused', status: 401, clockSkewMs: null } as never, {
      at: NOW,
      baseUrl: 'https://api.example.com',
    })
    expect(methodFor(refused, { ...secrets, refreshToken: null }, NOW, false)).toBeNull()
    expect(methodFor(refused, { ...secrets, refreshToken: null }, NOW, true)).toBe('login')
  })
})

describe('the vault', () => {
  it('lets nothing that was encrypted for an open file get there when that was forbidden meanwhile', async () => {
    const office = await BackOffice.open({ keyring: UNPROTECTED })
    unwrap(await office.storage.choose('accepted'))
    const { id } = await office.add()
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    const begun = new Promise<void>((begin) => {
      office.cipher.meanwhile = (doing) => {
        if (doing === 'open') return Promise.resolve()
        begin()
        return held
      }
    })
    const renewed = office.sessions.renew(id, { force: true })
    await begun
    const chosen = office.storage.choose('memory-only')
    // Long enough for the choice to have gone through all accounts.
    await office.time.advance(0)
    release()
    await Promise.all([renewed, chosen])
    expect(office.records.files.get(id)).not.toContain('basic_text:')
    expect(office.summary(id).secretsIn).toBe('memory')
  })

  it('keeps what another keyring has encrypted when a new session stays in memory', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const sealed = office.cipher.sealed.at(-1)
    const without = await office.restart({ keyring: UNPROTECTED })
    unwrap(await without.accounts.enterApiKey(id, new Secret(keyOf('ACME')), false))
    expect(without.summary(id).secretsIn).toBe('memory')
    expect(office.records.files.get(id)).toContain(sealed)
  })

  it('puts a damaged record aside before it writes over it, where the disk refused that at the start', async () => {
    const disk = new StubbornRecords()
    const office = await BackOffice.open({ disk })
    const { id } = await office.add()
    const damaged = (disk.files.get(id) ?? '').slice(0, -20)
    disk.files.set(id, damaged)
    disk.full = true
    const restarted = await office.restart({ disk })
    expect(restarted.status(id)).toBe('locked')
    expect(disk.aside.size).toBe(0)
    disk.full = false
    unwrap(await restarted.accounts.enterApiKey(id, new Secret(keyOf('ACME')), false))
    expect(disk.aside.get(id)?.text).toBe(damaged)
    expect(disk.files.get(id)).toContain('"sealed"')
  })

  it('takes back a new account that the disk has and yet refused, so that the next start does not show it', async () => {
    const disk = new RefusedAfterwards()
    const office = await BackOffice.open({ disk })
    const environmentId = await office.environment()
    disk.refuses = true
    await expect(office.add({ environmentId })).rejects.toThrow('storage-unwritable')
    expect(disk.writes).not.toEqual([])
    expect([...disk.files.keys()]).toEqual([])
  })

  it('keeps sessions in memory also where the disk is full', async () => {
    const office = await BackOffice.open({ keyring: UNPROTECTED })
    const { id } = await office.add()
    office.records.full = true
    unwrap(await office.accounts.enterApiKey(id, new Secret(keyOf('ACME')), false))
    expect(office.status(id)).toBe('live')
  })
})

describe('the clipboard', () => {
  it('gets nothing any more once the app ends', async () => {
    const { service, clipboard } = aClipboard()
    await service.close()
    await expect(service.copySecret(new Secret('jwt-1'), null)).rejects.toThrow()
    expect(clipboard.text).toBe('')
  })

  it('is not wiped of what is copied while a clearing looks at it', async () => {
    const { service, clipboard } = aClipboard()
    await service.copySecret(new Secret('jwt-1'), null)
    let copied: Promise<unknown> = Promise.resolve()
    clipboard.whileReading = () => {
      clipboard.whileReading = () => undefined
      copied = service.copySecret(new Secret('jwt-2'), null)
    }
    await service.clear()
    await copied
    expect(clipboard.text).toBe('jwt-2')
  })

  it('keeps a new secret for its own time, not for that of the one before', async () => {
    const { service, clipboard, time } = aClipboard()
    await service.copySecret(new Secret('jwt-1'), HOUR)
    await service.copySecret(new Secret('jwt-2'), null)
    await time.advance(2 * HOUR)
    expect(clipboard.text).toBe('jwt-2')
  })
})

function aClipboard(): { service: ClipboardService; clipboard: MemoryClipboard; time: FakeTime } {
  const time = new FakeTime()
  const clipboard = new MemoryClipboard()
  const service = new ClipboardService({
    clipboard,
    clock: time,
    timers: time,
    log: new MemoryLog(),
    lock: { isLocked: false },
    events: new Emitter<AppEvents>(new MemoryLog()),
  })
  return { service, clipboard, time }
}

/** A disk that refuses to rename as well. */
class StubbornRecords extends MemoryRecords {
  override quarantine(...[id, why]: Parameters<MemoryRecords['quarantine']>): void {
    this.probe()
    super.quarantine(id, why)
  }
}

/** As when only the sync of the folder fails: the record lies there by then. */
class RefusedAfterwards extends MemoryRecords {
  refuses = false

  override write(id: AccountId, record: object): void {
    super.write(id, record)
    if (this.refuses) throw new StorageUnwritableError('EIO')
  }
}
