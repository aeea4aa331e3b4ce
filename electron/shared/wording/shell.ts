/** The window around the list: rail, bars, status line. */
import { lifeInWords, waitInWords } from './durations'

export const RAIL = {
  label: 'Views',
  environments: 'Environments',
  tags: 'Tags',
  production: 'production',
  lock: 'Lock',
  identify: 'Identify JWT…',
  settings: 'Settings',
} as const

export const VIEW_NAMES = {
  all: 'All accounts',
  partners: 'Partners',
  companies: 'Companies',
  attention: 'Needs attention',
} as const

export const BARS = {
  keyring: 'Keyring',
  startNotices: 'Notices at startup',
  expiringTokens: 'Refresh tokens that expire soon',
  startAtLogin: 'Start at login',
  startAtLoginOffer: 'Start TokenDesk when you log in, so reminders work without opening it?',
  notNow: 'Not now',
} as const

export function clipboardClearsIn(leftMs: number): string {
  return `Clipboard clears in ${waitInWords(leftMs)}`
}

/** For the status line; the full sentence is `skewInWords`. */
export function skewInShort(skewMs: number): string {
  return `Clock ${lifeInWords(Math.abs(skewMs))} ${skewMs > 0 ? 'behind' : 'ahead'}`
}

export const DISCARD = {
  stillAsking: 'Waiting for the service. This takes a few seconds at most.',
  pressAgain: 'Press Esc again to discard what you typed.',
} as const
