/** The profile's files as they lie on disk, read without the app. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseRecord, type AccountRecord } from '../../../electron/core/vault/account-record'
import type { AccountId } from '../../../electron/shared/account'

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

/** Gives the account's copy of its environment another address. */
export function moveRecord(profile: string, id: AccountId, baseUrl: string): void {
  const record = readRecord(profile, id)
  if (record === null) throw new Error(`no whole record of ${id}`)
  const moved = { ...record, environment: { ...record.environment, baseUrl } }
  writeFileSync(recordPath(profile, id), JSON.stringify(moved))
}

/** Temporary files that a write left behind which was killed half-way. */
export function unfinishedWrites(profile: string): number {
  return readdirSync(join(profile, 'accounts')).filter((name) => name.includes('.tmp-')).length
}
