/** One account as the oracle sees it. */
import type { AccountId, AccountSummary } from '../../../electron/shared/account'
import type { EnvironmentId } from '../../../electron/shared/environment'
import type { AccountPolicy } from '../../../electron/shared/policy'
import { knownOf, type Known, type Past } from './rules'

/** A longer history is seldom needed to understand a failure. */
const HISTORY_LENGTH = 80

export type Duty = 'reminder' | 'news' | 'renewal'

export interface Owed {
  readonly what: string
  /** Monotonic. */
  readonly since: number
}

export interface Watched {
  readonly id: AccountId
  readonly name: string
  readonly environmentId: EnvironmentId
  /** The user's decision; null is as in Settings. */
  policy: AccountPolicy
  known: Known
  readonly past: Past
  readonly owed: Map<Duty, Owed>
  /** When its next moment comes, by this computer's clock. */
  wakesAt: number
  /** Since when (monotonic) nothing is wrong with its keys. */
  wellSince: number | null
  /** Its policy wanted a renewal when none was running last. */
  isWanted: boolean
  /** Its JWT or a renewal was requested. */
  isAsked: boolean
  readonly history: string[]
}

/** `now`: monotonic. */
export function watched(summary: AccountSummary, now: number): Watched {
  return {
    id: summary.id,
    name: summary.name,
    environmentId: summary.environmentId,
    policy: summary.policy,
    known: knownOf(summary),
    past: { told: null, snoozed: null, news: null },
    owed: new Map(),
    wakesAt: Infinity,
    wellSince: now,
    isWanted: false,
    isAsked: false,
    history: [],
  }
}

export function noteIn({ history }: Watched, line: string): void {
  history.push(line)
  if (history.length > HISTORY_LENGTH) history.shift()
}
