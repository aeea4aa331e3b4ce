/**
 * Where secrets go and what opens them: how it stands with the keyring, and what the user decided for where none is
 * open. It knows sealed texts only; which account has which is the vault's business.
 */
import type { LockedReason } from '../../shared/problem'
import type { StorageStatus } from '../../shared/storage'
import { openText, parseSecrets, type Secrets } from './account-record'
import { StorageUnwritableError } from '../base/errors'
import type { Cipher, CipherStatus, Sealed } from '../base/ports'
import { isRelated, isUnprotected, tagOf } from './sealed-text'

export type StorageMode = StorageStatus['mode']

export type OpenedSecrets =
  | { readonly ok: true; readonly secrets: Secrets; readonly isOutdated?: boolean }
  | { readonly ok: false; readonly reason: LockedReason }

/** One text may be damaged: so many are tried before a keyring's earlier name is not believed. */
const SAMPLES = 3

export class SecretStorage {
  #status: CipherStatus = { backend: 'unknown', protected: false }
  #mayStoreUnprotected = false
  /** Whether the keyring opens what bears another tag of its family. */
  readonly #opens = new Map<string, boolean>()

  constructor(private readonly cipher: Cipher) {}

  /** Until the keyring is asked, things stand as they most likely will. */
  expect(mayStoreUnprotected: boolean): void {
    this.#status = this.cipher.expected()
    this.#mayStoreUnprotected = mayStoreUnprotected
  }

  get status(): CipherStatus {
    return this.#status
  }

  get mode(): StorageMode {
    if (this.#status.protected) return 'keyring'
    return this.#mayStoreUnprotected ? 'unprotected-file' : 'memory'
  }

  get mayStoreUnprotected(): boolean {
    return this.#mayStoreUnprotected
  }

  decide(mayStoreUnprotected: boolean): void {
    this.#mayStoreUnprotected = mayStoreUnprotected
  }

  /** Learns what is known of the keyring; returns whether that has changed. */
  async learn(): Promise<boolean> {
    return this.#note(await this.cipher.status())
  }

  /** Asks for a keyring that was not open; returns whether something has changed. */
  async askAgain(mayPrompt: boolean): Promise<boolean> {
    return this.#note(await this.cipher.askAgain(mayPrompt))
  }

  whenKeyringAppears(run: () => void): void {
    this.cipher.whenKeyringAppears(run)
  }

  /** Finds out whether an open keyring is one that sealed under another name of its family before. */
  async tryEarlierNames(sealed: Iterable<Sealed>): Promise<void> {
    if (!this.#status.protected) return
    const tries = new Map<string, number>()
    for (const each of sealed) {
      const tag = tagOf(each)
      const before = tries.get(tag) ?? 0
      if (!isRelated(tag, this.#status.backend) || this.#opens.get(tag) === true || before >= SAMPLES)
        continue
      tries.set(tag, before + 1)
      this.#opens.set(tag, (await this.#open(each)).ok)
    }
  }

  /** Why the text can't be opened as things stand; null when it most likely can. */
  lockedFor(sealed: Sealed): LockedReason | null {
    const { backend, protected: isOpen, gap } = this.#status
    const tag = tagOf(sealed)
    if (isUnprotected(sealed)) return null
    if (tag !== backend && (!isRelated(tag, backend) || this.#opens.get(tag) === false))
      return 'other-keyring'
    return isOpen || gap === undefined ? null : 'keyring-unavailable'
  }

  async open(sealed: Sealed): Promise<OpenedSecrets> {
    const locked = this.lockedFor(sealed)
    return locked === null ? await this.#open(sealed) : { ok: false, reason: locked }
  }

  /** For the mode's place; null where secrets are kept in memory. Throws `StorageUnwritableError`. */
  async seal(secrets: Secrets, mode: StorageMode): Promise<Sealed | null> {
    if (mode === 'memory') return null
    try {
      const guard = mode === 'keyring' ? 'keyring' : 'nothing'
      return await this.cipher.seal(JSON.stringify(openText(secrets)), guard)
    } catch (error) {
      throw new StorageUnwritableError('the keyring does not seal', { cause: error })
    }
  }

  /** A text that bears another name is this keyring's only if it opens and makes sense: a wrong key may open it, too. */
  async #open(sealed: Sealed): Promise<OpenedSecrets> {
    const opened = await this.cipher.open(sealed)
    const secrets = opened.ok ? parseSecrets(opened.text) : null
    if (opened.ok && secrets !== null) return { ok: true, secrets, isOutdated: opened.isOutdated === true }
    if (isRelated(tagOf(sealed), this.#status.backend)) return { ok: false, reason: 'other-keyring' }
    return { ok: false, reason: opened.ok ? 'cannot-decrypt' : opened.reason }
  }

  #note(status: CipherStatus): boolean {
    const before = this.#status
    this.#status = status
    return (
      before.backend !== status.backend || before.protected !== status.protected || before.gap !== status.gap
    )
  }
}
