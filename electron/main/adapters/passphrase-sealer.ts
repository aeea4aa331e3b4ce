/**
 * Encrypts with scrypt and AES-256-GCM. An encrypted file is a header, the ciphertext and GCM's tag. The header, which
 * is authenticated too, has the key's parameters, so that the cost can rise later:
 *
 * 8 bytes `TDBACKUP` | version | log2 of N | r | p | 16 bytes of salt | 12 bytes of nonce
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { OpenedBytes, PassphraseSealer } from '../../core/base/ports'
import type { Secret } from '../../shared/secret'

export interface ScryptCost {
  readonly log2N: number
  readonly r: number
  readonly p: number
}

/** OWASP's minimum for scrypt (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt). */
const COST: ScryptCost = { log2N: 17, r: 8, p: 1 }

/** The limit for a header's parameters: a foreign file must not use up memory or run for minutes. */
const MAX_MEMORY = 256 * 1024 * 1024
const MAX_WORK = 4 * 2 ** COST.log2N * COST.r * COST.p

const MAGIC = Buffer.from('TDBACKUP', 'latin1')
const VERSION = 1
const SALT_LENGTH = 16
/** GCM's recommended length (NIST SP 800-38D, 5.2.1.1). Each file has a key of its own, so it never repeats. */
const NONCE_LENGTH = 12
const TAG_LENGTH = 16
const KEY_LENGTH = 32
const HEADER_LENGTH = MAGIC.length + 4 + SALT_LENGTH + NONCE_LENGTH
const ALGORITHM = 'aes-256-gcm'

/** How much is encrypted or decrypted at a time. */
const CHUNK = 1024 * 1024

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
)

/** @param cost for encrypting; decrypting takes it from the header. */
export function createPassphraseSealer(cost: ScryptCost = COST): PassphraseSealer {
  return {
    async seal(bytes, passphrase) {
      const salt = randomBytes(SALT_LENGTH)
      const nonce = randomBytes(NONCE_LENGTH)
      const header = Buffer.concat([MAGIC, Buffer.from([VERSION, cost.log2N, cost.r, cost.p]), salt, nonce])
      const key = await keyOf(passphrase, salt, cost)
      const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_LENGTH }).setAAD(header)
      const sealed = Buffer.allocUnsafe(HEADER_LENGTH + bytes.length + TAG_LENGTH)
      sealed.set(header)
      await inChunks(bytes, cipher, sealed.subarray(HEADER_LENGTH))
      cipher.final()
      sealed.set(cipher.getAuthTag(), HEADER_LENGTH + bytes.length)
      return sealed
    },

    async open(bytes, passphrase) {
      const header = Buffer.from(bytes.subarray(0, HEADER_LENGTH))
      const cost = readCost(header)
      if (typeof cost === 'string') return refused(cost)
      if (bytes.length < HEADER_LENGTH + TAG_LENGTH) return refused('damaged')
      const salt = header.subarray(-NONCE_LENGTH - SALT_LENGTH, -NONCE_LENGTH)
      const nonce = header.subarray(-NONCE_LENGTH)
      const key = await keyOf(passphrase, salt, cost)
      const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_LENGTH })
        .setAAD(header)
        .setAuthTag(bytes.subarray(-TAG_LENGTH))
      const sealed = bytes.subarray(HEADER_LENGTH, -TAG_LENGTH)
      const opened = Buffer.allocUnsafe(sealed.length)
      await inChunks(sealed, decipher, opened)
      try {
        decipher.final()
      } catch {
        opened.fill(0)
        return refused('wrong-passphrase-or-damaged')
      }
      return { ok: true, bytes: opened }
    },
  }
}

/** The header's parameters, or why they can't be used. */
function readCost(header: Buffer): ScryptCost | 'not-a-backup' | 'newer-version' | 'damaged' {
  if (!header.subarray(0, MAGIC.length).equals(MAGIC)) return 'not-a-backup'
  const [version = 0, log2N = 0, r = 0, p = 0] = header.subarray(MAGIC.length)
  if (version > VERSION) return 'newer-version'
  const work = 2 ** log2N * r * p
  // The upper bound of N is scrypt's own (RFC 7914, section 6).
  const isPossible = version === VERSION && log2N >= 1 && log2N < 16 * r && p >= 1
  const isBearable = work <= MAX_WORK && memoryOf({ log2N, r, p }) <= MAX_MEMORY
  return isPossible && isBearable ? { log2N, r, p } : 'damaged'
}

function memoryOf({ log2N, r }: ScryptCost): number {
  return 128 * 2 ** log2N * r
}

/** Normalized, since the same passphrase typed on another computer may have other code points. */
async function keyOf(passphrase: Secret, salt: Buffer, cost: ScryptCost): Promise<Buffer> {
  const { log2N, r, p } = cost
  // Node's limit has to include a little more than the table itself.
  const maxmem = memoryOf(cost) + 128 * r * (p + 2) + 1024 * 1024
  return await derive(passphrase.reveal().normalize('NFC'), salt, KEY_LENGTH, { N: 2 ** log2N, r, p, maxmem })
}

/** GCM returns its output at once and at the same length. */
async function inChunks(
  from: Uint8Array,
  through: { update(chunk: Uint8Array): Buffer },
  to: Buffer,
): Promise<void> {
  for (let at = 0; at < from.length; at += CHUNK) {
    to.set(through.update(from.subarray(at, at + CHUNK)), at)
    await setImmediate()
  }
}

function refused(reason: Extract<OpenedBytes, { ok: false }>['reason']): OpenedBytes {
  return { ok: false, reason }
}
