/** The real disk with a defect: it fails, writes partially, forgets what it took, or the app on it is killed. */
import { type Disk, nodeDisk } from '../../electron/main/files/disk'

type Call = keyof Disk

/** Calls `before` ahead of each call of the app to the disk. */
function through(before: (call: Call, nth: number) => void, parts: Partial<Disk> = {}): Disk {
  let nth = 0
  const calls = Object.entries({ ...nodeDisk, ...parts }).map(([name, call]: [string, unknown]) => [
    name,
    (...given: unknown[]): unknown => {
      nth += 1
      before(name as Call, nth)
      return (call as (...args: unknown[]) => unknown)(...given)
    },
  ])
  return Object.fromEntries(calls) as Disk
}

/** Reading calls, whose failure changes nothing. */
const LOOKS: ReadonlySet<Call> = new Set(['lstat', 'stat', 'readdir', 'close'])

export interface TriedDisk {
  readonly disk: Disk
  /** Whether the defect has occurred. */
  readonly happened: () => boolean
  /** The call at which it occurred. */
  readonly at: () => Call | null
}

/** Call number `n`, and only that, fails with `code`. */
export function failingDisk(n: number, code: string): TriedDisk {
  let at: Call | null = null
  const disk = through((call, nth) => {
    if (nth < n || at !== null || LOOKS.has(call)) return
    at = call
    throw Object.assign(new Error(code), { code })
  })
  return { disk, happened: () => at !== null, at: () => at }
}

/** The app is killed just before call number `n`: no later call reaches the disk. */
export function lastDisk(n: number): TriedDisk {
  let at: Call | null = null
  const disk = through((call, nth) => {
    if (nth < n) return
    at ??= call
    throw Object.assign(new Error('killed'), { code: 'KILLED' })
  })
  return { disk, happened: () => at !== null, at: () => at }
}

/** Writes at most this many bytes at a time. */
export function sparingDisk(most: number): Disk {
  return through(() => undefined, {
    write: (file, bytes, offset, length) => nodeDisk.write(file, bytes, offset, Math.min(length, most)),
  })
}

/** Writes at most this many bytes of each write, and reports success for all. */
export function lyingDisk(most: number): Disk {
  return through(() => undefined, {
    write: (file, bytes, offset, length) => {
      nodeDisk.write(file, bytes, offset, Math.min(length, most))
      return length
    },
  })
}

/** Writes every byte, but altered. */
export function garblingDisk(): Disk {
  return through(() => undefined, {
    write: (file, bytes, offset, length) => {
      const garbled = Uint8Array.from(bytes)
      garbled.fill(0, offset + Math.floor(length / 2))
      return nodeDisk.write(file, garbled, offset, length)
    },
  })
}

/** Writes nothing any more, and reports no error. */
export function silentDisk(): Disk {
  return through(() => undefined, { write: () => 0 })
}

/** Records the calls in order. */
export function recordingDisk(): { readonly disk: Disk; readonly calls: readonly Call[] } {
  const calls: Call[] = []
  return { disk: through((call) => void calls.push(call)), calls }
}
