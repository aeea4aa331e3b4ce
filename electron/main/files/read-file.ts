/** Reads files of the profile: opened once, without following links, and checked after opening. */
import { constants } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf, type Disk, type FileFacts, NO_FOLLOW, NO_WAIT, OWN_UID } from './disk'
import { refuseLink } from './private-files'

/** Larger than any file that the app writes. */
const MOST_BYTES = 32 * 1024 * 1024
const ROOT = 0

/** What exists at the path is not a file that the app may read. */
export class NoOwnFileError extends Error {
  override readonly name = 'NoOwnFileError'

  /** A folder; a pipe, a socket or a device; too long; another user's. */
  constructor(readonly code: 'EISDIR' | 'ENOTREG' | 'EFBIG' | 'EACCES') {
    super(code)
  }
}

/** Throws the disk's error or `NoOwnFileError`. Never waits for a pipe, and never follows a link. */
export function readOwn(path: string, disk: Disk): Buffer {
  // Systems without `O_NOFOLLOW` need a check before opening.
  if (NO_FOLLOW === 0) refuseLink(path, disk)
  const file = disk.open(path, constants.O_RDONLY | NO_FOLLOW | NO_WAIT)
  try {
    const found = disk.fstat(file)
    if (found.isDirectory()) throw new NoOwnFileError('EISDIR')
    if (!found.isFile()) throw new NoOwnFileError('ENOTREG')
    if (found.size > MOST_BYTES) throw new NoOwnFileError('EFBIG')
    if (!isOurs(found, path, disk)) throw new NoOwnFileError('EACCES')
    const bytes = Buffer.allocUnsafe(found.size)
    return bytes.subarray(0, readInto(file, bytes, disk))
  } finally {
    disk.close(file)
  }
}

export function readOwnText(path: string, disk: Disk): string {
  return readOwn(path, disk).toString('utf8')
}

/** Fills `bytes` from the file's start; returns how many were read. */
export function readInto(file: number, bytes: Uint8Array, disk: Disk): number {
  let read = 0
  while (read < bytes.length) {
    const got = disk.read(file, bytes, read, bytes.length - read, read)
    if (got <= 0) break
    read += got
  }
  return read
}

/** Whether the path is a folder, a link, a pipe or the like, rather than a file that could not be read. */
export function isNoFile(error: unknown): boolean {
  return NO_FILE.has(codeOf(error))
}

const NO_FILE = new Set(['EISDIR', 'ENOTREG', 'EFBIG', 'ELOOP', 'ENXIO'])

/**
 * Another user's file is accepted in a folder of the same user: some systems report one owner for everything shared.
 */
function isOurs({ uid }: FileFacts, path: string, disk: Disk): boolean {
  return OWN_UID === null || uid === OWN_UID || uid === ROOT || uid === disk.stat(dirname(path))?.uid
}
