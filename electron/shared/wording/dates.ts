import type { EpochMs } from '../brand'

/** An IANA name, or undefined for the machine's own zone (what users read; tests name one). */
export type Zone = string | undefined

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: Zone, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone ?? ''} ${name}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    ...options,
    ...(zone === undefined ? {} : { timeZone: zone }),
  })
  formats.set(key, made)
  return made
}

/** `08:02` */
function timeOfDay(at: EpochMs, zone?: Zone): string {
  return format(zone, 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}

/** `23 Dec 2026` */
export function date(at: EpochMs, zone?: Zone): string {
  return format(zone, 'date', { day: 'numeric', month: 'short', year: 'numeric' }).format(at)
}

/** `23 Dec` */
function dayAndMonth(at: EpochMs, zone: Zone): string {
  return format(zone, 'day', { day: 'numeric', month: 'short' }).format(at)
}

/** `15:04 today`, `15:04 tomorrow`, `08:02 on 23 Dec`, `08:02 on 23 Dec 2027`. */
export function moment(at: EpochMs, now: EpochMs, zone?: Zone): string {
  const time = timeOfDay(at, zone)
  const day = date(at, zone)
  if (day === date(now, zone)) return `${time} today`
  if (day === date(now + 86_400_000, zone)) return `${time} tomorrow`
  if (day === date(now - 86_400_000, zone)) return `${time} yesterday`
  return `${time} on ${sameYear(at, now, zone) ? dayAndMonth(at, zone) : day}`
}

/** What a list says of a JWT that is over: `ended 08:02`, or the date when that wasn't today. */
export function endedAt(at: EpochMs, now: EpochMs, zone?: Zone): string {
  if (date(at, zone) === date(now, zone)) return `ended ${timeOfDay(at, zone)}`
  return `ended ${sameYear(at, now, zone) ? dayAndMonth(at, zone) : date(at, zone)}`
}

function sameYear(a: EpochMs, b: EpochMs, zone: Zone): boolean {
  const year = format(zone, 'year', { year: 'numeric' })
  return year.format(a) === year.format(b)
}
