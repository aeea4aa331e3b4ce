/** What a row of a file or a paste says, before anybody has asked whether it makes sense here. */
import {
  IMPORT_MAX_ROWS,
  type ImportColumn,
  type ImportEnvironment,
  type RowProblem,
} from '../../shared/transfer'
import { refuse } from './import-text'

/** What a row says, as text; a column that isn't there is empty. Holds API keys: never to leave main as it is. */
export interface ImportRow extends Readonly<Record<Exclude<ImportColumn, 'tags'>, string>> {
  /** Where it begins, from 1. */
  readonly line: number
  readonly tags: readonly string[]
  /** What is wrong with its form; whether its values can be used is for the plan to say. */
  readonly problems: readonly RowProblem[]
}

export interface ImportFile {
  readonly format: 'csv' | 'json' | 'variables'
  readonly rows: readonly ImportRow[]
  /** Names of columns that mean nothing to us, shortened; of very many only the first. */
  readonly unknownColumns: readonly string[]
  readonly environments: readonly ImportEnvironment[]
}

export type MutableRow = { -readonly [Field in keyof ImportRow]: ImportRow[Field] } & {
  problems: RowProblem[]
}

export function emptyRow(line: number): MutableRow {
  const problems: RowProblem[] = []
  return {
    line,
    name: '',
    type: '',
    environment: '',
    apiKey: '',
    partner: '',
    tags: [],
    remember: '',
    note: '',
    problems,
  }
}

export function addRow(rows: ImportRow[], row: ImportRow): void {
  if (rows.length >= IMPORT_MAX_ROWS) refuse({ code: 'too-many-rows' })
  rows.push(row)
}

/** A row of cells. `read` undoes what a spreadsheet's cells are protected by; keys are taken as they are. */
export function rowOfCells(
  cells: readonly string[],
  columns: readonly (ImportColumn | null)[],
  line: number,
  read: (cell: string) => string = (cell) => cell,
): MutableRow {
  const row = emptyRow(line)
  columns.forEach((column, index) => {
    const cell = cells[index] ?? ''
    if (column === 'apiKey') row.apiKey = cell
    else if (column === 'tags') row.tags = tagsOf(read(cell))
    else if (column !== null) row[column] = read(cell)
  })
  return row
}

export function tagsOf(cell: string): readonly string[] {
  return trimmedTags(cell.split(/[;,]/u))
}

export function trimmedTags(tags: readonly string[]): readonly string[] {
  return tags.map((tag) => tag.trim()).filter((tag) => tag !== '')
}
