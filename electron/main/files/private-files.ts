/** Keeps the profile's files and folders owner-only, and never writes through a link planted there. */
import { constants } from 'node:fs'
import { dirname, join } from 'node:path'
import { StorageUnwritableError } from '../../core/base/errors'
import { type Disk, NO_FOLLOW, NO_WAIT } from './disk'

export const OWN_FILE_MODE = 0o600
const OWN_FOLDER_MODE = 0o700
export const FOR_OTHERS = 0o077

/** Creates the folder, or restricts an existing one to its owner. Throws when it can't be created. */
export function ownFolder(folder: string, disk: Disk): void {
  const found = disk.stat(folder)
  if (found?.isDirectory() !== true) {
    makeFolder(folder, disk)
    return
  }
  if ((found.mode & FOR_OTHERS) === 0) return
  try {
    disk.chmod(folder, OWN_FOLDER_MODE)
  } catch {
    // The folder of another user, or a file system without modes: usable as it is.
  }
}

/** Including its parents. A folder that isn't synced could disappear after a power loss, with its files. */
function makeFolder(folder: string, disk: Disk): void {
  const parent = dirname(folder)
  if (parent !== folder && disk.stat(parent) === undefined) makeFolder(parent, disk)
  disk.mkdir(folder, OWN_FOLDER_MODE)
  disk.syncFolder(parent)
}

/** Throws `StorageUnwritableError` when `path` is a link, whatever its target. */
export function refuseLink(path: string, disk: Disk): void {
  if (isLink(path, disk)) throw new StorageUnwritableError('ELOOP')
}

export function isLink(path: string, disk: Disk): boolean {
  return disk.lstat(path)?.isSymbolicLink() === true
}

/** Restricts a file to its owner; does nothing to a link or anything else. */
export function closeToOthers(path: string, disk: Disk): void {
  const found = disk.lstat(path)
  if (found?.isFile() !== true || (found.mode & FOR_OTHERS) === 0) return
  try {
    const file = disk.open(path, constants.O_RDONLY | NO_FOLLOW | NO_WAIT)
    try {
      disk.fchmod(file, OWN_FILE_MODE)
    } finally {
      disk.close(file)
    }
  } catch {
    // The file of another user: the folder's mode keeps others out.
  }
}

/** Removes a file, a link, or a folder with its content. Does nothing when nothing exists. */
export function removeAny(path: string, disk: Disk): void {
  const found = disk.lstat(path)
  if (found === undefined) return
  if (!found.isDirectory()) {
    disk.unlink(path)
    return
  }
  for (const name of disk.readdir(path)) removeAny(join(path, name), disk)
  disk.rmdir(path)
}
