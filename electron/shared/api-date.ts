/**
 * The service's dates: `2026-06-26T07:56:42.199+00:00` and, without an offset, `2026-06-01T12:00:00`. Reading is
 * lenient, as RFC 3339 and real servers vary (auth-api.md, rule 3): a date that is refused leaves the user without an
 * expiry.
 */
import type { Checked } from './checked'
import type { EpochMs } from './brand'

export type ApiDateProblem =
  /** No date and time: not a string, empty, in words, or with other text around or between. */
  | 'shape'
  /** Well-formed, but no such instant: 30 February, hour 24, second 61, offset +25:00. */
  | 'impossible'
  /** It has no offset, and the environment's time zone is not a known one. */
  | 'unknown-zone'

// Java's `LocalDateTime.toString()` drops seconds that are zero, and its older formatters the offset's colon; Python
// and SQL write a space for the T, PostgreSQL only the hours of an offset, Ruby a space before the offset.
const SHAPE =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?: ?(?:([Zz])|([+-])(\d{2})(?::?(\d{2}))?))?$/u
const OFFSET = /^([+-])(\d{2}):(\d{2})$/u
/** How `Intl` writes an offset in `longOffset`: `GMT`, `GMT+02:00`, and `GMT-00:01:15` for local mean time. */
const LONG_OFFSET = /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/u

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** The limit that ISO 8601 libraries agree on; the widest offset in use is +14:00. */
const MAX_OFFSET_MINUTES = 18 * 60

/**
 * The instant of `value`. A date without an offset is read in `zone`: `UTC`, an offset (`+02:00`) or an IANA name.
 * Fractions are cut to whole ms. Where daylight saving time makes a local time ambiguous or skips it, the earlier
 * instant is taken: renewing an hour early costs one request, an hour late an expired token.
 */
export function parseApiDate(value: unknown, zone: string): Checked<EpochMs, ApiDateProblem> {
  const match = typeof value === 'string' ? SHAPE.exec(value.trim()) : null
  if (match === null) return { ok: false, reason: 'shape' }
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second = '0',
    fraction = '',
    utc,
    sign,
    offsetHours,
    offsetMinutes = '0',
  ] = match
  const local = instantInUtc(
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(fraction.padEnd(3, '0').slice(0, 3)),
  )
  if (local === null) return { ok: false, reason: 'impossible' }
  if (utc !== undefined) return { ok: true, value: local }
  if (sign !== undefined) {
    const offset = offsetMs(sign, Number(offsetHours), Number(offsetMinutes))
    return offset === null ? { ok: false, reason: 'impossible' } : { ok: true, value: local - offset }
  }
  const instant = inZone(local, zone)
  return instant === null ? { ok: false, reason: 'unknown-zone' } : { ok: true, value: instant }
}

/** Whether `text` is a time zone: `UTC`, an offset (`+02:00`) or an IANA name. */
export function isKnownZone(text: string): boolean {
  return inZone(0, text) !== null
}

function instantInUtc(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  ms: number,
): EpochMs | null {
  // Clocks that count ms since 1970 have no leap seconds: second 60 becomes the next one, by `setUTCHours`.
  if (hour > 23 || minute > 59 || second > 60) return null
  const date = new Date(0)
  // Not `Date.UTC`, which takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  return date.setUTCHours(hour, minute, second, ms)
}

function offsetMs(sign: string, hours: number, minutes: number): number | null {
  const total = hours * 60 + minutes
  if (minutes > 59 || total > MAX_OFFSET_MINUTES) return null
  return (sign === '-' ? -total : total) * MINUTE_MS
}

/** `local` is the local time written as if it were UTC. */
function inZone(local: number, zone: string): EpochMs | null {
  if (zone === 'UTC') return local
  const fixed = OFFSET.exec(zone)
  if (fixed !== null) {
    const offset = offsetMs(fixed[1] ?? '+', Number(fixed[2]), Number(fixed[3]))
    return offset === null ? null : local - offset
  }
  const offsetAt = offsetsOf(zone)
  if (offsetAt === null) return null
  // The offsets a day before and after enclose any single change; each gives a candidate.
  const candidates = [local - offsetAt(local - DAY_MS), local - offsetAt(local + DAY_MS)]
  const real = candidates.filter((candidate) => local - candidate === offsetAt(candidate))
  return Math.min(...(real.length > 0 ? real : candidates))
}

/** The zone's offset from UTC in ms at an instant; null when there is no such zone. */
function offsetsOf(zone: string): ((instant: EpochMs) => number) | null {
  // Engines differ on which bare offsets they take, so only what begins with a letter counts as an IANA name.
  if (!/^[A-Za-z]/u.test(zone)) return null
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  } catch {
    return null
  }
  return (instant) => {
    const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? ''
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = LONG_OFFSET.exec(name) ?? []
    const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000
    return sign === '-' ? -ms : ms
  }
}
