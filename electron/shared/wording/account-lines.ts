import type { AccountSummary } from '../account'
import type { EpochMs } from '../brand'
import { jwtLifeLeft, needsAttention, statusOf, type Status } from '../status'
import { keepsLiveAt, type PolicySettings } from '../renewal-times'
import { moment, type Zone } from './dates'
import { lifeInWords, waitInWords } from './durations'
import { problemInShort, describeProblem, type Message } from './problems'
import {
  ENDS_FOR_GOOD,
  endsForGood,
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
  if (companies === 0) return 'Partner'
  return companies === 1 ? 'Partner · 1 company' : `Partner · ${String(companies)} companies`
}

export interface RowFacts {
  /** `Partner · 4 companies` */
  readonly kind: string
  readonly status: Status
  /** Its refresh token ends soon, and that is the user's to know. */
  readonly tokenEnds: boolean
  /** Why the latest copying or renewing failed. */
  readonly failure: Message | null
  readonly settings: PolicySettings
  /** Read only while a try is waited for, or a token ends. */
  readonly clocks: TwoClocks
}

export interface RowLine {
  readonly text: string
  readonly tone: 'dead' | 'soon' | null
}

/** What a row says under the account's name. What needs the user has the room for itself; what is merely so shares it. */
export function rowLine(account: AccountSummary, facts: RowFacts): RowLine {
  const { kind, status, tokenEnds, failure, settings, clocks } = facts
  const state = statusLine(account, status, settings, clocks.here)
  if (needsAttention(status)) return { text: state ?? kind, tone: 'dead' }
  if (failure !== null && status !== 'renewing') return { text: failure.what, tone: 'dead' }
  if (account.problem !== null && state !== null) return { text: state, tone: 'soon' }
  if (tokenEnds && status !== 'renewing') {
    return { text: tokenEndsInShort(tokenEndOf(account.refreshToken, clocks.server)), tone: 'soon' }
  }
  // Before the kind: a long partner's name must not push it out of sight.
  if (status === 'live' && endsForGood(account)) return { text: `${ENDS_FOR_GOOD} · ${kind}`, tone: null }
  return { text: state === null ? kind : `${kind} · ${state}`, tone: null }
}

/** Null when the status speaks for itself. `here` is this machine's time. */
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
      return keepsLiveAt(account, settings) === null ? 'renews when used' : 'renews by itself'
    case 'renewing':
      return 'Renewing…'
    case 'waiting': {
      const why = account.problem === null ? 'Waiting' : problemInShort(account.problem)
      if (account.renewal.phase !== 'waiting') return why
      const left = account.renewal.retryAt - here
      return left <= 0 ? `${why}, trying again` : `${why}, trying again in ${waitInWords(left)}`
    }
    case 'needs-key':
    case 'key-refused':
    case 'locked':
      return account.problem === null ? 'Needs its API key' : problemInShort(account.problem)
  }
}

/** This machine's clock, by which tries are planned, and the server's, by which tokens die. */
export interface TwoClocks {
  readonly here: EpochMs
  readonly server: EpochMs
}

/** The account's health in plain words: how it stands (`headline`), and how it goes on. */
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
      return { headline: 'Renewing now.', rest: 'The service is being asked for a new JWT.' }
    case 'live':
      return { headline: liveFor(account, now), rest: renewsNext(account, settings, now, zone) }
    case 'renewable':
      return { headline: ended(account, now, zone), rest: renewsAgain(account, settings, now, zone) }
    case 'waiting': {
      const left = account.renewal.phase === 'waiting' ? account.renewal.retryAt - clocks.here : 0
      const again = left > 0 ? `The next try is in ${waitInWords(left)}.` : 'The next try is due now.'
      return {
        headline: jwtLifeLeft(account, now) > 0 ? liveFor(account, now) : ended(account, now, zone),
        rest: `The last renewal failed. ${again}`,
      }
    }
    case 'needs-key':
    case 'key-refused':
    case 'locked': {
      // What can't be opened can't be copied, however long it lives.
      const alive = status !== 'locked' && jwtLifeLeft(account, now) > 0
      return {
        headline: alive ? liveFor(account, now) : `${statusHeadline(status)}.`,
        rest: alive
          ? afterThat(account)
          : account.problem === null
            ? `${ended(account, now, zone)} Enter the API key to get a new JWT.`
            : describeProblem(account.problem).todo,
      }
    }
  }
}

function statusHeadline(status: 'needs-key' | 'key-refused' | 'locked'): string {
  return { 'needs-key': 'Needs its API key', 'key-refused': 'API key refused', locked: 'Locked' }[status]
}

function liveFor(account: AccountSummary, now: EpochMs): string {
  if (account.jwt?.expiresAt === null) return 'Live. Its expiry is unknown.'
  return `Live for ${lifeInWords(jwtLifeLeft(account, now))}.`
}

function afterThat(account: AccountSummary): string {
  return account.jwt?.expiresAt === null
    ? 'When it has expired, you’ll need to enter the API key.'
    : 'After that it needs you.'
}

function ended(account: AccountSummary, now: EpochMs, zone: Zone): string {
  if (account.jwt === null) return 'There is no JWT yet.'
  return account.jwt.expiresAt === null
    ? 'The JWT is more than 24 hours old, and its expiry is unknown.'
    : `The JWT ended at ${moment(account.jwt.expiresAt, now, zone)}.`
}

/** What removing wipes, and what it leaves. */
export function removalInWords(account: AccountSummary, companies: number): string {
  const wiped = account.remembersApiKey
    ? 'Its JWT, refresh token and remembered API key are wiped from this computer.'
    : account.refreshToken === null
      ? 'Its JWT is wiped from this computer.'
      : 'Its JWT and refresh token are wiped from this computer.'
  const companiesStay =
    companies === 0
      ? ''
      : companies === 1
        ? ' Its 1 company stays, under no partner.'
        : ` Its ${String(companies)} companies stay, under no partner.`
  return `${wiped}${companiesStay} To add it again you need the API key.`
}
