/** Keeps files that can't be read, or are about to be migrated, beside the new ones. */
import { dirname } from 'node:path'
import type { QuarantineReason } from '../../core/base/ports'
import type { Disk } from './disk'
import { closeToOthers } from './private-files'
import { readOwn } from './read-file'
import { unwritable, writeWhole } from './whole-file'

/**
 * Renames to `<path>.<why>-<n>`, with the first free `n`. Throws `StorageUnwritableError`; another call then completes
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
    // A link without a target counts as taken, too.
    while (disk.lstat(keptName(path, why, n)) !== undefined) n += 1
    // Either an earlier attempt moved it and only syncing the folder failed, or it was removed. Nothing is overwritten.
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
