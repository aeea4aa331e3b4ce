/**
 * The few calls that write, sync and read files. All access to the profile uses them, so that tests can simulate a disk
 * that is full, fails, or loses power.
 */
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  statSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs'

export type FileFacts = Pick<
  Stats,
  'isFile' | 'isDirectory' | 'isSymbolicLink' | 'size' | 'mode' | 'uid' | 'mtimeMs'
>

/** Like the calls of `node:fs` by these names: each throws an error with a `code` on failure. */
export interface Disk {
  open(path: string, flags: number, mode?: number): number
  /** Returns the bytes written, which are fewer on a full disk. */
  write(file: number, bytes: Uint8Array, offset: number, length: number): number
  read(file: number, bytes: Uint8Array, offset: number, length: number, position: number): number
  /** The file's bytes and size are on the disk when it returns. */
  fsync(file: number): void
  fstat(file: number): FileFacts
  fchmod(file: number, mode: number): void
  ftruncate(file: number, size: number): void
  close(file: number): void
  rename(from: string, to: string): void
  unlink(path: string): void
  rmdir(path: string): void
  /** Undefined when nothing exists there. */
  lstat(path: string): FileFacts | undefined
  /** Like `lstat`, for a link's target. */
  stat(path: string): FileFacts | undefined
  readdir(folder: string): readonly string[]
  mkdir(path: string, mode: number): void
  chmod(path: string, mode: number): void
  /** What was created, renamed or removed in the folder is on the disk when it returns. */
  syncFolder(folder: string): void
}

export const nodeDisk: Disk = {
  open: openSync,
  write: (file, bytes, offset, length) => writeSync(file, bytes, offset, length),
  read: (file, bytes, offset, length, position) => readSync(file, bytes, offset, length, position),
  fsync: fsyncSync,
  fstat: (file) => fstatSync(file),
  fchmod: fchmodSync,
  ftruncate: ftruncateSync,
  close: closeSync,
  rename: process.platform === 'win32' ? renamePatiently : renameSync,
  unlink: unlinkSync,
  rmdir: (path) => {
    rmdirSync(path)
  },
  lstat: (path) => lstatSync(path, { throwIfNoEntry: false }),
  stat: (path) => statSync(path, { throwIfNoEntry: false }),
  readdir: (folder) => readdirSync(folder),
  mkdir: (path, mode) => {
    mkdirSync(path, mode)
  },
  chmod: chmodSync,
  syncFolder: process.platform === 'win32' ? () => undefined : syncFolder,
}

/** Windows has no such flag; there links are checked for before opening. */
export const NO_FOLLOW = (constants.O_NOFOLLOW as number | undefined) ?? 0
/** Keeps opening a pipe without a writer from waiting forever. */
export const NO_WAIT = (constants.O_NONBLOCK as number | undefined) ?? 0

/** Null on Windows, where files have no such owner. */
export const OWN_UID = process.getuid?.() ?? null

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}

const NO_FOLDER_SYNC = new Set(['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM'])

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } catch (error) {
    // Some file systems (network shares, FUSE) can't sync folders: then there is nothing more to do.
    if (!NO_FOLDER_SYNC.has(codeOf(error))) throw error
  } finally {
    closeSync(handle)
  }
}

const HELD_OPEN = new Set(['EPERM', 'EACCES', 'EBUSY'])
const PATIENCE_MS = 1_000
const PAUSE_MS = 20

/** On Windows, virus scanners and indexers hold a new file open for a moment. */
function renamePatiently(from: string, to: string): void {
  const pause = new Int32Array(new SharedArrayBuffer(4))
  for (let waited = 0; ; waited += PAUSE_MS) {
    try {
      renameSync(from, to)
      return
    } catch (error) {
      if (!HELD_OPEN.has(codeOf(error)) || waited >= PATIENCE_MS) throw error
      Atomics.wait(pause, 0, 0, PAUSE_MS)
    }
  }
}
