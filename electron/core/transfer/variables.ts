/**
 * API keys kept as variables: a `.env` file, or an environment that Postman has exported. Only those that may be keys
 * are rows; an address among them describes the environment.
 */
import { checkBaseUrl } from '../../shared/base-url'
import {
  COLUMN_SAMPLES,
  IMPORT_MAX_ROW_LENGTH,
  type ColumnMatching,
  type ImportEnvironment,
} from '../../shared/transfer'
import { VARIABLE_COLUMNS } from '../../shared/wording'
import { UNITS_PER_ROW, type Work } from '../base/slices'
import { matchedColumns, unmatchedColumns } from './columns'
import type { EnvironmentNames } from './column-guesses'
import { countLineBreaks, readRecord } from './csv'
import { addRow, rowOfCells, type ImportFile, type ImportRow } from './import-row'
import { refuse } from './import-text'
import type { TextWindow } from './text-window'

export interface Variable {
  readonly line: number
  readonly name: string
  readonly value: string
}

const ASSIGNMENT = /^\s*(?:export\s+|set\s+|\$env:)?([\p{L}_][\p{L}\p{N}_.-]*)\s*=(.*)$/su
const KEY_NAME = /key|token|secret|passw/iu
const URL_NAME = /url|host|address|endpoint/iu

/** Whether the text begins as a `.env` file does: after comments, an assignment. */
export function isVariables(text: string): boolean {
  const first = text
    .split(/[\r\n]+/u, 50)
    .find((line) => line.trim() !== '' && !line.trimStart().startsWith('#'))
  return first !== undefined && !/^"?sep=/iu.test(first) && ASSIGNMENT.test(first)
}

export function* readVariables(
  source: TextWindow,
  matching: ColumnMatching | null,
  names: EnvironmentNames,
): Work<ImportFile> {
  const variables: Variable[] = []
  let line = 1
  while (!source.isAtEnd) {
    const { text, at } = source
    // No line of it has this character, so that a line is one cell.
    const record = readRecord(text, at, '\0', IMPORT_MAX_ROW_LENGTH)
    if (record.flaw === 'too-long') refuse({ code: 'row-too-long', line })
    if (record.flaw === 'unclosed-quote') refuse({ code: 'unclosed-quote', line })
    const [cell = ''] = record.cells
    const [, name, value] = (cell.trimStart().startsWith('#') ? null : ASSIGNMENT.exec(cell)) ?? []
    if (name !== undefined && value !== undefined) variables.push({ line, name, value: valueOf(value) })
    yield UNITS_PER_ROW + record.end - at
    source.at = record.end
    line += countLineBreaks(text.slice(at, record.end))
  }
  return fileOfVariables(variables, null, matching, names)
}

/** Without quotation marks and a comment after it. */
function valueOf(text: string): string {
  const quoted = /^\s*(["'])(.*?)\1\s*(?:#.*)?$/su.exec(text)
  return quoted?.[2] ?? text.replace(/\s+#.*$/su, '').trim()
}

/** `environment`: its name, where the export says it. */
export function fileOfVariables(
  variables: readonly Variable[],
  environment: string | null,
  matching: ColumnMatching | null,
  names: EnvironmentNames,
): ImportFile {
  const keys = variables.filter(({ name, value }) => value !== '' && KEY_NAME.test(name))
  if (keys.length === 0) refuse({ code: 'no-rows' })
  const headings = environment === null ? VARIABLE_COLUMNS.slice(0, 2) : VARIABLE_COLUMNS
  const cells = keys.map(({ name, value }) => [
    accountNameOf(name, environment),
    value,
    ...(environment === null ? [] : [environment]),
  ])
  if (matching === null) {
    const table = { headings, rows: cells.slice(0, COLUMN_SAMPLES), mayLackHeadings: false }
    refuse({ code: 'unmatched-columns', unmatched: unmatchedColumns(table, names) })
  }
  const columns = matchedColumns(matching)
  const rows: ImportRow[] = []
  keys.forEach(({ line }, index) => {
    addRow(rows, rowOfCells(cells[index] ?? [], columns, line))
  })
  return { format: 'variables', rows, unknownColumns: [], environments: described(variables, environment) }
}

/** `ACME_API_KEY` is the key of ACME. */
function accountNameOf(variable: string, environment: string | null): string {
  const name = variable.replace(/[_.-]?(?:api)?[_.-]?(?:key|token|secret|password)$/iu, '')
  return name === '' ? (environment ?? variable) : name
}

function described(variables: readonly Variable[], name: string | null): readonly ImportEnvironment[] {
  if (name === null) return []
  for (const variable of variables) {
    const url = URL_NAME.test(variable.name) ? checkBaseUrl(variable.value) : null
    if (url?.ok === true) return [{ name, baseUrl: url.value.baseUrl, production: false }]
  }
  return []
}
