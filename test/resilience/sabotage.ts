/** Ways to get it wrong that POSIX forgives until the power goes: each of them the oracle has to notice. */
import { dirname } from 'node:path'
import type { Disk } from '../../electron/main/files/disk'

export const SABOTAGE: Readonly<Record<string, (disk: Disk) => Disk>> = {
  'the sync of the folder is left out': (disk) => over(disk, { syncFolder: () => undefined }),
  'the folder is synced before the rename': (disk) =>
    over(disk, {
      rename: (from, to) => {
        disk.syncFolder(dirname(to))
        disk.rename(from, to)
      },
      syncFolder: () => undefined,
    }),
  'the sync of the file is left out': (disk) => over(disk, { fsync: () => undefined }),
  'the old file is removed before the new one takes its place': (disk) =>
    over(disk, {
      rename: (from, to) => {
        if (disk.lstat(to) !== undefined) disk.unlink(to)
        disk.rename(from, to)
      },
    }),
}

/** The same with some of its parts replaced. */
export function over<Whole extends object>(whole: Whole, parts: Partial<Whole>): Whole {
  return new Proxy(whole, {
    get(target, name) {
      const replaced: unknown = Reflect.get(parts, name)
      if (replaced !== undefined) return replaced
      const own: unknown = Reflect.get(target, name, target)
      return typeof own === 'function' ? (own.bind(target) as unknown) : own
    },
  })
}

/**
 * What a writer does that takes what the disk accepted for the whole and proves nothing, as electron-store's own did
 * until November 2026: it is told that all is there, whatever is.
 */
export function withoutProof(disk: Disk): Disk {
  const given = new Map<number, Buffer>()
  return over(disk, {
    open: (path, flags, mode) => {
      const file = disk.open(path, flags, mode)
      given.delete(file)
      return file
    },
    write: (file, bytes, offset, length) => {
      const taken = disk.write(file, bytes, offset, length)
      const before = given.get(file) ?? Buffer.alloc(0)
      given.set(file, Buffer.concat([before, bytes.subarray(offset, offset + length)]))
      return Math.max(taken, length)
    },
    fstat: (file) => {
      const size = given.get(file)?.length
      const found = disk.fstat(file)
      return size === undefined ? found : over(found, { size })
    },
    read: (file, into, offset, length, position) => {
      const bytes = given.get(file)
      if (bytes === undefined) return disk.read(file, into, offset, length, position)
      return bytes.copy(into, offset, position, position + length)
    },
  })
}
