/**
 * Owns the account records: each account in memory, its secrets sealed on disk, one file each. Nothing else reads or
 * writes them. Secrets are decrypted on demand and not kept.
 */
import type { AccountId } from '../../shared/account'
import type { EnvironmentId } from '../../shared/environment'
import type { StorageStatus } from '../../shared/storage'
import { RECORD_MIGRATIONS, type EnvironmentCopy, type Secrets, type SessionFacts } from './account-record'
import type { Migration } from '../base/migrate'
import { AccountGoneError } from '../base/errors'
import type { Cipher, Log, RecordStore } from '../base/ports'
import type { Pause } from '../base/slices'
import { AccountEntries } from './account-entries'
import { KeyringFollower } from './keyring-follower'
import { accountOf, type Account } from './account-view'
import { RecordIntake, reportOn, type LoadReport, type LoadSteps } from './record-intake'
import { RecordWriter } from './record-writer'
import { forgetSessions } from './forget-sessions'
import { SecretMoves } from './secret-moves'
import { NO_SECRETS, SecretStorage, type OpenedSecrets } from './secret-storage'
import { GatewayAddresses, sessionWith } from './gateway-addresses'
import { isReadable, keptSealed, newEntry, sealedOf, type Entry, type Profile } from './vault-entry'

export class Vault {
  readonly gateways: GatewayAddresses
  readonly #entries = new AccountEntries()
  readonly #storage: SecretStorage
  readonly #writer: RecordWriter
  readonly #moves: SecretMoves
  readonly #keyring: KeyringFollower
  readonly #intake: RecordIntake
  #generation = 0
  #isRead = false

  constructor(
    private readonly records: RecordStore,
    cipher: Cipher,
    private readonly log: Log,
    migrations: readonly Migration[] = RECORD_MIGRATIONS,
  ) {
    const storage = (this.#storage = new SecretStorage(cipher))
    this.#intake = new RecordIntake(records, log, migrations)
    const writer = (this.#writer = new RecordWriter(records, log))
    this.#moves = new SecretMoves({
      storage,
      records,
      log,
      entries: this.#entries,
      open: this.secrets.bind(this),
      commit: this.#commit.bind(this),
      forget: writer.writeWithoutSession.bind(writer),
    })
    this.#keyring = new KeyringFollower(storage, this.#entries, this.#moves)
    this.gateways = new GatewayAddresses(this.#entries, this.#moves, this)
  }

  /**
   * Reads every record once. Damaged ones are quarantined and shown as locked accounts. The keyring is asked last:
   * until then the accounts have their expected status and may only be read.
   */
  async load(mayStoreUnprotected: boolean, steps: LoadSteps): Promise<LoadReport> {
    this.#storage.expect(mayStoreUnprotected)
    await this.#intake.takeAll(steps, (id, entry) => {
      const sealed = sealedOf(entry)
      if (sealed !== null) entry.locked = this.#storage.lockedFor(sealed.sealed)
      this.#entries.put(id, entry)
    })
    this.#isRead = true
    await steps.allAreRead()
    const isOtherStorage = await this.#storage.learn()
    await this.#keyring.reassess()
    return { isOtherStorage, ...reportOn([...this.#entries.values()]) }
  }

  get storage(): StorageStatus {
    const { backend, protected: guarded, gap } = this.#storage.status
    return { backend, protected: guarded, mode: this.#storage.mode, gap, misplaced: this.#moves.misplaced }
  }

  /** Calls `run` whenever the keyring's status has changed, after every account has followed. */
  onKeyringChange(run: () => void): void {
    this.#keyring.onChange(run)
  }

  /** Calls `run` whenever a keyring has appeared on the system; whether it opens is asked by `askKeyring`. */
  whenKeyringAppears(run: () => void): void {
    this.#storage.whenKeyringAppears(run)
  }

  /**
   * Asks once more for a keyring that was not open. If it is by now, decrypts what it sealed and moves into it what
   * waited for it. With `mayPrompt` the system may ask the user to unlock it.
   */
  async askKeyring(mayPrompt: boolean): Promise<void> {
    await this.#keyring.ask(mayPrompt)
    await this.#keyring.settled()
  }

  /** How many accounts have secrets on disk, by what protects these. */
  get stored(): { readonly unprotected: number; readonly sealed: number } {
    const entries = [...this.#entries.values()]
    return { unprotected: entries.filter(isReadable).length, sealed: entries.filter(keptSealed).length }
  }

  ids(): readonly AccountId[] {
    return this.#entries.ids()
  }

  get(id: AccountId): Account | undefined {
    const entry = this.#entries.shown(id)
    return entry && accountOf(id, entry, this.#entries)
  }

  /** A removal is pending: the account counts as gone, but what is under way for it is still stored. */
  setHidden(id: AccountId, hidden: boolean): void {
    this.#entries.setHidden(id, hidden)
  }

  isHidden(id: AccountId): boolean {
    return this.#entries.isHidden(id)
  }

  /** With all refusals, also those that don't count. */
  recordedSession(id: AccountId): SessionFacts | null {
    return this.#entries.find(id)?.session?.facts ?? null
  }

  accounts(): readonly Account[] {
    return this.ids().flatMap((id) => this.get(id) ?? [])
  }

  /** What the user decided about each account: far cheaper than `accounts` when all of them are read. */
  *profiles(): Iterable<readonly [AccountId, Profile]> {
    for (const [id, { profile }] of this.#entries) if (!this.isHidden(id)) yield [id, profile]
  }

  /** Whether all records have been read. */
  get isRead(): boolean {
    return this.#isRead
  }

  /** Decrypts the account's secrets. A failure locks the account and changes nothing on disk. */
  async secrets(id: AccountId): Promise<OpenedSecrets> {
    if (this.#entries.get(id).locked === 'keyring-unavailable') await this.#keyring.ask(false)
    const entry = this.#entries.get(id)
    // A keyring that could not open it a moment ago may have been unlocked since.
    if (entry.locked !== null && entry.locked !== 'cannot-decrypt') return { ok: false, reason: entry.locked }
    const { session } = entry
    if (session?.inMemory != null) return { ok: true, secrets: session.inMemory }
    if (session?.sealed == null) return { ok: true, secrets: NO_SECRETS }
    const { sealed } = session.sealed
    const opened = await this.#storage.open(sealed)
    entry.locked = opened.ok ? null : opened.reason
    if (!opened.ok) this.log.warn('secrets can not be opened', { id, reason: opened.reason })
    else this.gateways.opened(entry, sealed, opened.capability ?? null)
    if (opened.ok && opened.isOutdated === true) this.#moves.reseal(id, entry, sealed)
    return opened
  }

  /** Rises when all secrets are forgotten: work that began in an earlier one must not put a secret back. */
  get generation(): number {
    return this.#generation
  }

  /** Whether a new session could be stored. Throws `StorageUnwritableError`. */
  probe(): void {
    if (this.#storage.mode !== 'memory') this.records.probe()
  }

  /**
   * Keeps a new account. Throws `StorageUnwritableError`, and `AccountGoneError` for secrets of an earlier
   * `generation`, and then keeps nothing.
   */
  async create(
    id: AccountId,
    profile: Profile,
    session: SessionFacts,
    secrets: Secrets,
    generation = this.#generation,
  ): Promise<void> {
    const entry = newEntry(profile)
    try {
      await this.#entries.creating(entry, async () => {
        await this.#commit(id, entry, session, secrets, () => {
          this.#refuseEarlier(id, generation)
          return true
        })
        this.#entries.put(id, entry)
      })
    } catch (error) {
      this.#writer.removeRefused(id, error)
      throw error
    }
  }

  /** Keeps an account of which only the profile is known, so that it needs its API key. Throws as `create` does. */
  createWithoutSession(id: AccountId, profile: Profile): void {
    const entry = newEntry(profile)
    try {
      this.#writer.write(id, entry, profile, null)
    } catch (error) {
      this.#writer.removeRefused(id, error)
      throw error
    }
    this.#entries.put(id, entry)
  }

  /** Whether an account other than `self` has the name in its environment, in any spelling. */
  isNameTaken(environmentId: EnvironmentId, name: string, self: AccountId | null): boolean {
    return this.#entries.isNameTaken(environmentId, name, self)
  }

  /** Throws `StorageUnwritableError`; the account is then as before. */
  saveProfile(id: AccountId, change: Partial<Profile>): void {
    const entry = this.#entries.get(id)
    const profile = { ...entry.profile, ...change }
    this.#writer.write(id, entry, profile, sealedOf(entry))
    this.#entries.changeProfile(id, profile)
  }

  /**
   * Stores a session with its secrets, durably where secrets may be stored. Throws `StorageUnwritableError`; the
   * account is then as before. Throws `AccountGoneError` for secrets of an earlier `generation`.
   */
  async saveSession(
    id: AccountId,
    session: SessionFacts,
    secrets: Secrets,
    generation = this.#generation,
  ): Promise<void> {
    const entry = this.#entries.get(id)
    await this.#commit(id, entry, session, secrets, () => {
      this.#refuseEarlier(id, generation)
      if (!this.#entries.has(id, entry)) throw new AccountGoneError(id)
      return true
    })
  }

  /** Stores what changed about a session whose secrets stay as they are. Throws as `saveSession`. */
  saveFacts(id: AccountId, session: SessionFacts, generation = this.#generation): void {
    this.#refuseEarlier(id, generation)
    const entry = this.#entries.get(id)
    const { sealed = null, inMemory = null } = entry.session ?? {}
    const next =
      sealed !== null && inMemory === null ? sessionWith(session, sealed.sealed, entry.gateway) : sealed
    if (next !== sealed) this.#writer.write(id, entry, entry.profile, next)
    entry.session = { facts: session, sealed: next, inMemory }
    entry.revision += 1
  }

  /** The user has changed the environment. Each record's copy follows when it is next written: see `staleAddresses`. */
  environmentChanged(environment: EnvironmentCopy): void {
    this.#entries.environmentChanged(environment)
  }

  /** Whether an account is in the environment, or is being added to it. */
  isUsed(id: EnvironmentId): boolean {
    return this.#entries.isUsed(id)
  }

  /** Accounts whose files still have an address that their environment no longer has. */
  staleAddresses(): readonly AccountId[] {
    return this.#entries.staleAddresses()
  }

  /** Brings the account's file up to date. Throws `StorageUnwritableError`. */
  rewrite(id: AccountId): void {
    const entry = this.#entries.find(id)
    if (entry !== undefined) this.#writer.rewrite(id, entry)
  }

  /** Throws `StorageUnwritableError`; the account then stays, on the disk as well. */
  remove(id: AccountId): void {
    this.#writer.remove(id, this.#entries.find(id))
    this.#entries.remove(id)
  }

  /**
   * Forgets every session and its secrets, also those in quarantined or kept files; the accounts stay. The result of a
   * renewal under way is dropped. Throws `StorageUnwritableError`; then nothing is forgotten, and such a result is
   * kept. `pause` lets other work run between a few records.
   */
  async forgetSecrets(pause: Pause): Promise<void> {
    // Detects a disk that refuses everything before any record has changed.
    this.probe()
    const { records } = this
    await forgetSessions({ entries: this.#entries, writer: this.#writer, records, pause }, () => {
      this.#generation += 1
    })
  }

  /** Notes what the user decided about storage without a keyring, before anything is moved. */
  decideUnprotected(allowed: boolean): void {
    this.#storage.decide(allowed)
  }

  /**
   * Carries out what the user decided about storage without a keyring: on `true` sessions in memory are stored, on
   * `false` unprotected sessions are moved from disk into memory. Throws `StorageUnwritableError` at the first
   * that can't be moved; what was moved by then stays moved, and `storage` names the rest.
   */
  async allowUnprotected(allowed: boolean): Promise<void> {
    this.#storage.decide(allowed)
    if (!this.#storage.status.protected) await this.#moves.moveAll()
  }

  /** Retries moves that a disk has refused. */
  async storeWhatBelongsOnDisk(): Promise<void> {
    this.#writer.writeBack(this.#entries)
    await this.#moves.moveWhatCanMove()
  }

  /** Removes copies of records with secrets that anyone can decrypt. Throws `StorageUnwritableError`. */
  removeUnprotectedCopies(): void {
    this.#moves.removeUnprotectedCopies()
  }

  /**
   * Seals the secrets, and writes them if they are still wanted then: the account may be removed meanwhile, its session
   * replaced, or the place of secrets changed. Returns whether it wrote.
   */
  async #commit(
    id: AccountId,
    entry: Entry,
    session: SessionFacts,
    secrets: Secrets,
    isStillWanted: () => boolean,
  ): Promise<boolean> {
    // The expected status isn't enough: a secret must not be stored where no keyring protects it.
    await this.#keyring.learn()
    for (;;) {
      const { mode } = this.#storage
      const gateway = await this.gateways.known(entry, this.#storage)
      const sealed = await this.#storage.seal({ secrets, capability: gateway?.capability ?? null }, mode)
      if (!isStillWanted()) return false
      if (this.#storage.mode !== mode || entry.gateway !== gateway) continue
      const stored = sealed === null ? keptSealed(entry) : sessionWith(session, sealed, gateway)
      this.#writer.write(id, entry, entry.profile, stored)
      entry.session = { facts: session, sealed: stored, inMemory: sealed === null ? secrets : null }
      entry.locked = null
      entry.revision += 1
      return true
    }
  }

  #refuseEarlier(id: AccountId, generation: number): void {
    if (generation !== this.#generation) throw new AccountGoneError(id)
  }
}
