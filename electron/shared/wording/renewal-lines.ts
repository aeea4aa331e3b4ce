/** How an account goes on: what renews it and when, when its refresh token ends, and what the user is told before. */
import type { AccountSummary, RefreshTokenDates } from '../account'
import type { EpochMs } from '../brand'
import { canRefresh, canRenew, expectedExpiry, liveUntil } from '../status'
import { AT_EXPIRY, leadsOf } from '../reminders'
import { KEEP_LIVE_BEFORE_MS, keepsLiveAt, replacesTokenAt } from '../renewal-times'
import type { Settings } from '../settings'
import { date, moment, type Zone } from './dates'
import { DAY, lifeInWords, roughLife } from './durations'
import { isolated } from './messages'
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
      ? sentences('Renews when copied.', tokenGoesOn(account, settings, now, zone))
      : `${isAutomatic}, together with the refresh token.`
  }
  if (account.remembersApiKey) {
    return isAutomatic === null
      ? `${without(account)}. Renews with the saved API key when you copy.`
      : `${without(account)}. ${isAutomatic}, with the saved API key.`
  }
  return `${without(account)} and no saved API key. You’ll need to enter the API key after the JWT expires.`
}

/** Of one whose JWT has ended but can be renewed. */
export function renewsAgain(
  account: AccountSummary,
  settings: RenewalSettings,
  now: EpochMs,
  zone: Zone,
): string {
  if (keepsLiveAt(account, settings) !== null) return 'Renews automatically in a moment.'
  return canRefresh(account, now)
    ? sentences('Copying renews it first.', tokenGoesOn(account, settings, now, zone))
    : 'Copying renews it first, with the saved API key.'
}

/** Whether the account's JWT ends with nothing left to renew it. */
export function endsForGood(account: AccountSummary): boolean {
  return account.jwt !== null && !canRenew(account, liveUntil(account.jwt))
}

export const ENDS_FOR_GOOD = 'API key needed after expiry'

/** `Renews automatically 5 minutes before it expires`; null where it doesn't. */
function keptLive(account: AccountSummary, settings: RenewalSettings): string | null {
  const at = keepsLiveAt(account, settings)
  if (at === null || account.jwt === null) return null
  if (account.jwt.expiresAt === null) return 'Renews automatically before the JWT is 24 hours old'
  const lead = account.jwt.expiresAt - at
  return `Renews automatically ${lead === KEEP_LIVE_BEFORE_MS ? '5 minutes' : lifeInWords(lead)} before it expires`
}

function without({ refreshToken }: AccountSummary): string {
  if (refreshToken === null) return 'No refresh token'
  return refreshToken.refused ? 'Refresh token rejected by the service' : 'Refresh token expired'
}

function tokenGoesOn(account: AccountSummary, settings: RenewalSettings, now: EpochMs, zone: Zone): string {
  const token = account.refreshToken
  const expiresAt = token === null ? now : expectedExpiry(token)
  const dies =
    token?.expiresAt === null
      ? unknownEnd(expiresAt, now, zone)
      : `The refresh token expires on ${date(expiresAt, zone)}`
  const replacedAt = replacesTokenAt(account, settings)
  if (replacedAt !== null) {
    return `${dies} and is renewed automatically in its last ${lifeInWords(expiresAt - replacedAt)}.`
  }
  return sentences(`${dies}.`, reminded(account, settings, now))
}

/** For one whose expiry nobody knows: what its age says. */
function unknownEnd(estimate: EpochMs, now: EpochMs, zone: Zone): string {
  return estimate > now
    ? `The refresh token probably expires around ${date(estimate, zone)} (estimated from its age)`
    : 'The refresh token is over 30 days old and its expiry is unknown'
}

/** What is still to come: a lead that has passed is no promise. */
function reminded(account: AccountSummary, settings: RenewalSettings, now: EpochMs): string {
  if (account.policy.muted) return 'Notifications are muted for this account.'
  const { refreshToken } = account
  const expiresAt = refreshToken === null ? now : expectedExpiry(refreshToken)
  const leads = leadsOf(account, settings).filter((lead) => lead !== AT_EXPIRY)
  const coming = leads.filter((lead) => expiresAt - lead > now)
  if (leads.length === 0) {
    return refreshToken?.expiresAt === null
      ? 'You’ll be notified when it’s 30 days old.'
      : 'You’ll be notified when it expires.'
  }
  if (coming.length === 0) return ''
  return settings.desktopNotifications
    ? `Reminders: ${leadsInWords(coming)}.`
    : `It appears under Needs attention ${leadsInWords([Math.max(...coming)])}.`
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
      ? `${tokenEndsInShort(end)}, around ${date(expiresAt, zone)}. This is an estimate; the service didn’t say when.`
      : `${tokenEndsInShort(end)}: it’s over 30 days old. The service didn’t say when it expires.`
  }
  if (end.leftMs <= 0) return `Refresh token expired on ${date(expiresAt, zone)}.`
  const when = end.leftMs < 2 * DAY ? moment(expiresAt, now, zone) : `on ${date(expiresAt, zone)}`
  return `${tokenEndsInShort(end)}, ${when}.`
}

/** What the end of the refresh token means: before it, and after it. */
export function tokenEndMeans({ leftMs, isEstimate }: TokenEnd, remembersApiKey: boolean): string {
  if (leftMs <= 0 && isEstimate) return 'Renew now to check whether it still works.'
  if (leftMs > 0) {
    return `Renew now with one click. After it expires, ${remembersApiKey ? 'the saved API key logs in again' : 'you’ll need the API key'}.`
  }
  return remembersApiKey
    ? 'The saved API key logs in again when a JWT is needed.'
    : 'When its JWT expires, you’ll need to enter the API key.'
}

export const REMINDER_MUTED = 'Notifications are muted for this account.'

/** `until` and `now` by this machine's clock. */
export function putOffUntil(until: EpochMs, now: EpochMs, zone?: Zone): string {
  return `Snoozed until ${moment(until, now, zone)}.`
}

/** Who renews next by itself; `leftMs` is the time until then. */
export function nextRenewal(name: string, leftMs: number): string {
  return `Next renewal in ${lifeInWords(leftMs)}: ${isolated(name)}`
}

/** Whose JWT ends next; `leftMs` is what it has left. */
export function nextToEnd(name: string, leftMs: number): string {
  return `${isolated(name)}: JWT expires in ${lifeInWords(leftMs)}`
}

function sentences(...all: readonly string[]): string {
  return all.filter((each) => each !== '').join(' ')
}
