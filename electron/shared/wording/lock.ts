import type { IdleSource } from '../desktop-support'
import { waitInWords } from './durations'
import type { Message } from './problems'

/** What resetting a forgotten passphrase deletes. */
export const FORGOT_MEANS =
  'This removes the lock and deletes every saved API key, refresh token, and JWT. Account names are kept, and you’ll need to enter each API key again. Backup files aren’t affected.'

export const FORGOT = 'Forgot passphrase?'
/** For a lock that can't be opened because its file is damaged. */
export const REMOVE_LOCK = 'Remove lock…'

export const TOUCH_NOT_KNOWN: Message = {
  what: 'Touch ID didn’t unlock TokenDesk.',
  todo: 'Try again or enter the passphrase.',
}
/** The right passphrase was given, but the computer slept or its screen was locked before it was checked. */
export const LOCKED_AGAIN: Message = {
  what: 'TokenDesk locked again while checking the passphrase.',
  todo: 'Enter it again.',
}
export const PASSPHRASE_SET = 'Passphrase set'
export const PASSPHRASE_REMOVED = 'Lock removed'

export function idleChoice(ms: number | null): string {
  return ms === null ? 'Never' : `After ${waitInWords(ms)}`
}

export const LOCK_VIEW = {
  title: 'TokenDesk is locked',
  passphrase: 'Passphrase',
  unlock: 'Unlock',
  touchId: 'Unlock with Touch ID',
  removeTitle: 'Remove the lock and all secrets?',
} as const

/** Until then no passphrase is accepted. `waitMs` is the time left. */
export function tryAgainIn(waitMs: number): string {
  return `Try again in ${waitInWords(waitMs)}.`
}

/** Whose last input counts. */
export const IDLE_COUNTS: Readonly<Record<IdleSource, string>> = {
  system: 'Counts from your last input on this computer.',
  windows: 'This desktop doesn’t tell apps when you’re idle, so it counts from your last input in TokenDesk.',
}
