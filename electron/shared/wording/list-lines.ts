/** What the list says: its order, its search, and what is done to several accounts at once. */
import type { CallError } from '../ipc/contract'
import type { SortOrder } from '../sort-order'
import { fieldProblem } from './fields'
import { failedFor, isolated, names } from './messages'
import { describeCallError, describeChangeError, type Message } from './problems'

export function sortWord(order: SortOrder): string {
  switch (order) {
    case 'name':
      return 'Name'
    case 'use':
      return 'Latest use'
    case 'expiry':
      return 'JWT’s end'
    case 'status':
      return 'Needs attention'
  }
}

/** What is searched, for those who found nothing. */
export const SEARCHED_FIELDS =
  'Names, tags, environments, notes and the ends of remembered keys are searched; small typos are forgiven.'

/** For those who don't see the list change while they type. */
export function foundInWords(count: number, first: string | null): string {
  if (first === null) return 'Nothing found'
  return `${count === 1 ? '1 account' : `${String(count)} accounts`} found. Enter copies the JWT of ${isolated(first)}.`
}

export function tagsInWords(tags: readonly string[]): string {
  return `tagged ${tags.map(isolated).join(', ')}`
}

// --- Several at once ----------------------------------------------------------------------------------------

export type BulkAction = 'renew' | 'tag' | 'move' | 'remove'

export function accountsInWords(count: number): string {
  return count === 1 ? '1 account' : `${String(count)} accounts`
}

/** `unseen`: how many of them the list doesn't show right now. */
export function selectedInWords(count: number, unseen: number): string {
  const selected = `${String(count)} selected`
  return unseen === 0 ? selected : `${selected}, ${String(unseen)} not shown`
}

/** `Renewing 12 of 40` */
export function manyUnderWay(action: BulkAction, done: number, total: number): string {
  return `${DOING[action]} ${String(Math.min(done + 1, total))} of ${String(total)}`
}

export interface ManyOutcome {
  readonly action: BulkAction
  /** The names of those that it was done to. */
  readonly done: readonly string[]
  readonly failed: readonly { readonly name: string; readonly words: Message }[]
  /** More than both together when it was cancelled. */
  readonly total: number
}

/** None of those that were chosen would be any different after it. */
export const NOTHING_TO_CHANGE = 'Nothing to change: it is so already'

/** How an action to several accounts went, in one message: how many, how many not, and why not. */
export function manyDone({ action, done, failed, total }: ManyOutcome): string {
  const left = total - done.length - failed.length
  const [first] = failed
  const well =
    done.length === 1
      ? `${isolated(done[0] ?? '')} ${DONE[action]}`
      : `${accountsInWords(done.length)} ${DONE[action]}`
  const badly =
    first === undefined
      ? null
      : failed.length === 1
        ? failedFor(first.name, first.words)
        : `${String(failed.length)} could not be ${DONE[action]}. ${reasons(failed)}`
  const rest = left === 0 ? null : `Cancelled: ${accountsInWords(left)} left as before.`
  if (badly === null && rest === null) return well
  return [done.length === 0 ? null : `${well}.`, badly, rest].filter((part) => part !== null).join(' ')
}

/** Different reasons that are told; what else went wrong stands at the accounts themselves. */
const REASONS_TOLD = 2

function reasons(failed: ManyOutcome['failed']): string {
  const byReason = new Map<string, string[]>()
  for (const { name, words } of failed) {
    const who = byReason.get(words.what)
    if (who === undefined) byReason.set(words.what, [name])
    else who.push(name)
  }
  const listed = [...byReason].slice(0, REASONS_TOLD).map(([what, who]) => `${names(who)}: ${what}`)
  const more = byReason.size - listed.length
  return [...listed, ...(more > 0 ? [`There were ${String(more)} more reasons.`] : [])].join(' ')
}

/** Why a single one of several calls failed; there is no form to show messages beside fields in. */
export function reasonInWords(error: CallError): Message {
  if (error.code === 'bad-fields') {
    const [first] = error.fields
    if (first !== undefined) return { what: fieldProblem(first), todo: '' }
  }
  return error.code === 'problem' && error.problem.code === 'storage-unwritable'
    ? describeChangeError(error)
    : describeCallError(error)
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

/** What removing several wipes and leaves. `remembered`: with an API key; `orphans`: companies that stay behind. */
export function manyRemoved(all: readonly string[], remembered: number, orphans: number): string {
  const wiped =
    remembered === 0
      ? 'Their tokens are wiped from this computer.'
      : 'Their tokens and remembered API keys are wiped from this computer.'
  const stay =
    orphans === 0
      ? ''
      : ` ${orphans === 1 ? '1 company' : `${String(orphans)} companies`} of theirs, not selected, will be under no partner.`
  return `${names(all)}. ${wiped}${stay} To add them again you need their API keys.`
}

/** Why not all of the selected can be moved; null when all can. */
export function notMoved(partners: number, elsewhere: number): string | null {
  const parts = [
    partners === 0
      ? null
      : `${String(partners)} selected ${partners === 1 ? 'partner stays' : 'partners stay'}: only companies have a partner.`,
    elsewhere === 0
      ? null
      : `${elsewhere === 1 ? '1 company is' : `${String(elsewhere)} companies are`} in another environment than this partner, and ${elsewhere === 1 ? 'stays' : 'stay'}.`,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join(' ')
}
