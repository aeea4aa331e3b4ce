/** Electron's `safeStorage`, typed as Electron 45 declares it, and as the older versions have it. */
import type { SafeStorage } from 'electron'
import { describe, expect, it } from 'vitest'
import {
  createSafeStorageCipher,
  type SafeStorageCipherOptions,
} from '../../../../electron/main/adapters/safe-storage-cipher'
import type { KeyringService } from '../../../../electron/main/platform/keyring-service'
import { settle } from '../../../support/fakes/fake-time'

type New = Pick<
  SafeStorage,
  | 'isAsyncEncryptionAvailable'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
  | 'getSelectedStorageBackend'
  | 'setUsePlainTextEncryption'
>
type Old = Pick<
  SafeStorage,
  | 'isEncryptionAvailable'
  | 'encryptString'
  | 'decryptString'
  | 'getSelectedStorageBackend'
  | 'setUsePlainTextEncryption'
>

/** Each call of `safeStorage`, by its name. */
const calls: string[] = []

function electron45(parts: Partial<New> = {}, prefix = 'v11'): SafeStorage {
  calls.length = 0
  const storage: New = {
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(`${prefix}${text}`)),
    decryptStringAsync: (sealed) =>
      Promise.resolve({ result: sealed.toString().slice(3), shouldReEncrypt: false }),
    getSelectedStorageBackend: () => 'gnome_libsecret',
    setUsePlainTextEncryption: () => undefined,
    ...parts,
  }
  return counted(storage)
}

function electron33(parts: Partial<Old> = {}): SafeStorage {
  calls.length = 0
  const storage: Old = {
    /* eslint-disable @typescript-eslint/no-deprecated -- what Electron 33 to 44 have */
    isEncryptionAvailable: () => true,
    encryptString: (text) => Buffer.from(`v11${text}`),
    decryptString: (sealed) => sealed.toString().slice(3),
    /* eslint-enable @typescript-eslint/no-deprecated */
    getSelectedStorageBackend: () => 'gnome_libsecret',
    setUsePlainTextEncryption: () => undefined,
    ...parts,
  }
  return counted(storage)
}

function counted(storage: object): SafeStorage {
  const noted = Object.entries(storage).map(([name, run]: [string, (...args: unknown[]) => unknown]) => [
    name,
    (...args: unknown[]) => {
      calls.push(name)
      return run(...args)
    },
  ])
  return Object.fromEntries(noted) as SafeStorage
}

type State = Awaited<ReturnType<KeyringService['look']>>

/** A keyring's service, as the bus tells of it. */
class FakeService implements KeyringService {
  readonly looks: boolean[] = []
  appeared: () => void = () => undefined
  constructor(public state: State | Promise<State> = 'open') {}

  async look(mayPrompt: boolean): Promise<State> {
    this.looks.push(mayPrompt)
    return await this.state
  }

  whenItAppears(run: () => void): void {
    this.appeared = run
  }
}

function cipherOf(safeStorage: SafeStorage, options: Partial<SafeStorageCipherOptions> = {}) {
  return createSafeStorageCipher({
    safeStorage,
    platform: 'linux',
    serviceOf: () => null,
    monotonic: () => 0,
    ...options,
  })
}

const OPEN = { backend: 'gnome_libsecret', protected: true }
const LATE = { backend: 'gnome_libsecret', protected: false, gap: 'unavailable' }
const REFUSED = { backend: 'gnome_libsecret', protected: false, gap: 'needs-restart' }

describe('Electron 45’s asynchronous safeStorage', () => {
  it('is used where it is there, and nothing that it deprecates', async () => {
    const cipher = cipherOf(electron45())
    expect(await cipher.status()).toEqual(OPEN)
    const sealed = await cipher.seal('secret', 'keyring')
    expect(sealed).toMatch(/^gnome_libsecret:/u)
    expect(await cipher.open(sealed)).toEqual({ ok: true, text: 'secret', isOutdated: false })
    expect(new Set(calls)).toEqual(
      new Set([
        'getSelectedStorageBackend',
        'isAsyncEncryptionAvailable',
        'encryptStringAsync',
        'decryptStringAsync',
      ]),
    )
  })

  it('says what is to be encrypted anew (shouldReEncrypt)', async () => {
    const cipher = cipherOf(
      electron45({
        decryptStringAsync: () => Promise.resolve({ result: 'secret', shouldReEncrypt: true }),
      }),
    )
    expect(await cipher.open('gnome_libsecret:djEx')).toEqual({ ok: true, text: 'secret', isOutdated: true })
  })

  it.each([
    ['is not available', { isAsyncEncryptionAvailable: () => Promise.resolve(false) }],
    ['can not say whether it is', { isAsyncEncryptionAvailable: () => Promise.reject(new Error('no')) }],
    ['does not seal', { encryptStringAsync: () => Promise.reject(new Error('no')) }],
  ])('that %s is no keyring, and nothing is encrypted by it', async (_, parts) => {
    const cipher = cipherOf(electron45(parts))
    expect(await cipher.status()).toEqual(REFUSED)
    await expect(cipher.seal('secret', 'keyring')).rejects.toThrow()
    expect(await cipher.open('gnome_libsecret:djEx')).toEqual({ ok: false, reason: 'keyring-unavailable' })
  })

  it('with ciphertext that begins with v10 protects nothing on Linux, and means nothing elsewhere', async () => {
    expect(await cipherOf(electron45({}, 'v10')).status()).toEqual(REFUSED)
    expect(await cipherOf(electron45({}, 'v10'), { platform: 'darwin' }).status()).toEqual({
      backend: 'keychain',
      protected: true,
    })
    expect(await cipherOf(electron45({}, 'v10'), { platform: 'win32' }).status()).toEqual({
      backend: 'dpapi',
      protected: true,
    })
  })

  it('that does not open one text says so of that one', async () => {
    const cipher = cipherOf(electron45({ decryptStringAsync: () => Promise.reject(new Error('no')) }))
    expect(await cipher.open('gnome_libsecret:djEx')).toEqual({ ok: false, reason: 'cannot-decrypt' })
    expect(await cipher.open('kwallet6:djEx')).toEqual({ ok: false, reason: 'other-keyring' })
    expect(await cipher.status()).toEqual(OPEN)
  })

  it('that fails and later works is believed when asked again', async () => {
    let isThere = false
    const storage = electron45({ isAsyncEncryptionAvailable: () => Promise.resolve(isThere) })
    const cipher = cipherOf(storage)
    expect(await cipher.status()).toEqual(REFUSED)
    isThere = true
    expect(await cipher.askAgain(true)).toEqual(OPEN)
  })
})

describe('a keyring that is not there, or is locked', () => {
  it.each(['absent', 'locked'] as const)(
    '(%s) is not asked by safeStorage, whose first try is its last',
    async (state) => {
      // As Electron 33 has it: what it finds first it finds for ever.
      let first: boolean | null = null
      let isThere = false
      const service = new FakeService(state)
      const cipher = cipherOf(electron33({ isEncryptionAvailable: () => (first ??= isThere) }), {
        serviceOf: () => service,
      })
      expect(await cipher.status()).toEqual(LATE)
      expect(calls).not.toContain('isEncryptionAvailable')
      isThere = true
      service.state = 'open'
      expect(await cipher.askAgain(true)).toEqual(OPEN)
      expect(await cipher.seal('secret', 'keyring')).toMatch(/^gnome_libsecret:/u)
    },
  )

  it('that can’t be asked otherwise is found out by safeStorage', async () => {
    const cipher = cipherOf(electron33(), { serviceOf: () => new FakeService('unknown') })
    expect(await cipher.status()).toEqual(OPEN)
  })

  it('that is there but refuses needs another process', async () => {
    const cipher = cipherOf(electron33({ isEncryptionAvailable: () => false }), {
      serviceOf: () => new FakeService('open'),
    })
    expect(await cipher.status()).toEqual(REFUSED)
  })

  it('is asked once for many questions at once, and not again within a second', async () => {
    let now = 0
    const service = new FakeService('absent')
    const cipher = cipherOf(electron33(), { serviceOf: () => service, monotonic: () => now })
    await Promise.all([cipher.status(), cipher.status(), cipher.askAgain(false), cipher.askAgain(false)])
    expect(service.looks).toHaveLength(1)
    now = 999
    await cipher.askAgain(false)
    expect(service.looks).toHaveLength(1)
    now = 1_000
    await cipher.askAgain(false)
    expect(service.looks).toHaveLength(2)
  })

  it('that has just appeared is asked however lately that was', async () => {
    const service = new FakeService('absent')
    const cipher = cipherOf(electron33(), { serviceOf: () => service })
    await cipher.status()
    const asked: unknown[] = []
    cipher.whenKeyringAppears(() => void cipher.askAgain(false).then((status) => asked.push(status)))
    service.state = 'open'
    service.appeared()
    await settle()
    expect(asked).toEqual([OPEN])
  })

  it('that appears while it is being asked is asked again', async () => {
    let answer: (state: State) => void = () => undefined
    const service = new FakeService(new Promise((resolve) => (answer = resolve)))
    const cipher = cipherOf(electron33(), { serviceOf: () => service })
    const before = cipher.status()
    const asked: unknown[] = []
    cipher.whenKeyringAppears(() => void cipher.askAgain(false).then((status) => asked.push(status)))
    service.appeared()
    service.state = 'open'
    answer('absent')
    expect(await before).toEqual(LATE)
    await settle()
    expect(asked).toEqual([OPEN])
  })

  it('that the user is asked to unlock blocks no other question', async () => {
    const service = new FakeService('locked')
    let answer: (state: State) => void = () => undefined
    const cipher = cipherOf(electron33(), { serviceOf: () => service })
    await cipher.status()
    service.state = new Promise((resolve) => (answer = resolve))
    const prompted = [cipher.askAgain(true), cipher.askAgain(true)]
    service.state = 'locked'
    expect(await cipher.status()).toEqual(LATE)
    answer('open')
    expect(await Promise.all(prompted)).toEqual([OPEN, OPEN])
    // One question for both.
    expect(service.looks.filter((mayPrompt) => mayPrompt)).toHaveLength(1)
  })
})

describe('plain text', () => {
  it.each(['gnome_libsecret', 'basic_text'] as const)(
    'is never switched on for the process (%s), and stored only where that is asked for',
    async (backend) => {
      const storage = electron33({
        isEncryptionAvailable: () => false,
        getSelectedStorageBackend: () => backend,
      })
      const cipher = cipherOf(storage)
      await cipher.status()
      await expect(cipher.seal('secret', 'keyring')).rejects.toThrow()
      const sealed = await cipher.seal('sécret', 'nothing')
      expect(sealed).toMatch(/^basic_text:/u)
      expect(await cipher.open(sealed)).toEqual({ ok: true, text: 'sécret' })
      expect(calls).not.toContain('setUsePlainTextEncryption')
      expect(calls).not.toContain('encryptString')
    },
  )

  it('is read as Electron wrote it', async () => {
    // `hello`, by `encryptString` of Electron 33.2.1 with --password-store=basic.
    const cipher = cipherOf(electron33())
    expect(await cipher.open('basic_text:djEwzpuEnZhKHO24uk7qeCwmgA==')).toEqual({ ok: true, text: 'hello' })
    expect(await cipher.seal('hello', 'nothing')).toBe('basic_text:djEwzpuEnZhKHO24uk7qeCwmgA==')
  })

  it.each(['basic_text:', 'basic_text:djEx', 'basic_text:djEwAAAA'])(
    'that is none (%s) does not open',
    async (sealed) => {
      expect(await cipherOf(electron33()).open(sealed)).toEqual({ ok: false, reason: 'cannot-decrypt' })
    },
  )

  it('is no keyring: that is none, and nothing is missing', async () => {
    const cipher = cipherOf(electron33({ getSelectedStorageBackend: () => 'basic_text' }))
    expect(await cipher.status()).toEqual({ backend: 'basic_text', protected: false })
    expect(await cipher.open('gnome_libsecret:djEx')).toEqual({ ok: false, reason: 'other-keyring' })
  })
})

it('a keyring of the same family under a new name is tried with what the old one encrypted', async () => {
  const cipher = cipherOf(electron33({ getSelectedStorageBackend: () => 'kwallet6' }))
  for (const tag of ['kwallet', 'kwallet5', 'kwallet6'])
    expect(await cipher.open(`${tag}:${Buffer.from('v11secret').toString('base64')}`)).toMatchObject({
      text: 'secret',
    })
  expect(await cipher.open('gnome_libsecret:djEx')).toEqual({ ok: false, reason: 'other-keyring' })
})
