/** A disk that fails once, or from then on, at a call that is counted from the moment it is armed. */
import type { Disk } from '../../../electron/main/files/disk'
import { over } from '../sabotage'
import { refusal, type MemoryDisk } from './memory-disk'
import { PAGE } from './tree'

export const ERRORS = ['ENOSPC', 'EDQUOT', 'EIO'] as const
/** What `write` may take of what it is given, without an error. */
export const SHORT_WRITES = ['short by a byte', 'short by a page', 'nothing taken'] as const
export type FaultKind = (typeof ERRORS)[number] | (typeof SHORT_WRITES)[number]

export interface Fault {
  readonly kind: FaultKind
  /** The how manieth of the calls that can fail. */
  readonly at: number
  /** All later ones too. */
  readonly goesOn: boolean
}

export type FailingCall = 'create' | 'write' | 'sync' | 'rename' | 'sync folder'

export class FaultyDisk {
  /** The calls that could have failed since it was armed. */
  calls: FailingCall[] = []
  /** How many of them have. */
  struck = 0
  readonly disk: Disk
  #fault: Fault | null = null
  #isArmed = false

  constructor(private readonly memory: MemoryDisk) {
    this.disk = over(memory, {
      open: (path, flags, mode) => {
        if (mode !== undefined && memory.lstat(path) === undefined) this.#refuse('create')
        return memory.open(path, flags, mode)
      },
      write: (file, bytes, offset, length) => this.#write(file, bytes, offset, length),
      fsync: (file) => {
        const kind = this.#strikes('sync')
        if (kind !== null && isError(kind)) {
          memory.spoil(file)
          throw refusal(kind, 'fsync')
        }
        memory.fsync(file)
      },
      rename: (from, to) => {
        this.#refuse('rename')
        memory.rename(from, to)
      },
      syncFolder: (path) => {
        this.#refuse('sync folder')
        memory.syncFolder(path)
      },
    })
  }

  /** Null only counts. */
  arm(fault: Fault | null): void {
    this.calls = []
    this.struck = 0
    this.#fault = fault
    this.#isArmed = true
  }

  disarm(): void {
    this.#isArmed = false
  }

  #write(file: number, bytes: Uint8Array, offset: number, length: number): number {
    const kind = this.#strikes('write')
    if (kind !== null && isError(kind)) throw refusal(kind, 'write')
    const missing =
      kind === 'short by a byte' ? 1 : kind === 'short by a page' ? PAGE : kind === null ? 0 : length
    const taken = Math.max(0, length - missing)
    return taken === 0 && length > 0 ? 0 : this.memory.write(file, bytes, offset, taken)
  }

  #refuse(call: FailingCall): void {
    const kind = this.#strikes(call)
    if (kind !== null && isError(kind)) throw refusal(kind, call)
  }

  #strikes(call: FailingCall): FaultKind | null {
    if (!this.#isArmed) return null
    this.calls.push(call)
    const fault = this.#fault
    if (fault === null) return null
    const nth = this.calls.length - 1
    if (nth !== fault.at && !(fault.goesOn && nth > fault.at)) return null
    if (!isError(fault.kind) && call !== 'write') return null
    this.struck += 1
    return fault.kind
  }
}

function isError(kind: FaultKind): kind is (typeof ERRORS)[number] {
  return ERRORS.some((each) => each === kind)
}
