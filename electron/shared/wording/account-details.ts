import { isolated } from './messages'

export const DETAILS = {
  label: 'Details',
  close: 'Close details',
  twoExpiries: 'This JWT has two expiry times.',
  account: 'Account',
  type: 'Type',
  detect: 'Detect',
  partner: 'Partner',
  partnerHelp: 'The partner that this company is listed under.',
  noPartner: 'None',
  jwt: 'JWT',
  refreshToken: 'Refresh token',
  more: 'More',
  viewClaims: 'View claims',
  policy: 'Renewal and reminders',
  mute: 'Mute notifications',
  activity: 'Activity',
  noActivity: 'No activity yet.',
  allActivity: 'All activity',
  tags: 'Tags',
  itsTags: 'Tags of this account',
  addTags: 'Add tags, separated by commas',
  addTag: 'Add a tag',
  note: 'Note',
  addNote: 'Add a note',
} as const

export function detected(kind: string): string {
  return `Detected: ${kind}`
}

export function removeTag(tag: string): string {
  return `Remove tag ${isolated(tag)}`
}

/** Beneath or in place of the two clocks. */
export const CLOCKS = {
  none: 'None',
  expired: 'Expired',
  rejected: 'Rejected',
  notLoggedIn: 'Not logged in yet',
  over24Hours: 'Over 24 hours old',
  byService: 'by the service',
} as const

/** `when`: from `moment` or `date`. */
export function until(when: string): string {
  return `Until ${when}`
}

/** `hint`: its last characters, where they are known. */
export function savedKey(isSaved: boolean, hint: string | null): string {
  if (!isSaved) return 'API key not saved'
  return hint === null ? 'Saved API key' : `Saved API key ${hint}`
}
