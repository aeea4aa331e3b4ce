/** Writes account records, and tracks what each file holds, also after a refused write. */
import type { AccountId } from '../../shared/account'
import { StorageUnwritableError } from '../base/errors'
import type { Log, RecordStore } from '../base/ports'
import type { AccountEntries } from './account-entries'
import { ifWritable } from './record-intake'
import {
  isBehind,
  isWithoutEnvironment,
  recordOf,
  sealedOf,
  type Entry,
  type Profile,
  type SealedSession,
} from './vault-entry'

export class RecordWriter {
  constructor(
    private readonly records: RecordStore,
    private readonly log: Log,
  ) {}

  /**
   * Skips what is on disk already, so that in memory-only mode a full disk doesn't prevent renewals. Throws
   * `StorageUnwritableError`.
   */
  write(id: AccountId, entry: Entry, profile: Profile, sealed: SealedSession | null): void {
    const { holds, mayHold } = entry.file
    if (holds?.profile === profile && holds.sealed === sealed && mayHold.length === 0) return
    this.#keep(id, entry)
    try {
      this.records.write(id, recordOf(id, profile, sealed))
    } catch (error) {
      if (error instanceof StorageUnwritableError && error.mayBeThere)
        entry.file = { ...entry.file, mayHold: [...mayHold, sealed] }
      throw error
    }
    entry.file = { ...entry.file, holds: { profile, sealed }, mayHold: [] }
  }

  /** Brings the file up to date with the account in memory. Throws `StorageUnwritableError`. */
  rewrite(id: AccountId, entry: Entry): void {
    this.write(id, entry, entry.profile, sealedOf(entry))
  }

  /** Writes the account without its session and without the unreadable parts of its record. Throws the same. */
  writeWithoutSession(id: AccountId, entry: Entry): void {
    if (!isWithoutEnvironment(entry.profile)) {
      this.write(id, entry, entry.profile, null)
      return
    }
    this.#keep(id, entry)
    // The entry in memory already holds everything readable.
    this.records.write(id, { name: entry.profile.name })
  }

  /** Writes sessions in memory into the records that were written without them. */
  writeBack(entries: AccountEntries): void {
    for (const [id, entry] of entries) {
      if (!isBehind(entry)) continue
      ifWritable(this.log, () => {
        this.rewrite(id, entry)
      })
    }
  }

  /** Throws `StorageUnwritableError`; the file then stays. */
  remove(id: AccountId, entry: Entry | undefined): void {
    try {
      this.records.remove(id)
    } catch (error) {
      // The file may be gone all the same, when only the folder's sync or the removal of a copy failed.
      if (entry !== undefined && entry.file.holds !== null) this.#putBack(id, entry)
      throw error
    }
  }

  /** When only the folder's sync failed, the new record exists all the same, and the next start would show it. */
  removeRefused(id: AccountId, error: unknown): void {
    if (!(error instanceof StorageUnwritableError)) return
    ifWritable(this.log, () => {
      this.records.remove(id)
    })
  }

  #putBack(id: AccountId, entry: Entry): void {
    entry.file = { ...entry.file, mayHold: [...entry.file.mayHold, null] }
    ifWritable(this.log, () => {
      this.rewrite(id, entry)
    })
  }

  /** Keeps a copy of the file before it is overwritten. */
  #keep(id: AccountId, entry: Entry): void {
    const { keepFirst } = entry.file
    if (keepFirst === 'unread') this.records.quarantine(id, 'damaged')
    if (keepFirst === 'older') this.records.keepCopy(id, 'before-migration')
    entry.file = { ...entry.file, keepFirst: null }
  }
}
