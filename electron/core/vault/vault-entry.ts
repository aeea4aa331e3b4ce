/** An account in the vault's memory, and how it relates to the account's file. */
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
import type { Secret } from '../../shared/secret'
import type { StorageMode } from './secret-storage'
import { UNREADABLE, unreadableAccount } from '../../shared/wording/desktop'

/** What the user decides about an account, and where it logs in. */
export interface Profile extends AccountProfile {
  readonly environment: EnvironmentCopy
}

export type SealedSession = NonNullable<AccountRecord['session']>

/** A session and where its secrets are, always replaced as a whole. */
export interface HeldSession {
  readonly facts: SessionFacts
  /** The text for the record. Null where secrets may not be stored. */
  readonly sealed: SealedSession | null
  /**
   * Only where secrets may not be stored: kept here until the app ends. What another keyring sealed before stays as
   * `sealed` meanwhile.
   */
  readonly inMemory: Secrets | null
}

/** How the account's file relates to the account in memory. */
export interface RecordFile {
  /** The content that was last read or written. */
  readonly holds: { readonly profile: Profile; readonly sealed: SealedSession | null } | null
  /** Sessions that refused writes may have left in the file, since the last successful write. */
  readonly mayHold: readonly (SealedSession | null)[]
  /** A copy must be kept when it is overwritten, since it is unreadable or was written by an older version. */
  readonly keepFirst: 'unread' | 'older' | null
  /** Unreadable record: its file, or the quarantined copy, may hold secrets that anyone can decrypt. */
  readonly leavesUnprotected: boolean
}

/** The address of an account's gateway. It belongs to the session, and is forgotten with it. */
export interface HeldGateway {
  /** Null: sealed with the secrets, which have not been opened yet. */
  readonly capability: Secret | null
  readonly isOpen: boolean
}

export interface Entry {
  profile: Profile
  /** Null: none, or an unreadable one. */
  session: HeldSession | null
  /** Null: it never had one. Always replaced as a whole. */
  gateway: HeldGateway | null
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
  const { sealed: _sealed, gatewayOpen: _gateway, ...facts } = session
  return facts
}

export function recordOf(id: AccountId, profile: Profile, session: SealedSession | null): AccountRecord {
  return { version: RECORD_VERSION, id, ...profile, session }
}

export function newEntry(profile: Profile, file: Partial<RecordFile> = {}): Entry {
  return {
    profile,
    session: null,
    gateway: null,
    file: { ...NEW_FILE, ...file },
    locked: null,
    counted: null,
    revision: 0,
  }
}

/** For a record that was read. `isOlder`: it had to be migrated. */
export function entryOf(record: AccountRecord, isOlder: boolean): Entry {
  const { version: _version, id: _id, usedBefore: _used, session: sealed, ...profile } = record
  const isOpen = sealed?.gatewayOpen
  return {
    ...newEntry(profile, { holds: { profile, sealed }, keepFirst: isOlder ? 'older' : null }),
    gateway: isOpen === undefined ? null : { capability: null, isOpen },
    session: sealed && { facts: recovered(factsOf(sealed)), sealed, inMemory: null },
  }
}

/** The session as its record should hold it. */
export function sealedOf({ session }: Entry): SealedSession | null {
  return session?.sealed ?? null
}

/** Text sealed by a keyring stays on disk, since that keyring may come back. */
export function keptSealed(entry: Entry): SealedSession | null {
  const sealed = sealedOf(entry)
  return sealed !== null && !isUnprotected(sealed.sealed) ? sealed : null
}

/**
 * Whether the account's secrets are where the mode says: stored where they should be, and nowhere less safe. A damaged
 * record that was kept matters only where no readable secret may be on disk.
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

/** Whether its file holds, or may hold, secrets that anyone can decrypt. */
export function isReadable(entry: Entry): boolean {
  return [sealedOf(entry), ...entry.file.mayHold].some((each) => each !== null && isUnprotected(each.sealed))
}

/** Whether its file holds, or may hold, a session, sealed or not. */
export function mayHoldSession({ file: { holds, mayHold } }: Entry): boolean {
  return holds === null || holds.sealed !== null || mayHold.length > 0
}

function isStored(entry: Entry): boolean {
  return entry.session?.inMemory == null && !isBehind(entry)
}

const LOST = ['record-damaged', 'environment-lost', 'record-unreadable', 'newer-version'] as const

/** Whether its record was unreadable: too little is known of the account to write a new record unasked. */
export function isUnreadable(locked: LockedReason | null): locked is (typeof LOST)[number] {
  return LOST.some((each) => each === locked)
}

/** Whether its environment is unknown, so that its API key could go nowhere. */
export function isWithoutEnvironment(account: Pick<Profile, 'environment'>): boolean {
  return account.environment.id === UNREADABLE_ENVIRONMENT.id
}

/** Whether its record was, or may have been, written without the sealed session that is in memory. */
export function isBehind(entry: Entry): boolean {
  const { holds, mayHold } = entry.file
  if (sealedOf(entry) === null) return false
  return (holds !== null && holds.sealed === null) || mayHold.includes(null)
}

/** For an unreadable record, with what could still be read. */
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
