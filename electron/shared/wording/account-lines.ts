import type { AccountSummary } from '../account'
import type { EpochMs } from '../brand'
import { canRefresh, jwtLifeLeft, standingOf, type Standing } from '../expiry'
import { date, moment, type Zone } from './dates'
import { lifeInWords, waitInWords } from './durations'
import { isolated } from './messages'
import { problemInShort, told } from './problems'

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

/** What the row says under the name when the account's standing wants saying; null when it speaks for itself. `here` is this machine's time. */
export function standingLine(account: AccountSummary, standing: Standing, here: EpochMs): string | null {
  switch (standing) {
    case 'live':
      return account.problem === null ? null : problemInShort(account.problem)
    case 'renewable':
      return account.problem === null ? 'renews when used' : problemInShort(account.problem)
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

/** The account's health in two sentences: how it stands (`headline`), and how it goes on. */
export function healthLine(
  account: AccountSummary,
  clocks: TwoClocks,
  zone?: Zone,
): { readonly headline: string; readonly rest: string } {
  const now = clocks.server
  const standing = standingOf(account, now)
  switch (standing) {
    case 'renewing':
      return { headline: 'Renewing now.', rest: 'The service is being asked for a new JWT.' }
    case 'live':
      return { headline: liveFor(account, now), rest: goesOn(account, now, zone) }
    case 'renewable':
      return { headline: ended(account, now, zone), rest: renewsWhenUsed(account, now, zone) }
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
      const alive = jwtLifeLeft(account, now) > 0
      return {
        headline: alive ? liveFor(account, now) : `${standingHeadline(standing)}.`,
        rest: alive
          ? 'After that it needs you.'
          : account.problem === null
            ? `${ended(account, now, zone)} Enter the API key to get a new JWT.`
            : told(account.problem).todo,
      }
    }
  }
}

function standingHeadline(standing: 'needs-key' | 'key-refused' | 'locked'): string {
  return { 'needs-key': 'Needs its API key', 'key-refused': 'API key refused', locked: 'Locked' }[standing]
}

function liveFor(account: AccountSummary, now: EpochMs): string {
  return `Live for ${lifeInWords(jwtLifeLeft(account, now))}.`
}

function ended(account: AccountSummary, now: EpochMs, zone: Zone): string {
  return account.jwt === null
    ? 'There is no JWT yet.'
    : `The JWT ended at ${moment(account.jwt.expiresAt, now, zone)}.`
}

function goesOn(account: AccountSummary, now: EpochMs, zone: Zone): string {
  if (canRefresh(account, now) && account.refreshToken !== null) {
    return `Renews by refresh token, which dies on ${date(account.refreshToken.expiresAt, zone)}.`
  }
  const without = account.refreshToken === null ? 'Has no refresh token' : 'Its refresh token is dead'
  return account.remembersApiKey
    ? `${without}: when the JWT ends, the remembered API key logs in again.`
    : `${without} and no remembered API key: when the JWT ends, it needs its API key.`
}

function renewsWhenUsed(account: AccountSummary, now: EpochMs, zone: Zone): string {
  if (canRefresh(account, now) && account.refreshToken !== null) {
    return `Copying renews it first by refresh token, which dies on ${date(account.refreshToken.expiresAt, zone)}.`
  }
  return 'Copying renews it first: the remembered API key logs in again.'
}

/** Whose JWT ends next; `leftMs` is what it has left. */
export function nextToEnd(name: string, leftMs: number): string {
  return `Next JWT to end in ${lifeInWords(leftMs)} · ${isolated(name)}`
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
