/** Shown where the service gave no readable expiry (auth-api.md, rule 1). */
import type { EpochMs } from '../brand'
import { date, moment, type Zone } from './dates'
import type { TokenEnd } from './renewal-lines'

/** In place of a countdown. */
export const UNKNOWN = 'Unknown'

/** For a JWT that still counts as live. */
export const JWT_EXPIRY_UNKNOWN = 'The service didn’t say when it expires. It’s used for 24 hours at most.'
/** For one that no longer does. */
export const JWT_OVER_UNKNOWN = 'Over 24 hours old. The service didn’t say when it expires.'

/** `Used until tomorrow at 9:00 AM at most` */
export function usedUntil(until: EpochMs, now: EpochMs, zone?: Zone): string {
  return `Used until ${moment(until, now, zone)} at most`
}

/** `Estimated: Dec 25, 2026` */
export function byItsAge({ leftMs }: TokenEnd, now: EpochMs, zone?: Zone): string {
  return leftMs > 0 ? `Estimated: ${date(now + leftMs, zone)}` : 'Over 30 days old'
}
