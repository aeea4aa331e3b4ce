/** All records of a profile, in the order in which they are read. */
import type { FoundRecord, RecordStore } from '../../electron/core/base/ports'
import type { AccountId } from '../../electron/shared/account'

export async function recordsOf(
  files: RecordStore,
  first: readonly AccountId[] = [],
): Promise<readonly FoundRecord[]> {
  const found: FoundRecord[] = []
  for await (const record of files.readAll(first)) found.push(record)
  return found
}
