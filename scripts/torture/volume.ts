/** A disk of its own, small enough to be filled: a tmpfs on Linux, where root may mount one. */
import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

const FILLING = 'filling'
const PIECES = [65_536, 4_096, 1]

export interface Volume {
  /** Not a byte more fits. */
  fill(): void
  free(): void
  makeReadOnly(): void
  makeWritable(): void
  unmount(): void
}

/** Null where no file system can be mounted. It is unmounted when this process ends, if not before. */
export function mountVolume(folder: string, size: string): Volume | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!mount('-t', 'tmpfs', '-o', `size=${size},mode=700`, 'tokendesk-torture', folder)) return null
  const filling = join(folder, FILLING)
  let mounted = true
  const unmount = (): void => {
    if (!mounted) return
    mounted = false
    process.off('exit', unmount)
    // Lazily: a process that is just being killed may still have a file open.
    execFileSync('umount', ['--lazy', folder])
  }
  process.on('exit', unmount)
  return {
    fill() {
      const file = openSync(filling, 'a')
      for (const piece of PIECES) appendUntilFull(file, Buffer.alloc(piece))
      closeSync(file)
    },
    free() {
      rmSync(filling, { force: true })
    },
    makeReadOnly() {
      if (!mount('-o', 'remount,ro', folder)) throw new Error(`${folder} can't be made read-only`)
    },
    makeWritable() {
      if (!mount('-o', 'remount,rw', folder)) throw new Error(`${folder} can't be made writable`)
    },
    unmount,
  }
}

function mount(...args: string[]): boolean {
  try {
    execFileSync('mount', args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function appendUntilFull(file: number, piece: Buffer): void {
  try {
    for (;;) writeSync(file, piece)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}
