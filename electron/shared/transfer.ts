/** The vocabulary of import, export and backup. */
import type { NameProblem, NoteProblem, ProfileProblem, TagProblem } from './account-fields'
import type { ApiKeyRefusal } from './api-key'
import type { Wrapping } from './pasted-key'
import type { KindChoice } from './account'
import type { EpochMs } from './brand'
import type { EnvironmentId } from './environment'
import type { CallError } from './ipc/result'

/** The columns of a CSV file and the keys of an account in JSON, as we export them. */
export const IMPORT_COLUMNS = [
  'name',
  'type',
  'environment',
  'apiKey',
  'partner',
  'tags',
  'remember',
  'note',
] as const
export type ImportColumn = (typeof IMPORT_COLUMNS)[number]

/** Without these nothing can be added. */
export const REQUIRED_COLUMNS: readonly ImportColumn[] = ['name', 'environment', 'apiKey']

export const IMPORT_MAX_BYTES = 20 * 1024 * 1024
export const IMPORT_MAX_ROWS = 50_000
/** In characters; a longer row isn't an account. */
export const IMPORT_MAX_ROW_LENGTH = 100_000

export const ACCOUNTS_FORMAT = 'tokendesk-accounts'
export const ACCOUNTS_VERSION = 1

/** Why nothing of a file or text can be imported. Lines count from 1. */
export type ImportFailure =
  | { readonly code: 'too-large' | 'binary' | 'not-utf8' | 'empty' | 'no-rows' | 'too-many-rows' }
  | { readonly code: 'missing-columns'; readonly columns: readonly ImportColumn[] }
  | { readonly code: 'repeated-column'; readonly column: ImportColumn }
  | { readonly code: 'row-too-long' | 'unclosed-quote' | 'not-json' | 'too-deep'; readonly line: number }
  /** Valid JSON, but not a list of accounts. */
  | { readonly code: 'other-format' }
  | { readonly code: 'newer-version'; readonly version: number }
  /** The headings are not ours: the user says which column is what. */
  | { readonly code: 'unmatched-columns'; readonly unmatched: UnmatchedColumns }

/** How many rows are shown while columns are matched. */
export const COLUMN_SAMPLES = 3

/** Columns whose headings are not ours. No key is in it: cells that may be one are masked. */
export interface UnmatchedColumns {
  /** Of this set of headings. */
  readonly id: string
  /** Whether the first row seems to name the columns; else it is one more row. */
  readonly hasHeadings: boolean
  /** Whether that can be otherwise: JSON always names its values. */
  readonly mayLackHeadings: boolean
  /** For all rows, as matched for these headings before, or the only one that there is. */
  readonly environmentId: EnvironmentId | null
  readonly columns: readonly {
    readonly heading: string
    /** Of the first rows. */
    readonly samples: readonly string[]
    readonly guess: ImportColumn | null
  }[]
}

/** Which column is what, as the user says. */
export interface ColumnMatching {
  readonly id: string
  readonly hasHeadings: boolean
  /** For each column of the file; null is ignored. */
  readonly columns: readonly (ImportColumn | null)[]
  /** For all rows, where no column says it. */
  readonly environmentId: EnvironmentId | null
}

/** Rows that name `name` mean this environment. */
export interface EnvironmentAlias {
  readonly name: string
  readonly environmentId: EnvironmentId
}

/** What is wrong with one row. It never quotes the row: a cell in the wrong column can be an API key. */
export type RowProblem =
  /** More cells than columns, text beside quotes, or not an object (JSON): the cells can't be assigned to columns. */
  | { readonly field: 'row'; readonly reason: 'extra-cells' | 'stray-quote' | 'not-an-object' }
  | { readonly field: ImportColumn; readonly reason: 'not-text' }
  | { readonly field: 'name'; readonly reason: NameProblem }
  /** Another row of the file, at `line`, has this name in this environment. */
  | { readonly field: 'name'; readonly reason: 'repeated'; readonly line: number }
  | { readonly field: 'type' | 'remember'; readonly reason: 'unknown' }
  | { readonly field: 'environment'; readonly reason: 'empty' | 'unknown' }
  | ApiKeyRefusal
  | { readonly field: 'tags'; readonly reason: TagProblem }
  | { readonly field: 'note'; readonly reason: NoteProblem }
  | { readonly field: 'partner'; readonly reason: PartnerProblem }

export type PartnerProblem =
  /** No account and no row has this name. */
  | 'unknown'
  /** It exists only in other environments. */
  | 'other-environment'
  /** It is a company, or has a partner itself. */
  | 'not-a-partner'
  /** The row of that name has errors, so that account won't be added. */
  | 'not-added'
  | 'itself'
  /** The row says that it is a partner, which can't have one. */
  | 'of-a-partner'

/**
 * A row as people may see it: its name, and what else was recognized. An unrecognized cell can be an API key in the
 * wrong column.
 */
export interface ShownRow {
  readonly line: number
  /** Shortened where it is too long. */
  readonly name: string
  readonly environment: string | null
  readonly kind: KindChoice | null
  readonly partner: string | null
}

/** What an import can change of an account that exists, where its row says something else. */
export const ACCOUNT_CHANGES = ['apiKey', 'partner', 'tags', 'note'] as const
export type AccountChange = (typeof ACCOUNT_CHANGES)[number]

/** The rows, by their indexes in the file, in which each change was chosen. */
export type ChosenChanges = { readonly [Change in AccountChange]?: readonly number[] | undefined }

/** `skip`: an account of this name exists in this environment, and stays unchanged unless changes are chosen. */
export type RowPlan = 'add' | 'skip' | 'leave-out'

export type PlanCounts = Readonly<Record<RowPlan, number>>

export function rowCount(counts: PlanCounts): number {
  return counts.add + counts.skip + counts['leave-out']
}

/** A preview's rows reach the window this many at a time: each takes it some 20 microseconds. */
export const IMPORT_ROWS_AT_ONCE = 500

/** What an import would do with a row. */
export interface PreviewRow extends ShownRow {
  readonly plan: RowPlan
  /** Why it is skipped. */
  readonly problems: readonly RowProblem[]
  /** What stood around its API key, and is taken off. */
  readonly removed: readonly Wrapping[]
  /** What could be changed of the account that exists. */
  readonly changes: readonly AccountChange[]
}

export interface ImportEnvironment {
  readonly name: string
  /** As returned by `checkBaseUrl`. */
  readonly baseUrl: string
  readonly production: boolean
}

/** One that is there, which the file describes otherwise: the user may take that over. */
export interface OtherEnvironment {
  readonly id: EnvironmentId
  readonly described: ImportEnvironment
}

export interface UnknownEnvironment {
  /** As spelled by the first row that names it. */
  readonly name: string
  /** How many rows need it. */
  readonly rows: number
  /** Its description in the file, if any. */
  readonly described: ImportEnvironment | null
  /** One that is there and has a similar name. */
  readonly similar: {
    readonly id: EnvironmentId
    readonly name: string
    /** Nobody could tell the two names apart by looking: letters of another script. */
    readonly looksSame: boolean
  } | null
}

/** How an import ended for one row. */
export interface RowOutcome {
  readonly line: number
  readonly name: string
  readonly outcome:
    /** `sameKeyAs`: another account with this API key. */
    | { readonly kind: 'added'; readonly sameKeyAs?: string | undefined }
    /** `updated`: the account existed, and has the changes that were chosen. */
    | { readonly kind: 'already-there' | 'updated' | 'cancelled' }
    | { readonly kind: 'has-problems'; readonly problems: readonly RowProblem[] }
    | { readonly kind: 'refused'; readonly error: CallError }
    /** Its partner is in the same file, and that failed or was canceled. */
    | { readonly kind: 'partner-not-added' }
    /** The partner was added, but the service treats it as a company. */
    | { readonly kind: 'partner-is-company' }
}

/** How an import ended. */
export interface ImportResult {
  /** In the order of the file. */
  readonly outcomes: readonly RowOutcome[]
  /** How many rows can be run once more, without the file: they failed for a reason that may pass, or were not run. */
  readonly retryable: number
}

/** The last import, while there is something to see of it. */
export type ImportState =
  | { readonly is: 'none' }
  | { readonly is: 'running'; readonly progress: ImportProgress }
  | ({ readonly is: 'done' } & ImportResult)

/** `done` is `added + updated + failed + skipped`, and reaches `total` (all rows) unless the import is canceled. */
export interface ImportProgress {
  readonly total: number
  readonly done: number
  readonly added: number
  readonly updated: number
  /** Refused, or its partner is missing. */
  readonly failed: number
  /** Already exists, or skipped because of its errors. */
  readonly skipped: number
  /** The user has paused it. */
  readonly isPaused: boolean
  /** When the service wants to be asked again, while nothing else can be done; by this machine's clock. */
  readonly waitsUntil: EpochMs | null
}

/** What is missing from a saved backup, by the accounts' names. */
export interface BackupResult {
  /** Included, but their secrets couldn’t be decrypted. */
  readonly withoutSecrets: readonly string[]
  /** Their records are so damaged that their environment is unknown. */
  readonly leftOut: readonly string[]
}

export interface RestoreResult {
  readonly restored: number
  readonly skipped: number
  /** Whether the backup's settings were taken. */
  readonly tookSettings: boolean
  /** What the backup has of accounts that no account may have: it was left out, or with the name the whole account. */
  readonly refused: readonly { readonly name: string; readonly problems: readonly ProfileProblem[] }[]
}

export type BackupRefusal =
  'too-large' | 'not-a-backup' | 'newer-version' | 'damaged' | 'wrong-passphrase-or-damaged'

export type PassphraseProblem = 'empty' | 'too-short' | 'too-long'

export const PASSPHRASE_MIN_LENGTH = 12
export const PASSPHRASE_MAX_LENGTH = 1000
