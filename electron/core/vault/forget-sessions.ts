/** Deletes every session from disk and memory; the accounts stay. */
import type { RecordStore } from '../base/ports'
import type { Pause } from '../base/slices'
import type { AccountEntries } from './account-entries'
import type { RecordWriter } from './record-writer'
import { isWithoutEnvironment, mayHoldSession, newEntry, type Entry } from './vault-entry'

/** Each is synced to the disk, which takes some milliseconds; more in one go would keep main from answering. */
const WRITTEN_AT_ONCE = 4

export interface ForgetSessionsDeps {
  readonly entries: AccountEntries
  readonly writer: RecordWriter
  readonly records: RecordStore
  readonly pause: Pause
}

/**
 * Throws `StorageUnwritableError` after restoring every record. Calls `forgotten` as soon as no file has a session
 * left, and deletes those in memory in the same turn.
 */
export async function forgetSessions(
  { entries, writer, records, pause }: ForgetSessionsDeps,
  forgotten: () => void,
): Promise<void> {
  const unreadable = new Set<Entry>()
  try {
    for (;;) {
      // Sessions that were stored during a pause are deleted as well.
      const left = Array.from(entries).filter(([, each]) => mayHoldSession(each) && !unreadable.has(each))
      for (const [id, entry] of left.slice(0, WRITTEN_AT_ONCE)) {
        writer.writeWithoutSession(id, entry)
        if (isWithoutEnvironment(entry.profile)) unreadable.add(entry)
      }
      if (left.length <= WRITTEN_AT_ONCE) break
      await pause()
    }
    records.removeCopies()
  } catch (error) {
    writer.writeBack(entries)
    throw error
  }
  forgotten()
  for (const [id, entry] of entries) {
    const { profile, file } = entry
    if (!isWithoutEnvironment(profile)) entries.put(id, newEntry(profile, { holds: file.holds }))
    else entry.file = { ...file, leavesUnprotected: false }
  }
}
