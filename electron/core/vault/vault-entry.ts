/** What the vault holds of an account in memory, and how it stands to the account's file. */
import { UNDECIDED, type AccountId, type AccountProfile } from '../../shared/account'
import { NO_ENVIRONMENT } from '../../shared/environment'
import type { LockedReason } from '../../shared/problem'
import {
  RECORD_VERSION,
  salvage,
  type AccountRecord,
  type EnvironmentCopy,
  type Secrets,
  type SessionFacts,
  recovered,
} from './account-record'
import { isUnprotected, mayHoldUnprotected } from './sealed-text'
import type { StorageMode } from './secret-storage'
import { UNREADABLE, unreadableAccount } from '../../shared/wording/desktop'

/** What the user decides about an account, and where it logs in. */
export interface Profile extends AccountProfile {
  readonly environment: EnvironmentCopy
}

export type SealedSession = NonNullable<AccountRecord['session']>

/** A session, and where its secrets are: changed as a whole. */
export interface HeldSession {
  readonly facts: SessionFacts
  /** As its record is to have it. Null where it may not be stored. */
  readonly sealed: SealedSession | null
  /**
   * Only where secrets may not be stored: they live here until the app ends. What another keyring sealed before stays
   * as `sealed` meanwhile.
   */
  readonly inMemory: Secrets | null
}

/** How the account's file stands to what is known of it. */
export interface RecordFile {
  /** What it holds, if it was read or written by us. */
  readonly holds: { readonly profile: Profile; readonly sealed: SealedSession | null } | null
  /** What refused writes may have left as its session all the same, since the last write that was done. */
  readonly mayHold: readonly (SealedSession | null)[]
  /** As it lies there it must be kept when it is written over: it could not be read, or an older version wrote it. */
  readonly keepFirst: 'unread' | 'older' | null
  /** Of a record that could not be read: its file, or what was set aside of it, may hold secrets that anybody can open. */
  readonly leavesUnprotected: boolean
}

export interface Entry {
  profile: Profile
  /** Null: it has none, or none that can be read. */
  session: HeldSession | null
  file: RecordFile
  locked: LockedReason | null
  /** The session's facts without refusals that don't count at this address. */
  counted: {
    readonly of: SessionFacts
    readonly baseUrl: string
    readonly facts: SessionFacts
    readonly doubtfulStatus: number | null
  } | null
  /** Rises with each change of the session. */
  revision: number
}

const NEW_FILE: RecordFile = { holds: null, mayHold: [], keepFirst: null, leavesUnprotected: false }

const UNREADABLE_ENVIRONMENT: EnvironmentCopy = {
  id: NO_ENVIRONMENT,
  name: UNREADABLE.environment,
  baseUrl: '',
  production: false,
  colour: 'blue',
  defaultTimeZone: 'UTC',
  revision: 0,
}

export function factsOf(session: SealedSession): SessionFacts {
  const { sealed: _, ...facts } = session
  return facts
}

export function recordOf(id: AccountId, profile: Profile, session: SealedSession | null): AccountRecord {
  return { version: RECORD_VERSION, id, ...profile, session }
}

export function newEntry(profile: Profile, file: Partial<RecordFile> = {}): Entry {
  return {
    profile,
    session: null,
    file: { ...NEW_FILE, ...file },
    locked: null,
    counted: null,
    revision: 0,
  }
}

/** For a record as it was read. `isOlder`: it was migrated for that. */
export function entryOf(record: AccountRecord, isOlder: boolean): Entry {
  const { version: _version, id: _id, usedBefore: _used, session: sealed, ...profile } = record
  return {
    ...newEntry(profile, { holds: { profile, sealed }, keepFirst: isOlder ? 'older' : null }),
    session: sealed && { facts: recovered(factsOf(sealed)), sealed, inMemory: null },
  }
}

/** What is to lie in its record of its session. */
export function sealedOf({ session }: Entry): SealedSession | null {
  return session?.sealed ?? null
}

/**
 * Whether the account's secrets lie where the mode says: in no place that is less safe, and stored where they are to be.
 * A damaged record that is kept concerns only who wants no readable secret on the disk.
 */
export function isInPlace(entry: Entry, mode: StorageMode): boolean {
  switch (mode) {
    case 'memory':
      return !isReadable(entry) && !entry.file.leavesUnprotected
    case 'unprotected-file':
      return isStored(entry)
    case 'keyring':
      return !isReadable(entry) && isStored(entry)
  }
}

/** Whether its file holds secrets that anybody can open, or may hold them. */
export function isReadable(entry: Entry): boolean {
  return [sealedOf(entry), ...entry.file.mayHold].some((each) => each !== null && isUnprotected(each.sealed))
}

/** Whether its file holds a session, sealed or not, or may hold one. */
export function mayHoldSession({ file: { holds, mayHold } }: Entry): boolean {
  return holds === null || holds.sealed !== null || mayHold.length > 0
}

function isStored(entry: Entry): boolean {
  return entry.session?.inMemory == null && !isBehind(entry)
}

const LOST = ['record-damaged', 'environment-lost', 'record-unreadable', 'newer-version'] as const

/** Whether its record could not be read: what is known of the account isn't enough to write a new one unasked. */
export function isUnreadable(locked: LockedReason | null): locked is (typeof LOST)[number] {
  return LOST.some((each) => each === locked)
}

/** Whether nobody knows where the account's key would have to go. */
export function isWithoutEnvironment(account: Pick<Profile, 'environment'>): boolean {
  return account.environment.id === UNREADABLE_ENVIRONMENT.id
}

/** Whether its record was written without a session that is known in memory, sealed; or may have been. */
export function isBehind(entry: Entry): boolean {
  const { holds, mayHold } = entry.file
  if (sealedOf(entry) === null) return false
  return (holds !== null && holds.sealed === null) || mayHold.includes(null)
}

/** For a record that can't be read: what can still be told of it. */
export function unreadableEntry(
  id: AccountId,
  text: string,
  { isUnread, reason }: { readonly isUnread: boolean; readonly reason: LockedReason },
): Entry {
  const { name, environment } = salvage(text)
  const profile: Profile = {
    name: name ?? unreadableAccount(id, reason === 'record-unreadable'),
    kind: 'company',
    kindChoice: 'detect',
    partnerId: null,
    createdAt: 0,
    ...UNDECIDED,
    environment: environment ?? UNREADABLE_ENVIRONMENT,
  }
  const locked = environment === null && reason === 'record-damaged' ? 'environment-lost' : reason
  const keepFirst = isUnread ? 'unread' : null
  return { ...newEntry(profile, { keepFirst, leavesUnprotected: mayHoldUnprotected(text) }), locked }
}
