/** Files and folders of the profile are for their owner alone, and a link planted there makes us write nowhere else. */
import { constants } from 'node:fs'
import { dirname, join } from 'node:path'
import { StorageUnwritableError } from '../../core/base/errors'
import { type Disk, NO_FOLLOW, NO_WAIT } from './disk'

export const OWN_FILE_MODE = 0o600
const OWN_FOLDER_MODE = 0o700
export const FOR_OTHERS = 0o077

/** Makes the folder, or closes one to others that is open to them. Throws when it can't be made. */
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
    // Somebody else's folder, or a file system without modes: it can be used as it is.
  }
}

/** With those above it. A folder that the disk may forget again would take its files along. */
function makeFolder(folder: string, disk: Disk): void {
  const parent = dirname(folder)
  if (parent !== folder && disk.stat(parent) === undefined) makeFolder(parent, disk)
  disk.mkdir(folder, OWN_FOLDER_MODE)
  disk.syncFolder(parent)
}

/** Throws `StorageUnwritableError` when there is a link at `path`, wherever it points. */
export function refuseLink(path: string, disk: Disk): void {
  if (isLink(path, disk)) throw new StorageUnwritableError('ELOOP')
}

export function isLink(path: string, disk: Disk): boolean {
  return disk.lstat(path)?.isSymbolicLink() === true
}

/** Closes a file to others; leaves what is no file, or a link, as it is. */
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
    // Somebody else's file: the folder keeps others out.
  }
}

/** Removes a file, a link, or a folder with all that is in it. Nothing happens where nothing is. */
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
