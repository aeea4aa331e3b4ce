import { waitInWords } from './durations'
import type { Message } from './problems'

/** What it costs to have forgotten the passphrase. */
export const FORGOT_MEANS =
  'This removes the lock, and with it every stored API key, refresh token and JWT. Your accounts stay by name, and each needs its API key again. Backup files stay as they are and keep their own passphrase.'

export const FORGOT = 'Forgot the passphrase?'
/** Nobody has forgotten anything: the lock’s file is damaged. */
export const REMOVE_LOCK = 'Remove the lock…'

export const TOUCH_NOT_KNOWN: Message = {
  what: 'Touch ID did not unlock it.',
  todo: 'Try again, or type the passphrase.',
}
/** The right passphrase was given, but the computer went to sleep, or its screen was locked, before it was checked. */
export const LOCKED_AGAIN: Message = {
  what: 'TokenDesk was locked again while the passphrase was being checked.',
  todo: 'Enter it once more.',
}
export const PASSPHRASE_SET = 'The passphrase is set'
export const PASSPHRASE_REMOVED = 'The lock is removed'

export function idleChoice(ms: number | null): string {
  return ms === null ? 'Never' : `After ${waitInWords(ms)}`
}
