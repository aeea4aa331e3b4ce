import type { AccountSummary } from '../account'
import type { EpochMs } from '../brand'
import { UNDO_REMOVAL_MS } from '../undo'
import { jwtLifeLeft, needsAttention, statusOf, type Status } from '../status'
import { keepsLiveAt, type PolicySettings } from '../renewal-times'
import { counted, listed, plural } from './counts'
import { moment, type Zone } from './dates'
import { lifeInWords, waitInWords } from './durations'
import { problemInShort, describeProblem, type Message } from './problems'
import {
  API_KEY_NEEDED_LATER,
  needsApiKeyLater,
  renewsNext,
  renewsAgain,
  tokenEndOf,
  tokenEndsInShort,
  type RenewalSettings,
} from './renewal-lines'

export function kindWord(kind: AccountSummary['kind']): string {
  return kind === 'partner' ? 'Partner' : 'Company'
}

/** `Partner · 4 companies`, `Company of Harbor Payroll Group`. */
export function kindLine(
  kind: AccountSummary['kind'],
  companies: number,
  partnerName: string | null,
): string {
  if (kind === 'company') return partnerName === null ? 'Company' : `Company of ${partnerName}`
  return companies === 0 ? 'Partner' : `Partner · ${counted(companies, 'company', 'companies')}`
}

export interface RowFacts {
  /** `Partner · 4 companies` */
  readonly kind: string
  readonly status: Status
  /** Its refresh token expires soon, which the user should know. */
  readonly tokenEnds: boolean
  /** Why the latest copy or renewal failed. */
  readonly failure: Message | null
  readonly settings: PolicySettings
  /** Read only while a retry is scheduled or a token is about to expire. */
  readonly clocks: TwoClocks
}

export interface RowLine {
  readonly text: string
  readonly tone: 'danger' | 'soon' | null
}

/** The line beneath an account's name. What needs the user is shown alone; other facts share the line. */
export function rowLine(account: AccountSummary, facts: RowFacts): RowLine {
  const { kind, status, tokenEnds, failure, settings, clocks } = facts
  const state = statusLine(account, status, settings, clocks.here)
  if (needsAttention(status)) return { text: state ?? kind, tone: 'danger' }
  if (failure !== null && status !== 'renewing') return { text: failure.what, tone: 'danger' }
  if (account.problem !== null && state !== null) return { text: state, tone: 'soon' }
  if (tokenEnds && status !== 'renewing') {
    return { text: tokenEndsInShort(tokenEndOf(account.refreshToken, clocks.server)), tone: 'soon' }
  }
  // Before the kind: a long partner's name must not push it out of view.
  if (status === 'live' && needsApiKeyLater(account))
    return { text: `${API_KEY_NEEDED_LATER} · ${kind}`, tone: null }
  return { text: state === null ? kind : `${kind} · ${state}`, tone: null }
}

/** Null when the status is self-explanatory. `here` is this computer's time. */
function statusLine(
  account: AccountSummary,
  status: Status,
  settings: PolicySettings,
  here: EpochMs,
): string | null {
  switch (status) {
    case 'live':
      return account.problem === null ? null : problemInShort(account.problem)
    case 'renewable':
      if (account.problem !== null) return problemInShort(account.problem)
      return keepsLiveAt(account, settings) === null ? 'renews when copied' : 'renews automatically'
    case 'renewing':
      return 'Renewing…'
    case 'retrying': {
      const why = account.problem === null ? 'Renewal failed' : problemInShort(account.problem)
      if (account.renewal.phase !== 'waiting') return why
      const left = account.renewal.retryAt - here
      return left <= 0 ? `${why}, retrying` : `${why}, retrying in ${waitInWords(left)}`
    }
    case 'needs-key':
    case 'key-rejected':
    case 'locked':
      return account.problem === null ? 'API key needed' : problemInShort(account.problem)
  }
}

/** This computer's clock, which schedules retries, and the server's, by which tokens expire. */
export interface TwoClocks {
  readonly here: EpochMs
  readonly server: EpochMs
}

/** The account's status in plain words (`headline`), and what comes next. */
export function healthLine(
  account: AccountSummary,
  settings: RenewalSettings,
  clocks: TwoClocks,
  zone?: Zone,
): { readonly headline: string; readonly rest: string } {
  const now = clocks.server
  const status = statusOf(account, now)
  switch (status) {
    case 'renewing':
      return { headline: 'Renewing now.', rest: 'TokenDesk is requesting a new JWT from the service.' }
    case 'live':
      return { headline: liveFor(account, now), rest: renewsNext(account, settings, now, zone) }
    case 'renewable':
      return { headline: ended(account, now, zone), rest: renewsAgain(account, settings, now, zone) }
    case 'retrying': {
      const left = account.renewal.phase === 'waiting' ? account.renewal.retryAt - clocks.here : 0
      const again = left > 0 ? `Retrying in ${waitInWords(left)}.` : 'Retrying now.'
      return {
        headline: jwtLifeLeft(account, now) > 0 ? liveFor(account, now) : ended(account, now, zone),
        rest: `The last renewal failed. ${again}`,
      }
    }
    case 'needs-key':
    case 'key-rejected':
    case 'locked': {
      // An account that can't be decrypted can't be copied, however much time its JWT has left.
      const isLive = status !== 'locked' && jwtLifeLeft(account, now) > 0
      return {
        headline: isLive ? liveFor(account, now) : `${statusHeadline(status)}.`,
        rest: isLive
          ? afterThat(account)
          : account.problem === null
            ? `${ended(account, now, zone)} Enter the API key to get a new JWT.`
            : describeProblem(account.problem).todo,
      }
    }
  }
}

function statusHeadline(status: 'needs-key' | 'key-rejected' | 'locked'): string {
  return { 'needs-key': 'API key needed', 'key-rejected': 'API key rejected', locked: 'Locked' }[status]
}

function liveFor(account: AccountSummary, now: EpochMs): string {
  if (account.jwt?.expiresAt === null) return 'Live. Its expiry is unknown.'
  return `Live for ${lifeInWords(jwtLifeLeft(account, now))}.`
}

function afterThat(account: AccountSummary): string {
  return account.jwt?.expiresAt === null
    ? 'After it expires, you’ll need to enter the API key.'
    : 'After that, you’ll need to enter the API key.'
}

function ended(account: AccountSummary, now: EpochMs, zone: Zone): string {
  if (account.jwt === null) return 'No JWT yet.'
  return account.jwt.expiresAt === null
    ? 'The JWT is over 24 hours old and its expiry is unknown.'
    : `The JWT expired ${moment(account.jwt.expiresAt, now, zone)}.`
}

/** How the sentence about what removing deletes begins. */
export const UNDO_FIRST = `You can undo this for ${waitInWords(UNDO_REMOVAL_MS)}. Then`

/** What removing deletes, and what it keeps. */
export function removalInWords(account: AccountSummary, companies: number): string {
  const deleted = [
    'JWT',
    ...(account.refreshToken === null ? [] : ['refresh token']),
    ...(account.remembersApiKey ? ['saved API key'] : []),
  ]
  const kept =
    companies === 0
      ? ''
      : ` Its ${counted(companies, 'company', 'companies')} ${plural(companies, 'is', 'are')} kept without a partner.`
  const are = plural(deleted.length, 'is', 'are')
  return `${UNDO_FIRST} its ${listed(deleted)} ${are} deleted from this computer.${kept} You’ll need the API key to add it again.`
}
