/**
 * Text -> rows: what a file or a paste says, before anybody has asked whether it makes sense here.
 *
 * CSV is read by `csv.ts` and not by a package: of those that were tried, Papa Parse glues two rows into one where
 * line ends are mixed and knows no line numbers (its issue 610), csv-parse parses in one go or through a Node stream,
 * and uDSV stops at quoted line breaks. What is needed here is a hundred lines, in slices.
 */
import type { Checked } from '../../shared/checked'
import { checkBaseUrl } from '../../shared/base-url'
import { readRecord, unneutralised } from './csv'
import { ImportFailureError, textPieces } from './import-text'
import { JsonCursor, JsonFlawError } from './json-cursor'
import { inSlices, UNITS_PER_ROW, type Pause, type Work } from '../base/slices'
import { TextWindow } from './text-window'
import {
  ACCOUNTS_FORMAT,
  ACCOUNTS_VERSION,
  IMPORT_COLUMNS,
  IMPORT_MAX_ROWS,
  IMPORT_MAX_ROW_LENGTH,
  type ImportColumn,
  type ImportEnvironment,
  type ImportFailure,
  type RowProblem,
} from '../../shared/transfer'

/** What a row says, as text; a column that isn't there is empty. Holds API keys: never to leave main as it is. */
export interface ImportRow extends Readonly<Record<Exclude<ImportColumn, 'tags'>, string>> {
  /** Where it begins, from 1. */
  readonly line: number
  readonly tags: readonly string[]
  /** What is wrong with its form; whether its values can be used is for the plan to say. */
  readonly problems: readonly RowProblem[]
}

export interface ImportFile {
  readonly format: 'csv' | 'json'
  readonly rows: readonly ImportRow[]
  /** Names of columns that mean nothing to us, shortened; of very many only the first. */
  readonly unknownColumns: readonly string[]
  readonly environments: readonly ImportEnvironment[]
}

const REQUIRED: readonly ImportColumn[] = ['name', 'environment', 'apiKey']
/** The first wins where they do equally well. */
const DELIMITERS = [',', ';', '\t'] as const
const UNKNOWN_COLUMNS_TOLD = 20
/** A row, and the line end after it. */
const LOOK_AHEAD = IMPORT_MAX_ROW_LENGTH + 2

/** JSON if it looks like it, else CSV. `pause` is called at least once for every 100 rows, and for every long one. */
export function readImport(
  input: Uint8Array | string,
  pause: Pause,
): Promise<Checked<ImportFile, ImportFailure>> {
  return inSlices(reading(input), pause)
}

function* reading(input: Uint8Array | string): Work<Checked<ImportFile, ImportFailure>> {
  try {
    const source = new TextWindow(textPieces(input), LOOK_AHEAD)
    source.look()
    const first = /\S/u.exec(source.text)?.[0]
    if (first === undefined && source.text.length < LOOK_AHEAD) refuse({ code: 'empty' })
    const file = first === '{' || first === '[' ? yield* readJson(source) : yield* readCsv(source)
    return file.rows.length === 0 ? { ok: false, reason: { code: 'no-rows' } } : { ok: true, value: file }
  } catch (error) {
    if (error instanceof ImportFailureError) return { ok: false, reason: error.failure }
    if (error instanceof JsonFlawError) {
      const code = error.flaw === 'too-long' ? 'row-too-long' : error.flaw
      return { ok: false, reason: { code, line: error.line } }
    }
    throw error
  }
}

function refuse(failure: ImportFailure): never {
  throw new ImportFailureError(failure)
}

// --- CSV ----------------------------------------------------------------------------------------------------

interface Header {
  readonly delimiter: string
  /** For each column of the file what it is; null for those that mean nothing to us. */
  readonly columns: readonly (ImportColumn | null)[]
}

function* readCsv(source: TextWindow): Work<ImportFile> {
  const rows: ImportRow[] = []
  const unknownColumns = new UnknownColumns()
  let header: Header | null = null
  let line = 1
  while (!source.isAtEnd) {
    const { text, at } = source
    const record = readRecord(text, at, header?.delimiter ?? delimiterOf(text, at), IMPORT_MAX_ROW_LENGTH)
    if (record.flaw === 'unclosed-quote') refuse({ code: 'unclosed-quote', line })
    if (record.flaw === 'too-long') refuse({ code: 'row-too-long', line })
    if (record.cells.some((cell) => cell.trim() !== '')) {
      if (header === null) header = headerOf(text, at, record.cells, unknownColumns)
      else addRow(rows, rowOfCells(record.cells, header.columns, line, record.flaw === 'stray-quote'))
    }
    yield UNITS_PER_ROW + record.end - at
    source.at = record.end
    line += record.lineBreaks
  }
  return { format: 'csv', rows, unknownColumns: unknownColumns.names, environments: [] }
}

/** The delimiter under which the header has the most columns that we know. */
function delimiterOf(text: string, from: number): string {
  const known = DELIMITERS.map(
    (delimiter) =>
      readRecord(text, from, delimiter, IMPORT_MAX_ROW_LENGTH).cells.filter((cell) => columnOf(cell) !== null)
        .length,
  )
  return DELIMITERS[known.indexOf(Math.max(...known))] ?? ','
}

function headerOf(text: string, at: number, cells: readonly string[], unknown: UnknownColumns): Header {
  const columns = cells.map((cell) => {
    const column = columnOf(cell)
    if (column === null) unknown.add(cell)
    return column
  })
  const missing = REQUIRED.filter((column) => !columns.includes(column))
  if (missing.length > 0) refuse({ code: 'missing-columns', columns: missing })
  const repeated = columns.find((column, index) => column !== null && columns.indexOf(column) < index)
  if (repeated != null) refuse({ code: 'repeated-column', column: repeated })
  return { delimiter: delimiterOf(text, at), columns }
}

function rowOfCells(
  cells: readonly string[],
  columns: Header['columns'],
  line: number,
  hasStrayQuote: boolean,
): ImportRow {
  const row = emptyRow(line)
  columns.forEach((column, index) => {
    const cell = cells[index] ?? ''
    if (column === 'apiKey') row.apiKey = cell
    else if (column === 'tags') row.tags = tagsOf(unneutralised(cell))
    else if (column !== null) row[column] = unneutralised(cell)
  })
  if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) {
    row.problems.push({ field: 'row', reason: 'extra-cells' })
  }
  if (hasStrayQuote) row.problems.push({ field: 'row', reason: 'stray-quote' })
  return row
}

// --- JSON ---------------------------------------------------------------------------------------------------

function* readJson(source: TextWindow): Work<ImportFile> {
  const rows: ImportRow[] = []
  const unknownColumns = new UnknownColumns()
  const environments: ImportEnvironment[] = []
  const head = new Map<string, unknown>()
  const cursor = new JsonCursor(source, IMPORT_MAX_ROW_LENGTH)
  const takeAccount = (value: unknown, line: number): void => {
    addRow(rows, rowOfValue(value, line, unknownColumns))
  }

  if (cursor.isAtArray) yield* cursor.elements(takeAccount)
  else {
    yield* cursor.members(function* (key) {
      if (key === 'accounts' && cursor.isAtArray) {
        yield* cursor.elements(takeAccount)
        head.set(key, rows)
      } else if (key === 'environments' && cursor.isAtArray) {
        yield* cursor.elements((value) => {
          environments.push(...environmentOf(value))
        })
      } else head.set(key, cursor.value())
    })
    const version = head.get('version')
    if (head.get('format') !== ACCOUNTS_FORMAT || typeof version !== 'number')
      refuse({ code: 'other-format' })
    if (version > ACCOUNTS_VERSION) refuse({ code: 'newer-version', version })
    if (version !== ACCOUNTS_VERSION || head.get('accounts') !== rows) refuse({ code: 'other-format' })
  }
  cursor.finish()
  return { format: 'json', rows, unknownColumns: unknownColumns.names, environments }
}

function rowOfValue(value: unknown, line: number, unknown: UnknownColumns): ImportRow {
  const row = emptyRow(line)
  if (!isObject(value)) {
    row.problems.push({ field: 'row', reason: 'not-an-object' })
    return row
  }
  for (const [key, given] of Object.entries(value)) {
    const column = columnOf(key)
    if (column === null) unknown.add(key)
    else if (given !== null && !putValue(row, column, given)) {
      row.problems.push({ field: column, reason: 'not-text' })
    }
  }
  return row
}

/** False when the value is of a kind that the column can't have. */
function putValue(row: MutableRow, column: ImportColumn, value: unknown): boolean {
  if (column === 'tags') {
    if (typeof value === 'string') row.tags = tagsOf(value)
    else if (isTexts(value)) row.tags = trimmedTags(value)
    else return false
    return true
  }
  const isFlag = column === 'remember' && (typeof value === 'boolean' || typeof value === 'number')
  if (typeof value !== 'string' && !isFlag) return false
  row[column] = String(value)
  return true
}

function environmentOf(value: unknown): ImportEnvironment[] {
  if (!isObject(value) || typeof value['name'] !== 'string' || typeof value['baseUrl'] !== 'string') return []
  const url = checkBaseUrl(value['baseUrl'])
  if (!url.ok) return []
  return [{ name: value['name'], baseUrl: url.value.baseUrl, production: value['production'] === true }]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}

// --- Both ---------------------------------------------------------------------------------------------------

type MutableRow = { -readonly [Field in keyof ImportRow]: ImportRow[Field] } & { problems: RowProblem[] }

function emptyRow(line: number): MutableRow {
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
    problems,
  }
}

function addRow(rows: ImportRow[], row: ImportRow): void {
  if (rows.length >= IMPORT_MAX_ROWS) refuse({ code: 'too-many-rows' })
  rows.push(row)
}

const COLUMNS = new Map(IMPORT_COLUMNS.map((column) => [columnKey(column), column]))

/** `API key`, `api_key` and `ApiKey` are the same. */
function columnOf(heading: string): ImportColumn | null {
  // No heading of ours is longer, whatever is between its letters; a file without headings has keys here.
  return heading.length > 100 ? null : (COLUMNS.get(columnKey(heading)) ?? null)
}

function columnKey(heading: string): string {
  return heading.replaceAll(/[\s_-]+/gu, '').toLowerCase()
}

function tagsOf(cell: string): readonly string[] {
  return trimmedTags(cell.split(/[;,]/u))
}

function trimmedTags(tags: readonly string[]): readonly string[] {
  return tags.map((tag) => tag.trim()).filter((tag) => tag !== '')
}

class UnknownColumns {
  readonly #names = new Set<string>()

  get names(): readonly string[] {
    return [...this.#names]
  }

  add(heading: string): void {
    const name = heading.trim()
    if (name === '' || this.#names.size >= UNKNOWN_COLUMNS_TOLD) return
    this.#names.add(name.length > 60 ? `${name.slice(0, 60)}…` : name)
  }
}
