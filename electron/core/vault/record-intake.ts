/** Reads the records found on disk, and quarantines those that can't be read. */
import type { AccountId, AccountUse } from '../../shared/account'
import type { LockedReason } from '../../shared/problem'
import type { Migration } from '../base/migrate'
import { parseRecord, type ParsedRecord } from './account-record'
import { errorFacts } from '../base/error-facts'
import type { FoundRecord, Log, RecordStore, StoredText } from '../base/ports'
import { tagOf } from './sealed-text'
import { entryOf, isUnreadable, unreadableEntry, type Entry } from './vault-entry'

export interface LoadReport {
  /** The keyring is not the expected one, so the accounts' statuses may differ from what was shown. */
  readonly isOtherStorage: boolean
  /** Names of accounts whose record could not be read. */
  readonly damaged: readonly string[]
  /** Accounts sealed by another keyring than this session has, and that keyring's name. */
  readonly sealedElsewhere: { readonly before: string; readonly accounts: number } | null
}

export interface LoadSteps {
  /** Records to read before all others. */
  readonly first: readonly AccountId[]
  /** Called when the first records are available; the others are read once it resolves. */
  readonly firstAreRead: () => Promise<unknown>
  /** Called when all records are available; the keyring is asked once it resolves. */
  readonly allAreRead: () => Promise<unknown>
  /** Called with the usage that a record of an earlier version holds. */
  readonly usedBefore: (id: AccountId, use: AccountUse) => void
}

interface TakenIn {
  readonly entry: Entry
  /** The usage that an earlier version stored in the record. */
  readonly usedBefore: AccountUse | null
}

export class RecordIntake {
  constructor(
    private readonly records: RecordStore,
    private readonly log: Log,
    private readonly migrations: readonly Migration[],
  ) {}

  /** Puts the ids of the first rows first. */
  async takeAll(
    { first, firstAreRead, usedBefore: tellUse }: LoadSteps,
    put: (id: AccountId, entry: Entry) => void,
  ): Promise<void> {
    const isFirst = new Set(first)
    let toldOfFirst = first.length === 0
    for await (const found of this.records.readAll(first)) {
      if (!toldOfFirst && !isFirst.has(found.id)) {
        toldOfFirst = true
        await firstAreRead()
      }
      const { entry, usedBefore } = this.#take(found)
      if (usedBefore !== null) tellUse(found.id, usedBefore)
      put(found.id, entry)
    }
  }

  #take({ id, stored, quarantine }: FoundRecord): TakenIn {
    const text = stored.kind === 'text' ? stored.text : ''
    const parsed = parseRecord(text, this.migrations)
    if ((parsed.kind === 'current' || parsed.kind === 'migrated') && parsed.record.id === id) {
      if (quarantine) {
        ifWritable(this.log, () => {
          this.records.write(id, parsed.record)
        })
      }
      // Rewriting thousands would slow the start: each is rewritten when it next changes.
      const entry = entryOf(parsed.record, parsed.kind === 'migrated' && !quarantine)
      return { entry, usedBefore: parsed.record.usedBefore ?? null }
    }
    this.log.warn('an account record can not be read', { id, kind: parsed.kind, quarantine })
    // A file that the system doesn't let us read may be intact, so it is not moved.
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

export function reportOn(entries: readonly Entry[]): Omit<LoadReport, 'isOtherStorage'> {
  const elsewhere = entries.filter((entry) => entry.locked === 'other-keyring')
  const before = elsewhere[0]?.session?.sealed?.sealed
  return {
    damaged: entries.filter((entry) => isUnreadable(entry.locked)).map(({ profile }) => profile.name),
    sealedElsewhere: before === undefined ? null : { before: tagOf(before), accounts: elsewhere.length },
  }
}

/** A disk that refuses tidying up must not keep the app from starting, or from reporting what happened. */
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
