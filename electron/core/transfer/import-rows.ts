/**
 * Text -> rows: what a file or a paste says. Which program wrote it is told by how it begins.
 *
 * CSV is read by `csv.ts` and not by a package: of those that were tried, Papa Parse glues two rows into one where
 * line ends are mixed and knows no line numbers (its issue 610), csv-parse parses in one go or through a Node stream,
 * and uDSV stops at quoted line breaks. What is needed here is a hundred lines, in slices.
 */
import type { Checked } from '../../shared/checked'
import { IMPORT_MAX_ROW_LENGTH, type ColumnMatching, type ImportFailure } from '../../shared/transfer'
import { inSlices, type Pause, type Work } from '../base/slices'
import type { EnvironmentNames } from './column-guesses'
import { readCsv } from './csv-rows'
import type { ImportFile } from './import-row'
import { ImportFailureError, refuse, textPieces } from './import-text'
import { JsonFlawError } from './json-cursor'
import { readJson } from './json-rows'
import { TextWindow } from './text-window'
import { isVariables, readVariables } from './variables'

/** A row, and the line end after it. */
const LOOK_AHEAD = IMPORT_MAX_ROW_LENGTH + 2

export interface ReadingOptions {
  /** As the user has matched columns whose headings are not ours; null before that. */
  readonly matching?: ColumnMatching | null | undefined
  /** Of the environments that are there, by which a column is recognized. */
  readonly environmentNames?: EnvironmentNames
}

/** `pause` is called at least once for every 100 rows, and for every long one. */
export function readImport(
  input: Uint8Array | string,
  pause: Pause,
  options: ReadingOptions = {},
): Promise<Checked<ImportFile, ImportFailure>> {
  return inSlices(reading(input, options), pause)
}

function* reading(
  input: Uint8Array | string,
  { matching = null, environmentNames = [] }: ReadingOptions,
): Work<Checked<ImportFile, ImportFailure>> {
  try {
    const source = new TextWindow(textPieces(input), LOOK_AHEAD)
    source.look()
    const first = /\S/u.exec(source.text)?.[0]
    if (first === undefined && source.text.length < LOOK_AHEAD) refuse({ code: 'empty' })
    const isJson = first === '{' || first === '['
    const read = isJson ? readJson : isVariables(source.text) ? readVariables : readCsv
    const file = yield* read(source, matching, environmentNames)
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
