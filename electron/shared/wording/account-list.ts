/** The list of accounts: its bar, its rows, and its empty states. */
import type { JwtDates, RefreshTokenDates } from '../account'
import type { EpochMs } from '../brand'
import { liveUntil } from '../status'
import { moment, type Zone } from './dates'
import { roughLife } from './durations'
import { inSentence, isolated } from './messages'
import { tokenEndOf } from './renewal-lines'

export const LIST = {
  label: 'Accounts',
  loading: 'Loading accounts',
  account: 'Account',
  environment: 'Environment',
  jwt: 'JWT',
  refresh: 'Refresh',
  search: 'Search accounts',
  clearSearch: 'Clear search',
  addAccount: 'Add account',
  sortBy: 'Sort by',
  columns: 'Columns',
  reversed: 'reversed',
  dragToResize: 'Drag to resize, double-click to reset',
  bestMatch: 'Best match',
  bestMatchFirst: 'While you search, the best match comes first',
} as const

/** A column's head. */
export function sortBy(order: string): string {
  return `Sort by ${inSentence(order)}`
}

export function sortedBy(order: string): string {
  return `Sort by: ${order}`
}

export const ROW = {
  pinned: 'Pinned',
  collapse: 'Collapse companies',
  expand: 'Expand companies',
  moreActions: 'More actions',
  noJwt: 'No JWT',
  noRefreshToken: 'No refresh token',
  apiKey: 'API key',
  renewsWithApiKey: 'Renews with the saved API key',
  renewsOnCopy: 'Renews on copy',
  refreshToken: 'Refresh token: ',
  rejected: 'rejected',
  rejectedByService: 'The service no longer accepts the refresh token',
  expiresSoon: 'Expires soon',
  probablyExpiresSoon: 'Probably expires soon',
  jwtExpiry: 'JWT expiry: ',
  jwtTimeLeft: 'JWT time left: ',
  jwt: 'JWT: ',
} as const

/** A row's accessible label, after its name. */
export const ROW_LABEL = {
  pinned: 'pinned',
  production: 'production',
} as const

/** What is left of the JWT, in a row's accessible label: rough, so that a label that is read aloud changes seldom. */
export function jwtLeftInWords(jwt: JwtDates | null, now: EpochMs): string {
  if (jwt === null) return 'no JWT'
  const left = liveUntil(jwt) - now
  if (left <= 0) return 'JWT expired'
  return jwt.expiresAt === null ? 'JWT expiry unknown' : `JWT expires in ${roughLife(left)}`
}

/** The same of the refresh token; null where there is none. `isSoon`: the user should know. */
export function refreshTokenLeftInWords(
  token: RefreshTokenDates | null,
  now: EpochMs,
  isSoon: boolean,
): string | null {
  if (token === null) return null
  if (token.refused) return 'refresh token rejected'
  const { leftMs, isEstimate } = tokenEndOf(token, now)
  const probably = isEstimate ? ' probably' : ''
  if (leftMs <= 0) return `refresh token has${probably} expired`
  return `refresh token${probably} expires${isSoon ? ' soon,' : ''} in ${roughLife(leftMs)}`
}

export function selectRow(name: string): string {
  return `Select ${isolated(name)}`
}

/** `Expires tomorrow at 2:11 AM`, `Expired today at 7:59 PM` */
export function expiresAt(at: EpochMs, now: EpochMs, isLeft: boolean, zone?: Zone): string {
  return `${isLeft ? 'Expires' : 'Expired'} ${moment(at, now, zone)}`
}

export const ROW_MENU = {
  renewNow: 'Renew now',
  details: 'Details',
  copyAs: 'Copy as…',
  pin: 'Pin',
  unpin: 'Unpin',
  lastUsed: 'last used',
  enterKey: 'Enter',
  spaceKey: 'Space',
  deleteKey: 'Del',
} as const

export function actionsFor(name: string): string {
  return `Actions for ${isolated(name)}`
}

export function copyAsFor(name: string): string {
  return `Copy as, for ${isolated(name)}`
}

/** Where a search has matched, if not in the name. */
export const FOUND_IN = { note: 'Note', apiKey: 'API key' } as const

export const EMPTY_LIST = {
  failed: 'Couldn’t load accounts',
  failedWhy:
    'TokenDesk couldn’t read its own files. Your data is unchanged. Check that the disk is available and the profile folder is readable, then restart TokenDesk.',
  first: 'Add your first account',
  purpose:
    'TokenDesk keeps your partner and company accounts logged in and copies a live JWT with one click.',
  /** Differs from the button above the list, so that each has a name of its own. */
  addAccount: 'Add an account',
  importAccounts: 'Import accounts…',
  howToGetKey:
    'You’ll need an API key. Partners get theirs from the service operator; the service issues one for each company a partner creates.',
  nothingFound: 'Nothing found',
  searchAll: 'Search all accounts',
  showAll: 'Show all accounts',
  allWell: 'All caught up',
  allWellMeans: 'Every account is live or renews automatically.',
} as const

type View =
  | { readonly kind: 'all' | 'partners' | 'companies' | 'attention' }
  /** `name`: null for an environment that is gone. */
  | { readonly kind: 'environment'; readonly name: string | null }
  | { readonly kind: 'tag'; readonly name: string }

/** `No partners yet.` */
export function nothingIn(view: View): string {
  switch (view.kind) {
    case 'all':
    case 'attention':
      return 'No accounts yet'
    case 'partners':
      return 'No partners yet'
    case 'companies':
      return 'No companies yet'
    case 'environment':
      return `No accounts in ${view.name === null ? 'this environment' : isolated(view.name)} yet`
    case 'tag':
      return `No accounts with the tag ${isolated(view.name)} yet`
  }
}

/** After a search without a result: what was searched. */
export function noMatchIn(view: View): string {
  switch (view.kind) {
    case 'all':
      return 'No accounts match'
    case 'partners':
      return 'No partners match'
    case 'companies':
      return 'No companies match'
    case 'attention':
      return 'No accounts that need attention match'
    case 'environment':
      return `No accounts in ${view.name === null ? 'this environment' : isolated(view.name)} match`
    case 'tag':
      return `No accounts with the tag ${isolated(view.name)} match`
  }
}
