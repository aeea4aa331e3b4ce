/** The only way files are written: whole, owner-only, and on the disk when it returns. */
import { randomBytes } from 'node:crypto'
import { constants, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { StorageUnwritableError } from '../../core/base/errors'
import { codeOf, type Disk, NO_FOLLOW } from './disk'
import { FOR_OTHERS, OWN_FILE_MODE, refuseLink } from './private-files'
import { readInto } from './read-file'

/**
 * Writes beside `path`, verifies every byte, and only then replaces `path`. Throws `StorageUnwritableError`; the old
 * file is then unchanged, unless the error says that the new one may be there.
 */
export function writeWhole(
  path: string,
  content: string | Uint8Array,
  disk: Disk,
  draft = `${path}.tmp-${randomName()}`,
): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  try {
    refuseLink(path, disk)
    writeDraft(draft, bytes, disk)
    try {
      disk.rename(draft, path)
    } catch (error) {
      discard(draft, disk)
      throw error
    }
    syncFolderOf(path, disk)
  } catch (error) {
    throw unwritable(error)
  }
}

/** Where to write so that a link at `path` stays. Throws `StorageUnwritableError` for one without a target. */
export function throughLinks(path: string, disk: Disk): string {
  try {
    return disk.lstat(path)?.isSymbolicLink() === true ? realpathSync(path) : path
  } catch (error) {
    throw unwritable(error)
  }
}

/** Unpredictable, so that nothing can be planted under this name. */
export function randomName(): string {
  return randomBytes(8).toString('hex')
}

export function unwritable(error: unknown): StorageUnwritableError {
  if (error instanceof StorageUnwritableError) return error
  return new StorageUnwritableError(codeOf(error), { cause: error })
}

function syncFolderOf(path: string, disk: Disk): void {
  try {
    disk.syncFolder(dirname(path))
  } catch (error) {
    throw new StorageUnwritableError(codeOf(error), { cause: error, mayBeThere: true })
  }
}

/** Writes and syncs it completely, or leaves nothing. */
function writeDraft(draft: string, bytes: Uint8Array, disk: Disk): void {
  const { O_RDWR, O_CREAT, O_EXCL } = constants
  const file = disk.open(draft, O_RDWR | O_CREAT | O_EXCL | NO_FOLLOW, OWN_FILE_MODE)
  try {
    try {
      writeAll(file, bytes, disk)
      disk.fsync(file)
      prove(file, bytes, disk)
    } finally {
      disk.close(file)
    }
  } catch (error) {
    discard(draft, disk)
    throw error
  }
}

/** Continues after partial writes. Throws the disk's error, or when the disk takes nothing more. */
export function writeAll(file: number, bytes: Uint8Array, disk: Disk): void {
  for (let written = 0; written < bytes.length;) {
    const taken = disk.write(file, bytes, written, bytes.length - written)
    // A disk that neither takes a byte nor fails would loop forever.
    if (taken <= 0) throw new StorageUnwritableError('ENOSPC')
    written += taken
  }
}

/** Reads the bytes back: a disk that reports success may still have failed. */
function prove(file: number, bytes: Uint8Array, disk: Disk): void {
  const { size, mode } = disk.fstat(file)
  if (size !== bytes.length) throw new StorageUnwritableError('EIO')
  if ((mode & FOR_OTHERS) !== 0) closeDraft(file, disk)
  const again = Buffer.allocUnsafe(bytes.length)
  if (readInto(file, again, disk) !== bytes.length || !again.equals(bytes)) {
    throw new StorageUnwritableError('EIO')
  }
}

function closeDraft(file: number, disk: Disk): void {
  try {
    disk.fchmod(file, OWN_FILE_MODE)
  } catch {
    // A file system without modes.
  }
}

function discard(draft: string, disk: Disk): void {
  try {
    disk.unlink(draft)
  } catch {
    // The next start removes it.
  }
}
