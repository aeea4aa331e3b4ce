/** JSON -> rows: our own format, a list of objects, and what Bitwarden and Postman export. */
import { checkBaseUrl } from '../../shared/base-url'
import {
  ACCOUNTS_FORMAT,
  ACCOUNTS_VERSION,
  COLUMN_SAMPLES,
  IMPORT_MAX_ROW_LENGTH,
  REQUIRED_COLUMNS,
  type ColumnMatching,
  type ImportColumn,
  type ImportEnvironment,
} from '../../shared/transfer'
import type { Work } from '../base/slices'
import { columnOf, matchedColumns, unmatchedColumns } from './columns'
import type { EnvironmentNames } from './column-guesses'
import {
  addRow,
  emptyRow,
  rowOfCells,
  tagsOf,
  trimmedTags,
  type ImportFile,
  type ImportRow,
  type MutableRow,
} from './import-row'
import { refuse } from './import-text'
import { JsonCursor, JsonFlawError } from './json-cursor'
import type { TextWindow } from './text-window'
import { UnknownColumns } from './unknown-columns'
import { fileOfVariables, type Variable } from './variables'

export function* readJson(
  source: TextWindow,
  matching: ColumnMatching | null,
  names: EnvironmentNames,
): Work<ImportFile> {
  const unknownColumns = new UnknownColumns()
  const list = new ObjectRows(matching, names, unknownColumns)
  const head = new Map<string, unknown>()
  try {
    return yield* readParts(source, head, list, unknownColumns, matching, names)
  } catch (error) {
    // Another program's JSON is that also where it is large; of a list of accounts one row may be too long.
    const isOurs = head.get('format') === ACCOUNTS_FORMAT || list.hasAccounts
    if (error instanceof JsonFlawError && error.flaw === 'too-long' && !isOurs)
      refuse({ code: 'other-format' })
    throw error
  }
}

function* readParts(
  source: TextWindow,
  head: Map<string, unknown>,
  list: ObjectRows,
  unknownColumns: UnknownColumns,
  matching: ColumnMatching | null,
  names: EnvironmentNames,
): Work<ImportFile> {
  const environments: ImportEnvironment[] = []
  const cursor = new JsonCursor(source, IMPORT_MAX_ROW_LENGTH)
  const file = (): ImportFile => ({
    format: 'json',
    rows: list.rows,
    unknownColumns: unknownColumns.names,
    environments,
  })

  if (cursor.isAtArray) {
    yield* cursor.elements((value, line) => {
      list.take(value, line)
    })
    list.end()
    cursor.finish()
    return file()
  }

  const variables: Variable[] = []
  yield* cursor.members(function* (key) {
    if (!cursor.isAtArray) head.set(key, cursor.value())
    else if (key === 'accounts') {
      head.set(key, list)
      yield* cursor.elements((value, line) => {
        list.takeOurs(value, line)
      })
    } else if (key === 'environments') {
      yield* cursor.elements((value) => {
        environments.push(...environmentOf(value))
      })
      // Bitwarden's accounts.
    } else if (key === 'items') {
      head.set(key, list)
      yield* cursor.elements((value, line) => {
        list.take(value, line)
      })
      // Postman's variables.
    } else if (key === 'values') {
      head.set(key, variables)
      yield* cursor.elements((value, line) => {
        variables.push(...variableOf(value, line))
      })
    } else head.set(key, cursor.value())
  })
  cursor.finish()
  const name = head.get('name')
  if (head.get('values') === variables && typeof name === 'string') {
    return fileOfVariables(variables, name, matching, names)
  }
  if (head.get('items') === list && head.get('accounts') === undefined) {
    list.end()
    return file()
  }
  const version = head.get('version')
  if (head.get('format') !== ACCOUNTS_FORMAT || typeof version !== 'number') refuse({ code: 'other-format' })
  if (version > ACCOUNTS_VERSION) refuse({ code: 'newer-version', version })
  if (version !== ACCOUNTS_VERSION || head.get('accounts') !== list) refuse({ code: 'other-format' })
  return file()
}

/** Of how many objects the keys are gathered: a vault may begin with notes and cards, which have no password. */
const HEADINGS_FROM = 200

/** Objects, one row each. The first ones show whether their keys are ours. */
class ObjectRows {
  readonly rows: ImportRow[] = []
  /** Whether one of them has an API key by that name. */
  hasAccounts = false
  #first: { readonly value: unknown; readonly line: number }[] | null = []
  /** Of objects with other keys. */
  #foreign: {
    readonly headings: readonly string[]
    readonly columns: readonly (ImportColumn | null)[]
  } | null = null

  constructor(
    private readonly matching: ColumnMatching | null,
    private readonly names: EnvironmentNames,
    private readonly unknown: UnknownColumns,
  ) {}

  take(value: unknown, line: number): void {
    this.hasAccounts ||= isObject(value) && Object.keys(value).some((key) => columnOf(key) === 'apiKey')
    if (this.#first === null) this.#add(value, line)
    else {
      this.#first.push({ value, line })
      if (this.#first.length >= HEADINGS_FROM) this.end()
    }
  }

  takeOurs(value: unknown, line: number): void {
    this.#first = null
    this.#add(value, line)
  }

  end(): void {
    const first = this.#first ?? []
    this.#first = null
    const objects = first.flatMap(({ value }) => (isObject(value) ? [flat(value)] : []))
    const headings = [...new Set(objects.flatMap((object) => [...object.keys()]))]
    const known = new Set(headings.map(columnOf))
    const areOurs = REQUIRED_COLUMNS.filter((column) => known.has(column)).length >= 2
    if (!areOurs && headings.length >= 2) {
      if (this.matching === null) {
        const rows = objects
          .toSorted((a, b) => b.size - a.size)
          .slice(0, COLUMN_SAMPLES)
          .map((object) => headings.map((heading) => object.get(heading) ?? ''))
        const table = { headings, rows, mayLackHeadings: false }
        refuse({ code: 'unmatched-columns', unmatched: unmatchedColumns(table, this.names) })
      }
      this.#foreign = { headings, columns: matchedColumns(this.matching) }
    }
    for (const { value, line } of first) this.#add(value, line)
  }

  #add(value: unknown, line: number): void {
    addRow(
      this.rows,
      this.#foreign === null ? rowOfValue(value, line, this.unknown) : this.#rowOf(value, line),
    )
  }

  #rowOf(value: unknown, line: number): ImportRow {
    const { headings = [], columns = [] } = this.#foreign ?? {}
    const cells = isObject(value) ? flat(value) : null
    const row = rowOfCells(
      headings.map((heading) => cells?.get(heading) ?? ''),
      columns,
      line,
    )
    if (cells === null) row.problems.push({ field: 'row', reason: 'not-an-object' })
    return row
  }
}

/** An object's texts, also those one level deeper: `login.password`. */
function flat(object: Record<string, unknown>, prefix = ''): Map<string, string> {
  const cells = new Map<string, string>()
  for (const [key, value] of Object.entries(object)) {
    const name = `${prefix}${key}`
    if (typeof value === 'string') cells.set(name, value)
    else if (typeof value === 'number' || typeof value === 'boolean') cells.set(name, String(value))
    else if (isTexts(value) && value.length > 0) cells.set(name, value.join('; '))
    else if (isObject(value) && prefix === '')
      for (const [inner, text] of flat(value, `${key}.`)) cells.set(inner, text)
  }
  return cells
}

function variableOf(value: unknown, line: number): Variable[] {
  if (!isObject(value) || value['enabled'] === false) return []
  const { key, value: text } = value
  return typeof key === 'string' && typeof text === 'string' ? [{ line, name: key, value: text }] : []
}

function rowOfValue(value: unknown, line: number, unknown: UnknownColumns): ImportRow {
  const row = emptyRow(line)
  if (!isObject(value)) {
    row.problems.push({ field: 'row', reason: 'not-an-object' })
    return row
  }
  for (const [key, given] of Object.entries(value)) {
    const column = columnOf(key)
    if (column === null) unknown.addAll([key])
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
