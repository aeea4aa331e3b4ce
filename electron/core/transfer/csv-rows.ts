/** CSV -> rows, under our headings or as the user has matched the columns. */
import {
  COLUMN_SAMPLES,
  IMPORT_MAX_ROW_LENGTH,
  REQUIRED_COLUMNS,
  type ColumnMatching,
} from '../../shared/transfer'
import { UNITS_PER_ROW, type Work } from '../base/slices'
import { columnOf, matchedColumns, ourColumns, unmatchedColumns } from './columns'
import type { Columns, EnvironmentNames } from './column-guesses'
import { readRecord, unneutralised, type CsvRecord } from './csv'
import { addRow, rowOfCells, type ImportFile, type ImportRow } from './import-row'
import { refuse } from './import-text'
import type { TextWindow } from './text-window'
import { UnknownColumns } from './unknown-columns'

/** The first wins where they do equally well. */
const DELIMITERS = [',', ';', '\t'] as const

export function* readCsv(
  source: TextWindow,
  matching: ColumnMatching | null,
  names: EnvironmentNames,
): Work<ImportFile> {
  const rows: ImportRow[] = []
  const unknownColumns = new UnknownColumns()
  /** Of the first record, where its headings are not ours. */
  let foreign: readonly string[] | null = null
  const samples: (readonly string[])[] = []
  let columns: Columns | null = null
  let delimiter: string | null = null
  let line = 1
  while (!source.isAtEnd && samples.length < COLUMN_SAMPLES) {
    const { text, at } = source
    const said = line === 1 ? delimiterLine(text, at) : null
    if (said !== null) {
      delimiter = said.delimiter
      source.at = said.end
      line += 1
      continue
    }
    const record = readRecord(text, at, delimiter ?? delimiterOf(text, at), IMPORT_MAX_ROW_LENGTH)
    if (record.flaw === 'unclosed-quote') refuse({ code: 'unclosed-quote', line })
    if (record.flaw === 'too-long') refuse({ code: 'row-too-long', line })
    if (record.cells.some((cell) => cell.trim() !== '')) {
      if (columns !== null) addRow(rows, rowOf(record, columns, line))
      else if (foreign !== null) samples.push(record.cells)
      else {
        delimiter ??= delimiterOf(text, at)
        columns = ourColumns(record.cells)
        if (columns !== null) unknownColumns.addAll(record.cells.filter((cell) => columnOf(cell) === null))
        else if (matching !== null) {
          columns = matchedColumns(matching)
          if (!matching.hasHeadings) addRow(rows, rowOf(record, columns, line))
        } else foreign = headingsOf(record)
      }
    }
    yield UNITS_PER_ROW + record.end - at
    source.at = record.end
    line += record.lineBreaks
  }
  if (foreign !== null) refuseUnmatched(foreign, samples, names)
  return { format: 'csv', rows, unknownColumns: unknownColumns.names, environments: [] }
}

/** `sep=;`, as spreadsheet programs understand it in a first line. */
const DELIMITER_LINE = /"?sep=([^"\r\n])"?\1*[ \t]*(?:\r\n|\r|\n|$)/iuy

function delimiterLine(
  text: string,
  at: number,
): { readonly delimiter: string; readonly end: number } | null {
  DELIMITER_LINE.lastIndex = at
  const found = DELIMITER_LINE.exec(text)
  const [, delimiter] = found ?? []
  return delimiter === undefined ? null : { delimiter, end: DELIMITER_LINE.lastIndex }
}

/** The delimiter under which the header has the most columns that we know, or else the most columns. */
function delimiterOf(text: string, from: number): string {
  const found = DELIMITERS.map((delimiter) => {
    const { cells } = readRecord(text, from, delimiter, IMPORT_MAX_ROW_LENGTH)
    return { delimiter, known: cells.filter((cell) => columnOf(cell) !== null).length, cells: cells.length }
  })
  const [best] = found.toSorted((a, b) => b.known - a.known || b.cells - a.cells)
  return best?.delimiter ?? ','
}

/** A text of single words has no columns that could be matched. */
function headingsOf({ cells }: CsvRecord): readonly string[] {
  if (cells.filter((cell) => cell.trim() !== '').length >= 2) return cells
  const columns = cells.map(columnOf)
  refuse({ code: 'missing-columns', columns: REQUIRED_COLUMNS.filter((column) => !columns.includes(column)) })
}

function refuseUnmatched(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  names: EnvironmentNames,
): never {
  const unmatched = unmatchedColumns({ headings, rows, mayLackHeadings: true }, names)
  if (rows.length === 0 && unmatched.hasHeadings) refuse({ code: 'no-rows' })
  refuse({ code: 'unmatched-columns', unmatched })
}

function rowOf({ cells, flaw }: CsvRecord, columns: Columns, line: number): ImportRow {
  const row = rowOfCells(cells, columns, line, unneutralised)
  if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) {
    row.problems.push({ field: 'row', reason: 'extra-cells' })
  }
  if (flaw === 'stray-quote') row.problems.push({ field: 'row', reason: 'stray-quote' })
  return row
}
