/** Reads who was told of what: from the ledger as it was written before a notification is shown, and from its text. */
import type { DesktopNotification } from '../../../electron/core/base/ports'
import type { AccountId } from '../../../electron/shared/account'
import type { Alert } from './rules'

export interface Reminded {
  readonly expiresAt: number
  readonly lead: number
}

/** The document as the ledger writes it. */
export interface LedgerDocument {
  readonly accounts: Readonly<Record<string, Entry>>
}

interface Entry {
  readonly reminded: Reminded | null
  readonly remindAgainAt: number | null
  readonly news: Alert | null
}

/** `answer`: to what the user did in a notification. `disk`: nothing can be written. */
export type NoticeKind = 'reminder' | Alert | 'answer' | 'disk' | 'environment' | 'unknown'

const TITLES: readonly (readonly [RegExp, NoticeKind])[] = [
  [/^Refresh token of |^\d+ refresh tokens? (expires?|has expired|have expired)/u, 'reminder'],
  [/needs its API key$|accounts need their API keys$/u, 'key-needed'],
  [/^The API key of .* was rejected$|API keys were rejected$/u, 'key-refused'],
  [/ renewed$|^Couldn’t renew /u, 'answer'],
  [/^TokenDesk can’t save to the disk$/u, 'disk'],
  [/^Check the environment /u, 'environment'],
]

export function kindOf({ title }: DesktopNotification): NoticeKind {
  return TITLES.find(([pattern]) => pattern.test(title))?.[1] ?? 'unknown'
}

/** The accounts whose log entry the latest write changed by a notification of this kind. */
export function notifiedBy(
  kind: 'reminder' | Alert,
  before: LedgerDocument | null,
  after: LedgerDocument | null,
): ReadonlyMap<AccountId, Reminded | null> {
  const told = new Map<AccountId, Reminded | null>()
  for (const [id, entry] of Object.entries(after?.accounts ?? {})) {
    const was = before?.accounts[id]
    if (entry === was) continue
    const isReported =
      kind === 'reminder' ? isNewlyReminded(entry, was) : entry.news === kind && was?.news !== kind
    if (isReported) told.set(id as AccountId, entry.reminded)
  }
  return told
}

/** For the first time, or again after it was snoozed. */
function isNewlyReminded({ reminded, remindAgainAt }: Entry, was: Entry | undefined): boolean {
  if (reminded === null) return false
  if (reminded.expiresAt !== was?.reminded?.expiresAt || reminded.lead !== was.reminded.lead) return true
  return remindAgainAt === null && was.remindAgainAt !== null
}

/** What the text says wrongly, if it is to tell of accounts of these names; null when nothing. */
export function wrongIn({ title, body }: DesktopNotification, names: readonly string[]): string | null {
  const named = new Set(`${title} ${body}`.match(/Account \d+/gu) ?? [])
  const more = Number(/and (\d+) more/u.exec(body)?.[1] ?? 0)
  if (![...named].every((name) => names.includes(name))) return 'it names others'
  if (named.size + more !== names.length || named.size !== Math.min(5, names.length)) {
    return 'it names another number'
  }
  return names.length === 1 || countIn(title) === names.length ? null : 'it counts another number'
}

/** `3 refresh tokens expire within 9 days`, `1 refresh token has expired, 2 expire this week`, `3 accounts need …`. */
function countIn(title: string): number {
  const numbers = title.replace(/within \d+ days?/u, '').match(/\d+/gu) ?? []
  return numbers.reduce((sum, each) => sum + Number(each), 0)
}
