/**
 * Encrypts with a publicly known key, for users who want sessions to survive a restart where no keyring protects them.
 * The format is Chromium's (`v10` of its OSCrypt on Linux, with the key from its source), as Electron's `basic_text`
 * writes it. Electron's own switch is not used: it applies to the whole process, and has no effect on a desktop where
 * the keyring isn't running.
 */
import { createCipheriv, createDecipheriv, pbkdf2Sync } from 'node:crypto'

const PREFIX = 'v10'
const ALGORITHM = 'aes-128-cbc'
const KEY = pbkdf2Sync('peanuts', 'saltysalt', 1, 16, 'sha1')
const IV = Buffer.alloc(16, ' ')

export function writeUnprotected(text: string): Buffer {
  const cipher = createCipheriv(ALGORITHM, KEY, IV)
  return Buffer.concat([Buffer.from(PREFIX), cipher.update(text, 'utf8'), cipher.final()])
}

/** Throws for anything else. */
export function readUnprotected(bytes: Buffer): string {
  if (bytes.toString('latin1', 0, PREFIX.length) !== PREFIX) throw new Error('not an unprotected text')
  const decipher = createDecipheriv(ALGORITHM, KEY, IV)
  return Buffer.concat([decipher.update(bytes.subarray(PREFIX.length)), decipher.final()]).toString('utf8')
}
