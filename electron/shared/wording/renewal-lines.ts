/** How and when an account renews, when its refresh token expires, and which reminders come before. */
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

export type RenewalSettings = Pick<
  Settings,
  'jwtPolicy' | 'refreshTokenPolicy' | 'reminderLeadsMs' | 'desktopNotifications'
>

/** For an account whose JWT is live at `now` (the server's time). */
export function renewsNext(
  account: AccountSummary,
  settings: RenewalSettings,
  now: EpochMs,
  zone: Zone,
): string {
  const isAutomatic = keptLive(account, settings)
  if (canRefresh(account, now)) {
    return isAutomatic === null
      ? sentences('Renews when copied.', refreshTokenSentence(account, settings, now, zone))
      : `${isAutomatic}, together with the refresh token.`
  }
  if (account.remembersApiKey) {
    return isAutomatic === null
      ? `${without(account)}. Renews with the saved API key when you copy.`
      : `${without(account)}. ${isAutomatic}, with the saved API key.`
  }
  return `${without(account)} and no saved API key. You’ll need to enter the API key after the JWT expires.`
}

/** For an account whose JWT has expired but can be renewed. */
export function renewsAgain(
  account: AccountSummary,
  settings: RenewalSettings,
  now: EpochMs,
  zone: Zone,
): string {
  if (keepsLiveAt(account, settings) !== null) return 'Renews automatically in a moment.'
  return canRefresh(account, now)
    ? sentences('Copying renews it first.', refreshTokenSentence(account, settings, now, zone))
    : 'Copying renews it first, with the saved API key.'
}

/** Whether nothing will be left to renew the JWT with once it expires. */
export function needsApiKeyLater(account: AccountSummary): boolean {
  return account.jwt !== null && !canRenew(account, liveUntil(account.jwt))
}

export const API_KEY_NEEDED_LATER = 'API key needed after expiry'

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

function refreshTokenSentence(
  account: AccountSummary,
  settings: RenewalSettings,
  now: EpochMs,
  zone: Zone,
): string {
  const token = account.refreshToken
  const expiresAt = token === null ? now : expectedExpiry(token)
  const expires =
    token?.expiresAt === null
      ? unknownEnd(expiresAt, now, zone)
      : `The refresh token expires on ${date(expiresAt, zone)}`
  const replacedAt = replacesTokenAt(account, settings)
  if (replacedAt !== null) {
    return `${expires} and is renewed automatically in its last ${lifeInWords(expiresAt - replacedAt)}.`
  }
  return sentences(`${expires}.`, reminded(account, settings, now))
}

/** For a token of unknown expiry: what its age says. */
function unknownEnd(estimate: EpochMs, now: EpochMs, zone: Zone): string {
  return estimate > now
    ? `The refresh token probably expires around ${date(estimate, zone)} (estimated from its age)`
    : 'The refresh token is over 30 days old and its expiry is unknown'
}

/** Leads that have passed are not promised. */
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

/** When a refresh token expires, or would by its age where only that is known. */
export interface TokenEnd {
  readonly leftMs: number
  readonly isEstimate: boolean
}

/** `now` is the server's time. */
export function tokenEndOf(token: RefreshTokenDates | null, now: EpochMs): TokenEnd {
  return token === null
    ? { leftMs: 0, isEstimate: false }
    : { leftMs: expectedExpiry(token) - now, isEstimate: token.expiresAt === null }
}

/** When an account's refresh token expires, as the list shows it. */
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

/** What the refresh token's expiry means: before it, and after it. */
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

/** `until` and `now` by this computer's clock. */
export function putOffUntil(until: EpochMs, now: EpochMs, zone?: Zone): string {
  return `Snoozed until ${moment(until, now, zone)}.`
}

/** The account that renews next automatically; `leftMs` is the time until then. */
export function nextRenewal(name: string, leftMs: number): string {
  return `Next renewal in ${lifeInWords(leftMs)}: ${isolated(name)}`
}

/** The account whose JWT expires next; `leftMs` is the time left. */
export function nextToEnd(name: string, leftMs: number): string {
  return `${isolated(name)}: JWT expires in ${lifeInWords(leftMs)}`
}

function sentences(...all: readonly string[]): string {
  return all.filter((each) => each !== '').join(' ')
}
