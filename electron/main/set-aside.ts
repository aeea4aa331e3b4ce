/** Files that can't be read, or are about to be rewritten by a migration, are kept beside the new ones. */
import { copyFileSync, existsSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { SET_ASIDE_REASONS, type SetAsideReason } from '../core/ports'
import { syncFolder, unwritable } from './durable-file'

/** Renames to `<path>.<why>-<n>`, the first `n` that is free. Throws `StorageUnwritableError`. */
export function setAside(path: string, why: SetAsideReason): string {
  return keep(path, why, renameSync)
}

/** Copies to such a name. Throws `StorageUnwritableError`. */
export function keepCopy(path: string, why: SetAsideReason): string {
  return keep(path, why, copyFileSync)
}

/** What has been kept of the file under such names. */
export function keptBeside(path: string): readonly string[] {
  return SET_ASIDE_REASONS.flatMap((why) => {
    const kept: string[] = []
    for (let n = 1; existsSync(keptName(path, why, n)); n += 1) kept.push(keptName(path, why, n))
    return kept
  })
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
