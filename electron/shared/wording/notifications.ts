import type { AccountId } from '../account'
import type { EpochMs } from '../brand'
import { date, moment, type Zone } from './dates'
import { counted, figure, plural } from './counts'
import { DAY, HOUR, lifeInWords } from './durations'
import { inSentence, isolated, names } from './messages'
import { tokenEndMeans, tokenEndsInShort } from './renewal-lines'

/** A notification shows both parts together. */
export interface NotificationText {
  readonly title: string
  readonly body: string
}

/** An expiring refresh token in a reminder; times are the server's. */
export interface EndingToken {
  readonly id: AccountId
  readonly name: string
  /** Estimated from its age where `isEstimate`. */
  readonly expiresAt: EpochMs
  readonly isEstimate: boolean
  readonly remembersApiKey: boolean
}

export const RENEW_NOW = 'Renew now'
export const REMIND_TOMORROW = 'Remind me tomorrow'

/** One account's reminder, or a digest of several, most urgent first. `now` is the server's time. */
export function reminderText(tokens: readonly EndingToken[], now: EpochMs, zone?: Zone): NotificationText {
  const [only] = tokens
  if (only !== undefined && tokens.length === 1) return oneEnding(only, now, zone)
  const ended = tokens.filter(({ expiresAt }) => expiresAt <= now).length
  const longest = Math.max(...tokens.map(({ expiresAt }) => expiresAt - now))
  return {
    title: endings(ended, tokens.length - ended, longest),
    body: `${names(tokens.map(({ name }) => name))}${estimates(tokens)}`,
  }
}

function estimates(tokens: readonly EndingToken[]): string {
  const count = tokens.filter(({ isEstimate }) => isEstimate).length
  if (count === 0) return ''
  return `. ${count === tokens.length ? 'All' : figure(count)} estimated: the service didn’t say when.`
}

/** `3 refresh tokens expire this week`, `1 refresh token has expired, 2 expire this week`. */
function endings(ended: number, coming: number, longestLeftMs: number): string {
  const when = longestLeftMs <= DAY ? 'within a day' : within(longestLeftMs)
  if (ended === 0) return `${counted(coming, 'refresh token')} ${plural(coming, 'expires', 'expire')} ${when}`
  const past = `${counted(ended, 'refresh token')} ${plural(ended, 'has', 'have')} expired`
  if (coming === 0) return past
  return `${past}, ${counted(coming, 'expires', 'expire')} ${when}`
}

function within(ms: number): string {
  return ms <= 7 * DAY ? 'this week' : `within ${counted(Math.ceil(ms / DAY), 'day')}`
}

function oneEnding(token: EndingToken, now: EpochMs, zone: Zone): NotificationText {
  const { name, expiresAt, isEstimate, remembersApiKey } = token
  const whose = isolated(name)
  const left = expiresAt - now
  const means = tokenEndMeans({ leftMs: left, isEstimate }, remembersApiKey)
  if (isEstimate) {
    return {
      title: `Refresh token of ${whose} ${left <= 0 ? 'has probably expired' : `probably expires in ${about(left)}`}`,
      body:
        left <= 0
          ? `It’s 30 days old, and the service didn’t say when it expires. ${means}`
          : `This is estimated from its age; the service didn’t say when it expires. ${means}`,
    }
  }
  if (left <= 0) {
    return {
      title: `Refresh token of ${whose} has expired`,
      body: `It expired on ${date(expiresAt, zone)}. ${means}`,
    }
  }
  return {
    title: `Refresh token of ${whose} expires in ${about(left)}`,
    body: `It expires on ${date(expiresAt, zone)}${left < 2 * DAY ? ` (${moment(expiresAt, now, zone)})` : ''}. ${means}`,
  }
}

/** Rounded as people count: a reminder a week before says 7 days, though a moment has already passed. */
function about(ms: number): string {
  const days = Math.round(ms / DAY)
  if (ms < DAY - HOUR) return lifeInWords(ms)
  return counted(days, 'day')
}

/** The same for a bar above the list, in step with the countdowns there. */
export function endingsInWords(tokens: readonly EndingToken[], now: EpochMs): string {
  const [only] = tokens
  return only !== undefined && tokens.length === 1
    ? `${isolated(only.name)}: ${inSentence(tokenEndsInShort({ leftMs: only.expiresAt - now, isEstimate: only.isEstimate }))}`
    : reminderText(tokens, now).title
}

export function keyNeededText(accounts: readonly string[]): NotificationText {
  return {
    title:
      accounts.length === 1
        ? `${isolated(accounts[0] ?? '')} needs its API key`
        : `${counted(accounts.length, 'account')} need their API keys`,
    body:
      accounts.length === 1
        ? 'The service no longer accepts its refresh token. Enter the API key to continue.'
        : `The service no longer accepts their refresh tokens: ${names(accounts)}`,
  }
}

export function keyRefusedText(accounts: readonly string[]): NotificationText {
  return {
    title:
      accounts.length === 1
        ? `The API key of ${isolated(accounts[0] ?? '')} was rejected`
        : `${counted(accounts.length, 'API key')} were rejected`,
    body:
      accounts.length === 1
        ? 'The service no longer accepts the saved API key. Enter a new one to continue.'
        : `Enter new API keys to continue: ${names(accounts)}`,
  }
}

const UNLOCK_TO_SEE = 'Unlock TokenDesk to see more.'

/** The same while the app is locked: how many, and no names. */
export function lockedReminderText(tokens: readonly EndingToken[], now: EpochMs): NotificationText {
  const [only] = tokens
  if (only === undefined || tokens.length > 1) {
    return { title: reminderText(tokens, now).title, body: UNLOCK_TO_SEE }
  }
  const left = only.expiresAt - now
  const probably = only.isEstimate ? 'probably ' : ''
  return {
    title:
      left <= 0
        ? `1 refresh token has ${probably}expired`
        : `1 refresh token ${probably}expires in ${about(left)}`,
    body: UNLOCK_TO_SEE,
  }
}

export function lockedNewsText(accounts: number): NotificationText {
  return {
    title: `${counted(accounts, 'account')} ${plural(accounts, 'needs its API key', 'need their API keys')}`,
    body: UNLOCK_TO_SEE,
  }
}

export const UNPROTECTED_TEXT: NotificationText = {
  title: 'No keyring protects your tokens',
  body: 'Open TokenDesk to decide how to store them.',
}

export const UNWRITABLE_TEXT: NotificationText = {
  title: 'TokenDesk can’t save to the disk',
  body: 'Accounts aren’t renewed until it can. Free some disk space or restore write access.',
}

export function renewedText(accounts: readonly string[]): NotificationText {
  return {
    title:
      accounts.length === 1
        ? `${isolated(accounts[0] ?? '')} renewed`
        : `${counted(accounts.length, 'account')} renewed`,
    body: accounts.length === 1 ? 'Its refresh token was replaced.' : names(accounts),
  }
}

export function notRenewedText(accounts: readonly string[]): NotificationText {
  return {
    title:
      accounts.length === 1
        ? `Couldn’t renew ${isolated(accounts[0] ?? '')}`
        : `Couldn’t renew ${counted(accounts.length, 'account')}`,
    body: accounts.length === 1 ? 'Open TokenDesk to see why.' : names(accounts),
  }
}
