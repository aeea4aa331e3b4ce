/** Takes in the records that are found on disk: reads each, and puts aside what can't be read. */
import type { AccountUse } from '../../shared/account'
import type { LockedReason } from '../../shared/problem'
import type { Migration } from '../base/migrate'
import { parseRecord, type ParsedRecord } from './account-record'
import { errorFacts } from '../base/error-facts'
import type { FoundRecord, Log, RecordStore, StoredText } from '../base/ports'
import { entryOf, unreadableEntry, type Entry } from './vault-entry'

export interface TakenIn {
  readonly entry: Entry
  /** What an earlier version wrote down of it in the record. */
  readonly usedBefore: AccountUse | null
}

export class RecordIntake {
  constructor(
    private readonly records: RecordStore,
    private readonly log: Log,
    private readonly migrations: readonly Migration[],
  ) {}

  take({ id, stored, quarantine }: FoundRecord): TakenIn {
    const text = stored.kind === 'text' ? stored.text : ''
    const parsed = parseRecord(text, this.migrations)
    if ((parsed.kind === 'current' || parsed.kind === 'migrated') && parsed.record.id === id) {
      if (quarantine) {
        ifWritable(this.log, () => {
          this.records.write(id, parsed.record)
        })
      }
      const entry = entryOf(parsed.record)
      // Rewriting thousands at a start would take its time: each is kept and rewritten when it next changes.
      if (parsed.kind === 'migrated' && !quarantine) entry.keepBeforeWrite = 'older'
      return { entry, usedBefore: parsed.record.usedBefore ?? null }
    }
    this.log.warn('an account record can not be read', { id, kind: parsed.kind, quarantine })
    // One that the system doesn't let us read may be whole: it stays where it is.
    let isUnread = !quarantine
    if (!quarantine && stored.kind === 'text') {
      ifWritable(this.log, () => {
        this.records.quarantine(id, parsed.kind === 'future' ? 'newer-version' : 'damaged')
        isUnread = false
      })
    }
    const entry = unreadableEntry(id, text, { isUnread, reason: whyUnreadable(stored, parsed) })
    return { entry, usedBefore: null }
  }
}

/** Tidying up must not keep the app from starting, or from telling what has happened: on a disk that refuses it waits. */
export function ifWritable(log: Log, tidy: () => void): void {
  try {
    tidy()
  } catch (error) {
    log.warn('account records can not be written', errorFacts(error))
  }
}

function whyUnreadable(stored: StoredText, parsed: ParsedRecord): LockedReason {
  if (stored.kind === 'unreadable') return 'record-unreadable'
  return parsed.kind === 'future' ? 'newer-version' : 'record-damaged'
}
