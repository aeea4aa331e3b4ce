/** The list's sort order, its search, and actions on several accounts. */
import type { CallError } from '../ipc/contract'
import type { SortOrder } from '../sort-order'
import { UNDO_FIRST } from './account-lines'
import { counted, figure, plural } from './counts'
import { waitingForService } from './durations'
import { fieldProblem } from './fields'
import { failedFor, isolated, names } from './messages'
import { describeCallError, type Message } from './problems'

export function sortWord(order: SortOrder): string {
  switch (order) {
    case 'name':
      return 'Name'
    case 'environment':
      return 'Environment'
    case 'use':
      return 'Last used'
    case 'expiry':
      return 'JWT expiry'
    case 'refresh':
      return 'Refresh token expiry'
    case 'status':
      return 'Needs attention'
  }
}

/** After a search without a result. */
export const SEARCHED_FIELDS =
  'Search covers names, tags, environments, notes, and the last characters of saved API keys.'

/** For screen readers, while the list changes during typing. */
export function foundInWords(count: number, first: string | null): string {
  if (first === null) return 'Nothing found'
  return `${counted(count, 'account')} found. Enter copies the JWT of ${isolated(first)}.`
}

export function tagsInWords(tags: readonly string[]): string {
  return `tagged ${tags.map(isolated).join(', ')}`
}

// --- Several at once ----------------------------------------------------------------------------------------

export type BulkAction = 'renew' | 'tag' | 'move' | 'remove'

/** `unseen`: how many of them the list doesn't show at present. */
export function selectedInWords(count: number, unseen: number): string {
  const selected = `${figure(count)} selected`
  return unseen === 0 ? selected : `${selected}, ${figure(unseen)} not shown`
}

/** `Renewing 12 of 40`; `waitMs`: how long the service wants to be left alone, null while it is asked. */
export function manyUnderWay(action: BulkAction, done: number, total: number, waitMs: number | null): string {
  const words = `${DOING[action]} ${figure(Math.min(done + 1, total))} of ${figure(total)}`
  return waitMs === null ? words : `${words}. ${waitingForService(waitMs)}`
}

export interface ManyOutcome {
  readonly action: BulkAction
  /** The names of the accounts for which it succeeded. */
  readonly done: readonly string[]
  readonly failed: readonly { readonly name: string; readonly words: Message }[]
  /** Larger than both together when it was canceled. */
  readonly total: number
}

/** The action would change none of the selected accounts. */
export const NOTHING_TO_CHANGE = 'Nothing to change'

/** The result of an action on several accounts in one message: how many succeeded, how many failed, and why. */
export function manyDone({ action, done, failed, total }: ManyOutcome): string {
  const left = total - done.length - failed.length
  const [first] = failed
  const well =
    done.length === 1
      ? `${isolated(done[0] ?? '')} ${DONE[action]}`
      : `${counted(done.length, 'account')} ${DONE[action]}`
  const badly =
    first === undefined
      ? null
      : failed.length === 1
        ? failedFor(first.name, first.words)
        : `${figure(failed.length)} couldn’t be ${DONE[action]}. ${reasons(failed)}`
  const rest = left === 0 ? null : `Canceled: ${counted(left, 'account')} unchanged.`
  if (badly === null && rest === null) return well
  return [done.length === 0 ? null : `${well}.`, badly, rest].filter((part) => part !== null).join(' ')
}

/** How many different reasons are named; the others are shown at the accounts themselves. */
const REASONS_SHOWN = 2

function reasons(failed: ManyOutcome['failed']): string {
  const byReason = new Map<string, string[]>()
  for (const { name, words } of failed) {
    const who = byReason.get(words.what)
    if (who === undefined) byReason.set(words.what, [name])
    else who.push(name)
  }
  const listed = [...byReason].slice(0, REASONS_SHOWN).map(([what, who]) => `${names(who)}: ${what}`)
  const more = byReason.size - listed.length
  return [...listed, ...(more > 0 ? [`${counted(more, 'more reason')}.`] : [])].join(' ')
}

/** Why a single one of several calls failed; there is no form to show messages beside its fields. */
export function reasonInWords(error: CallError): Message {
  if (error.code === 'bad-fields') {
    const [first] = error.fields
    if (first !== undefined) return { what: fieldProblem(first), todo: '' }
  }
  return describeCallError(error)
}

const DOING: Readonly<Record<BulkAction, string>> = {
  renew: 'Renewing',
  tag: 'Tagging',
  move: 'Moving',
  remove: 'Removing',
}
const DONE: Readonly<Record<BulkAction, string>> = {
  renew: 'renewed',
  tag: 'tagged',
  move: 'moved',
  remove: 'removed',
}

/** What removing several deletes and keeps. `remembered`: with a saved API key; `orphans`: companies that stay. */
export function manyRemoved(all: readonly string[], remembered: number, orphans: number): string {
  const deleted = remembered === 0 ? 'tokens' : 'tokens and saved API keys'
  const kept =
    orphans === 0
      ? ''
      : ` ${counted(orphans, 'company', 'companies')} of theirs that ${plural(orphans, 'isn’t', 'aren’t')} selected ${plural(orphans, 'is', 'are')} kept without a partner.`
  return `${names(all)}. ${UNDO_FIRST} their ${deleted} are deleted from this computer.${kept} You’ll need their API keys to add them again.`
}

/** Why not all of the selected can be moved; null when all can. */
export function notMoved(partners: number, elsewhere: number): string | null {
  const parts = [
    partners === 0
      ? null
      : `${counted(partners, 'selected partner stays', 'selected partners stay')} in place: only companies have a partner.`,
    elsewhere === 0
      ? null
      : `${counted(elsewhere, 'company uses', 'companies use')} a different environment than this partner and ${plural(elsewhere, 'stays', 'stay')} in place.`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(' ')
}
