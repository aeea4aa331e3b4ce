/** How an account goes on: what renews it and when, when its refresh token ends, and what the user is told before. */
import type { AccountSummary, RefreshTokenDates } from '../account'
import type { EpochMs } from '../brand'
import { canRefresh, canRenew, expectedExpiry, liveUntil } from '../status'
import { AT_EXPIRY, leadsOf } from '../reminders'
import { KEEP_LIVE_BEFORE_MS, keepsLiveAt, replacesTokenAt } from '../renewal-times'
import type { Settings } from '../settings'
import { date, moment, type Zone } from './dates'
import { DAY, lifeInWords, roughLife } from './durations'
import { inSentence, isolated } from './messages'
import { leadsInWords } from './policies'

/** What the settings say about renewal and reminders. */
export type RenewalSettings = Pick<
  Settings,
  'jwtPolicy' | 'refreshTokenPolicy' | 'reminderLeadsMs' | 'desktopNotifications'
>

/** Of an account whose JWT is live at `now` (the server's time). */
export function renewsNext(
  account: AccountSummary,
  settings: RenewalSettings,
  now: EpochMs,
  zone: Zone,
): string {
  const isAutomatic = keptLive(account, settings)
  if (canRefresh(account, now)) {
    return isAutomatic === null
      ? sentences('Renews when used.', tokenGoesOn(account, settings, now, zone))
      : `${isAutomatic}, and its refresh token with it.`
  }
  if (account.remembersApiKey) {
    return `${without(account)}: ${inSentence(isAutomatic ?? 'Renews when used')}, by the remembered API key.`
  }
  return `${without(account)} and no remembered API key: when the JWT ends, it needs its API key.`
}

/** Of one whose JWT has ended but can be renewed. */
export function renewsAgain(
  account: AccountSummary,
  settings: RenewalSettings,
  now: EpochMs,
  zone: Zone,
): string {
  if (keepsLiveAt(account, settings) !== null) return 'Renews by itself in a moment.'
  return canRefresh(account, now)
    ? sentences('Copying renews it first.', tokenGoesOn(account, settings, now, zone))
    : 'Copying renews it first: the remembered API key logs in again.'
}

/** Whether the account's JWT ends with nothing left to renew it. */
export function endsForGood(account: AccountSummary): boolean {
  return account.jwt !== null && !canRenew(account, liveUntil(account.jwt))
}

export const ENDS_FOR_GOOD = 'Ends, then needs its API key'

/** `Renews by itself 5 minutes before it ends`; null where it doesn't. */
function keptLive(account: AccountSummary, settings: RenewalSettings): string | null {
  const at = keepsLiveAt(account, settings)
  if (at === null || account.jwt === null) return null
  if (account.jwt.expiresAt === null) return 'Renews by itself before its JWT is 24 hours old'
  const lead = account.jwt.expiresAt - at
  return `Renews by itself ${lead === KEEP_LIVE_BEFORE_MS ? '5 minutes' : lifeInWords(lead)} before it ends`
}

function without({ refreshToken }: AccountSummary): string {
  return refreshToken === null ? 'Has no refresh token' : 'Its refresh token is dead'
}

function tokenGoesOn(account: AccountSummary, settings: RenewalSettings, now: EpochMs, zone: Zone): string {
  const token = account.refreshToken
  const expiresAt = token === null ? now : expectedExpiry(token)
  const dies =
    token?.expiresAt === null
      ? unknownEnd(expiresAt, now, zone)
      : `The refresh token dies on ${date(expiresAt, zone)}`
  const replacedAt = replacesTokenAt(account, settings)
  if (replacedAt !== null) {
    return `${dies}, and is replaced by itself in its last ${lifeInWords(expiresAt - replacedAt)}.`
  }
  return sentences(`${dies}.`, reminded(account, settings, now))
}

/** For one whose expiry nobody knows: what its age says. */
function unknownEnd(estimate: EpochMs, now: EpochMs, zone: Zone): string {
  return estimate > now
    ? `The refresh token probably expires around ${date(estimate, zone)} (an estimate by its age)`
    : 'The refresh token is more than 30 days old, its expiry unknown'
}

/** What is still to come: a lead that has passed is no promise. */
function reminded(account: AccountSummary, settings: RenewalSettings, now: EpochMs): string {
  if (account.policy.muted) return 'You are not reminded: its notifications are muted.'
  const { refreshToken } = account
  const expiresAt = refreshToken === null ? now : expectedExpiry(refreshToken)
  const leads = leadsOf(account, settings).filter((lead) => lead !== AT_EXPIRY)
  const coming = leads.filter((lead) => expiresAt - lead > now)
  if (leads.length === 0) {
    return refreshToken?.expiresAt === null
      ? 'You are told when it is 30 days old.'
      : 'You are told when it has died.'
  }
  if (coming.length === 0) return ''
  return settings.desktopNotifications
    ? `You are reminded ${leadsInWords(coming)}.`
    : `It comes under Needs attention ${leadsInWords([Math.max(...coming)])}.`
}

/** When a refresh token ends, or would by its age where that is all that is known. */
export interface TokenEnd {
  readonly leftMs: number
  readonly isEstimate: boolean
}

/** Of an account's token at `now` (the server's time). */
export function tokenEndOf(token: RefreshTokenDates | null, now: EpochMs): TokenEnd {
  return token === null
    ? { leftMs: 0, isEstimate: false }
    : { leftMs: expectedExpiry(token) - now, isEstimate: token.expiresAt === null }
}

/** The end of an account's refresh token as the list has it. */
export function tokenEndsInShort({ leftMs, isEstimate }: TokenEnd): string {
  if (isEstimate) {
    return leftMs > 0
      ? `Refresh token probably expires in ${roughLife(leftMs)}`
      : 'Refresh token has probably expired'
  }
  return leftMs > 0 ? `Refresh token expires in ${roughLife(leftMs)}` : 'Refresh token has expired'
}

/** The same as a sentence with its date. `now` is the server's time. */
export function tokenEnds(token: RefreshTokenDates, now: EpochMs, zone?: Zone): string {
  const end = tokenEndOf(token, now)
  const expiresAt = now + end.leftMs
  if (end.isEstimate) {
    return end.leftMs > 0
      ? `${tokenEndsInShort(end)}, about ${date(expiresAt, zone)}. That is an estimate: the service didn’t say when.`
      : `${tokenEndsInShort(end)}: it is more than 30 days old. The service didn’t say when it expires.`
  }
  if (end.leftMs <= 0) return `Refresh token expired on ${date(expiresAt, zone)}.`
  const when = end.leftMs < 2 * DAY ? `at ${moment(expiresAt, now, zone)}` : `on ${date(expiresAt, zone)}`
  return `${tokenEndsInShort(end)}, ${when}.`
}

/** What the end of the refresh token means: before it, and after it. */
export function tokenEndMeans({ leftMs, isEstimate }: TokenEnd, remembersApiKey: boolean): string {
  if (leftMs <= 0 && isEstimate) return 'Renew now to see whether it still works.'
  if (leftMs > 0) {
    return `Renewing it takes one click; later it takes ${remembersApiKey ? 'a login with the remembered API key' : 'the API key'}.`
  }
  return remembersApiKey
    ? 'The remembered API key logs in again when a JWT is needed.'
    : 'When its JWT ends, the account needs its API key.'
}

export const REMINDER_MUTED = 'No reminder comes: its notifications are muted.'

/** `until` and `now` by this machine's clock. */
export function putOffUntil(until: EpochMs, now: EpochMs, zone?: Zone): string {
  return `Put off until ${moment(until, now, zone)}.`
}

/** Who renews next by itself; `leftMs` is the time until then. */
export function nextRenewal(name: string, leftMs: number): string {
  return `Next renewal in ${lifeInWords(leftMs)}: ${isolated(name)}`
}

/** Whose JWT ends next; `leftMs` is what it has left. */
export function nextToEnd(name: string, leftMs: number): string {
  return `Next JWT to end in ${lifeInWords(leftMs)}: ${isolated(name)}`
}

function sentences(...all: readonly string[]): string {
  return all.filter((each) => each !== '').join(' ')
}
