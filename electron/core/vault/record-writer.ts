/** Writes account records, and knows of each file what it holds afterwards, also where the disk has refused. */
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
   * Nothing is written that is on disk already: in memory-only mode a full disk keeps nobody from renewing. Throws
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

  /** Brings the file up to date with what is known of the account. Throws `StorageUnwritableError`. */
  rewrite(id: AccountId, entry: Entry): void {
    this.write(id, entry, entry.profile, sealedOf(entry))
  }

  /** Writes the account without its session, and without what can't be read of its record. Throws the same. */
  writeWithoutSession(id: AccountId, entry: Entry): void {
    if (!isWithoutEnvironment(entry.profile)) {
      this.write(id, entry, entry.profile, null)
      return
    }
    this.#keep(id, entry)
    // Stands as before: all that could be read of it.
    this.records.write(id, { name: entry.profile.name })
  }

  /** Writes the sessions that are known in memory into the records that were written without them. */
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
      // Its file may be gone all the same, when only the folder's sync failed or a copy beside it could not be removed.
      if (entry !== undefined && entry.file.holds !== null) this.#putBack(id, entry)
      throw error
    }
  }

  /** A new record lies there all the same when only its folder's sync failed; the next start would show it. */
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

  /** The file as it lies there, before it is written over. */
  #keep(id: AccountId, entry: Entry): void {
    const { keepFirst } = entry.file
    if (keepFirst === 'unread') this.records.quarantine(id, 'damaged')
    if (keepFirst === 'older') this.records.keepCopy(id, 'before-migration')
    entry.file = { ...entry.file, keepFirst: null }
  }
}
