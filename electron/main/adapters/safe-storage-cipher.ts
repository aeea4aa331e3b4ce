/**
 * Seals strings by Electron's `safeStorage`. Electron 45 deprecates its synchronous calls for asynchronous ones that
 * older versions lack (46 removes them), so the two are told apart by asking for the capability, here and only here.
 */
import type { SafeStorage } from 'electron'
import type { Cipher, CipherStatus } from '../../core/ports'

/** On Linux, ciphertext that begins so was made with a key that is in everybody's hands (Chromium's OSCrypt). */
const UNPROTECTED_PREFIX = 'v10'

/** What Electron calls having no keyring on Linux. */
const UNPROTECTED_BACKEND = 'basic_text'

interface Engine {
  available(): Promise<boolean>
  encrypt(text: string): Promise<Buffer>
  decrypt(sealed: Buffer): Promise<string>
}

/** `safeStorage` is usable once the app is ready; the first call finds out what it offers. */
export function createSafeStorageCipher(safeStorage: SafeStorage, platform: NodeJS.Platform): Cipher {
  const engine = 'encryptStringAsync' in safeStorage ? asyncEngine(safeStorage) : syncEngine(safeStorage)
  let known: Promise<CipherStatus> | null = null
  const status = (): Promise<CipherStatus> => (known ??= findOut(safeStorage, engine, platform))

  return {
    expected: () => expectedOf(safeStorage, platform),
    status,
    async seal(text) {
      const { backend } = await status()
      return `${backend}:${(await engine.encrypt(text)).toString('base64')}`
    },
    async open(sealed) {
      const { backend } = await status()
      const end = sealed.indexOf(':')
      if (sealed.slice(0, Math.max(end, 0)) !== backend) return { ok: false, reason: 'other-keyring' }
      try {
        return { ok: true, text: await engine.decrypt(Buffer.from(sealed.slice(end + 1), 'base64')) }
      } catch {
        return { ok: false, reason: 'cannot-decrypt' }
      }
    },
  }
}

/** By what the system offers; whether that can be used is another matter. */
function expectedOf(safeStorage: SafeStorage, platform: NodeJS.Platform): CipherStatus {
  if (platform === 'darwin') return { backend: 'keychain', protected: true }
  if (platform !== 'linux') return { backend: 'dpapi', protected: true }
  const backend = safeStorage.getSelectedStorageBackend()
  return { backend, protected: backend !== UNPROTECTED_BACKEND }
}

async function findOut(
  safeStorage: SafeStorage,
  engine: Engine,
  platform: NodeJS.Platform,
): Promise<CipherStatus> {
  const expected = expectedOf(safeStorage, platform)
  const guarded = expected.protected && (await isProtected(engine, platform))
  if (guarded || platform !== 'linux') return { ...expected, protected: guarded }
  // Makes sealing possible should the user accept it; nothing is sealed before that.
  safeStorage.setUsePlainTextEncryption(true)
  return { backend: UNPROTECTED_BACKEND, protected: false }
}

async function isProtected(engine: Engine, platform: NodeJS.Platform): Promise<boolean> {
  try {
    if (!(await engine.available())) return false
    const probe = await engine.encrypt('probe')
    return platform !== 'linux' || !probe.toString('latin1').startsWith(UNPROTECTED_PREFIX)
  } catch {
    return false
  }
}

function asyncEngine(safeStorage: SafeStorage): Engine {
  return {
    available: () => safeStorage.isAsyncEncryptionAvailable(),
    encrypt: (text) => safeStorage.encryptStringAsync(text),
    decrypt: async (sealed) => (await safeStorage.decryptStringAsync(sealed)).result,
  }
}

/* eslint-disable @typescript-eslint/no-deprecated -- what Electron 33 to 44 have; see the head of this file */
function syncEngine(safeStorage: SafeStorage): Engine {
  return {
    available: () => Promise.resolve(safeStorage.isEncryptionAvailable()),
    encrypt: (text) => Promise.resolve(safeStorage.encryptString(text)),
    decrypt: (sealed) => Promise.resolve(safeStorage.decryptString(sealed)),
  }
}
/* eslint-enable @typescript-eslint/no-deprecated */
