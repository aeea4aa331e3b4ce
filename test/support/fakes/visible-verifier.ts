import type { PassphraseHash, PassphraseVerifier } from '../../../electron/core/base/ports'
import type { Secret } from '../../../electron/shared/secret'

/** Compares the passphrase itself, at once: for tests that don't wait for another thread. */
export class VisibleVerifier implements PassphraseVerifier {
  make(passphrase: Secret): Promise<PassphraseHash> {
    return Promise.resolve(hashOf(passphrase.reveal()))
  }

  isRight(passphrase: Secret, { hash }: PassphraseHash): Promise<boolean> {
    return Promise.resolve(hash === hashOf(passphrase.reveal()).hash)
  }
}

export function hashOf(passphrase: string): PassphraseHash {
  return { log2N: 1, r: 1, p: 1, salt: btoa('salt'), hash: btoa(passphrase) }
}
