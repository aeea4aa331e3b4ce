/**
 * Owns the account records: what is known of each account in memory, its secrets sealed on disk, one file each.
 * Nothing else reads or writes them. Secrets are opened when somebody needs them and not kept open.
 */
import type { AccountId, AccountSummary, AccountUse } from '../../shared/account'
import type { EnvironmentId } from '../../shared/environment'
import type { LockedReason } from '../../shared/problem'
import type { StorageStatus } from '../../shared/storage'
import { RECORD_MIGRATIONS, type EnvironmentCopy, type Secrets, type SessionFacts } from './account-record'
import type { Migration } from '../base/migrate'
import { AccountGoneError, StorageUnwritableError } from '../base/errors'
import type { Cipher, Log, RecordStore } from '../base/ports'
import { ifWritable, RecordIntake } from './record-intake'
import { doubtfulStatusOf, withoutDoubtful } from './refusals'
import { isUnprotected, tagOf } from './sealed-text'
import { SecretMoves } from './secret-moves'
import { SecretStorage, type OpenedSecrets } from './secret-storage'
import { TakenNames } from './account-name-index'
import {
  isUnreadable,
  isBehind,
  isReadable,
  isWithoutEnvironment,
  newEntry,
  recordOf,
  type Entry,
  type Profile,
  type SealedSession,
} from './vault-entry'

export interface Account extends Profile {
  readonly id: AccountId
  /** Null when its session was kept in memory only and the app has been restarted since. */
  readonly session: SessionFacts | null
  /** A refusal of its doesn't count (`withoutDoubtful`): its token or key is to be tried once more. */
  readonly triesOnceMore: boolean
  /** The status of such a refusal, where it speaks of the environment. */
  readonly doubtfulStatus: number | null
  readonly secretsIn: AccountSummary['secretsIn']
  readonly locked: LockedReason | null
}

export interface LoadReport {
  /** The keyring turned out to be another than was expected, and so the accounts may stand differently. */
  readonly isOtherStorage: boolean
  /** Names of accounts whose record could not be read. */
  readonly damaged: readonly string[]
  /** Accounts sealed by another keyring than this session has, and that keyring's name. */
  readonly sealedElsewhere: { readonly before: string; readonly accounts: number } | null
}

export interface LoadSteps {
  /** Whose records are read before all others. */
  readonly first: readonly AccountId[]
  /** Those of them that are on disk are there to be looked at; the others are read when it resolves. */
  readonly firstAreRead: () => Promise<unknown>
  /** All are there to be looked at; the keyring is asked when it resolves. */
  readonly allAreRead: () => Promise<unknown>
  /** What a record of an earlier version says of how it was used. */
  readonly usedBefore: (id: AccountId, use: AccountUse) => void
}

const NO_SECRETS: Secrets = { jwt: null, refreshToken: null, apiKey: null }

export class Vault {
  readonly #entries = new Map<AccountId, Entry>()
  /** Accounts that are being stored for the first time. */
  readonly #creating = new Set<Entry>()
  readonly #storage: SecretStorage
  readonly #moves: SecretMoves
  readonly #intake: RecordIntake
  #generation = 0
  #isRead = false
  #keyringChanged: () => void = () => undefined
  #reassessed: Promise<void> = Promise.resolve()
  #moved: Promise<void> = Promise.resolve()
  /** Made when somebody first asks. */
  #names: TakenNames | null = null

  constructor(
    private readonly records: RecordStore,
    cipher: Cipher,
    private readonly log: Log,
    migrations: readonly Migration[] = RECORD_MIGRATIONS,
  ) {
    const storage = (this.#storage = new SecretStorage(cipher))
    this.#intake = new RecordIntake(records, log, migrations)
    this.#moves = new SecretMoves({
      storage,
      records,
      log,
      entries: this.#entries,
      open: this.secrets.bind(this),
      commit: this.#commit.bind(this),
      forget: this.#writeWithoutSecrets.bind(this),
    })
  }

  /**
   * Reads every record once. Damaged ones are set aside and stand as locked accounts. The keyring is asked last: until
   * then the accounts stand as they most likely will, and only to be looked at.
   */
  async load(
    mayStoreUnprotected: boolean,
    { first, firstAreRead, allAreRead, usedBefore: tellUse }: LoadSteps,
  ): Promise<LoadReport> {
    this.#storage.expect(mayStoreUnprotected)
    const isFirst = new Set(first)
    let toldOfFirst = first.length === 0
    for await (const found of this.records.readAll(first)) {
      if (!toldOfFirst && !isFirst.has(found.id)) {
        toldOfFirst = true
        await firstAreRead()
      }
      const { entry, usedBefore } = this.#intake.take(found)
      if (usedBefore !== null) tellUse(found.id, usedBefore)
      if (entry.onDisk !== null) entry.locked = this.#storage.lockedFor(entry.onDisk.sealed)
      this.#put(found.id, entry)
    }
    this.#isRead = true
    await allAreRead()
    const isOtherStorage = await this.#storage.learn()
    await this.#reassess()
    const entries = [...this.#entries.values()]
    const elsewhere = entries.filter((entry) => entry.locked === 'other-keyring')
    const before = elsewhere[0]?.onDisk?.sealed
    return {
      isOtherStorage,
      damaged: entries.filter((entry) => isUnreadable(entry.locked)).map(({ profile }) => profile.name),
      sealedElsewhere: before === undefined ? null : { before: tagOf(before), accounts: elsewhere.length },
    }
  }

  /** Which accounts the keyring opens, as things stand with it now. */
  async #reassess(): Promise<void> {
    const onDisk = [...this.#entries.values()].flatMap((entry) => entry.onDisk?.sealed ?? [])
    await this.#storage.tryEarlierNames(onDisk)
    for (const entry of this.#entries.values()) {
      // One that was read or entered anew is open, whatever lies on the disk.
      if (entry.onDisk !== null && entry.inMemory === null)
        entry.locked = this.#storage.lockedFor(entry.onDisk.sealed)
    }
  }

  get storage(): StorageStatus {
    const { backend, protected: guarded, gap } = this.#storage.status
    return { backend, protected: guarded, mode: this.#storage.mode, gap, misplaced: this.#moves.misplaced }
  }

  /** Calls `run` whenever it stands differently with the keyring, with every account as it stands then. */
  onKeyringChange(run: () => void): void {
    this.#keyringChanged = run
  }

  /** Calls `run` whenever a keyring has appeared on the system; whether it opens is asked by `askKeyring`. */
  whenKeyringAppears(run: () => void): void {
    this.#storage.whenKeyringAppears(run)
  }

  /**
   * Asks once more for a keyring that was not open. When it is, what it sealed opens, and what could not be given to it
   * is. With `mayPrompt` the system may ask the user to unlock it.
   */
  async askKeyring(mayPrompt: boolean): Promise<void> {
    await this.#ask(mayPrompt)
    await this.#moved
  }

  /** Resolves when it is known which accounts open. Nobody who wants a secret waits until all others are moved. */
  async #ask(mayPrompt: boolean): Promise<void> {
    if (this.#storage.status.protected) return
    this.#follow(await this.#storage.askAgain(mayPrompt))
    await this.#reassessed
  }

  #follow(hasChanged: boolean): void {
    if (!hasChanged) return
    this.#reassessed = this.#reassess()
    this.#moved = this.#reassessed.then(async () => {
      this.#keyringChanged()
      await this.#moves.moveWhatCanMove()
      this.#keyringChanged()
    })
  }

  /** What lies on the disk of secrets, by what guards it. */
  get stored(): { readonly unprotected: number; readonly sealed: number } {
    const entries = [...this.#entries.values()]
    const sealed = entries.filter(({ onDisk }) => onDisk !== null && !isUnprotected(onDisk.sealed))
    return { unprotected: entries.filter(isReadable).length, sealed: sealed.length }
  }

  ids(): readonly AccountId[] {
    return [...this.#entries.keys()]
  }

  get(id: AccountId): Account | undefined {
    const entry = this.#entries.get(id)
    if (entry === undefined) return undefined
    const { profile, locked } = entry
    const { session, doubtfulStatus } = this.#counted(entry)
    const partnerId = this.#isPartner(profile.partnerId) ? profile.partnerId : null
    const triesOnceMore = session !== entry.session
    const secretsIn = this.#place(entry)
    return { id, ...profile, partnerId, session, triesOnceMore, doubtfulStatus, locked, secretsIn }
  }

  /** With every refusal of its, whether it counts or not. */
  recordedSession(id: AccountId): SessionFacts | null {
    return this.#entries.get(id)?.session ?? null
  }

  /** Read often, and the same as long as neither session nor address changes. */
  #counted(entry: Entry): Pick<Account, 'session' | 'doubtfulStatus'> {
    const { session, profile } = entry
    const { baseUrl } = profile.environment
    if (session === null) return { session, doubtfulStatus: null }
    if (entry.counted?.of !== session || entry.counted.baseUrl !== baseUrl) {
      const facts = withoutDoubtful(session, baseUrl)
      const doubtfulStatus = facts === session ? null : doubtfulStatusOf(session, baseUrl)
      entry.counted = { of: session, baseUrl, facts, doubtfulStatus }
    }
    return { session: entry.counted.facts, doubtfulStatus: entry.counted.doubtfulStatus }
  }

  accounts(): readonly Account[] {
    return this.ids().flatMap((id) => this.get(id) ?? [])
  }

  /** What the user decided about each, as it is stored: far less work than `accounts` for who looks at all of them. */
  *profiles(): Iterable<readonly [AccountId, Profile]> {
    for (const [id, { profile }] of this.#entries) yield [id, profile]
  }

  /** Whether every account is here, as they aren't while they are read. */
  get isRead(): boolean {
    return this.#isRead
  }

  /** Opens the account's secrets. A failure to open locks the account and touches nothing on disk. */
  async secrets(id: AccountId): Promise<OpenedSecrets> {
    if (this.#entry(id).locked === 'keyring-unavailable') await this.#ask(false)
    const entry = this.#entry(id)
    // A keyring that could not open it a moment ago may have been unlocked since.
    if (entry.locked !== null && entry.locked !== 'cannot-decrypt') return { ok: false, reason: entry.locked }
    if (entry.inMemory !== null) return { ok: true, secrets: entry.inMemory }
    if (entry.onDisk === null) return { ok: true, secrets: NO_SECRETS }
    const { sealed } = entry.onDisk
    const opened = await this.#storage.open(sealed)
    entry.locked = opened.ok ? null : opened.reason
    if (!opened.ok) this.log.warn('secrets can not be opened', { id, reason: opened.reason })
    else if (opened.isOutdated === true) this.#moves.reseal(id, entry, sealed)
    return opened
  }

  /** Rises when all secrets are forgotten: what was begun in an earlier one must not put a secret back. */
  get generation(): number {
    return this.#generation
  }

  /** Whether a new session could be stored. Throws `StorageUnwritableError`. */
  probe(): void {
    if (this.#storage.mode !== 'memory') this.records.probe()
  }

  /**
   * Keeps a new account. Throws `StorageUnwritableError`, and `AccountGoneError` for secrets of an earlier `generation`, and
   * then keeps nothing.
   */
  async create(
    id: AccountId,
    profile: Profile,
    session: SessionFacts,
    secrets: Secrets,
    generation = this.#generation,
  ): Promise<void> {
    const entry = newEntry(profile)
    this.#creating.add(entry)
    try {
      await this.#commit(id, entry, session, secrets, () => {
        this.#refuseEarlier(id, generation)
        return true
      })
      this.#put(id, entry)
    } catch (error) {
      this.#removeRefused(id, error)
      throw error
    } finally {
      this.#creating.delete(entry)
    }
  }

  /** Keeps an account of which only the profile is known; it stands as one that needs its API key. Throws as `create`. */
  createWithoutSession(id: AccountId, profile: Profile): void {
    const entry = newEntry(profile)
    try {
      this.#write(id, entry, profile, null)
    } catch (error) {
      this.#removeRefused(id, error)
      throw error
    }
    this.#put(id, entry)
  }

  /** Whether another account than `self` has the name in its environment, however it is spelt. */
  isNameTaken(environmentId: EnvironmentId, name: string, self: AccountId | null): boolean {
    this.#names ??= this.#allNames()
    return this.#names.isTaken(environmentId, name, self)
  }

  /** Throws `StorageUnwritableError`; the account is then as before. */
  saveProfile(id: AccountId, change: Partial<Profile>): void {
    const entry = this.#entry(id)
    const profile = { ...entry.profile, ...change }
    this.#write(id, entry, profile, entry.onDisk)
    this.#names?.forget(entry.profile.environment.id, entry.profile.name, id)
    entry.profile = profile
    this.#names?.note(profile.environment.id, profile.name, id)
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
    const entry = this.#entry(id)
    await this.#commit(id, entry, session, secrets, () => {
      this.#refuseEarlier(id, generation)
      if (this.#entry(id) !== entry) throw new AccountGoneError(id)
      return true
    })
  }

  /** Stores what changed about a session whose secrets stay as they are. Throws as `saveSession`. */
  saveFacts(id: AccountId, session: SessionFacts, generation = this.#generation): void {
    this.#refuseEarlier(id, generation)
    const entry = this.#entry(id)
    if (entry.onDisk !== null && entry.inMemory === null) {
      const onDisk = { ...session, sealed: entry.onDisk.sealed }
      this.#write(id, entry, entry.profile, onDisk)
      entry.onDisk = onDisk
    }
    entry.session = session
    entry.revision += 1
  }

  /** The user has changed the environment. Each record's copy follows when it is next written: see `staleAddresses`. */
  environmentChanged(environment: EnvironmentCopy): void {
    const { id, revision, baseUrl } = environment
    for (const entry of [...this.#entries.values(), ...this.#creating]) {
      const known = entry.profile.environment
      if (known.id !== id || (known.revision === revision && known.baseUrl === baseUrl)) continue
      entry.profile = { ...entry.profile, environment }
    }
  }

  /** Whether an account is in the environment, or on its way into it. */
  isUsed(id: EnvironmentId): boolean {
    return [...this.#entries.values(), ...this.#creating].some(
      ({ profile: { environment } }) => environment.id === id,
    )
  }

  /** Accounts whose files still have an address that their environment no longer has. */
  staleAddresses(): readonly AccountId[] {
    return Array.from(this.#entries).flatMap(([id, { written, profile }]) =>
      written !== null && written.profile.environment.baseUrl !== profile.environment.baseUrl ? [id] : [],
    )
  }

  /** Brings the account's file up to date with what is known of it. Throws `StorageUnwritableError`. */
  rewrite(id: AccountId): void {
    const entry = this.#entries.get(id)
    if (entry !== undefined) this.#write(id, entry, entry.profile, entry.onDisk)
  }

  /** Throws `StorageUnwritableError`; the account then stays, on the disk as well. */
  remove(id: AccountId): void {
    const entry = this.#entries.get(id)
    try {
      this.records.remove(id)
    } catch (error) {
      // Its file may be gone all the same, when only the folder's sync failed or a copy beside it could not be removed.
      if (entry?.written != null) this.#putBack(id, entry)
      throw error
    }
    if (entry !== undefined) this.#names?.forget(entry.profile.environment.id, entry.profile.name, id)
    this.#entries.delete(id)
  }

  #putBack(id: AccountId, entry: Entry): void {
    entry.mayLieThere = [...entry.mayLieThere, null]
    ifWritable(this.log, () => {
      this.#write(id, entry, entry.profile, entry.onDisk)
    })
  }

  /**
   * Forgets every session and its secrets, also those in files that were set aside or kept; accounts stay by name. What
   * a renewal under way brings is not kept. Throws `StorageUnwritableError`; then nothing is forgotten, and what is under
   * way is kept when it comes.
   */
  forgetSecrets(): void {
    try {
      // A disk that refuses everything is found out before any record has changed.
      this.probe()
      for (const [id, entry] of this.#entries) this.#writeWithoutSecrets(id, entry)
      this.records.removeCopies()
    } catch (error) {
      this.#writeBack()
      throw error
    }
    this.#generation += 1
    for (const [id, entry] of this.#entries) {
      const { profile, written } = entry
      if (!isWithoutEnvironment(profile)) this.#entries.set(id, { ...newEntry(profile), written })
      else entry.leavesUnprotected = false
    }
  }

  /** Writes the account without its session, and without what can't be read of its record. */
  #writeWithoutSecrets(id: AccountId, entry: Entry): void {
    if (!isWithoutEnvironment(entry.profile)) {
      this.#write(id, entry, entry.profile, null)
      return
    }
    if (entry.keepBeforeWrite === 'unread') this.records.quarantine(id, 'damaged')
    entry.keepBeforeWrite = null
    // Stands as before: all that could be read of it.
    this.records.write(id, { name: entry.profile.name })
  }

  /** Writes the sessions that are known in memory into the records that were written without them. */
  #writeBack(): void {
    for (const [id, entry] of this.#entries) {
      if (!isBehind(entry)) continue
      ifWritable(this.log, () => {
        this.#write(id, entry, entry.profile, entry.onDisk)
      })
    }
  }

  /** What the user decided about storage without a keyring, before anything is moved for it. */
  decideUnprotected(allowed: boolean): void {
    this.#storage.decide(allowed)
  }

  /**
   * Carries out what the user decided about storage without a keyring: on `true` sessions in memory are stored, on
   * `false` what was stored unprotected is taken off the disk into memory. Throws `StorageUnwritableError` at the first
   * that can't be moved; what was moved by then stays so, and `storage` says what was not.
   */
  async allowUnprotected(allowed: boolean): Promise<void> {
    this.#storage.decide(allowed)
    if (!this.#storage.status.protected) await this.#moves.moveAll()
  }

  /** Tries to move secrets to where they belong that are elsewhere only because a disk has refused it. */
  async storeWhatBelongsOnDisk(): Promise<void> {
    this.#writeBack()
    await this.#moves.moveWhatCanMove()
  }

  /** Removes copies of records that hold secrets which anybody can open. Throws `StorageUnwritableError`. */
  removeUnprotectedCopies(): void {
    this.#moves.removeUnprotectedCopies()
  }

  /**
   * Seals, and then writes in one go what is still wanted: the account may be gone by then, the session another one, or
   * the place of secrets elsewhere. Returns whether it was written.
   */
  async #commit(
    id: AccountId,
    entry: Entry,
    session: SessionFacts,
    secrets: Secrets,
    isStillWanted: () => boolean,
  ): Promise<boolean> {
    // Not by what is expected: a secret must not come to lie where no keyring guards it.
    this.#follow(await this.#storage.learn())
    for (;;) {
      const { mode } = this.#storage
      const sealed = await this.#storage.seal(secrets, mode)
      if (!isStillWanted()) return false
      if (this.#storage.mode !== mode) continue
      const onDisk = sealed === null ? this.#sealedElsewhere(entry) : { ...session, sealed }
      this.#write(id, entry, entry.profile, onDisk)
      entry.onDisk = onDisk
      entry.session = session
      entry.inMemory = sealed === null ? secrets : null
      entry.locked = null
      entry.revision += 1
      return true
    }
  }

  /** A new record lies there all the same when only its folder's sync failed; the next start would show it. */
  #removeRefused(id: AccountId, error: unknown): void {
    if (!(error instanceof StorageUnwritableError)) return
    ifWritable(this.log, () => {
      this.records.remove(id)
    })
  }

  #put(id: AccountId, entry: Entry): void {
    this.#entries.set(id, entry)
    this.#names?.note(entry.profile.environment.id, entry.profile.name, id)
  }

  #allNames(): TakenNames {
    const names = new TakenNames()
    for (const [id, { environment, name }] of this.profiles()) names.note(environment.id, name, id)
    return names
  }

  /** Nothing is written that is on disk already: in memory-only mode a full disk keeps nobody from renewing. */
  #write(id: AccountId, entry: Entry, profile: Profile, onDisk: SealedSession | null): void {
    const { written, mayLieThere } = entry
    if (written?.profile === profile && written.onDisk === onDisk && mayLieThere.length === 0) return
    if (entry.keepBeforeWrite === 'unread') this.records.quarantine(id, 'damaged')
    if (entry.keepBeforeWrite === 'older') this.records.keepCopy(id, 'before-migration')
    entry.keepBeforeWrite = null
    try {
      this.records.write(id, recordOf(id, profile, onDisk))
    } catch (error) {
      if (error instanceof StorageUnwritableError && error.mayBeThere)
        entry.mayLieThere = [...mayLieThere, onDisk]
      throw error
    }
    entry.mayLieThere = []
    entry.written = { profile, onDisk }
  }

  #refuseEarlier(id: AccountId, generation: number): void {
    if (generation !== this.#generation) throw new AccountGoneError(id)
  }

  /** A company whose partner is gone, or no partner any more, stands for itself. */
  #isPartner(id: AccountId | null): boolean {
    return id !== null && this.#entries.get(id)?.profile.kind === 'partner'
  }

  /** What a keyring sealed stays on disk: that keyring may come back. */
  #sealedElsewhere({ onDisk }: Entry): SealedSession | null {
    return onDisk !== null && !isUnprotected(onDisk.sealed) ? onDisk : null
  }

  #place(entry: Entry): AccountSummary['secretsIn'] {
    if (entry.locked !== null) return 'locked'
    if (entry.inMemory !== null || entry.onDisk === null || isBehind(entry)) return 'memory'
    return isUnprotected(entry.onDisk.sealed) ? 'unprotected-file' : 'keyring'
  }

  #entry(id: AccountId): Entry {
    const entry = this.#entries.get(id)
    if (entry === undefined) throw new AccountGoneError(id)
    return entry
  }
}
