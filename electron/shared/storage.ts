/** Where secrets go: encrypted with the system's keyring, encrypted with a public key, or nowhere. */
export interface StorageStatus {
  /** Electron's name of it, e.g. `gnome_libsecret`, `dpapi`, `keychain`, `basic_text`. */
  readonly backend: string
  readonly protected: boolean
  readonly mode: 'keyring' | 'unprotected-file' | 'memory'
  /** Why an expected keyring doesn't protect secrets; absent where it does, or where none is expected. */
  readonly gap?: KeyringGap | undefined
  /** Secrets that are not where `mode` says, since the disk refused to move them. */
  readonly misplaced?: MisplacedSecrets | undefined
}

/**
 * `unavailable`: not running yet or locked, and asked again later. `needs-restart`: it is available, but Electron can't
 * use it any more in a process that it has refused once.
 */
export type KeyringGap = 'unavailable' | 'needs-restart'

export interface MisplacedSecrets {
  /** Names of the accounts concerned. */
  readonly accounts: readonly string[]
  /** Whether copies of quarantined records still hold readable secrets. */
  readonly inCopies: boolean
}

export const STORAGE_CHOICES = ['memory-only', 'accepted'] as const
export type StorageChoice = (typeof STORAGE_CHOICES)[number]
