import type { BackupResult, ImportFailure, PlanCounts, RestoreResult, RowOutcome, RowPlan } from '../transfer'
import { names } from './messages'
import { importFailure } from './transfer'
import type { Message } from './problems'

export function planWord(plan: RowPlan): string {
  switch (plan) {
    case 'add':
      return 'Will be added'
    case 'skip':
      return 'Already there'
    case 'leave-out':
      return 'Left out'
  }
}

/** `40 accounts will be added, 3 are already there, 2 are left out because of their problems.` */
export function planSummary({ add, skip, 'leave-out': leaveOut }: PlanCounts): string {
  const parts = [add === 1 ? '1 account will be added' : `${figure(add)} accounts will be added`]
  if (skip > 0) parts.push(`${figure(skip)} ${skip === 1 ? 'is' : 'are'} already there`)
  if (leaveOut > 0) {
    parts.push(
      leaveOut === 1
        ? '1 is left out because of its problems'
        : `${figure(leaveOut)} are left out because of their problems`,
    )
  }
  return `${parts.join(', ')}.`
}

/** The button that starts it. */
export function importButton(count: number): string {
  return count === 1 ? 'Import 1 account' : `Import ${figure(count)} accounts`
}

export const TOO_LARGE: Message = importFailure({ code: 'too-large' } satisfies ImportFailure)

export const FILE_UNREADABLE: Message = {
  what: 'This file could not be read.',
  todo: 'Check that it is still there and that you may read it.',
}

export const PREVIEW_USED_UP: Message = {
  what: 'This preview is no longer valid, and nothing was imported.',
  todo: 'Read the file again.',
}

/** Rows that did not become accounts and were not there before. */
export function wentWrong({ outcome }: Pick<RowOutcome, 'outcome'>): boolean {
  return outcome.kind !== 'added' && outcome.kind !== 'already-there'
}

/** How an import ended, by its rows. */
export function outcomeSummary(outcomes: readonly RowOutcome[]): string {
  const count = (kinds: readonly RowOutcome['outcome']['kind'][]): number =>
    outcomes.filter(({ outcome }) => kinds.includes(outcome.kind)).length
  const added = count(['added'])
  const there = count(['already-there'])
  const leftOut = count(['has-problems'])
  const failed = count(['refused', 'partner-not-added', 'partner-is-company'])
  const cancelled = count(['cancelled'])
  const parts = [added === 1 ? '1 account added' : `${figure(added)} accounts added`]
  const doubles = outcomes.filter(
    ({ outcome }) => outcome.kind === 'added' && outcome.sameKeyAs !== undefined,
  )
  if (doubles.length > 0) parts.push(`${figure(doubles.length)} with another account’s API key`)
  if (there > 0) parts.push(`${figure(there)} already there`)
  if (leftOut > 0) parts.push(`${figure(leftOut)} left out`)
  if (failed > 0) parts.push(`${figure(failed)} failed`)
  if (cancelled > 0) parts.push(`${figure(cancelled)} cancelled`)
  return parts.join(', ')
}

export const RESULTS_SAVED = 'Results saved'
export const ACCOUNTS_EXPORTED = 'Accounts exported'
export const BACKUP_SAVED = 'Backup saved'

/** What is not in a backup that was saved: a sentence each, none when it is whole. */
export function missingInBackup({ withoutSecrets, leftOut }: BackupResult): readonly string[] {
  const sentences: string[] = []
  if (withoutSecrets.length > 0)
    sentences.push(
      withoutSecrets.length === 1
        ? `1 account is in it without its secrets, which could not be opened: ${names(withoutSecrets)}.`
        : `${figure(withoutSecrets.length)} accounts are in it without their secrets, which could not be opened: ${names(withoutSecrets)}.`,
    )
  if (leftOut.length > 0)
    sentences.push(
      leftOut.length === 1
        ? `1 account is not in it, since its record is damaged: ${names(leftOut)}.`
        : `${figure(leftOut.length)} accounts are not in it, since their records are damaged: ${names(leftOut)}.`,
    )
  return sentences
}

/** What came back from a backup. */
export function restored({ restored, skipped }: RestoreResult): string {
  const back = restored === 1 ? '1 account restored' : `${figure(restored)} accounts restored`
  if (skipped === 0) return `${back}.`
  return skipped === 1
    ? `${back}. 1 is here already and was not changed.`
    : `${back}. ${figure(skipped)} are here already and were not changed.`
}

export function restoredSettings({ tookSettings }: RestoreResult): string {
  return tookSettings ? 'Its settings hold here from now on.' : 'The settings here stay as they were.'
}

/** Before a backup is restored. */
export const RESTORE_WARNING: Message = {
  what: 'Go on with one computer only.',
  todo: 'Each refresh replaces the refresh token and kills the old one: an account that is used on two computers loses its session on one of them, and needs its API key there.',
}

function figure(count: number): string {
  return count.toLocaleString('en')
}
