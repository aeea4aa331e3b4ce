/** What the columns of a foreign table may be: by their headings, by the words in these, and by their cells. */
import { nameKey } from '../../shared/account-fields'
import type { ImportColumn } from '../../shared/transfer'
import { columnKey, HEADINGS, wordsOf } from './heading-words'
import { looksSecret } from './masked-cells'
import { flagOf, kindOf } from './row-words'

export type Columns = readonly (ImportColumn | null)[]

/** Of environments that are there. */
export type EnvironmentNames = readonly string[]

type Rows = readonly (readonly string[])[]

/** In which order columns are looked for. */
const ORDER: readonly ImportColumn[] = [
  'apiKey',
  'environment',
  'name',
  'partner',
  'type',
  'remember',
  'note',
  'tags',
]

/** A shorter cell may be anything. */
const KEY_MIN_LENGTH = 8

export function guessed(headings: readonly string[], rows: Rows, names: EnvironmentNames): Columns {
  const guess: (ImportColumn | null)[] = headings.map(() => null)
  const keys = headings.map(columnKey)
  const words = headings.map(wordsOf)
  const put = (column: ImportColumn, isSo: (index: number) => boolean): boolean => {
    const index = headings.findIndex((_, at) => guess[at] === null && isSo(at))
    if (index >= 0) guess[index] = column
    return index >= 0
  }
  // A heading that is the word goes before one that only contains it, whatever column that is.
  for (const column of ORDER) {
    const isFound = HEADINGS[column].some((heading) =>
      put(column, (at) => keys[at] === heading && fits(column, cellsOf(rows, at))),
    )
    if (column === 'environment' && !isFound) put(column, (at) => areEnvironments(cellsOf(rows, at), names))
  }
  for (const column of ORDER) {
    if (guess.includes(column)) continue
    const has = (heading: string, at: number): boolean =>
      words[at]?.some((word) => isWord(word, heading)) === true && fits(column, cellsOf(rows, at))
    const isFound =
      column === 'apiKey' &&
      HEADINGS.apiKey.some((heading) => put(column, (at) => has(heading, at) && areKeys(cellsOf(rows, at))))
    if (!isFound) HEADINGS[column].some((heading) => put(column, (at) => has(heading, at)))
  }
  if (!guess.includes('apiKey')) put('apiKey', (at) => areKeys(cellsOf(rows, at)))
  return guess
}

/** A bare list: environments by their names, keys by their looks, and the first other column as the name. */
export function guessedByCells(count: number, rows: Rows, names: EnvironmentNames): Columns {
  const guess: (ImportColumn | null)[] = Array.from({ length: count }, () => null)
  const put = (column: ImportColumn, isSo: (cells: readonly string[]) => boolean): void => {
    const index = guess.findIndex((taken, at) => taken === null && isSo(cellsOf(rows, at)))
    if (index >= 0) guess[index] = column
  }
  put('environment', (cells) => areEnvironments(cells, names))
  put('apiKey', areKeys)
  put('name', (cells) => cells.every((cell) => cell.trim() !== '' && kindOf(cell) === null))
  return guess
}

/**
 * Whether the first row names the columns: a heading is known, or in a language that nobody here knows it stands over
 * keys without looking like one. A row with an environment or a key in it is none.
 */
export function areHeadings(
  headings: readonly string[],
  guess: Columns,
  rows: Rows,
  names: EnvironmentNames,
): boolean {
  if (
    headings.some(
      (heading, at) => areEnvironments([heading], names) || isKeyAmongKeys(heading, cellsOf(rows, at)),
    )
  )
    return false
  return guess.some(
    (column, at) =>
      (column === 'name' || column === 'apiKey') &&
      isHeadingOf(column, headings[at] ?? '', cellsOf(rows, at)),
  )
}

function isKeyAmongKeys(heading: string, cells: readonly string[]): boolean {
  return /\d/u.test(heading) && isKey(heading) && areKeys(cells) && !isKnown('apiKey', heading)
}

function isHeadingOf(column: ImportColumn, heading: string, cells: readonly string[]): boolean {
  return isKnown(column, heading) || (heading.trim() !== '' && !isKey(heading) && areKeys(cells))
}

function isKnown(column: ImportColumn, heading: string): boolean {
  const words = [columnKey(heading), ...wordsOf(heading)]
  return words.some((word) => HEADINGS[column].some((known) => isWord(word, known)))
}

/** A long word also where another is joined to it, as German does. */
function isWord(word: string, known: string): boolean {
  return word === known || (known.length >= 8 && word.startsWith(known))
}

function cellsOf(rows: Rows, at: number): readonly string[] {
  return rows.map((cells) => cells[at] ?? '')
}

/** Other programs have other things beneath these headings. */
function fits(column: ImportColumn, cells: readonly string[]): boolean {
  if (column === 'type') return cells.every((cell) => kindOf(cell) !== null)
  return column !== 'remember' || cells.every((cell) => flagOf(cell) !== null)
}

function areEnvironments(cells: readonly string[], names: EnvironmentNames): boolean {
  const known = new Set(names.map(nameKey))
  return cells.length > 0 && cells.every((cell) => known.has(nameKey(cell)))
}

function areKeys(cells: readonly string[]): boolean {
  return cells.length > 0 && cells.every(isKey)
}

function isKey(cell: string): boolean {
  return looksSecret(cell.trim(), KEY_MIN_LENGTH)
}
