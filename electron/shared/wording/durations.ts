import { counted } from './counts'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** `23:41:07`; hours become days only at 1,000 hours. `ms` is the time left. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND))
  const hours = Math.floor(seconds / 3600)
  if (hours >= 1000) return `${String(Math.floor(hours / 24))} d`
  return [hours, Math.floor(seconds / 60) % 60, seconds % 60].map(twoDigits).join(':')
}

/** One rough figure for a column: `29 d`, under two days `31 h`, under an hour `12 min`. */
export function shortLife(ms: number): string {
  if (ms >= 2 * DAY) return `${String(Math.floor(ms / DAY))} d`
  if (ms >= HOUR) return `${String(Math.floor(ms / HOUR))} h`
  if (ms >= MINUTE) return `${String(Math.floor(ms / MINUTE))} min`
  return ms > 0 ? '< 1 min' : 'expired'
}

/** The same in words: `29 days`, `31 h`, `12 min`, `less than a minute`. */
export function roughLife(ms: number): string {
  return ms >= HOUR && ms < 2 * DAY ? shortLife(ms) : lifeInWords(ms)
}

/** For sentences: `23 h 41 min`, `12 min`, `less than a minute`, `29 days`. */
export function lifeInWords(ms: number): string {
  if (ms < MINUTE) return 'less than a minute'
  if (ms >= 2 * DAY) return counted(Math.floor(ms / DAY), 'day')
  const hours = Math.floor(ms / HOUR)
  const minutes = Math.floor(ms / MINUTE) % 60
  if (hours === 0) return `${String(minutes)} min`
  return minutes === 0 ? `${String(hours)} h` : `${String(hours)} h ${String(minutes)} min`
}

/** A wait or a limit, exact to the second when short: `24 s`, `5 min`, `1 h`. */
export function waitInWords(ms: number): string {
  const seconds = Math.max(1, Math.floor(ms / SECOND))
  if (seconds < 60) return `${String(seconds)} s`
  return lifeInWords(seconds * SECOND)
}

/** A service that limits has said when it wants to be asked again. */
export function waitingForService(ms: number): string {
  return `Waiting ${waitInWords(ms)}, as the service asks`
}

function twoDigits(figure: number): string {
  return String(figure).padStart(2, '0')
}
