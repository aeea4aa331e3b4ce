/** Files and folders of the profile are for their owner alone, and a link planted there makes us write nowhere else. */
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  lstatSync,
  mkdirSync,
  openSync,
  statSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { StorageUnwritableError } from '../../core/ports'

export const OWN_FILE_MODE = 0o600
const OWN_FOLDER_MODE = 0o700
const FOR_OTHERS = 0o077
/** Windows knows no such flag; there `refuseLink` is what stands. */
const NO_FOLLOW = (constants.O_NOFOLLOW as number | undefined) ?? 0

/** Makes the folder, or closes one to others that is open to them. Throws when it can't be made. */
export function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: OWN_FOLDER_MODE })
  if ((statSync(folder).mode & FOR_OTHERS) === 0) return
  try {
    chmodSync(folder, OWN_FOLDER_MODE)
  } catch {
    // Somebody else's folder, or a file system without modes: it can be used as it is.
  }
}

/** Throws `StorageUnwritableError` when there is a link at `path`, wherever it points. */
export function refuseLink(path: string): void {
  if (isLink(path)) throw new StorageUnwritableError('ELOOP')
}

export function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
}

/** Whether there is anything at `path`, also a link that points nowhere. */
export function isTaken(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** Closes a file to others; leaves what is no file, or a link, as it is. */
export function closeToOthers(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found?.isFile() !== true || (found.mode & FOR_OTHERS) === 0) return
  try {
    const handle = openSync(path, constants.O_RDONLY | NO_FOLLOW)
    try {
      fchmodSync(handle, OWN_FILE_MODE)
    } finally {
      closeSync(handle)
    }
  } catch {
    // Somebody else's file: the folder keeps others out.
  }
}

/** Adds to the file, which is made when it is missing. Rejects when there is a link in its place. */
export async function appendOwn(path: string, text: string): Promise<void> {
  refuseLink(path)
  const handle = await open(
    path,
    constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | NO_FOLLOW,
    OWN_FILE_MODE,
  )
  try {
    if (((await handle.stat()).mode & FOR_OTHERS) !== 0) await handle.chmod(OWN_FILE_MODE)
    await handle.appendFile(text)
  } finally {
    await handle.close()
  }
}
