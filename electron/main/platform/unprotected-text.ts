/**
 * Texts that anybody can open who can read them: for the user who wants sessions to outlive a restart where no keyring
 * guards them. In Chromium's own format (`v10` of its OSCrypt on Linux, with the key that stands in its source), which
 * is what Electron's `basic_text` wrote, but without its switch: that is for the whole process, and has no effect on a
 * desktop whose keyring isn't running.
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

/** Throws when it is no such text. */
export function readUnprotected(bytes: Buffer): string {
  if (bytes.toString('latin1', 0, PREFIX.length) !== PREFIX) throw new Error('not an unprotected text')
  const decipher = createDecipheriv(ALGORITHM, KEY, IV)
  return Buffer.concat([decipher.update(bytes.subarray(PREFIX.length)), decipher.final()]).toString('utf8')
}
