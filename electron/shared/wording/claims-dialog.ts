import type { AccountSummary } from '../account'
import type { EpochMs } from '../brand'
import type { CallOutput } from '../ipc/contract'
import { format, moment, type Zone } from './dates'
import { lifeInWords } from './durations'
import { isolated } from './messages'

/** To the second, and the same in every locale: `2026-11-24 10:00:00 UTC+01:00`, `2026-11-24 09:00:00 UTC`. */
export function exactly(at: EpochMs, zone?: Zone): string {
  const exact = format(
    zone,
    'exact',
    {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    },
    'en-GB',
  )
  const parts = new Map(exact.formatToParts(at).map(({ type, value }) => [type, value]))
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
  const day = `${part('year')}-${part('month')}-${part('day')}`
  const time = `${part('hour')}:${part('minute')}:${part('second')}`
  // Engines write UTC itself as `GMT` or `GMT+00:00`.
  const offset = part('timeZoneName').replace('GMT', 'UTC').replace('+00:00', '')
  return `${day} ${time} ${offset}`
}

export function claimCopied(claim: string, name: string): string {
  return `Claim ${claim} of ${isolated(name)} copied`
}

/** Why there are no claims to show. */
export function nothingInside(account: Pick<AccountSummary, 'jwt'>): string {
  return account.jwt === null
    ? 'No JWT yet. The next renewal gets one.'
    : 'This JWT isn’t in the usual format, so its claims can’t be shown. You can still copy it.'
}

export const CLAIMS_ARE_NOT_CHECKED = 'Decoded only. The signature isn’t verified.'

export function hiddenAgainIn(seconds: number): string {
  return `Hidden again in ${String(seconds)} s, or when you leave this window.`
}

type Whose = CallOutput<'identifyJwt'>

/** Longer than any JWT of a service; longer text isn't read. */
export const PASTED_AT_MOST = 65_536
export const NOTHING_PASTED = 'Paste a JWT first.'
export const PASTED_TOO_LONG = 'This is longer than any JWT. Check what you pasted.'

/** `name`: the account that it belongs to. */
export function identifiedInWords(match: Whose['match'], name: string): string {
  switch (match) {
    case 'same':
      return `This is the current JWT of ${isolated(name)}.`
    case 'related':
      return `This is another JWT of ${isolated(name)}, possibly an earlier one: it has the same issuer and subject.`
    case null:
      return 'No account has this JWT or its issuer and subject.'
  }
}

/** Whether it is live, or why not. `now` is the server's time. */
export function lifeOfPasted({ life, expiresAt }: Whose, now: EpochMs, zone?: Zone): string {
  switch (life) {
    case 'live':
      return expiresAt === null
        ? 'Live.'
        : `Live. Expires ${moment(expiresAt, now, zone)}, in ${lifeInWords(expiresAt - now)}.`
    case 'ended':
      return expiresAt === null ? 'Expired.' : `Expired ${moment(expiresAt, now, zone)}.`
    case 'not-yet':
      return 'Not live yet: its nbf claim is in the future.'
    case 'unknown':
      return 'Can’t tell whether it’s live: it has no expiry, or it isn’t a readable JWT.'
  }
}
