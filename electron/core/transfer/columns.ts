/**
 * Which column of a file is what: by our own headings, by those of other programs and languages, and by what is in the
 * cells. What is shown of a foreign file's cells has no key in it.
 */
import {
  COLUMN_SAMPLES,
  IMPORT_COLUMNS,
  REQUIRED_COLUMNS,
  type ColumnMatching,
  type ImportColumn,
  type UnmatchedColumns,
} from '../../shared/transfer'
import { refuse } from './import-text'
import { areHeadings, guessed, guessedByCells, type Columns, type EnvironmentNames } from './column-guesses'
import { columnKey, HEADINGS } from './heading-words'
import { shortened, masked, withoutSecrets } from './masked-cells'

const OURS = new Map(IMPORT_COLUMNS.map((column) => [columnKey(column), column]))

/** `API key`, `api_key` and `ApiKey` are the same. */
export function columnOf(heading: string): ImportColumn | null {
  // No heading of ours is longer, whatever is between its letters; a file without headings has keys here.
  return heading.length > 100 ? null : (OURS.get(columnKey(heading)) ?? null)
}

/** Null unless all that is needed stands there under our own headings. */
export function ourColumns(headings: readonly string[]): Columns | null {
  const columns = headings.map(columnOf)
  if (REQUIRED_COLUMNS.some((column) => !columns.includes(column))) return null
  refuseRepeated(columns)
  return columns
}

/** As the user has matched them. */
export function matchedColumns({ columns, environmentId }: ColumnMatching): Columns {
  const missing = REQUIRED_COLUMNS.filter(
    (column) => !columns.includes(column) && (column !== 'environment' || environmentId === null),
  )
  if (missing.length > 0) refuse({ code: 'missing-columns', columns: missing })
  refuseRepeated(columns)
  return columns
}

function refuseRepeated(columns: Columns): void {
  const repeated = columns.find((column, index) => column !== null && columns.indexOf(column) < index)
  if (repeated != null) refuse({ code: 'repeated-column', column: repeated })
}

/** Parts of headings beneath which other secrets stand, beside those of API keys in any language. */
const SECRET_HEADING = /pass|pwd|secret|token|key|totp|otp|pin|cl[eé]/iu

function isSecretHeading(heading: string): boolean {
  return SECRET_HEADING.test(heading) || HEADINGS.apiKey.some((known) => columnKey(heading).includes(known))
}

export interface ForeignTable {
  readonly headings: readonly string[]
  /** Cells of the first rows; if the first row has no headings, that is not among them. */
  readonly rows: readonly (readonly string[])[]
  /** Whether the first row may be one of data. */
  readonly mayLackHeadings: boolean
}

/** What the user is asked about a table whose columns aren't known. */
export function unmatchedColumns(table: ForeignTable, names: EnvironmentNames): UnmatchedColumns {
  const { headings, mayLackHeadings } = table
  const byHeading = guessed(headings, table.rows, names)
  const hasHeadings =
    !mayLackHeadings || (areHeadings(headings, byHeading, table.rows, names) && !headings.some(isData))
  const rows = hasHeadings ? table.rows : [headings, ...table.rows]
  const guesses = hasHeadings ? byHeading : guessedByCells(headings.length, rows, names)
  return {
    id: headingSetId(headings),
    hasHeadings,
    mayLackHeadings,
    environmentId: null,
    columns: headings.map((heading, index) => {
      const guess = guesses[index] ?? null
      const isSecret = guess === 'apiKey' || (hasHeadings && isSecretHeading(heading))
      const shown = (cell: string): string => (isSecret ? masked(cell) : withoutSecrets(cell, guess))
      const samples = table.rows.slice(0, COLUMN_SAMPLES).map((cells) => shown(cells[index] ?? ''))
      return { heading: hasHeadings ? shownHeading(heading) : shown(heading), samples, guess }
    }),
  }
}

/** No heading looks like a key. */
function isData(heading: string): boolean {
  return heading.split(/\s+/u).some((word) => word.length >= 16 && /\d/u.test(word) && /\p{L}/u.test(word))
}

/** Whoever says that a row of data names the columns must not see its key either. */
function shownHeading(heading: string): string {
  return isData(heading) ? withoutSecrets(heading, 'name') : shortened(heading.trim())
}

/** The same for the same headings in the same order; nothing can be read from it (cyrb53). */
function headingSetId(headings: readonly string[]): string {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (const character of headings.map(columnKey).join('\n')) {
    const code = character.codePointAt(0) ?? 0
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return [b, a].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
