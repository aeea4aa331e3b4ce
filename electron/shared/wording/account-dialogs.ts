/** Adding, renaming and removing accounts, and actions on several. */
import { counted } from './counts'

export const ADD_ACCOUNT = {
  title: 'Add account',
  name: 'Name',
  environment: 'Environment',
  selectEnvironment: 'Select an environment',
  newEnvironment: 'New environment…',
  environmentName: 'Environment name',
  apiKey: 'API key',
  type: 'Type',
  remember: 'Remember API key',
  add: 'Add',
  detect: 'Detect',
  partner: 'Partner',
  company: 'Company',
  detectMeans: 'Detected from the service’s response: a refresh token means partner, otherwise company.',
  partnerMeans: 'Can have companies under it.',
  companyMeans: 'Belongs to a partner.',
} as const

export const ENTER_KEY = {
  copiesWhenDone: 'The JWT is copied as soon as the service accepts the API key.',
  logIn: 'Log in',
  currentSession: 'Current session',
  thisKey: 'This API key',
} as const

export function removeTitle(what: string): string {
  return `Remove ${what}?`
}

export const BULK = {
  label: 'Selected accounts',
  renew: 'Renew',
  tag: 'Tag',
  /** In a menu, where each opens a dialog. */
  tagEach: 'Tag…',
  moveEach: 'Move to partner…',
  moveToPartner: 'Move to partner',
  onlyCompanies: 'Only companies have a partner',
  clearSelection: 'Clear selection',
  newTag: 'New tag',
  tagExample: 'onboarding',
  addTag: 'Add tag',
  tags: 'Tags',
  selectPartner: 'Select a partner',
  noPartner: 'None',
  partner: 'Partner',
  move: 'Move',
  selectPartnerOrNone: 'Select a partner, or none.',
} as const

export function removeSeveral(count: number): string {
  return removeTitle(counted(count, 'account'))
}

/** In the menu of a selected row, which is about all that are selected. */
export function renewSelected(count: number): string {
  return `Renew ${counted(count, 'account')}`
}

export function removeSelected(count: number): string {
  return `Remove ${counted(count, 'account')}…`
}

export function actionsForSeveral(count: number): string {
  return `Actions for ${counted(count, 'account')}`
}

export function tagTitle(count: number): string {
  return `Tag ${counted(count, 'account')}`
}

export function movedUnder(count: number): string {
  return `${counted(count, 'company', 'companies')} will be listed under this partner.`
}

/** Beside a tag that only some of the selected accounts have: `on 2 of 5`. */
export function taggedOf(count: number, all: number): string {
  return `on ${String(count)} of ${String(all)}`
}
