import type { Cipher, CipherStatus, Guard, OpenOutcome } from '../../../electron/core/base/ports'
import { isRelated, isUnprotected, tagOf, UNPROTECTED_TAG } from '../../../electron/core/vault/sealed-text'

/** A cipher whose ciphertext tests can tell from plain text and look into: the text in hexadecimal. */
export class VisibleCipher implements Cipher {
  /** As when the keyring was reset: nothing that was sealed before opens any more. */
  forgotten = new Set<string>()
  /** As when the keyring's key has been replaced since: what is opened has to be sealed anew. */
  outdated = new Set<string>()
  readonly sealed: string[] = []
  /** Whether the user was asked to unlock the keyring, each time that somebody asked for it again. */
  readonly prompts: boolean[] = []
  /** Awaited before each sealing and each opening, so that a test can let something else come between. */
  meanwhile: (doing: 'seal' | 'open') => Promise<void> = () => Promise.resolve()
  #appeared: () => void = () => undefined
  #known: CipherStatus

  constructor(private is: CipherStatus = { backend: 'test_keyring', protected: true }) {
    this.#known = is
  }

  /** As when the keyring turns out to be another, or none, than the system said. */
  expects: CipherStatus | null = null

  /** What is found by who asks again: a keyring that has come, or gone, meanwhile. */
  set becomes(is: CipherStatus) {
    this.is = is
  }

  /** Another process asks for itself. */
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

  /** As the system's bus would tell it. */
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

  /** The keyring is reset. */
  forgetAll(): void {
    this.forgotten = new Set(this.sealed)
  }
}
