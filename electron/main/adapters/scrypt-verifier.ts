import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { PassphraseHash, PassphraseVerifier } from '../../core/base/ports'
import type { Secret } from '../../shared/secret'

type Cost = Pick<PassphraseHash, 'log2N' | 'r' | 'p'>

/** OWASP's minimum for scrypt (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt). */
const COST: Cost = { log2N: 17, r: 8, p: 1 }
const SALT_LENGTH = 16
const HASH_LENGTH = 32
/** The limit for a file's parameters: checking must not use up memory or run for minutes. */
const MAX_MEMORY = 256 * 1024 * 1024
const MAX_P = 4

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
)

/** @param cost for new hashes; checking takes it from the hash. */
export function createScryptVerifier(cost: Cost = COST): PassphraseVerifier {
  return {
    async make(passphrase) {
      const salt = randomBytes(SALT_LENGTH)
      const hash = await hashOf(passphrase, salt, cost)
      return { ...cost, salt: salt.toString('base64'), hash: hash.toString('base64') }
    },

    async isRight(passphrase, known) {
      const expected = Buffer.from(known.hash, 'base64')
      // A truncated hash could be matched by chance.
      if (expected.length !== HASH_LENGTH || !isBearable(known)) return false
      return timingSafeEqual(await hashOf(passphrase, Buffer.from(known.salt, 'base64'), known), expected)
    },
  }
}

function isBearable({ log2N, r, p }: Cost): boolean {
  return log2N >= 1 && r >= 1 && p >= 1 && p <= MAX_P && 128 * 2 ** log2N * r <= MAX_MEMORY
}

/** Runs off the main thread. The same passphrase may be typed in other code points, so it is normalized. */
function hashOf(passphrase: Secret, salt: Buffer, { log2N, r, p }: Cost): Promise<Buffer> {
  const maxmem = 128 * 2 ** log2N * r + 128 * r * (p + 2) + 1024 * 1024
  return derive(passphrase.reveal().normalize('NFC'), salt, HASH_LENGTH, { N: 2 ** log2N, r, p, maxmem })
}
