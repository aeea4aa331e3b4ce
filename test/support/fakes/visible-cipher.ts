import type { Cipher, CipherStatus, OpenOutcome } from '../../../electron/core/ports'

/** A cipher whose ciphertext tests can tell from plain text and look into: the text in hexadecimal. */
export class VisibleCipher implements Cipher {
  /** As when the keyring was reset: nothing that was sealed before opens any more. */
  forgotten = new Set<string>()
  readonly sealed: string[] = []

  constructor(private readonly is: CipherStatus = { backend: 'test_keyring', protected: true }) {}

  status(): Promise<CipherStatus> {
    return Promise.resolve(this.is)
  }

  seal(text: string): Promise<string> {
    const sealed = `${this.is.backend}:${Buffer.from(text).toString('hex')}`
    this.sealed.push(sealed)
    return Promise.resolve(sealed)
  }

  open(sealed: string): Promise<OpenOutcome> {
    const [backend, hex = ''] = sealed.split(':')
    if (backend !== this.is.backend) return Promise.resolve({ ok: false, reason: 'other-keyring' })
    if (this.forgotten.has(sealed)) return Promise.resolve({ ok: false, reason: 'cannot-decrypt' })
    return Promise.resolve({ ok: true, text: Buffer.from(hex, 'hex').toString() })
  }

  /** The keyring is reset. */
  forgetAll(): void {
    this.forgotten = new Set(this.sealed)
  }
}
