import type { EpochMs } from '../../shared/brand'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const IMF_FIXDATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/u

/**
 * A date in an HTTP header (RFC 9110, section 5.6.7), in whole seconds; null for anything else. The two obsolete forms
 * aren't read: servers no longer send them, and `Date.parse` would take a bare `5` for a date.
 */
export function parseHttpDate(text: string): EpochMs | null {
  const [, day, month = '', year, hour, minute, second] = IMF_FIXDATE.exec(text.trim()) ?? []
  if (day === undefined) return null
  const fields = [Number(hour), Number(minute), Number(second)] as const
  // Second 60 is allowed here, unlike in the service's own dates: it is the next minute's first.
  if (fields[0] > 23 || fields[1] > 59 || fields[2] > 60 || Number(year) < 1970) return null
  const midnight = new Date(Date.UTC(Number(year), MONTHS.indexOf(month), Number(day)))
  if (midnight.getUTCDate() !== Number(day)) return null
  return midnight.setUTCHours(...fields)
}
