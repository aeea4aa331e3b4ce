import type { Cipher, CipherStatus, OpenOutcome } from '../../../electron/core/ports'

/** A cipher whose ciphertext tests can tell from plain text and look into: the text in hexadecimal. */
export class VisibleCipher implements Cipher {
  /** As when the keyring was reset: nothing that was sealed before opens any more. */
  forgotten = new Set<string>()
  readonly sealed: string[] = []
  /** Awaited before each sealing and each opening, so that a test can let something else come between. */
  meanwhile: (doing: 'seal' | 'open') => Promise<void> = () => Promise.resolve()

  constructor(private readonly is: CipherStatus = { backend: 'test_keyring', protected: true }) {}

  /** As when the keyring turns out to be another, or none, than the system said. */
  expects: CipherStatus | null = null

  expected(): CipherStatus {
    return this.expects ?? this.is
  }

  status(): Promise<CipherStatus> {
    return Promise.resolve(this.is)
  }

  async seal(text: string): Promise<string> {
    await this.meanwhile('seal')
    const sealed = `${this.is.backend}:${Buffer.from(text).toString('hex')}`
    this.sealed.push(sealed)
    return sealed
  }

  async open(sealed: string): Promise<OpenOutcome> {
    await this.meanwhile('open')
    const [backend, hex = ''] = sealed.split(':')
    if (backend !== this.is.backend) return { ok: false, reason: 'other-keyring' }
    if (this.forgotten.has(sealed)) return { ok: false, reason: 'cannot-decrypt' }
    return { ok: true, text: Buffer.from(hex, 'hex').toString() }
  }

  /** The keyring is reset. */
  forgetAll(): void {
    this.forgotten = new Set(this.sealed)
  }
}
