/**
 * Encrypts strings with Electron's `safeStorage`. Electron 45 deprecates its synchronous calls for asynchronous ones
 * that older versions lack (46 removes them), so only here it is checked which ones exist. Its first answer about a
 * keyring is final (seen with 33: `isEncryptionAvailable` stays false for the process's lifetime when the keyring comes
 * later), so on Linux nothing is called before the keyring's service reports that it is open.
 */
import type { SafeStorage } from 'electron'
import type { Cipher, CipherStatus, OpenOutcome } from '../../core/base/ports'
import { isRelated, isUnprotected, tagOf, UNPROTECTED_TAG } from '../../core/vault/sealed-text'
import type { KeyringService } from '../platform/keyring-service'
import { readUnprotected, writeUnprotected } from '../platform/unprotected-text'

/** On Linux, ciphertext with this prefix was made with a publicly known key (Chromium's OSCrypt). */
const UNPROTECTED_PREFIX = 'v10'

/** Repeated questions within this time share an answer, so that not every waiting renewal asks. */
const ASKS_AGAIN_AFTER_MS = 1_000

interface Engine {
  available(): Promise<boolean>
  encrypt(text: string): Promise<Buffer>
  decrypt(sealed: Buffer): Promise<{ readonly text: string; readonly isOutdated: boolean }>
}

export interface SafeStorageCipherOptions {
  readonly safeStorage: SafeStorage
  readonly platform: NodeJS.Platform
  /** Created for the backend that Chromium has chosen; null where that is no service. */
  readonly serviceOf: (backend: string) => KeyringService | null
  /** In ms, from any starting point. */
  readonly monotonic: () => number
}

/** `safeStorage` is usable once the app is ready; the first call finds out what it offers. */
export function createSafeStorageCipher(options: SafeStorageCipherOptions): Cipher {
  return new SafeStorageCipher(options)
}

class SafeStorageCipher implements Cipher {
  readonly #engine: Engine
  readonly #service: KeyringService | null
  #found: CipherStatus | null = null
  /** Questions in progress; one that waits for the user blocks no other. */
  readonly #asking = new Map<'quiet' | 'prompting', Promise<CipherStatus>>()
  #askedAt = Number.NEGATIVE_INFINITY
  /** Whether `safeStorage` has asked the keyring: from then on only it knows the keyring's state. */
  #hasTried = false

  constructor(private readonly options: SafeStorageCipherOptions) {
    const { safeStorage, serviceOf } = options
    this.#engine = 'encryptStringAsync' in safeStorage ? asyncEngine(safeStorage) : syncEngine(safeStorage)
    this.#service = serviceOf(this.expected().backend)
  }

  /** What the system is expected to offer, before asking whether that works. */
  expected(): CipherStatus {
    const { safeStorage, platform } = this.options
    if (platform === 'darwin') return { backend: 'keychain', protected: true }
    if (platform !== 'linux') return { backend: 'dpapi', protected: true }
    const backend = safeStorage.getSelectedStorageBackend()
    return { backend, protected: backend !== UNPROTECTED_TAG }
  }

  async status(): Promise<CipherStatus> {
    return this.#found ?? (await this.#ask('quiet'))
  }

  async askAgain(mayPrompt: boolean): Promise<CipherStatus> {
    const isTooSoon = this.options.monotonic() - this.#askedAt < ASKS_AGAIN_AFTER_MS
    if (this.#found?.protected === true || (this.#found !== null && isTooSoon && !mayPrompt))
      return this.#found
    return await this.#ask(mayPrompt ? 'prompting' : 'quiet')
  }

  whenKeyringAppears(run: () => void): void {
    this.#service?.whenItAppears(() => {
      if (this.#found?.protected === true) return
      // A question that is in progress may still get the old answer.
      void Promise.resolve(this.#asking.get('quiet')).then(() => {
        this.#askedAt = Number.NEGATIVE_INFINITY
        run()
      })
    })
  }

  async seal(text: string, guard: 'keyring' | 'nothing'): Promise<string> {
    if (guard === 'nothing') return `${UNPROTECTED_TAG}:${writeUnprotected(text).toString('base64')}`
    const { backend, protected: isOpen } = await this.status()
    if (!isOpen) throw new Error('no keyring is open')
    return `${backend}:${(await this.#engine.encrypt(text)).toString('base64')}`
  }

  async open(sealed: string): Promise<OpenOutcome> {
    const tag = tagOf(sealed)
    const bytes = Buffer.from(sealed.slice(tag.length + 1), 'base64')
    try {
      if (isUnprotected(sealed)) return { ok: true, text: readUnprotected(bytes) }
      const { backend, protected: isOpen } = await this.status()
      if (tag !== backend && !isRelated(tag, backend)) return { ok: false, reason: 'other-keyring' }
      if (!isOpen) return { ok: false, reason: 'keyring-unavailable' }
      return { ok: true, ...(await this.#engine.decrypt(bytes)) }
    } catch {
      return { ok: false, reason: 'cannot-decrypt' }
    }
  }

  #ask(how: 'quiet' | 'prompting'): Promise<CipherStatus> {
    const underWay = this.#asking.get(how)
    if (underWay !== undefined) return underWay
    const asking = this.#findOut(how === 'prompting')
      .then((found) => {
        // Another question may have found it open meanwhile.
        if (this.#found?.protected !== true) this.#found = found
        return this.#found
      })
      .finally(() => {
        this.#asking.delete(how)
        this.#askedAt = this.options.monotonic()
      })
    this.#asking.set(how, asking)
    return asking
  }

  async #findOut(mayPrompt: boolean): Promise<CipherStatus> {
    const expected = this.expected()
    if (!expected.protected) return { backend: UNPROTECTED_TAG, protected: false }
    if (!this.#hasTried && this.#service !== null) {
      const state = await this.#service.look(mayPrompt)
      if (state === 'absent' || state === 'locked')
        return { ...expected, protected: false, gap: 'unavailable' }
    }
    this.#hasTried = true
    return (await this.#isProtected()) ? expected : { ...expected, protected: false, gap: 'needs-restart' }
  }

  async #isProtected(): Promise<boolean> {
    try {
      if (!(await this.#engine.available())) return false
      const probe = await this.#engine.encrypt('probe')
      return this.options.platform !== 'linux' || !probe.toString('latin1').startsWith(UNPROTECTED_PREFIX)
    } catch {
      return false
    }
  }
}

function asyncEngine(safeStorage: SafeStorage): Engine {
  return {
    available: () => safeStorage.isAsyncEncryptionAvailable(),
    encrypt: (text) => safeStorage.encryptStringAsync(text),
    async decrypt(sealed) {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed)
      return { text: result, isOutdated: shouldReEncrypt }
    },
  }
}

/* eslint-disable @typescript-eslint/no-deprecated -- what Electron 33 to 44 have; see the head of this file */
function syncEngine(safeStorage: SafeStorage): Engine {
  return {
    available: () => Promise.resolve(safeStorage.isEncryptionAvailable()),
    encrypt: (text) => Promise.resolve(safeStorage.encryptString(text)),
    decrypt: (sealed) => Promise.resolve({ text: safeStorage.decryptString(sealed), isOutdated: false }),
  }
}
/* eslint-enable @typescript-eslint/no-deprecated */
