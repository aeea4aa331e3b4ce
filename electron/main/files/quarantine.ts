/** Files that can't be read, or are about to be rewritten by a migration, are kept beside the new ones. */
import { dirname } from 'node:path'
import type { QuarantineReason } from '../../core/base/ports'
import type { Disk } from './disk'
import { closeToOthers } from './private-files'
import { readOwn } from './read-file'
import { unwritable, writeWhole } from './whole-file'

/**
 * Renames to `<path>.<why>-<n>`, the first `n` that is free. Throws `StorageUnwritableError`; tried again it then does
 * what is left.
 */
export function quarantine(path: string, why: QuarantineReason, disk: Disk): string {
  return keep(path, why, disk, (kept) => {
    disk.rename(path, kept)
    closeToOthers(kept, disk)
    disk.syncFolder(dirname(path))
  })
}

/** Copies to such a name. Throws `StorageUnwritableError`. */
export function keepCopy(path: string, why: QuarantineReason, disk: Disk): string {
  return keep(path, why, disk, (kept) => {
    writeWhole(kept, readOwn(path, disk), disk)
  })
}

function keep(path: string, why: QuarantineReason, disk: Disk, move: (kept: string) => void): string {
  try {
    let n = 1
    // Also taken by a link that points nowhere.
    while (disk.lstat(keptName(path, why, n)) !== undefined) n += 1
    // An earlier try has moved it, and only the folder's sync failed; or somebody has removed it. Nothing is written over.
    if (disk.lstat(path) === undefined) return n === 1 ? path : keptName(path, why, n - 1)
    const kept = keptName(path, why, n)
    move(kept)
    return kept
  } catch (error) {
    throw unwritable(error)
  }
}

function keptName(path: string, why: QuarantineReason, n: number): string {
  return `${path}.${why}-${String(n)}`
}
