import type { JwtPolicy, RefreshTokenPolicy } from '../policy'
import type { Lead } from '../reminders'
import { DAY, HOUR, lifeInWords } from './durations'
import { inSentence } from './messages'

export function jwtPolicyWord(policy: JwtPolicy): string {
  return { 'when-used': 'Renew when used', 'keep-live': 'Keep live' }[policy]
}

export function jwtPolicyHelp(policy: JwtPolicy): string {
  return {
    'when-used': 'Renewed when somebody needs one.',
    'keep-live': 'Renewed 5 minutes before it ends, while TokenDesk runs.',
  }[policy]
}

export function refreshTokenPolicyWord(policy: RefreshTokenPolicy): string {
  return { remind: 'Remind me', renew: 'Renew by itself in its last 7 days' }[policy]
}

export function refreshTokenPolicyHelp(policy: RefreshTokenPolicy): string {
  return {
    remind: 'You are told before one expires, and renew it by a click.',
    renew: 'Replaced without asking, while TokenDesk runs.',
  }[policy]
}

/** The choice that leaves it to the settings, and what they say: `As in Settings (remind me)`. */
export function asInSettings(word: string): string {
  return `As in Settings (${inSentence(word)})`
}

/** `7 days`, `1 day`, `12 hours`. */
export function leadInWords(lead: Lead): string {
  if (lead % DAY === 0) return counted(lead / DAY, 'day')
  return lead % HOUR === 0 ? counted(lead / HOUR, 'hour') : lifeInWords(lead)
}

/** `7, 3 and 1 days before`, `3 days and 12 hours before`; of none, nothing. */
export function leadsInWords(leads: readonly Lead[]): string {
  const sorted = [...leads].sort((a, b) => b - a)
  const wholeDays = sorted.length > 1 && sorted.every((lead) => lead % DAY === 0)
  return wholeDays
    ? `${listed(sorted.map((lead) => String(lead / DAY)))} days before`
    : `${listed(sorted.map(leadInWords))} before`
}

/** Of the settings: when reminders come. */
export function leadTimesInWords(leads: readonly Lead[]): string {
  return leads.length === 0
    ? 'No reminder comes before; you are told when one has expired.'
    : 'You are also told when one has expired.'
}

function counted(count: number, unit: string): string {
  return `${String(count)} ${unit}${count === 1 ? '' : 's'}`
}

function listed(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1] ?? ''}`
}
