/** The one way by which a file is written: whole, for its owner alone, and on the disk when it returns. */
import { randomBytes } from 'node:crypto'
import { constants, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { StorageUnwritableError } from '../../core/base/errors'
import { codeOf, type Disk, NO_FOLLOW } from './disk'
import { FOR_OTHERS, OWN_FILE_MODE, refuseLink } from './private-files'
import { readInto } from './read-file'

/**
 * Writes beside `path`, proves that every byte is there, and only then takes the place of what is at `path`. Throws
 * `StorageUnwritableError`; what was there is then as before, unless the error says that the new one may be there.
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

/** Where a write to `path` has to go, so that links stay. Throws `StorageUnwritableError` for one that points nowhere. */
export function throughLinks(path: string, disk: Disk): string {
  try {
    return disk.lstat(path)?.isSymbolicLink() === true ? realpathSync(path) : path
  } catch (error) {
    throw unwritable(error)
  }
}

/** That nobody can foresee, so that nothing can lie in wait under it. */
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

/** On the disk, byte for byte, or not there at all. */
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

/** All of it, however little the disk takes at a time. Throws what it says, and when it takes nothing more. */
export function writeAll(file: number, bytes: Uint8Array, disk: Disk): void {
  for (let written = 0; written < bytes.length;) {
    const taken = disk.write(file, bytes, written, bytes.length - written)
    // A disk that takes nothing and says nothing would be asked for ever.
    if (taken <= 0) throw new StorageUnwritableError('ENOSPC')
    written += taken
  }
}

/** A disk that said "done" is believed once the bytes are there. */
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
    // The next start sweeps it.
  }
}
