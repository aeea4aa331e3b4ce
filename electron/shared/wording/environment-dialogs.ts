/** Adding, editing and removing environments. */
import { isolated } from './messages'

export const ENVIRONMENTS = {
  label: 'Environments',
  name: 'Name',
  nameExample: 'Sandbox',
  baseUrl: 'Base URL',
  baseUrlExample: 'https://api.example.com',
  baseUrlHelp: 'The part of the login URL before /auth/login.',
  production: 'Production',
  productionHelp: 'Highlights its accounts everywhere so they aren’t mistaken for test accounts.',
  color: 'Color',
  new: 'New environment',
  newButton: 'New environment…',
  newHelp: 'The service that these accounts log in to.',
  none: 'No environments yet. An environment is the service that a set of accounts logs in to.',
  edit: 'Edit',
  editTitle: 'Edit environment',
  defaultTimeZone: 'Default time zone',
  utc: 'UTC',
  defaultTimeZoneHelp:
    'For times that the service sends without a zone: UTC, an offset such as +02:00, or a zone such as Europe/Berlin.',
  testing: 'Testing…',
  confirmBaseUrl: 'Confirm base URL',
  compareBaseUrl:
    'Compare it with the service’s documentation or ask a colleague. Refresh tokens and API keys are sent there.',
  useBaseUrl: 'Use this base URL',
  notUsed: 'No accounts use it. This can’t be undone.',
  productionSign: 'PROD',
  isProduction: ' (production)',
} as const

export function environmentTitle(name: string): string {
  return `${isolated(name)}${ENVIRONMENTS.isProduction}`
}

export function editEnvironment(name: string): string {
  return `Edit ${isolated(name)}`
}
export function testConnectionOf(name: string): string {
  return `Test connection of ${isolated(name)}`
}
export function removeEnvironment(name: string): string {
  return `Remove ${isolated(name)}`
}

/** The bars above the list that ask about an environment. */
export function checkEnvironment(name: string): string {
  return `Check ${isolated(name)}`
}
export function baseUrlOf(name: string): string {
  return `Base URL of ${isolated(name)}`
}
