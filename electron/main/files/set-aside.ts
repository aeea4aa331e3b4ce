/** Files that can't be read, or are about to be rewritten by a migration, are kept beside the new ones. */
import { constants, copyFileSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import type { SetAsideReason } from '../../core/ports'
import { syncFolder, unwritable } from './durable-file'
import { closeToOthers, isTaken, refuseLink } from './own-files'

/** Renames to `<path>.<why>-<n>`, the first `n` that is free. Throws `StorageUnwritableError`. */
export function setAside(path: string, why: SetAsideReason): string {
  return keep(path, why, renameSync)
}

/** Copies to such a name. Throws `StorageUnwritableError`. */
export function keepCopy(path: string, why: SetAsideReason): string {
  return keep(path, why, copyNew)
}

/** Never over or through something that is there. */
function copyNew(from: string, to: string): void {
  refuseLink(from)
  copyFileSync(from, to, constants.COPYFILE_EXCL)
}

function keep(path: string, why: SetAsideReason, move: (from: string, to: string) => void): string {
  try {
    let n = 1
    while (isTaken(keptName(path, why, n))) n += 1
    const kept = keptName(path, why, n)
    move(path, kept)
    closeToOthers(kept)
    syncFolder(dirname(path))
    return kept
  } catch (error) {
    throw unwritable(error)
  }
}

function keptName(path: string, why: SetAsideReason, n: number): string {
  return `${path}.${why}-${String(n)}`
}
