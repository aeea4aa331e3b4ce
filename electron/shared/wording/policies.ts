import type { JwtPolicy, RefreshTokenPolicy } from '../policy'
import type { Lead } from '../reminders'
import { counted, listed } from './counts'
import { DAY, HOUR, lifeInWords } from './durations'

export function jwtPolicyWord(policy: JwtPolicy): string {
  return { 'when-used': 'Renew when copied', 'keep-live': 'Renew automatically' }[policy]
}

export function jwtPolicyHelp(policy: JwtPolicy): string {
  return {
    'when-used': 'Renewed when you copy it.',
    'keep-live': 'Renewed 5 minutes before it expires, while TokenDesk is running.',
  }[policy]
}

export function refreshTokenPolicyWord(policy: RefreshTokenPolicy): string {
  return { remind: 'Remind me', renew: 'Renew automatically in the last 7 days' }[policy]
}

export function refreshTokenPolicyHelp(policy: RefreshTokenPolicy): string {
  return {
    remind: 'You get a reminder and renew with one click.',
    renew: 'Renewed without asking, while TokenDesk is running.',
  }[policy]
}

/** The choice that follows the settings, with what they say: `Default (Remind me)`. */
export function asInSettings(word: string): string {
  return `Default (${word})`
}

/** `7 days`, `1 day`, `12 hours`. */
export function leadInWords(lead: Lead): string {
  if (lead % DAY === 0) return counted(lead / DAY, 'day')
  return lead % HOUR === 0 ? counted(lead / HOUR, 'hour') : lifeInWords(lead)
}

/** `7 days, 3 days, and 1 day before`, `3 days and 12 hours before`. */
export function leadsInWords(leads: readonly Lead[]): string {
  const sorted = [...leads].sort((a, b) => b - a)
  return `${listed(sorted.map(leadInWords))} before`
}

/** In Settings: when reminders come. */
export function leadTimesInWords(leads: readonly Lead[]): string {
  return leads.length === 0
    ? 'No reminders before expiry. You’re notified when a token has expired.'
    : 'You’re also notified when a token has expired.'
}
