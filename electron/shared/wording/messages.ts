import { UNDO_REMOVAL_MS } from '../undo'
import { counted, figure } from './counts'
import { waitingForService, waitInWords } from './durations'
import { asSentence, NOT_COPIED, type Message } from './problems'

/** `productionEnvironment`: the environment's name when it is production, which must stand out; else null. */
export function jwtCopied(name: string, productionEnvironment: string | null): string {
  const whose = isolated(name)
  return productionEnvironment === null
    ? `JWT of ${whose} copied`
    : `JWT of ${whose} (${isolated(productionEnvironment)}) copied`
}

/** Keeps a right-to-left name from reordering the sentence around it; other names are unchanged. */
export function isolated(name: string): string {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(name) ? `\u2068${name}\u2069` : name
}

/** Lower-cases the first letter for use within a sentence; `API` is unchanged. */
export function inSentence(words: string): string {
  return /^\p{Lu}{2}/u.test(words) ? words : `${words.charAt(0).toLowerCase()}${words.slice(1)}`
}

export function accountAdded(name: string): string {
  return `${isolated(name)} added`
}

/** The user stopped waiting for the service. */
export const NOT_ADDED = 'Canceled. No account was added.'
export const NOT_LOGGED_IN = 'Canceled. The account is unchanged.'

export function accountRenewed(name: string): string {
  return `${isolated(name)} renewed`
}

/** While it can be undone. */
export function accountsRemoved(all: readonly string[]): string {
  const tokens = all.length === 1 ? 'Its' : 'Their'
  return `${oneOrCount(all)} removed. ${tokens} tokens are deleted in ${waitInWords(UNDO_REMOVAL_MS)}.`
}

/** When it can no longer be undone. */
export function accountsDeleted(all: readonly string[]): string {
  return `${oneOrCount(all)} deleted from this computer`
}

export function accountsRestored(all: readonly string[]): string {
  return `${oneOrCount(all)} restored`
}

/** Other accounts have these names by now. */
export function notRestored(all: readonly string[]): string {
  const have = all.length === 1 ? 'Another account has this name' : 'Other accounts have these names'
  return `Couldn’t restore ${names(all)}. ${have}. Rename, then try again.`
}

export const TOO_LATE_TO_UNDO = 'It’s too late to undo. Add the account again with its API key.'

/** The disk has refused it. */
export function notDeleted(name: string): string {
  return `Couldn’t delete ${isolated(name)} from the disk. It’s back in the list. Free up space or check the disk, then remove it again.`
}

function oneOrCount(all: readonly string[]): string {
  return all.length === 1 ? isolated(all[0] ?? '') : counted(all.length, 'account')
}

export function loggedIn(name: string): string {
  return `${isolated(name)} is logged in`
}

export function failedFor(name: string, words: Message): string {
  return `${isolated(name)}: ${asSentence(words)}`
}

/** `what`: `API key`, `passphrase` */
export function shownCopied(what: string): string {
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} copied`
}

/** Like `NOT_COPIED`, where several accounts may be meant. */
export function jwtNotCopied(name: string): string {
  return `Couldn’t copy the JWT of ${isolated(name)}. ${NOT_COPIED.todo}`
}

export function accountPinned(name: string, pinned: boolean): string {
  return `${isolated(name)} ${pinned ? 'pinned' : 'unpinned'}`
}

/** `waitMs` as in `manyUnderWay`. */
export function renewingSeveral(done: number, total: number, waitMs: number | null): string {
  const words = `Renewing ${figure(Math.min(done + 1, total))} of ${figure(total)}…`
  return waitMs === null ? words : `${words} ${waitingForService(waitMs)}`
}

/** "Remind me tomorrow" was chosen. */
export function reminderPutOff(names: readonly string[]): string {
  return names.length === 1
    ? `Reminder for ${isolated(names[0] ?? '')} snoozed until tomorrow`
    : `${counted(names.length, 'reminder')} snoozed until tomorrow`
}

/** More names than this are only counted. */
const NAMES_SHOWN = 5

/** `ACME, Beta, Gamma`; of many the first, and how many more. */
export function names(all: readonly string[]): string {
  const named = all.slice(0, NAMES_SHOWN).map(isolated).join(', ')
  const more = all.length - NAMES_SHOWN
  return more > 0 ? `${named} and ${figure(more)} more` : named
}
