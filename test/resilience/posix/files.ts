/** Files of an in-memory disk, as other programs read and write them. */
import { constants } from 'node:fs'
import type { MemoryDisk } from './memory-disk'
import { files } from './tree'

export function bytesOf(disk: MemoryDisk, path: string): Buffer {
  for (const [each, { current }] of files(disk.tree)) if (each === path) return current
  throw new Error(`no file ${path}`)
}

export function put(disk: MemoryDisk, path: string, bytes: Buffer): void {
  const { O_WRONLY, O_CREAT, O_TRUNC } = constants
  const file = disk.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  disk.write(file, bytes, 0, bytes.length)
  disk.close(file)
}
