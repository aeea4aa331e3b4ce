import type { Environment, EnvironmentColour, EnvironmentDoubt } from '../environment'
import type { TransientProblem } from '../problem'
import { counted, plural } from './counts'
import { lifeInWords, SECOND } from './durations'
import { isolated } from './messages'
import type { NotificationText } from './notifications'
import { describeProblem, type Message } from './problems'

/** Beside the mark of a production environment, wherever there is room. */
export const PRODUCTION = 'Production'

/** A smaller difference is explained by the header's whole seconds and the time on the network. */
const SAME_CLOCK_MS = 30 * SECOND

export function colourName(colour: EnvironmentColour): string {
  switch (colour) {
    case 'orange':
      return 'Orange'
    case 'teal':
      return 'Teal'
    case 'violet':
      return 'Violet'
    case 'blue':
      return 'Blue'
    case 'green':
      return 'Green'
    case 'pink':
      return 'Pink'
  }
}

/** Whether an environment's own name says that it is production, so that the word isn't shown twice. */
export function saysProduction(name: string): boolean {
  return /(?:^|[^\p{L}])prod(?:uction)?(?:[^\p{L}]|$)/iu.test(name)
}

/** `Server clock is 3 min ahead`: the server's clock minus this computer's. */
function clockOf(clockSkewMs: number): string {
  if (Math.abs(clockSkewMs) <= SAME_CLOCK_MS) return 'Server clock in sync'
  const away = Math.abs(clockSkewMs) < 60 * SECOND ? 'almost a minute' : lifeInWords(Math.abs(clockSkewMs))
  return `Server clock is ${away} ${clockSkewMs > 0 ? 'ahead' : 'behind'}`
}

/** Null where it is in sync, or was never measured. */
export function oddClock(environment: Pick<Environment, 'clockSkewMs'>): string | null {
  const skew = environment.clockSkewMs ?? 0
  return Math.abs(skew) <= SAME_CLOCK_MS ? null : clockOf(skew)
}

/** Null for UTC, which is the usual one. */
export function defaultTimeZoneLine(zone: string): string | null {
  return zone === 'UTC' ? null : `default time zone: ${zone}`
}

/** What saving another base URL does. `accounts`: how many the environment has. */
export function addressChange(accounts: number, baseUrl: string): Message {
  return {
    what:
      accounts === 0
        ? `From now on, API keys and tokens are sent to ${baseUrl}.`
        : `From now on, the API keys and tokens of its ${counted(accounts, 'account')} are sent to ${baseUrl}.`,
    todo: 'Save only if you trust this address.',
  }
}

/** The base URL was restored from a copy: what that means, and what to do. */
export function addressToConfirm({ name, baseUrl }: Pick<Environment, 'name' | 'baseUrl'>): Message {
  return {
    what: `The base URL of ${isolated(name)} was restored from a copy and may be an old one.`,
    todo: `Nothing is sent to ${baseUrl} until you confirm it.`,
  }
}

/** Why the environment, rather than its accounts, needs checking. `accounts`: how many are concerned. */
export function doubtInWords(
  { name, baseUrl }: Pick<Environment, 'name' | 'baseUrl'>,
  { why, status }: EnvironmentDoubt,
  accounts: number,
): Message {
  if (why === 'wrong-address') {
    return {
      what: `${isolated(name)}: ${baseUrl} responds, but not like the service (HTTP ${String(status)}).`,
      todo: 'The base URL is probably wrong. Correct it and all accounts retry automatically.',
    }
  }
  const whom = accounts > 1 ? counted(accounts, 'account') : 'several accounts'
  return {
    what: `${isolated(name)} rejected ${whom} within a minute (HTTP ${String(status)}).`,
    todo: `A wrong base URL, a VPN, or a maintenance page may be the cause, so their tokens are kept. Check ${baseUrl} and your network, then retry.`,
  }
}

export const EDIT_ENVIRONMENT = 'Edit environment…'
export const RETRY = 'Retry'
/** Ends the doubt by accepting the refusals. */
export const ASK_FOR_API_KEYS = 'Ask for API keys'

export function environmentAnswers(name: string): string {
  return `${isolated(name)} accepts tokens again`
}

/** The same for a notification, which shows both parts together. */
export function doubtText({ name }: Pick<Environment, 'name'>, { why }: EnvironmentDoubt): NotificationText {
  return {
    title: `Check the environment ${isolated(name)}`,
    body:
      why === 'wrong-address'
        ? 'Its base URL responds, but not like the service. Open TokenDesk to correct it.'
        : 'It rejected several accounts within a minute. Open TokenDesk to see why.',
  }
}

export function addressToConfirmText({ name }: Pick<Environment, 'name'>): NotificationText {
  return {
    title: `Confirm the base URL of ${isolated(name)}`,
    body: 'It was restored from a copy. Nothing is sent there until you confirm it.',
  }
}

export const ENVIRONMENT_LOCKED_TEXT: NotificationText = {
  title: 'An environment needs to be checked',
  body: 'Unlock TokenDesk to see more.',
}

export const CONFIRM_BASE_URL = 'Confirm base URL…'

export function addressConfirmed(name: string): string {
  return `Base URL of ${isolated(name)} confirmed`
}

export type Reached =
  | { readonly kind: 'answered'; readonly status: number; readonly clockSkewMs: number | null }
  | { readonly kind: 'redirected'; readonly status: number; readonly target: string }
  | { readonly kind: 'failed'; readonly problem: TransientProblem }

/** The result of a connection test. No secret was sent. */
export function connection(reached: Reached): Message {
  switch (reached.kind) {
    case 'answered':
      return {
        what: `Connected (HTTP ${String(reached.status)}).`,
        todo: reached.clockSkewMs === null ? '' : `${clockOf(reached.clockSkewMs)}.`,
      }
    case 'redirected':
      return {
        what: `Redirected to ${reached.target === '' ? 'another address' : reached.target} (HTTP ${String(reached.status)}).`,
        todo: 'Logging in doesn’t follow redirects. Use the service’s own address.',
      }
    case 'failed':
      return describeProblem(reached.problem)
  }
}

export function environmentSaved(name: string): string {
  return `${isolated(name)} saved`
}

export function environmentRemoved(name: string): string {
  return `Environment ${isolated(name)} removed`
}

/** Why it can't be removed yet, or null. */
export function environmentInUse(accounts: number): Message | null {
  if (accounts === 0) return null
  return {
    what: `${counted(accounts, 'account')} ${plural(accounts, 'uses', 'use')} this environment.`,
    todo: 'Remove them first, or keep the environment.',
  }
}
