/**
 * Decides where secrets go and what decrypts them, by the keyring's status and the user's decision for when none is
 * open. It handles sealed texts only; the vault knows to which account each belongs.
 */
import type { LockedReason } from '../../shared/problem'
import type { StorageStatus } from '../../shared/storage'
import { parseSealed, sealedText, type SealedContent, type Secrets } from './account-record'
import { StorageUnwritableError } from '../base/errors'
import type { Cipher, CipherStatus, Sealed } from '../base/ports'
import type { Secret } from '../../shared/secret'
import { isRelated, isUnprotected, tagOf } from './sealed-text'

export type StorageMode = StorageStatus['mode']

export type OpenedSecrets =
  | {
      readonly ok: true
      readonly secrets: Secrets
      readonly capability?: Secret | null
      readonly isOutdated?: boolean
    }
  | { readonly ok: false; readonly reason: LockedReason }

export const NO_SECRETS: Secrets = { jwt: null, refreshToken: null, apiKey: null }

/** One text may be damaged, so this many are decrypted before a keyring's earlier name is rejected. */
const SAMPLES = 3

export class SecretStorage {
  #status: CipherStatus = { backend: 'unknown', protected: false }
  #mayStoreUnprotected = false
  /** Whether the keyring decrypts texts with another tag of its family. */
  readonly #opens = new Map<string, boolean>()

  constructor(private readonly cipher: Cipher) {}

  /** The expected status, until the keyring is asked. */
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

  /** Reads the expected status of the keyring; returns whether it has changed. */
  async learn(): Promise<boolean> {
    return this.#note(await this.cipher.status())
  }

  /** Asks for a keyring that was not open; returns whether its status has changed. */
  async askAgain(mayPrompt: boolean): Promise<boolean> {
    return this.#note(await this.cipher.askAgain(mayPrompt))
  }

  whenKeyringAppears(run: () => void): void {
    this.cipher.whenKeyringAppears(run)
  }

  /** Checks whether the open keyring is one that has sealed under another name of its family before. */
  async tryEarlierNames(sealed: Iterable<Sealed>): Promise<void> {
    if (!this.#status.protected) return
    const attempts = new Map<string, number>()
    for (const each of sealed) {
      const tag = tagOf(each)
      const before = attempts.get(tag) ?? 0
      if (!isRelated(tag, this.#status.backend) || this.#opens.get(tag) === true || before >= SAMPLES)
        continue
      attempts.set(tag, before + 1)
      this.#opens.set(tag, (await this.#open(each)).ok)
    }
  }

  /** Why the text can't be decrypted now; null when it most likely can. */
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

  /** Null where secrets are kept in memory. Throws `StorageUnwritableError`. */
  async seal(content: SealedContent, mode: StorageMode): Promise<Sealed | null> {
    if (mode === 'memory') return null
    try {
      const guard = mode === 'keyring' ? 'keyring' : 'nothing'
      return await this.cipher.seal(sealedText(content), guard)
    } catch (error) {
      throw new StorageUnwritableError('the keyring does not seal', { cause: error })
    }
  }

  /** A text with another tag must decrypt and be valid: a wrong key may seem to decrypt it, too. */
  async #open(sealed: Sealed): Promise<OpenedSecrets> {
    const opened = await this.cipher.open(sealed)
    const content = opened.ok ? parseSealed(opened.text) : null
    if (opened.ok && content !== null) return { ok: true, ...content, isOutdated: opened.isOutdated === true }
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
