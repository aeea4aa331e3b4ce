import { HOUR, MINUTE, lifeInWords } from './durations'

const QUARTER = 15 * MINUTE
/** Offsets in use run from UTC-12:00 to UTC+14:00. */
const WEST = -12 * HOUR
const EAST = 14 * HOUR

/**
 * Explains the two expiries of a JWT where an offset does. `differenceMs` is `expirationDate` minus `exp`. Read in the
 * zone `defaultTimeZone` the date came out too late by the difference, so the true offset is larger by it.
 */
export function claimDifference(differenceMs: number, defaultTimeZone: string): string {
  const later = differenceMs > 0 ? 'later' : 'earlier'
  const fact = `The service says that this JWT expires ${lifeInWords(Math.abs(differenceMs))} ${later} than the JWT itself says. The earlier time counts.`
  const current = offsetOf(defaultTimeZone)
  const offset = current === null ? null : explainingOffset(differenceMs + current)
  if (offset === null) return fact
  return `${fact} The service’s times without a zone may be in ${offsetName(offset)}; this environment’s default time zone is ${defaultTimeZone}.`
}

function explainingOffset(wantedMs: number): number | null {
  const rounded = Math.round(wantedMs / QUARTER) * QUARTER
  // A token's two times are stamped within a moment of each other.
  if (Math.abs(rounded - wantedMs) > 2 * MINUTE) return null
  return rounded < WEST || rounded > EAST ? null : rounded
}

function offsetOf(zone: string): number | null {
  if (zone === 'UTC' || zone === 'Z') return 0
  const parts = /^([+-])(\d{2}):?(\d{2})$/u.exec(zone)
  if (parts === null) return null
  const size = Number(parts[2]) * HOUR + Number(parts[3]) * MINUTE
  return parts[1] === '-' ? -size : size
}

/** `UTC+02:00`, `UTC-03:30`, `UTC`. */
function offsetName(offsetMs: number): string {
  if (offsetMs === 0) return 'UTC'
  const size = Math.abs(offsetMs)
  const hours = String(Math.floor(size / HOUR)).padStart(2, '0')
  const minutes = String(Math.round((size % HOUR) / MINUTE)).padStart(2, '0')
  return `UTC${offsetMs < 0 ? '-' : '+'}${hours}:${minutes}`
}

/** `Your clock is 3 min behind the server's.`: `skewMs` is the server's clock minus this computer's. */
export function skewInWords(environmentName: string, skewMs: number): string {
  const direction = skewMs > 0 ? 'behind' : 'ahead of'
  return `This computer’s clock is ${lifeInWords(Math.abs(skewMs))} ${direction} ${environmentName}’s. Countdowns go by the server’s clock.`
}
