/** Where things lie on the disk in memory. */
import type { CipherStatus } from '../../electron/core/base/ports'

export const PROFILE = '/profile'
/** What the user saves goes here, whatever it is. */
export const SAVED_AS = 'saved.tokendesk'
export const SAVED = `${PROFILE}/${SAVED_AS}`
export const ACCOUNTS = `${PROFILE}/accounts`

export const KEYRING: CipherStatus = { backend: 'test_keyring', protected: true }
export const NO_KEYRING: CipherStatus = { backend: 'basic_text', protected: false }
