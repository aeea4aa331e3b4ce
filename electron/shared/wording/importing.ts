import type {
  AccountChange,
  BackupResult,
  ImportColumn,
  ImportFailure,
  ImportResult,
  PlanCounts,
  RestoreResult,
  RowOutcome,
  RowPlan,
} from '../transfer'
import { counted, figure, listed, plural } from './counts'
import { fieldProblem } from './fields'
import { isolated, names } from './messages'
import { importFailure } from './transfer'
import type { Message } from './problems'

export function planWord(plan: RowPlan, isUpdated = false): string {
  switch (plan) {
    case 'add':
      return 'Will be added'
    case 'skip':
      return isUpdated ? 'Will be updated' : 'Already exists'
    case 'leave-out':
      return 'Skipped'
  }
}

/** How many rows of the file have this plan. */
export function planCount(plan: RowPlan, count: number): string {
  switch (plan) {
    case 'add':
      return `${figure(count)} will be added`
    case 'skip':
      return counted(count, 'already exists', 'already exist')
    case 'leave-out':
      return counted(count, 'has errors', 'have errors')
  }
}

/**
 * `40 accounts will be added, 3 already exist, 2 have errors and will be skipped.` `updates`: of how many that exist
 * something will be changed.
 */
export function planSummary({ add, skip, 'leave-out': leaveOut }: PlanCounts, updates = 0): string {
  const isOnlyUpdated = add === 0 && updates > 0
  const parts = [
    isOnlyUpdated
      ? `${counted(updates, 'account')} will be updated`
      : `${counted(add, 'account')} will be added`,
  ]
  if (updates > 0 && !isOnlyUpdated) parts.push(`${figure(updates)} will be updated`)
  if (skip > updates) parts.push(planCount('skip', skip - updates))
  if (leaveOut > 0) parts.push(`${planCount('leave-out', leaveOut)} and will be skipped`)
  return `${parts.join(', ')}.`
}

/** The button that starts the import. */
export function importButton(added: number, updated: number): string {
  if (updated === 0) return `Import ${counted(added, 'account')}`
  if (added === 0) return `Update ${counted(updated, 'account')}`
  return `Import ${counted(added, 'account')} and update ${figure(updated)}`
}

/** For one row. */
export function updateWord(change: AccountChange): string {
  return { apiKey: 'Update API key', partner: 'Update partner', tags: 'Update tags', note: 'Update note' }[
    change
  ]
}

/** For all rows in which it differs. */
export function updateAll(change: AccountChange, count: number): string {
  const words = {
    apiKey: 'Update API keys',
    partner: 'Update partners',
    tags: 'Update tags',
    note: 'Update notes',
  }
  return `${words[change]} (${figure(count)})`
}

export function updateOf(change: AccountChange, name: string): string {
  return `${updateWord(change)} of ${isolated(name)}`
}

export function columnWord(column: ImportColumn): string {
  switch (column) {
    case 'name':
      return 'Name'
    case 'type':
      return 'Type'
    case 'environment':
      return 'Environment'
    case 'apiKey':
      return 'API key'
    case 'partner':
      return 'Partner'
    case 'tags':
      return 'Tags'
    case 'remember':
      return 'Remember API key'
    case 'note':
      return 'Note'
  }
}

/** What is still to be matched; null when everything needed is. */
export function columnsToMatch(missing: readonly ImportColumn[]): string | null {
  return missing.length === 0 ? null : `Still needed: ${listed(missing.map(columnWord))}.`
}

export const TOO_LARGE: Message = importFailure({ code: 'too-large' } satisfies ImportFailure)

export const FILE_UNREADABLE: Message = {
  what: 'Couldn’t read this file.',
  todo: 'Check that it still exists and that you have permission to read it.',
}

export const PREVIEW_USED_UP: Message = {
  what: 'This preview is no longer valid, so nothing was imported.',
  todo: 'Read the file again.',
}

/** Rows that neither became accounts nor existed before. */
export function wentWrong({ outcome }: Pick<RowOutcome, 'outcome'>): boolean {
  return outcome.kind !== 'added' && outcome.kind !== 'updated' && outcome.kind !== 'already-there'
}

/**
 * What to do about rows that went wrong, for those that did: errors in the file are corrected there, the rest is run
 * once more without it. Empty where nothing is to be done.
 */
export function afterImport({ outcomes, retryable }: ImportResult): string {
  const isFileWrong = outcomes.some(({ outcome }) => outcome.kind === 'has-problems' || isRefusedKey(outcome))
  return [
    retryable > 0 ? `${counted(retryable, 'row')} can be retried without the file.` : '',
    isFileWrong ? 'Correct the file and import it again; duplicates aren’t created.' : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function isRefusedKey(outcome: RowOutcome['outcome']): boolean {
  return (
    outcome.kind === 'refused' &&
    outcome.error.code === 'problem' &&
    outcome.error.problem.code === 'key-refused'
  )
}

export function retryFailed(count: number): string {
  return `Retry failed (${figure(count)})`
}

/** How an import ended, counted by outcome. */
export function outcomeSummary(outcomes: readonly RowOutcome[]): string {
  const count = (kinds: readonly RowOutcome['outcome']['kind'][]): number =>
    outcomes.filter(({ outcome }) => kinds.includes(outcome.kind)).length
  const added = count(['added'])
  const there = count(['already-there'])
  const leftOut = count(['has-problems'])
  const failed = count(['refused', 'partner-not-added', 'partner-is-company'])
  const cancelled = count(['cancelled'])
  const updated = count(['updated'])
  const isOnlyUpdated = added === 0 && updated > 0
  const parts = isOnlyUpdated
    ? [`${counted(updated, 'account')} updated`]
    : [`${counted(added, 'account')} added`]
  const doubles = outcomes.filter(
    ({ outcome }) => outcome.kind === 'added' && outcome.sameKeyAs !== undefined,
  )
  if (doubles.length > 0) parts.push(`${figure(doubles.length)} with another account’s API key`)
  if (updated > 0 && !isOnlyUpdated) parts.push(`${figure(updated)} updated`)
  if (there > 0) parts.push(counted(there, 'already exists', 'already exist'))
  if (leftOut > 0) parts.push(`${figure(leftOut)} skipped`)
  if (failed > 0) parts.push(`${figure(failed)} failed`)
  if (cancelled > 0) parts.push(`${figure(cancelled)} canceled`)
  return parts.join(', ')
}

export const RESULTS_SAVED = 'Results saved'
export const ACCOUNTS_EXPORTED = 'Accounts exported'
export const BACKUP_SAVED = 'Backup saved'

/** What a saved backup lacks: a sentence each, none when it is complete. */
export function missingInBackup({ withoutSecrets, leftOut }: BackupResult): readonly string[] {
  const sentences: string[] = []
  if (withoutSecrets.length > 0)
    sentences.push(
      `${counted(withoutSecrets.length, 'account')} ${plural(withoutSecrets.length, 'was', 'were')} saved without secrets, which couldn’t be decrypted: ${names(withoutSecrets)}.`,
    )
  if (leftOut.length > 0)
    sentences.push(
      `${counted(leftOut.length, 'account')} ${plural(leftOut.length, 'was', 'were')} skipped because of damaged files: ${names(leftOut)}.`,
    )
  return sentences
}

/** The result of restoring a backup. */
export function restored({ restored, skipped }: RestoreResult): string {
  const back = `${counted(restored, 'account')} restored.`
  if (skipped === 0) return back
  return `${back} ${counted(skipped, 'already exists', 'already exist')} and ${plural(skipped, 'wasn’t', 'weren’t')} changed.`
}

/** A sentence for each account of which something exceeds a limit. */
export function refusedInBackup({ refused }: RestoreResult): readonly string[] {
  return refused.map(({ name, problems }) => {
    const isWhole = problems.some(({ field }) => field === 'name')
    const what = isWhole ? 'wasn’t restored' : 'was restored without these'
    return `${isolated(name)} ${what}: ${problems.map(fieldProblem).join(' ')}`
  })
}

export function restoredSettings({ tookSettings }: RestoreResult): string {
  return tookSettings ? 'Its settings now apply here.' : 'Your settings are unchanged.'
}

/** Shown before a backup is restored. */
export const RESTORE_WARNING: Message = {
  what: 'Use only one computer from now on.',
  todo: 'Each renewal invalidates the previous refresh token, so an account used on two computers loses its session on one of them and needs its API key there.',
}
