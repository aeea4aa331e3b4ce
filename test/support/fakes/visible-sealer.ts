import type { OpenedBytes, PassphraseSealer } from '../../../electron/core/base/ports'
import type { Secret } from '../../../electron/shared/secret'

/** Encrypts readably for tests: a line with the passphrase, then the bytes unchanged. */
export class VisibleSealer implements PassphraseSealer {
  seal(bytes: Uint8Array, passphrase: Secret): Promise<Uint8Array> {
    return Promise.resolve(Buffer.concat([Buffer.from(`${passphrase.reveal()}\n`), bytes]))
  }

  open(bytes: Uint8Array, passphrase: Secret): Promise<OpenedBytes> {
    const start = Buffer.from(`${passphrase.reveal()}\n`)
    const isRight = Buffer.from(bytes).subarray(0, start.length).equals(start)
    return Promise.resolve(
      isRight
        ? { ok: true, bytes: bytes.subarray(start.length) }
        : { ok: false, reason: 'wrong-passphrase-or-damaged' },
    )
  }
}
