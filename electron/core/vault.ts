/**
 * Owns the account records: what is known of each account in memory, its secrets sealed on disk, one file each.
 * Nothing else reads or writes them. Secrets are opened when somebody needs them and not kept open.
 */
import type { AccountId, AccountKind, AccountSummary, KindChoice } from '../shared/account'
import type { EpochMs } from '../shared/brand'
import type { LockedReason } from '../shared/problem'
import type { StorageStatus } from '../shared/storage'
import {
  parseRecord,
  parseSecrets,
  RECORD_MIGRATIONS,
  RECORD_VERSION,
  salvage,
  type AccountRecord,
  type EnvironmentCopy,
  type Secrets,
  type SessionFacts,
} from './account-record'
import type { Migration } from '../shared/migrate'
import type { Cipher, CipherStatus, FoundRecord, Log, RecordStore } from './ports'
import { recovered } from './rotation'

/** What the user decides about an account. */
export interface Profile {
  readonly name: string
  readonly kind: AccountKind
  readonly kindChoice: KindChoice
  readonly partnerId: AccountId | null
  readonly createdAt: EpochMs
  readonly environment: EnvironmentCopy
}

export interface Account extends Profile {
  readonly id: AccountId
  /** Null when its session was kept in memory only and the app has been restarted since. */
  readonly session: SessionFacts | null
  readonly secretsIn: AccountSummary['secretsIn']
  readonly locked: LockedReason | null
}

export type OpenedSecrets =
  { readonly ok: true; readonly secrets: Secrets } | { readonly ok: false; readonly reason: LockedReason }

export interface LoadReport {
  /** Names of accounts whose record could not be read. */
  readonly damaged: readonly string[]
  /** Accounts sealed by another keyring than this session has, and that keyring's name. */
  readonly sealedElsewhere: { readonly before: string; readonly accounts: number } | null
}

type SealedSession = NonNullable<AccountRecord['session']>

interface Entry {
  profile: Profile
  session: SessionFacts | null
  /** The session part of the file as it lies on disk. */
  onDisk: SealedSession | null
  /** Only where secrets may not be stored: the session lives here until the app ends. */
  inMemory: Secrets | null
  locked: LockedReason | null
}

const NO_SECRETS: Secrets = { jwt: null, refreshToken: null, apiKey: null }

const UNREADABLE_ENVIRONMENT: EnvironmentCopy = {
  id: 'unknown' as EnvironmentCopy['id'],
  name: 'Unknown environment',
  baseUrl: '',
  production: false,
  colour: 'blue',
  zonelessTimesAre: 'UTC',
}

export class Vault {
  readonly #entries = new Map<AccountId, Entry>()
  #cipherStatus: CipherStatus = { backend: 'unknown', protected: false }
  #mayStoreUnprotected = false

  constructor(
    private readonly records: RecordStore,
    private readonly cipher: Cipher,
    private readonly log: Log,
    private readonly migrations: readonly Migration[] = RECORD_MIGRATIONS,
  ) {}

  /** Reads every record once. Damaged ones are set aside and stand as locked accounts. */
  async load(mayStoreUnprotected: boolean): Promise<LoadReport> {
    this.#cipherStatus = await this.cipher.status()
    this.#mayStoreUnprotected = mayStoreUnprotected
    for (const found of await this.records.readAll()) this.#take(found)
    const entries = [...this.#entries.values()]
    const elsewhere = entries.filter((entry) => entry.locked === 'other-keyring')
    const before = elsewhere[0]?.onDisk?.sealed.split(':', 1)[0]
    return {
      damaged: entries
        .filter((entry) => entry.locked === 'record-damaged')
        .map(({ profile }) => profile.name),
      sealedElsewhere: before === undefined ? null : { before, accounts: elsewhere.length },
    }
  }

  #take({ id, stored, setAside }: FoundRecord): void {
    const text = stored.kind === 'text' ? stored.text : ''
    const parsed = parseRecord(text, this.migrations)
    if ((parsed.kind === 'current' || parsed.kind === 'migrated') && parsed.record.id === id) {
      this.#ifWritable(() => {
        if (parsed.kind === 'migrated') this.records.keepCopy(id, 'before-migration')
        if (parsed.kind === 'migrated' || setAside) this.records.write(id, parsed.record)
      })
      this.#entries.set(id, this.#entryOf(parsed.record))
      return
    }
    this.log.warn('an account record can not be read', { id, kind: parsed.kind, setAside })
    // One that the system doesn't let us read may be whole: it stays where it is.
    if (!setAside && stored.kind === 'text') {
      this.#ifWritable(() => {
        this.records.setAside(id, parsed.kind === 'future' ? 'newer-version' : 'damaged')
      })
    }
    this.#entries.set(id, damagedEntry(id, text))
  }

  /** Tidying up at start-up must not keep the app from starting: on a full or read-only disk it waits. */
  #ifWritable(tidy: () => void): void {
    try {
      tidy()
    } catch (error) {
      this.log.warn('account records can not be written', { detail: String(error) })
    }
  }

  get storage(): StorageStatus {
    const { backend, protected: guarded } = this.#cipherStatus
    return {
      backend,
      protected: guarded,
      mode: guarded ? 'keyring' : this.#mayStoreUnprotected ? 'unprotected-file' : 'memory',
    }
  }

  ids(): readonly AccountId[] {
    return [...this.#entries.keys()]
  }

  get(id: AccountId): Account | undefined {
    const entry = this.#entries.get(id)
    return (
      entry && {
        id,
        ...entry.profile,
        session: entry.session,
        locked: entry.locked,
        secretsIn: this.#place(entry),
      }
    )
  }

  accounts(): readonly Account[] {
    return this.ids().flatMap((id) => this.get(id) ?? [])
  }

  /** Opens the account's secrets. A failure to open locks the account and touches nothing on disk. */
  async secrets(id: AccountId): Promise<OpenedSecrets> {
    const entry = this.#entry(id)
    if (entry.locked !== null) return { ok: false, reason: entry.locked }
    if (entry.inMemory !== null) return { ok: true, secrets: entry.inMemory }
    if (entry.onDisk === null) return { ok: true, secrets: NO_SECRETS }
    const opened = await this.cipher.open(entry.onDisk.sealed)
    const secrets = opened.ok ? parseSecrets(opened.text) : null
    if (secrets !== null) return { ok: true, secrets }
    entry.locked = opened.ok ? 'cannot-decrypt' : opened.reason
    this.log.warn('secrets can not be opened', { id, reason: entry.locked })
    return { ok: false, reason: entry.locked }
  }

  /** Whether a new record could be written. Throws `StorageUnwritableError`. */
  probe(): void {
    this.records.probe()
  }

  /** Keeps a new account. Throws `StorageUnwritableError`, and then keeps nothing. */
  async create(id: AccountId, profile: Profile, session: SessionFacts, secrets: Secrets): Promise<void> {
    const entry: Entry = { profile, session: null, onDisk: null, inMemory: null, locked: null }
    await this.#putSession(id, entry, session, secrets)
    this.#entries.set(id, entry)
  }

  /** Throws `StorageUnwritableError`; the account is then as before. */
  saveProfile(id: AccountId, change: Partial<Profile>): void {
    const entry = this.#entry(id)
    const profile = { ...entry.profile, ...change }
    this.records.write(id, recordOf(id, profile, entry.onDisk))
    entry.profile = profile
  }

  /**
   * Stores a session with its secrets, durably where secrets may be stored. Throws `StorageUnwritableError`;
   * the account is then as before.
   */
  async saveSession(id: AccountId, session: SessionFacts, secrets: Secrets): Promise<void> {
    await this.#putSession(id, this.#entry(id), session, secrets)
  }

  /** Stores what changed about a session whose secrets stay as they are. Throws as `saveSession`. */
  saveFacts(id: AccountId, session: SessionFacts): void {
    const entry = this.#entry(id)
    if (entry.onDisk !== null && entry.inMemory === null) {
      const onDisk = { ...session, sealed: entry.onDisk.sealed }
      this.records.write(id, recordOf(id, entry.profile, onDisk))
      entry.onDisk = onDisk
    }
    entry.session = session
  }

  remove(id: AccountId): void {
    this.records.remove(id)
    this.#entries.delete(id)
  }

  /**
   * Carries out what the user decided about storage without a keyring: on `true` sessions in memory are stored,
   * on `false` what was stored unprotected is taken off the disk into memory. Throws `StorageUnwritableError`.
   */
  async allowUnprotected(allowed: boolean): Promise<void> {
    this.#mayStoreUnprotected = allowed
    if (this.#cipherStatus.protected) return
    for (const [id, entry] of this.#entries) {
      const opened = entry.session === null ? null : await this.secrets(id)
      if (entry.session !== null && opened?.ok === true) {
        await this.#putSession(id, entry, entry.session, opened.secrets)
      }
    }
  }

  async #putSession(id: AccountId, entry: Entry, session: SessionFacts, secrets: Secrets): Promise<void> {
    const inMemory = this.storage.mode === 'memory'
    const onDisk = inMemory
      ? this.#sealedElsewhere(entry)
      : { ...session, sealed: await this.cipher.seal(JSON.stringify(secrets)) }
    this.records.write(id, recordOf(id, entry.profile, onDisk))
    entry.onDisk = onDisk
    entry.session = session
    entry.inMemory = inMemory ? secrets : null
    entry.locked = null
  }

  /** What another keyring sealed stays on disk: that keyring may come back. */
  #sealedElsewhere({ onDisk }: Entry): SealedSession | null {
    return onDisk !== null && !this.#sealedByThisKeyring(onDisk.sealed) ? onDisk : null
  }

  #entryOf(record: AccountRecord): Entry {
    const { session } = record
    const { name, kind, kindChoice, partnerId, createdAt, environment } = record
    return {
      profile: { name, kind, kindChoice, partnerId, createdAt, environment },
      session: session === null ? null : recovered(factsOf(session)),
      onDisk: session,
      inMemory: null,
      locked: session !== null && !this.#sealedByThisKeyring(session.sealed) ? 'other-keyring' : null,
    }
  }

  #sealedByThisKeyring(sealed: string): boolean {
    return sealed.startsWith(`${this.#cipherStatus.backend}:`)
  }

  #place(entry: Entry): AccountSummary['secretsIn'] {
    if (entry.locked !== null) return 'locked'
    if (entry.inMemory !== null || entry.onDisk === null) return 'memory'
    return this.#cipherStatus.protected ? 'keyring' : 'unprotected-file'
  }

  #entry(id: AccountId): Entry {
    const entry = this.#entries.get(id)
    if (entry === undefined) throw new AccountGoneError(id)
    return entry
  }
}

/** The account was removed while something was under way for it. */
export class AccountGoneError extends Error {
  override readonly name = 'AccountGoneError'
}

function factsOf(session: SealedSession): SessionFacts {
  const { sealed: _, ...facts } = session
  return facts
}

function recordOf(id: AccountId, profile: Profile, session: SealedSession | null): AccountRecord {
  return { version: RECORD_VERSION, id, ...profile, session }
}

function damagedEntry(id: AccountId, text: string): Entry {
  const { name, environment } = salvage(text)
  return {
    profile: {
      name: name ?? `Damaged account ${id.slice(0, 8)}`,
      kind: 'company',
      kindChoice: 'detect',
      partnerId: null,
      createdAt: 0,
      environment: environment ?? UNREADABLE_ENVIRONMENT,
    },
    session: null,
    onDisk: null,
    inMemory: null,
    locked: 'record-damaged',
  }
}
