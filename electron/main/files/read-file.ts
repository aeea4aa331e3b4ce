/** How files of the profile are read: opened once, without following a link, and judged by what was opened. */
import { constants } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf, type Disk, type FileFacts, NO_FOLLOW, NO_WAIT, OWN_UID } from './disk'
import { refuseLink } from './private-files'

/** Longer than anything that the app writes into one file. */
const MOST_BYTES = 32 * 1024 * 1024
const ROOT = 0

/** What lies there is not what a file of ours may be. */
export class NoOwnFileError extends Error {
  override readonly name = 'NoOwnFileError'

  /** A folder; a pipe, a socket or a device; too long; somebody else's. */
  constructor(readonly code: 'EISDIR' | 'ENOTREG' | 'EFBIG' | 'EACCES') {
    super(code)
  }
}

/** Throws what the disk says, and `NoOwnFileError`. Never waits for a pipe, and never reads through a link. */
export function readOwn(path: string, disk: Disk): Buffer {
  // Where opening can't refuse it.
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

/** Fills `bytes` from the file's start; returns how many there were. */
export function readInto(file: number, bytes: Uint8Array, disk: Disk): number {
  let read = 0
  while (read < bytes.length) {
    const got = disk.read(file, bytes, read, bytes.length - read, read)
    if (got <= 0) break
    read += got
  }
  return read
}

/** Whether what was met is a folder, a link, a pipe or the like, rather than a file that could not be read. */
export function isNoFile(error: unknown): boolean {
  return NO_FILE.has(codeOf(error))
}

const NO_FILE = new Set(['EISDIR', 'ENOTREG', 'EFBIG', 'ELOOP', 'ENXIO'])

/** Somebody else's file is taken where the folder is theirs, too: some systems show all that is shared under one owner. */
function isOurs({ uid }: FileFacts, path: string, disk: Disk): boolean {
  return OWN_UID === null || uid === OWN_UID || uid === ROOT || uid === disk.stat(dirname(path))?.uid
}
