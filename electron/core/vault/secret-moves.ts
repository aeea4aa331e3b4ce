/** Moves secrets when their place changes: by the user's decision, when a keyring opens, when its key is replaced. */
import type { AccountId } from '../../shared/account'
import type { MisplacedSecrets } from '../../shared/storage'
import { errorFacts } from '../base/error-facts'
import type { Log, RecordStore, Sealed } from '../base/ports'
import { mayHoldUnprotected } from './sealed-text'
import type { OpenedSecrets, SecretStorage } from './secret-storage'
import type { Secrets, SessionFacts } from './account-record'
import type { AccountEntries } from './account-entries'
import { isInPlace, sealedOf, type Entry } from './vault-entry'

export interface SecretMovesDeps {
  readonly storage: SecretStorage
  readonly records: RecordStore
  readonly log: Log
  readonly entries: AccountEntries
  readonly open: (id: AccountId) => Promise<OpenedSecrets>
  /**
   * Seals the secrets, and writes them if they are still current by then; returns whether it wrote. Throws
   * `StorageUnwritableError`.
   */
  readonly commit: (
    id: AccountId,
    entry: Entry,
    session: SessionFacts,
    secrets: Secrets,
    isStillWanted: () => boolean,
  ) => Promise<boolean>
  /** Writes the account without its session and keeps the earlier record as a copy. Throws the same. */
  readonly forget: (id: AccountId, entry: Entry) => void
}

export class SecretMoves {
  /** Texts that are being sealed again, by account. */
  readonly #resealing = new Map<AccountId, Promise<void>>()
  /** The results of that, which are not sealed once more even if the system still reports them as outdated. */
  readonly #resealed = new Map<AccountId, Sealed>()
  #isInCopies = false

  constructor(private readonly deps: SecretMovesDeps) {}

  /** Secrets that are not stored where they belong; undefined when all are. */
  get misplaced(): MisplacedSecrets | undefined {
    const { mode } = this.deps.storage
    const accounts = [...this.deps.entries.values()]
      .filter((entry) => !isInPlace(entry, mode))
      .map(({ profile }) => profile.name)
    const inCopies = mode === 'memory' && this.#isInCopies
    return accounts.length > 0 || inCopies ? { accounts, inCopies } : undefined
  }

  /** Moves everything that is misplaced. Throws `StorageUnwritableError` at the first that can't be moved. */
  async moveAll(): Promise<void> {
    const { entries } = this.deps
    for (const [id, entry] of entries) await this.#move(id, entry)
    if (this.deps.storage.mode === 'memory') this.removeUnprotectedCopies()
  }

  /** Moves what can be moved; the rest is `misplaced`, and retried the next time. */
  async moveWhatCanMove(): Promise<void> {
    const { entries, storage, log } = this.deps
    await Promise.all(this.#resealing.values())
    for (const [id, entry] of entries) {
      if (isInPlace(entry, storage.mode)) continue
      await this.#move(id, entry).catch((error: unknown) => {
        log.warn('secrets can not be moved yet', { id, mode: storage.mode, ...errorFacts(error) })
      })
    }
  }

  /**
   * Removes files that were copied or quarantined while secrets were stored unprotected, since they hold these. Where
   * no secret may be readable, damaged records are removed as well; otherwise they may still be of use. Throws.
   */
  removeUnprotectedCopies(): void {
    const { entries, records, forget, storage } = this.deps
    const lost = new Map([...entries].filter(([, { file }]) => file.leavesUnprotected))
    const withUnprotected = storage.mode === 'memory'
    this.#isInCopies = true
    if (withUnprotected) for (const [id, entry] of lost) forget(id, entry)
    records.removeCopies((id, text) => mayHoldUnprotected(text) && (withUnprotected || !lost.has(id)))
    if (withUnprotected)
      for (const entry of lost.values()) entry.file = { ...entry.file, leavesUnprotected: false }
    this.#isInCopies = false
  }

  /** The keyring's key was replaced: seals and stores the text again in the background. */
  reseal(id: AccountId, entry: Entry, sealed: Sealed): void {
    if (this.#resealing.has(id) || this.#resealed.get(id) === sealed) return
    const { log } = this.deps
    const done = this.#move(id, entry, true)
      .then(() => {
        const now = sealedOf(entry)
        if (now !== null) this.#resealed.set(id, now.sealed)
      })
      .catch((error: unknown) => {
        log.warn('secrets can not be sealed anew yet', { id, ...errorFacts(error) })
      })
      .finally(() => this.#resealing.delete(id))
    this.#resealing.set(id, done)
  }

  /** Seals and stores the account's secrets, with the address of its gateway. Throws `StorageUnwritableError`. */
  async storeAgain(id: AccountId, entry: Entry): Promise<void> {
    await this.#move(id, entry, true)
  }

  /** Starts over if a renewal came between. */
  async #move(id: AccountId, entry: Entry, isForced = false): Promise<void> {
    const { entries, storage, open, commit } = this.deps
    for (;;) {
      const { session, revision } = entry
      if (session === null || !entries.has(id, entry)) return
      if (!isForced && isInPlace(entry, storage.mode)) return
      const opened = await open(id)
      if (!opened.ok) return
      const isStill = (): boolean => entries.has(id, entry) && entry.revision === revision
      if (await commit(id, entry, session.facts, opened.secrets, isStill)) return
    }
  }
}
