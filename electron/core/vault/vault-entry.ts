/** What the vault holds of an account in memory, and how it stands to the account's file. */
import type { AccountId, AccountKind, KindChoice } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import { NO_ENVIRONMENT } from '../../shared/environment'
import type { LockedReason } from '../../shared/problem'
import { DEFAULT_POLICY, type AccountPolicy } from '../../shared/policy'
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

/** What the user decides about an account. */
export interface Profile {
  readonly name: string
  readonly kind: AccountKind
  readonly kindChoice: KindChoice
  readonly partnerId: AccountId | null
  readonly createdAt: EpochMs
  readonly policy: AccountPolicy
  readonly pinned: boolean
  readonly tags: readonly string[]
  readonly note: string
  readonly environment: EnvironmentCopy
}

export type SealedSession = NonNullable<AccountRecord['session']>

export interface Entry {
  profile: Profile
  session: SessionFacts | null
  /** The same without refusals that don't count at this address. */
  counted: {
    readonly of: SessionFacts
    readonly baseUrl: string
    readonly facts: SessionFacts
    readonly doubtfulStatus: number | null
  } | null
  /** The session part of the file as it lies on disk. */
  onDisk: SealedSession | null
  /** Only where secrets may not be stored: the session lives here until the app ends. */
  inMemory: Secrets | null
  locked: LockedReason | null
  /** What the file holds, if it was read or written by us. */
  written: { readonly profile: Profile; readonly onDisk: SealedSession | null } | null
  /** What refused writes may have left as the session part of the file all the same, since the last that was done. */
  mayLieThere: readonly (SealedSession | null)[]
  /** The file as it lies there must be kept when it is written over: it could not be read, or an older version wrote it. */
  keepBeforeWrite: 'unread' | 'older' | null
  /** Of a record that could not be read: its file, or what was set aside of it, may hold secrets that anybody can open. */
  leavesUnprotected: boolean
  /** Rises with each change of the session. */
  revision: number
}

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

export function newEntry(profile: Profile): Entry {
  return {
    profile,
    session: null,
    counted: null,
    onDisk: null,
    inMemory: null,
    locked: null,
    written: null,
    mayLieThere: [],
    keepBeforeWrite: null,
    leavesUnprotected: false,
    revision: 0,
  }
}

/** For a record as it was read. */
export function entryOf(record: AccountRecord): Entry {
  const { version: _version, id: _id, usedBefore: _used, session, ...profile } = record
  return {
    ...newEntry(profile),
    session: session === null ? null : recovered(factsOf(session)),
    onDisk: session,
    written: { profile, onDisk: session },
  }
}

/**
 * Whether the account's secrets lie where the mode says: in no place that is less safe, and stored where they are to be.
 * A damaged record that is kept concerns only who wants no readable secret on the disk.
 */
export function isInPlace(entry: Entry, mode: StorageMode): boolean {
  switch (mode) {
    case 'memory':
      return !isReadable(entry) && !entry.leavesUnprotected
    case 'unprotected-file':
      return isStored(entry)
    case 'keyring':
      return !isReadable(entry) && isStored(entry)
  }
}

/** Whether its file holds secrets that anybody can open, or may hold them. */
export function isReadable({ onDisk, mayLieThere }: Entry): boolean {
  return [onDisk, ...mayLieThere].some((each) => each !== null && isUnprotected(each.sealed))
}

function isStored(entry: Entry): boolean {
  return entry.inMemory === null && !isBehind(entry)
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
export function isBehind({ written, onDisk, mayLieThere }: Entry): boolean {
  if (onDisk === null) return false
  return (written !== null && written.onDisk === null) || mayLieThere.includes(null)
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
    policy: DEFAULT_POLICY,
    pinned: false,
    tags: [],
    note: '',
    environment: environment ?? UNREADABLE_ENVIRONMENT,
  }
  const locked = environment === null && reason === 'record-damaged' ? 'environment-lost' : reason
  return {
    ...newEntry(profile),
    locked,
    keepBeforeWrite: isUnread ? 'unread' : null,
    leavesUnprotected: mayHoldUnprotected(text),
  }
}
