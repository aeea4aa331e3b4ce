import type { Environment, EnvironmentColour } from '../environment'
import type { TransientProblem } from '../problem'
import { lifeInWords, SECOND } from './durations'
import { isolated } from './messages'
import { told, type Told } from './problems'

/** Beside the sign of a production environment, wherever there is room for a word. */
export const PRODUCTION = 'Production'

/** Above this, a difference of clocks is worth a word; below it, `Date` and the way there explain it. */
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

/** Whether an environment's own name says that it is production, so that the word need not stand there twice. */
export function saysProduction(name: string): boolean {
  return /(?:^|[^\p{L}])prod(?:uction)?(?:[^\p{L}]|$)/iu.test(name)
}

/** `Clock 3 min ahead of this computer’s`: the server's clock minus this machine's, or null when never measured. */
export function clockOf({ clockSkewMs }: Pick<Environment, 'clockSkewMs'>): string {
  if (clockSkewMs === null) return 'Its clock has not been compared yet'
  if (Math.abs(clockSkewMs) <= SAME_CLOCK_MS) return 'Its clock agrees with this computer’s'
  const away = Math.abs(clockSkewMs) < 60 * SECOND ? 'almost a minute' : lifeInWords(Math.abs(clockSkewMs))
  return `Its clock is ${away} ${clockSkewMs > 0 ? 'ahead of' : 'behind'} this computer’s`
}

export function zonelessTimes(zone: string): string {
  return `times without a zone are in ${zone}`
}

/** What saving another base URL does. `accounts`: how many are in the environment. */
export function addressChange(accounts: number, baseUrl: string): Told {
  const whose = accounts === 1 ? 'its 1 account go' : `its ${accounts.toLocaleString('en')} accounts go`
  return {
    what:
      accounts === 0
        ? `From now on keys and tokens go to ${baseUrl}.`
        : `From now on the tokens and API keys of ${whose} to ${baseUrl}.`,
    todo: 'Save this only if you trust that address.',
  }
}

/** The base URL was restored from a copy: what that means, and what to do. */
export function addressToConfirm({ name, baseUrl }: Pick<Environment, 'name' | 'baseUrl'>): Told {
  return {
    what: `The base URL of ${isolated(name)} was restored from a copy and may be an old one.`,
    todo: `Nothing is sent to ${baseUrl} until you confirm it.`,
  }
}

export const CONFIRM_BASE_URL = 'Confirm base URL…'

export function addressConfirmed(name: string): string {
  return `Base URL of ${isolated(name)} confirmed`
}

export type Reached =
  | { readonly kind: 'answered'; readonly status: number; readonly clockSkewMs: number | null }
  | { readonly kind: 'redirected'; readonly status: number; readonly target: string }
  | { readonly kind: 'failed'; readonly problem: TransientProblem }

/** How testing the connection went. Nothing secret was sent. */
export function connection(reached: Reached): Told {
  switch (reached.kind) {
    case 'answered':
      return {
        what: `Something answers there (status ${String(reached.status)}).`,
        todo: reached.clockSkewMs === null ? '' : `${clockOf(reached)}.`,
      }
    case 'redirected':
      return {
        what: `Redirected to ${reached.target === '' ? 'another address' : reached.target} (status ${String(reached.status)}).`,
        todo: 'Logging in would not follow it: use the address that the service itself has.',
      }
    case 'failed':
      return told(reached.problem)
  }
}

export function environmentSaved(name: string): string {
  return `${isolated(name)} saved`
}

export function environmentRemoved(name: string): string {
  return `Environment ${isolated(name)} removed`
}

/** Why it can't be removed yet, or null. */
export function environmentInUse(accounts: number): Told | null {
  if (accounts === 0) return null
  return {
    what:
      accounts === 1
        ? '1 account is in this environment.'
        : `${accounts.toLocaleString('en')} accounts are in this environment.`,
    todo: 'Remove them first, or keep the environment.',
  }
}
