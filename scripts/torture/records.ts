/** The profile's files as they lie on disk, read without the app. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseRecord, type AccountRecord } from '../../electron/core/account-record'
import type { AccountId } from '../../electron/shared/account'

export function recordPath(profile: string, id: AccountId): string {
  return join(profile, 'accounts', `${id}.json`)
}

/** Null when there is no whole record. */
export function readRecord(profile: string, id: AccountId): AccountRecord | null {
  try {
    const parsed = parseRecord(readFileSync(recordPath(profile, id), 'utf8'))
    return parsed.kind === 'current' ? parsed.record : null
  } catch {
    return null
  }
}

/** Temporary files that a write left behind which was killed half-way. */
export function unfinishedWrites(profile: string): number {
  return readdirSync(join(profile, 'accounts')).filter((name) => name.includes('.tmp-')).length
}
