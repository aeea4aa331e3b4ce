/** Compares what the app said, shows and noted after a fault with what the fault must mean. */
import { isDeepStrictEqual } from 'node:util'
import type { Status } from '../../../electron/shared/status'
import type { Problem } from '../../../electron/shared/problem'
import { problemOf, type Asked } from './app-client'
import { leavesUnseenToken, SLACK_MS, type Call, type FaultKind, type Meaning } from './fault-kinds'
import type { Subject } from './subjects'

/**
 * How the app was made to send: a renewal, or the API key entered again, whose failure leaves the account unchanged.
 */
export type Way = 'renewAccount' | 'enterApiKey'

export interface Struck {
  readonly call: Call
  readonly meaning: Meaning
  readonly way: Way
  readonly subject: Subject
  readonly asked: Asked
  /** The journal on the disk. */
  readonly journal: string | undefined
  /** The app has retried before its status could be read: only its response counts then. */
  readonly triedAgain: boolean
}

/** What isn't as it must be. */
export function judge(struck: Struck): string[] {
  const { call, meaning, way, subject } = struck
  switch (meaning.outcome) {
    case 'granted':
      return [...answered(struck, null), ...stands(struck, ['live'], null)]
    case 'transient': {
      if (way === 'enterApiKey') return leftAlone(struck, meaning.problem)
      const wrong = [...answered(struck, meaning.problem), ...stands(struck, ['retrying'], meaning.problem)]
      return [
        ...wrong,
        ...plans(struck, meaning),
        ...(call === 'refresh' ? notes(struck, meaning.journal) : []),
      ]
    }
    case 'refused': {
      if (call === 'refresh') {
        return subject.remembers
          ? [...answered(struck, null), ...stands(struck, ['live'], null)]
          : fails(struck, ['needs-key'], { code: 'key-needed', reason: 'refresh-token-refused' })
      }
      const problem = { code: 'key-refused', status: meaning.status } as const
      return way === 'enterApiKey' ? leftAlone(struck, problem) : fails(struck, ['key-rejected'], problem)
    }
    case 'redirected': {
      const { status, target } = meaning
      const problem = { code: 'redirected', status, target } as const
      return way === 'enterApiKey'
        ? leftAlone(struck, problem)
        : fails(struck, ['live', 'renewable'], problem)
    }
  }
}

function fails(struck: Struck, statuses: readonly Status[], problem: Partial<Problem>): string[] {
  return [...answered(struck, problem), ...stands(struck, statuses, problem)]
}

/** A key that failed when it was entered leaves the account as it was: every trial begins with a live one. */
function leftAlone(struck: Struck, problem: Partial<Problem>): string[] {
  return [...answered(struck, problem), ...stands(struck, ['live', 'renewable', 'needs-key'], null)]
}

function answered({ asked }: Struck, expected: Partial<Problem> | null): string[] {
  const { result } = asked
  const right = expected === null ? result.ok : matches(problemOf(result), expected)
  return right
    ? []
    : [`it answered ${JSON.stringify(result)} instead of ${JSON.stringify(expected ?? 'success')}`]
}

function stands(
  { asked, triedAgain }: Struck,
  statuses: readonly Status[],
  problem: Partial<Problem> | null,
): string[] {
  if (triedAgain) return []
  const { account, status } = asked
  if (account === undefined || status === null) return ['the account is gone']
  const told = problem === null ? account.problem === null : matches(account.problem, problem)
  return [
    ...(statuses.includes(status) ? [] : [`it stands at ${status} instead of ${statuses.join(' or ')}`]),
    ...(told ? [] : [`it shows ${JSON.stringify(account.problem)} instead of ${JSON.stringify(problem)}`]),
  ]
}

function plans({ asked, triedAgain }: Struck, { nextTry }: Meaning & { outcome: 'transient' }): string[] {
  const renewal = asked.account?.renewal
  if (triedAgain || nextTry === undefined || renewal?.phase !== 'waiting') return []
  const inMs = renewal.retryAt - asked.answeredAt
  // A service that has limited any account of the environment is left alone by all of them.
  const pausedMs = Math.max(0, asked.pausedUntil - asked.answeredAt)
  const atLeast = Math.max(nextTry.atLeast, pausedMs - SLACK_MS)
  const atMost = Math.max(nextTry.atMost, pausedMs + SLACK_MS)
  return inMs >= atLeast && inMs <= atMost
    ? []
    : [`its next try is in ${String(inMs)} ms, not in ${String(atLeast)} to ${String(atMost)} ms`]
}

function notes({ journal, triedAgain }: Struck, expected: string | null): string[] {
  return triedAgain || expected === null || journal === expected
    ? []
    : [`its journal says ${String(journal)} instead of ${expected}`]
}

function matches(problem: Problem | null, expected: Partial<Problem>): boolean {
  return (
    problem !== null &&
    Object.entries(expected).every(([field, value]) =>
      isDeepStrictEqual((problem as unknown as Record<string, unknown>)[field], value),
    )
  )
}

/** Only the key helps now, and the account was asked for a JWT: it must say so, and why. */
export function judgeNeed(kind: FaultKind, asked: Asked, subject: Subject): string[] {
  const [expected, status] = needOf(kind, subject)
  const { result } = asked
  return [
    ...(matches(problemOf(result), expected)
      ? []
      : [`it answered ${JSON.stringify(result)} instead of ${JSON.stringify(expected)}`]),
    ...(asked.status === status ? [] : [`it stands at ${String(asked.status)} instead of ${status}`]),
  ]
}

function needOf(kind: FaultKind, subject: Subject): [Partial<Problem>, Status] {
  const { call, meaning } = kind
  if (leavesUnseenToken(kind))
    return [{ code: 'key-needed', reason: 'refresh-token-maybe-replaced' }, 'needs-key']
  if (subject.kind === 'company' && !subject.remembers) {
    return [{ code: 'key-needed', reason: 'nothing-to-renew-with' }, 'needs-key']
  }
  return call === 'login' && meaning.outcome === 'refused'
    ? [{ code: 'key-refused', status: meaning.status }, 'key-rejected']
    : [{ code: 'key-needed', reason: 'refresh-token-refused' }, 'needs-key']
}
