import type { Cipher, CipherStatus, Guard, OpenOutcome } from '../../../electron/core/base/ports'
import { isRelated, isUnprotected, tagOf, UNPROTECTED_TAG } from '../../../electron/core/vault/sealed-text'

/** A cipher whose ciphertext tests can read and distinguish from plain text: the text in hexadecimal. */
export class VisibleCipher implements Cipher {
  /** Set as after a keyring reset: nothing encrypted earlier can be decrypted. */
  forgotten = new Set<string>()
  /** Set as after a change of the keyring's key: what is decrypted has to be encrypted again. */
  outdated = new Set<string>()
  readonly sealed: string[] = []
  /** Whether the user was asked to unlock the keyring, for each request. */
  readonly prompts: boolean[] = []
  /** Awaited before each encryption and decryption, so that a test can act in between. */
  meanwhile: (doing: 'seal' | 'open') => Promise<void> = () => Promise.resolve()
  #appeared: () => void = () => undefined
  #known: CipherStatus

  constructor(private is: CipherStatus = { backend: 'test_keyring', protected: true }) {
    this.#known = is
  }

  /** The status that the system expects, before the keyring turns out to be another, or none. */
  expects: CipherStatus | null = null

  /** The status found when asked again, after a keyring has come or gone. */
  set becomes(is: CipherStatus) {
    this.is = is
  }

  /** Another process asks again. */
  startAnew(): void {
    this.#known = this.is
  }

  expected(): CipherStatus {
    return this.expects ?? this.is
  }

  status(): Promise<CipherStatus> {
    return Promise.resolve(this.#known)
  }

  askAgain(mayPrompt: boolean): Promise<CipherStatus> {
    this.prompts.push(mayPrompt)
    this.#known = this.is
    return Promise.resolve(this.#known)
  }

  whenKeyringAppears(run: () => void): void {
    this.#appeared = run
  }

  /** Signals as the system's bus does. */
  appear(): void {
    this.#appeared()
  }

  async seal(text: string, guard: Guard = 'keyring'): Promise<string> {
    await this.meanwhile('seal')
    if (guard === 'keyring' && !this.#known.protected) throw new Error('no keyring is open')
    const tag = guard === 'keyring' ? this.#known.backend : UNPROTECTED_TAG
    const sealed = `${tag}:${Buffer.from(text).toString('hex')}`
    this.sealed.push(sealed)
    return sealed
  }

  async open(sealed: string): Promise<OpenOutcome> {
    await this.meanwhile('open')
    const [, hex = ''] = sealed.split(':')
    const { backend, protected: isOpen } = this.#known
    if (!isUnprotected(sealed)) {
      if (tagOf(sealed) !== backend && !isRelated(tagOf(sealed), backend))
        return { ok: false, reason: 'other-keyring' }
      if (!isOpen) return { ok: false, reason: 'keyring-unavailable' }
    }
    if (this.forgotten.has(sealed)) return { ok: false, reason: 'cannot-decrypt' }
    return { ok: true, text: Buffer.from(hex, 'hex').toString(), isOutdated: this.outdated.has(sealed) }
  }

  /** Resets the keyring. */
  forgetAll(): void {
    this.forgotten = new Set(this.sealed)
  }
}
