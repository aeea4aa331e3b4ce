/** Files that can't be read, or are about to be rewritten by a migration, are kept beside the new ones. */
import { copyFileSync, existsSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import type { SetAsideReason } from '../core/ports'
import { syncFolder, unwritable } from './durable-file'

/** Renames to `<path>.<why>-<n>`, the first `n` that is free. Throws `StorageUnwritableError`. */
export function setAside(path: string, why: SetAsideReason): string {
  return keep(path, why, renameSync)
}

/** Copies to such a name. Throws `StorageUnwritableError`. */
export function keepCopy(path: string, why: SetAsideReason): string {
  return keep(path, why, copyFileSync)
}

function keep(path: string, why: SetAsideReason, move: (from: string, to: string) => void): string {
  try {
    let n = 1
    while (existsSync(keptName(path, why, n))) n += 1
    move(path, keptName(path, why, n))
    syncFolder(dirname(path))
    return keptName(path, why, n)
  } catch (error) {
    throw unwritable(error)
  }
}

function keptName(path: string, why: SetAsideReason, n: number): string {
  return `${path}.${why}-${String(n)}`
}
