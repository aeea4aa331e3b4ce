import type { AccountId } from '../account'
import type { EpochMs } from '../brand'
import { date, moment, type Zone } from './dates'
import { DAY, HOUR, lifeInWords } from './durations'
import { inSentence, isolated, names } from './messages'
import { tokenEndMeans, tokenEndsInShort } from './renewal-lines'

/** What a notification says: its two parts are read together. */
export interface NoticeText {
  readonly title: string
  readonly body: string
}

/** A refresh token that ends, as a reminder names it; times are the server's. */
export interface EndingToken {
  readonly id: AccountId
  readonly name: string
  /** When it expires; by its age, where `isEstimate`. */
  readonly expiresAt: EpochMs
  readonly isEstimate: boolean
  readonly remembersApiKey: boolean
}

export const RENEW_NOW = 'Renew now'
export const REMIND_TOMORROW = 'Remind me tomorrow'

/** One account's reminder, or a digest of several, the most urgent first. `now` is the server's time. */
export function reminderText(tokens: readonly EndingToken[], now: EpochMs, zone?: Zone): NoticeText {
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
  return `. ${count === tokens.length ? 'All' : String(count)} by estimate: the service didn’t say when.`
}

/** `3 refresh tokens expire this week`, `1 refresh token has expired, 2 expire this week`. */
function endings(ended: number, coming: number, longestLeftMs: number): string {
  const when = longestLeftMs <= DAY ? 'within a day' : within(longestLeftMs)
  if (ended === 0) return `${String(coming)} refresh tokens expire ${when}`
  const past = ended === 1 ? '1 refresh token has expired' : `${String(ended)} refresh tokens have expired`
  if (coming === 0) return past
  return `${past}, ${String(coming)} ${coming === 1 ? 'expires' : 'expire'} ${when}`
}

function within(ms: number): string {
  return ms <= 7 * DAY ? 'this week' : `within ${String(Math.ceil(ms / DAY))} days`
}

function oneEnding(token: EndingToken, now: EpochMs, zone: Zone): NoticeText {
  const { name, expiresAt, isEstimate, remembersApiKey } = token
  const whose = isolated(name)
  const left = expiresAt - now
  const means = tokenEndMeans({ leftMs: left, isEstimate }, remembersApiKey)
  if (isEstimate) {
    return {
      title: `Refresh token of ${whose} ${left <= 0 ? 'has probably expired' : `probably expires in ${about(left)}`}`,
      body:
        left <= 0
          ? `It is 30 days old, and the service didn’t say when it expires. ${means}`
          : `That is an estimate by its age: the service didn’t say when it expires. ${means}`,
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

/** As people count: what comes a week before says 7 days, though a moment of them has passed. */
function about(ms: number): string {
  const days = Math.round(ms / DAY)
  if (ms < DAY - HOUR) return lifeInWords(ms)
  return days === 1 ? '1 day' : `${String(days)} days`
}

/** The same for a bar above the list, in step with the countdowns there. */
export function endingsInWords(tokens: readonly EndingToken[], now: EpochMs): string {
  const [only] = tokens
  return only !== undefined && tokens.length === 1
    ? `${isolated(only.name)}: ${inSentence(tokenEndsInShort({ leftMs: only.expiresAt - now, isEstimate: only.isEstimate }))}`
    : reminderText(tokens, now).title
}

export function keyNeededText(accounts: readonly string[]): NoticeText {
  return {
    title:
      accounts.length === 1
        ? `${isolated(accounts[0] ?? '')} needs its API key`
        : `${String(accounts.length)} accounts need their API keys`,
    body:
      accounts.length === 1
        ? 'The service no longer accepts its refresh token. Enter the API key once to go on.'
        : `The service no longer accepts their refresh tokens: ${names(accounts)}`,
  }
}

export function keyRefusedText(accounts: readonly string[]): NoticeText {
  return {
    title:
      accounts.length === 1
        ? `The API key of ${isolated(accounts[0] ?? '')} was refused`
        : `${String(accounts.length)} API keys were refused`,
    body:
      accounts.length === 1
        ? 'The service does not accept the remembered key any more. Enter a new one to go on.'
        : `Enter new keys to go on: ${names(accounts)}`,
  }
}

const UNLOCK_TO_SEE = 'Unlock TokenDesk to see more.'

/** The same while the desk is locked: how many, and no names. */
export function lockedReminderText(tokens: readonly EndingToken[], now: EpochMs): NoticeText {
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

export function lockedNewsText(accounts: number): NoticeText {
  return {
    title:
      accounts === 1 ? '1 account needs its API key' : `${String(accounts)} accounts need their API keys`,
    body: UNLOCK_TO_SEE,
  }
}

export const UNPROTECTED_TEXT: NoticeText = {
  title: 'No keyring protects your tokens',
  body: 'Open TokenDesk to see what that means and to decide where they are kept.',
}

export const UNWRITABLE_TEXT: NoticeText = {
  title: 'TokenDesk can’t save to the disk',
  body: 'Accounts are not renewed until it can. Free some disk space or restore write access.',
}

export function renewedText(accounts: readonly string[]): NoticeText {
  return {
    title:
      accounts.length === 1
        ? `${isolated(accounts[0] ?? '')} is renewed`
        : `${String(accounts.length)} accounts are renewed`,
    body: accounts.length === 1 ? 'Its refresh token starts a new life.' : names(accounts),
  }
}

export function notRenewedText(accounts: readonly string[]): NoticeText {
  return {
    title:
      accounts.length === 1
        ? `${isolated(accounts[0] ?? '')} could not be renewed`
        : `${String(accounts.length)} accounts could not be renewed`,
    body: accounts.length === 1 ? 'Open TokenDesk to see why.' : names(accounts),
  }
}
