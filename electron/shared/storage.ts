/** Where secrets go: sealed by the system's keyring, sealed by a key that anybody can know, or nowhere. */
export interface StorageStatus {
  /** The backend's own name, e.g. `gnome_libsecret`, `dpapi`, `keychain`, `basic_text`. */
  readonly backend: string
  readonly protected: boolean
  readonly mode: 'keyring' | 'unprotected-file' | 'memory'
  /** Why a keyring that is expected doesn't guard secrets; absent where it does, or where none is expected. */
  readonly gap?: KeyringGap | undefined
  /** What lies elsewhere than `mode` says, since the disk has refused to move it; absent where all is in its place. */
  readonly misplaced?: MisplacedSecrets | undefined
}

/**
 * `unavailable`: not running yet, or locked, and so asked again. `needs-restart`: it is there, but a process of
 * Electron that it has refused once can't ask it again.
 */
export type KeyringGap = 'unavailable' | 'needs-restart'

export interface MisplacedSecrets {
  /** Names of the accounts whose tokens and keys are concerned. */
  readonly accounts: readonly string[]
  /** Whether copies of quarantined records still hold readable secrets. */
  readonly inCopies: boolean
}

export const STORAGE_CHOICES = ['memory-only', 'accepted'] as const
export type StorageChoice = (typeof STORAGE_CHOICES)[number]
