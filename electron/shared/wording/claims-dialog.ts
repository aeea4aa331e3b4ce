import type { AccountSummary } from '../account'
import type { EpochMs } from '../brand'
import type { CallOutput } from '../ipc/contract'
import { counted } from './counts'
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

type Identified = CallOutput<'identifyJwt'>
type Whose = Identified['found'][number]

export const NOTHING_PASTED = 'Paste a JWT first.'
export const PASTED_TOO_LONG = 'This text is longer than 20 MB. Paste the part with the JWT.'
export const PASTED_IN_PART = 'Only the beginning is shown, but all of the text was searched.'
const NOT_WHOLE = 'This JWT isn’t complete, or it was changed. Copy all of it, then paste it again.'

/** `name`: the account that it belongs to. */
export function identifiedInWords({ match, isWhole }: Whose, name: string): string {
  switch (match) {
    case 'same':
      return `This is the current JWT of ${isolated(name)}.`
    case 'related':
      return `This is another JWT of ${isolated(name)}, possibly an earlier one: it has the same issuer and subject.${isWhole ? '' : ` ${NOT_WHOLE}`}`
    case null:
      return isWhole ? 'No account has this JWT or its issuer and subject.' : NOT_WHOLE
  }
}

/** What there is besides those that were found; empty where nothing is to be said. */
export function notIdentifiedInWords({ found, more, hasUnreadable }: Identified): string {
  if (more > 0) return `${counted(more, 'more JWT')} in this text.`
  if (found.length > 0) return ''
  return hasUnreadable ? NOT_WHOLE : 'There’s no JWT in this text.'
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
