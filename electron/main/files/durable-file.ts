/** How every file of the profile is written: by electron-store, whole, owner-only, and on the disk when it returns. */
import { closeSync, fsyncSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Store from 'electron-store'
import { StorageUnwritableError } from '../../core/ports'
import { OWN_FILE_MODE, ownFolder, refuseLink } from './own-files'

/**
 * Writes `<folder>/<name>.json`. electron-store writes a temporary file, syncs it and renames it; the folder is
 * synced after that, since a rename is only durable with it. Throws `StorageUnwritableError`; the old file is whole then.
 */
export function writeDurably(folder: string, name: string, document: object): void {
  try {
    ownFolder(folder)
    refuseLink(join(folder, `${name}.json`))
    const store = new Store<Record<string, unknown>>({
      cwd: folder,
      name,
      configFileMode: OWN_FILE_MODE,
      // What lies there is about to be replaced; whether it could be read was decided when it was.
      clearInvalidConfig: true,
    })
    store.store = { ...document }
    syncFolder(dirname(store.path))
  } catch (error) {
    throw unwritable(error)
  }
}

const NO_FOLDER_SYNC = new Set(['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM'])

/** A rename or a removal in a folder is on the disk when its folder is synced. Windows has no such call. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } catch (error) {
    // Some file systems (network shares, FUSE) have no such call for folders: then there is nothing more to do.
    if (!NO_FOLDER_SYNC.has(codeOf(error))) throw error
  } finally {
    closeSync(handle)
  }
}

export function unwritable(error: unknown): StorageUnwritableError {
  if (error instanceof StorageUnwritableError) return error
  return new StorageUnwritableError(codeOf(error), { cause: error })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
