/** The vocabulary of import, export and backup: what is read, what can be wrong with it, how it ends. */
import type { ApiKeyRefusal, NameProblem } from './account-fields'
import type { KindChoice } from './account'
import type { CallError } from './ipc/result'

/** The columns of a CSV file and the keys of an account in JSON, as we write them. */
export const IMPORT_COLUMNS = [
  'name',
  'type',
  'environment',
  'apiKey',
  'partner',
  'tags',
  'remember',
] as const
export type ImportColumn = (typeof IMPORT_COLUMNS)[number]

export const IMPORT_MAX_BYTES = 20 * 1024 * 1024
export const IMPORT_MAX_ROWS = 50_000
/** Characters; a longer row isn't an account. */
export const IMPORT_MAX_ROW_LENGTH = 100_000

export const ACCOUNTS_FORMAT = 'tokendesk-accounts'
export const ACCOUNTS_VERSION = 1

/** Why nothing of a file or text can be imported. Lines count from 1. */
export type ImportFailure =
  | { readonly code: 'too-large' | 'binary' | 'not-utf8' | 'empty' | 'no-rows' | 'too-many-rows' }
  | { readonly code: 'missing-columns'; readonly columns: readonly ImportColumn[] }
  | { readonly code: 'repeated-column'; readonly column: ImportColumn }
  | { readonly code: 'row-too-long' | 'unclosed-quote' | 'not-json' | 'too-deep'; readonly line: number }
  /** JSON that is whole, and not a list of accounts. */
  | { readonly code: 'other-format' }
  | { readonly code: 'newer-version'; readonly version: number }

/** What is wrong with one row. It never quotes what the row holds: a cell in the wrong column can be a key. */
export type RowProblem =
  /** More cells than columns, text beside quotes, or not an object (JSON): which cell is which can't be told. */
  | { readonly field: 'row'; readonly reason: 'extra-cells' | 'stray-quote' | 'not-an-object' }
  | { readonly field: ImportColumn; readonly reason: 'not-text' }
  | { readonly field: 'name'; readonly reason: NameProblem }
  /** Another row of the file, at `line`, has this name in this environment. */
  | { readonly field: 'name'; readonly reason: 'repeated'; readonly line: number }
  | { readonly field: 'type' | 'remember'; readonly reason: 'unknown' }
  | { readonly field: 'environment'; readonly reason: 'empty' | 'unknown' }
  | ApiKeyRefusal
  | { readonly field: 'tags'; readonly reason: Exclude<NameProblem, 'empty'> }
  | { readonly field: 'partner'; readonly reason: PartnerProblem }

export type PartnerProblem =
  /** Neither an account nor a row has this name. */
  | 'unknown'
  /** Only in other environments. */
  | 'other-environment'
  /** It is a company, or has a partner itself. */
  | 'not-a-partner'
  /** The row of that name has problems, so there will be no such account. */
  | 'not-added'
  | 'itself'
  /** The row says of itself that it is a partner, and partners have none. */
  | 'of-a-partner'

/**
 * A row as people may see it: its name, and of the rest what was recognised. A cell that nobody recognises can be an
 * API key in the wrong column.
 */
export interface ShownRow {
  readonly line: number
  /** Cut where it is too long. */
  readonly name: string
  readonly environment: string | null
  readonly kind: KindChoice | null
  readonly partner: string | null
}

/** `skip`: an account of this name is there in this environment, and stays as it is. */
export type RowPlan = 'add' | 'skip' | 'leave-out'

/** How many rows of a preview each plan has. */
export type PlanCounts = Readonly<Record<RowPlan, number>>

export function rowCount(counts: PlanCounts): number {
  return counts.add + counts.skip + counts['leave-out']
}

/** A preview's rows reach the window this many at a time: each takes it some 20 microseconds to take in. */
export const IMPORT_ROWS_AT_ONCE = 500

/** What an import would do with a row. */
export interface PreviewRow extends ShownRow {
  readonly plan: RowPlan
  /** Why it is left out. */
  readonly problems: readonly RowProblem[]
}

/** An environment that a JSON file describes. */
export interface ImportEnvironment {
  readonly name: string
  /** As `checkBaseUrl` returned it. */
  readonly baseUrl: string
  readonly production: boolean
}

export interface UnknownEnvironment {
  /** As the first row that names it spells it. */
  readonly name: string
  /** How many rows wait for it. */
  readonly rows: number
  /** What the file says about it, if it does. */
  readonly described: ImportEnvironment | null
}

/** How an import ended for one row. */
export interface RowOutcome {
  readonly line: number
  readonly name: string
  readonly outcome:
    /** `sameKeyAs`: another account that has this very API key. */
    | { readonly kind: 'added'; readonly sameKeyAs?: string | undefined }
    | { readonly kind: 'already-there' | 'cancelled' }
    | { readonly kind: 'has-problems'; readonly problems: readonly RowProblem[] }
    | { readonly kind: 'refused'; readonly error: CallError }
    /** The partner that it names was to be added from the same file, and that failed or was cancelled. */
    | { readonly kind: 'partner-not-added' }
    /** The partner was added, and the service takes it for a company. */
    | { readonly kind: 'partner-is-company' }
}

/** `done` is `added + failed + skipped`, and reaches `total` (all rows) unless the import is cancelled. */
export interface ImportProgress {
  readonly total: number
  readonly done: number
  readonly added: number
  /** Refused, or without the partner that it needs. */
  readonly failed: number
  /** Already there, or left out because of its problems. */
  readonly skipped: number
}

/** What is not in a backup that was saved, by the accounts' names. */
export interface BackupResult {
  /** In it, but their secrets couldn’t be decrypted. */
  readonly withoutSecrets: readonly string[]
  /** Their records are so damaged that their environment is unknown. */
  readonly leftOut: readonly string[]
}

/** Accounts that a backup brought back, and those that were here already. */
export interface RestoreResult {
  readonly restored: number
  readonly skipped: number
  /** Whether the backup's settings hold from now on. */
  readonly tookSettings: boolean
}

/** Why a backup can't be restored. */
export type BackupRefusal =
  'too-large' | 'not-a-backup' | 'newer-version' | 'damaged' | 'wrong-passphrase-or-damaged'

export type PassphraseProblem = 'empty' | 'too-short' | 'too-long'

export const PASSPHRASE_MIN_LENGTH = 12
export const PASSPHRASE_MAX_LENGTH = 1000
