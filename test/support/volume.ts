/** A small disk of its own that can be filled: a tmpfs, or an ext4 in a file, on Linux, where root may mount one. */
import { execFileSync } from 'node:child_process'
import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

const FILLING = 'filling'
const PAGE = 4_096
const PIECES = [65_536, PAGE, 1]

export interface Volume {
  /** Leaves no byte free. */
  fill(): void
  /** Leaves exactly this many pages free. */
  fillTo(pages: number): void
  free(): void
  makeReadOnly(): void
  makeWritable(): void
  unmount(): void
}

/** Null where no file system can be mounted. It is unmounted at the latest when this process ends. */
export function mountVolume(folder: string, size: string): Volume | null {
  return mounted(folder, ['-t', 'tmpfs', '-o', `size=${size},mode=700`, 'tokendesk-torture', folder])
}

/** Like `mountVolume`, in a file `<folder>.ext4` of this size. */
export function mountExt4(folder: string, bytes: number): Volume | null {
  const image = `${folder}.ext4`
  writeFileSync(image, '')
  truncateSync(image, bytes)
  // Without blocks reserved for root, so that all free space is ours.
  if (!succeeds('mkfs.ext4', ['-q', '-b', String(PAGE), '-m', '0', image])) return null
  return mounted(folder, ['-t', 'ext4', '-o', 'loop', image, folder])
}

function mounted(folder: string, args: readonly string[]): Volume | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!mount(...args)) return null
  const filling = join(folder, FILLING)
  let isMounted = true
  const unmount = (): void => {
    if (!isMounted) return
    isMounted = false
    process.off('exit', unmount)
    // Lazily: a process that is being killed may still have a file open.
    execFileSync('umount', ['--lazy', folder])
  }
  process.on('exit', unmount)
  const fill = (): void => {
    const file = openSync(filling, 'a')
    for (const piece of PIECES) appendUntilFull(file, Buffer.alloc(piece))
    closeSync(file)
  }
  return {
    fill,
    fillTo(pages) {
      fill()
      leaveFree(filling, folder, pages)
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

/**
 * Shortens the filling file, and lengthens it where that freed too much: a file system uses a page more or less itself.
 */
function leaveFree(filling: string, folder: string, pages: number): void {
  const file = openSync(filling, 'r+')
  try {
    for (let tries = 0; tries < 16; tries += 1) {
      const more = freePages(file, folder) - pages
      if (more === 0) return
      const { size } = fstatSync(file)
      if (more < 0) ftruncateSync(file, Math.max(0, Math.ceil(size / PAGE) + more) * PAGE)
      // Space that only its books show as free can't be used.
      else if (!grows(file, size, more)) return
    }
    throw new Error(`${folder} can't be filled to ${String(pages)} free pages`)
  } finally {
    closeSync(file)
  }
}

function grows(file: number, from: number, pages: number): boolean {
  try {
    for (let page = 0; page < pages; page += 1)
      writeSync(file, Buffer.alloc(PAGE), 0, PAGE, from + page * PAGE)
    fsyncSync(file)
    return true
  } catch (error) {
    if (isFull(error)) return false
    throw error
  }
}

function freePages(file: number, folder: string): number {
  fsyncSync(file)
  return statfsSync(folder).bavail
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
}

function mount(...args: string[]): boolean {
  return succeeds('mount', args)
}

function succeeds(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function appendUntilFull(file: number, piece: Buffer): void {
  try {
    for (;;) writeSync(file, piece)
  } catch (error) {
    if (!isFull(error)) throw error
  }
}
