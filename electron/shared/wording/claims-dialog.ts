import type { AccountSummary } from '../account'
import type { EpochMs } from '../brand'
import type { CallOutput } from '../ipc/contract'
import { moment, type Zone } from './dates'
import { lifeInWords } from './durations'
import { isolated } from './messages'

const exactFormats = new Map<Zone, Intl.DateTimeFormat>()

/** To the second and the same in every language: `2026-11-24 10:00:00 UTC+01:00`, `2026-11-24 09:00:00 UTC`. */
export function exactly(at: EpochMs, zone?: Zone): string {
  let format = exactFormats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
      ...(zone === undefined ? {} : { timeZone: zone }),
    })
    exactFormats.set(zone, format)
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
  const day = `${part('year')}-${part('month')}-${part('day')}`
  const time = `${part('hour')}:${part('minute')}:${part('second')}`
  // Some write UTC itself as `GMT`, some as `GMT+00:00`.
  const offset = part('timeZoneName').replace('GMT', 'UTC').replace('+00:00', '')
  return `${day} ${time} ${offset}`
}

export function claimCopied(claim: string, name: string): string {
  return `Claim ${claim} of ${isolated(name)} copied`
}

/** Why there is nothing to see inside. */
export function nothingInside(account: Pick<AccountSummary, 'jwt'>): string {
  return account.jwt === null
    ? 'There is no JWT yet. It comes with the next renewal.'
    : 'This JWT does not have the usual form, so its claims cannot be shown. It can be copied all the same.'
}

export const CLAIMS_ARE_NOT_CHECKED =
  'This is what the JWT says of itself. Its signature is not checked here.'

export function hiddenAgainIn(seconds: number): string {
  return `Hidden again in ${String(seconds)} s, or as soon as you leave this window.`
}

type Whose = CallOutput<'whoseJwt'>

/** Longer than any JWT that a service takes; more isn't looked at. */
export const PASTED_AT_MOST = 65_536
export const NOTHING_PASTED = 'Paste a JWT first.'
export const PASTED_TOO_LONG = 'This is longer than any JWT. Check what was pasted.'

/** `name`: of the account that it belongs to. */
export function whoseInWords(match: Whose['match'], name: string): string {
  switch (match) {
    case 'same':
      return `This is the JWT that ${isolated(name)} has now.`
    case 'related':
      return `This is another JWT of ${isolated(name)}: it has the same issuer and subject, and may be an earlier one.`
    case null:
      return 'No account here has this JWT, nor one of the same issuer and subject.'
  }
}

/** Whether it is live, or why not. `now` is the time of the server. */
export function lifeOfPasted({ life, expiresAt }: Whose, now: EpochMs, zone?: Zone): string {
  switch (life) {
    case 'live':
      return expiresAt === null
        ? 'Live.'
        : `Live until ${moment(expiresAt, now, zone)}, for ${lifeInWords(expiresAt - now)} more.`
    case 'ended':
      return expiresAt === null ? 'Not live.' : `Not live: it ended at ${moment(expiresAt, now, zone)}.`
    case 'not-yet':
      return 'Not live yet: its start (claim nbf) is still to come.'
    case 'unknown':
      return 'Whether it is live cannot be told: it does not say when it ends, or it is not a JWT that can be read.'
  }
}
