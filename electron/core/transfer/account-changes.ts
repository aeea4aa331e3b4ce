/** What a row says of an account that is there, where it differs: each may be chosen before the import runs. */
import { nameKey } from '../../shared/account-fields'
import type { AccountId, AccountSummary } from '../../shared/account'
import type { Secret } from '../../shared/secret'
import { ACCOUNT_CHANGES, type AccountChange } from '../../shared/transfer'

/** The partner of a row: an account that is there, or another row of the plan, by its index. */
export type PlannedPartner =
  { readonly is: 'known'; readonly id: AccountId } | { readonly is: 'row'; readonly index: number }

/** Absent where the row says nothing of it, or the same. */
export interface PlannedChanges {
  /** Whether it is another one than the saved one isn't known: that would have to be decrypted. */
  readonly apiKey?: Secret
  /** Absent: as it is. */
  readonly rememberApiKey?: boolean
  readonly partner?: PlannedPartner
  readonly tags?: readonly string[]
  readonly note?: string
}

/** What the row says that can be used; null or empty where it says nothing. */
export interface SaidOfAccount {
  readonly apiKey: Secret | null
  /** Null: nothing. */
  readonly rememberApiKey: boolean | null
  readonly partner: PlannedPartner | null
  readonly tags: readonly string[]
  readonly note: string
}

export function changesOf(account: AccountSummary, said: SaidOfAccount): PlannedChanges {
  const { apiKey, rememberApiKey, partner, tags, note } = said
  const isSamePartner = partner?.is === 'known' && partner.id === account.partnerId
  return {
    ...(apiKey !== null && { apiKey }),
    ...(apiKey !== null && rememberApiKey !== null && { rememberApiKey }),
    ...(partner !== null && !isSamePartner && account.kind === 'company' && { partner }),
    ...(tags.length > 0 && !areSame(tags, account.tags) && { tags }),
    ...(note !== '' && note !== account.note && { note }),
  }
}

export function changeKinds(changes: PlannedChanges): readonly AccountChange[] {
  return ACCOUNT_CHANGES.filter((kind) => changes[kind] !== undefined)
}

/** Only those that were chosen. */
export function chosenChanges(changes: PlannedChanges, chosen: ReadonlySet<AccountChange>): PlannedChanges {
  const { rememberApiKey } = changes
  return {
    ...Object.fromEntries(
      ACCOUNT_CHANGES.flatMap((kind) =>
        chosen.has(kind) && changes[kind] !== undefined ? [[kind, changes[kind]]] : [],
      ),
    ),
    ...(chosen.has('apiKey') && rememberApiKey !== undefined && { rememberApiKey }),
  }
}

function areSame(tags: readonly string[], others: readonly string[]): boolean {
  const keys = new Set(others.map(nameKey))
  return tags.length === others.length && tags.every((tag) => keys.has(nameKey(tag)))
}
