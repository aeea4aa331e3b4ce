import type { EpochMs } from '../brand'

/** An IANA name, or undefined for the computer's own zone (tests name one). */
export type Zone = string | undefined

/** Until the system's locale is set. */
const FALLBACK = 'en-GB'

let wantedLocale = FALLBACK
/** Computed on first use: looking it up takes time. */
let knownLocale: string | null = null
const formats = new Map<string, Intl.DateTimeFormat>()

/**
 * Sets the system's locale once, at the start. It decides order, separators and 12 or 24 hours, but no words, since the
 * sentences around are English: in another language's locale months are figures and hours run to 24.
 */
export function writeDatesAs(wanted: string): void {
  wantedLocale = wanted
  knownLocale = null
  formats.clear()
}

/** Called before anything is written in the computer's own zone. */
let beforeOwnZone: () => void = () => undefined

/** Calls `run` before anything is written in the computer's own zone, which may have changed. */
export function whenOwnZoneIsUsed(run: () => void): void {
  beforeOwnZone = run
}

/** The computer is in another zone now. */
export function ownZoneChanged(): void {
  formats.clear()
}

function locale(): string {
  return (knownLocale ??=
    Intl.DateTimeFormat.supportedLocalesOf(tag(wantedLocale)).length > 0 ? tag(wantedLocale) : FALLBACK)
}

/** As systems write it (`de_DE.UTF-8`) or as BCP 47 does. */
function tag(wanted: string): string {
  const name = wanted.replace(/[.@].*$/u, '').replaceAll('_', '-')
  try {
    return new Intl.Locale(name, { calendar: 'gregory', numberingSystem: 'latn' }).toString()
  } catch {
    return FALLBACK
  }
}

function isEnglish(): boolean {
  return locale().startsWith('en')
}

/** `written`: another locale than the system's. */
export function format(
  zone: Zone,
  name: string,
  options: Intl.DateTimeFormatOptions,
  written?: string,
): Intl.DateTimeFormat {
  if (zone === undefined) beforeOwnZone()
  const key = `${zone ?? ''} ${name}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(written ?? locale(), {
    ...options,
    ...(zone === undefined ? {} : { timeZone: zone }),
  })
  formats.set(key, made)
  return made
}

/** `08:02` */
export function timeOfDay(at: EpochMs, zone?: Zone): string {
  const options: Intl.DateTimeFormatOptions = isEnglish()
    ? { timeStyle: 'short' }
    : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
  return format(zone, 'time', options).format(at)
}

/** `23 Dec 2026`, `Dec 23, 2026`, `23.12.2026` */
export function date(at: EpochMs, zone?: Zone): string {
  return format(zone, 'date', {
    day: isEnglish() ? 'numeric' : '2-digit',
    month: isEnglish() ? 'short' : '2-digit',
    year: 'numeric',
  }).format(at)
}

/** `23 Dec`, `Dec 23`, `23.12.` */
function dayAndMonth(at: EpochMs, zone: Zone): string {
  const options: Intl.DateTimeFormatOptions = isEnglish()
    ? { day: 'numeric', month: 'short' }
    : { day: '2-digit', month: '2-digit' }
  return format(zone, 'day', options).format(at)
}

/** `today at 15:04`, `tomorrow at 15:04`, `23 Dec at 08:02`, `23 Dec 2027 at 08:02`. */
export function moment(at: EpochMs, now: EpochMs, zone?: Zone): string {
  const time = timeOfDay(at, zone)
  const day = date(at, zone)
  if (day === date(now, zone)) return `today at ${time}`
  if (day === date(now + 86_400_000, zone)) return `tomorrow at ${time}`
  if (day === date(now - 86_400_000, zone)) return `yesterday at ${time}`
  return `${sameYear(at, now, zone) ? dayAndMonth(at, zone) : day} at ${time}`
}

/** For an expired JWT in a list: `expired 08:02`, or the date when that wasn't today. */
export function endedAt(at: EpochMs, now: EpochMs, zone?: Zone): string {
  if (date(at, zone) === date(now, zone)) return `expired ${timeOfDay(at, zone)}`
  return `expired ${sameYear(at, now, zone) ? dayAndMonth(at, zone) : date(at, zone)}`
}

function sameYear(a: EpochMs, b: EpochMs, zone: Zone): boolean {
  const year = format(zone, 'year', { year: 'numeric' })
  return year.format(a) === year.format(b)
}
