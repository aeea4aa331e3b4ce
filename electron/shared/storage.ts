/** Where secrets go: sealed by the system's keyring, sealed by a key that anybody can know, or nowhere. */
export interface StorageStatus {
  /** The backend's own name, e.g. `gnome_libsecret`, `dpapi`, `keychain`, `basic_text`. */
  readonly backend: string
  readonly protected: boolean
  readonly mode: 'keyring' | 'unprotected-file' | 'memory'
}

export const STORAGE_CHOICES = ['memory-only', 'accepted'] as const
export type StorageChoice = (typeof STORAGE_CHOICES)[number]
