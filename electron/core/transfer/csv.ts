/**
 * CSV as RFC 4180 has it, and as people's files are: any line ends, even mixed, and any delimiter. One record at a
 * time, so that long files can be read in slices, and each with the number of line breaks it takes up.
 */

/** A record with more cells than this is refused like one that is too long. */
const MAX_CELLS = 1000

export interface CsvRecord {
  readonly cells: readonly string[]
  /** Where the next record begins; the text's length after the last one. */
  readonly end: number
  /** How many line breaks there are up to `end`, those inside of quotes included. */
  readonly lineBreaks: number
  /** `stray-quote`: something stands between a closing quote and the next delimiter. */
  readonly flaw: 'stray-quote' | 'unclosed-quote' | 'too-long' | null
}

/**
 * Reads the record that begins at `from`, looking at hardly more than `maxLength` characters. `text` may be a stretch
 * of a longer one, as long as it goes on for more than `maxLength` characters after `from`.
 */
export function readRecord(text: string, from: number, delimiter: string, maxLength: number): CsvRecord {
  const limit = Math.min(text.length, from + maxLength)
  const cells: string[] = []
  let flaw: CsvRecord['flaw'] = null
  let lineBreaks = 0
  let at = from
  for (;;) {
    const opening = openingQuote(text, at, delimiter, limit)
    let value = ''
    if (opening !== null) {
      const quoted = readQuoted(text, opening, limit)
      if (quoted === 'unclosed-quote' || quoted === 'too-long') {
        return { cells, end: text.length, lineBreaks, flaw: quoted }
      }
      value = quoted.value
      at = quoted.end
      lineBreaks += countLineBreaks(value)
    }
    const end = endOfCell(text, at, delimiter, limit)
    const rest = text.slice(at, end)
    if (opening === null) value = rest
    else if (rest.trim() !== '') {
      flaw = 'stray-quote'
      value += rest
    }
    cells.push(value)
    at = end
    if ((at >= limit && at < text.length) || cells.length > MAX_CELLS)
      return { cells, end: text.length, lineBreaks, flaw: 'too-long' }
    if (text[at] !== delimiter) break
    at += 1
  }
  if (at < text.length) {
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
    lineBreaks += 1
  }
  return { cells, end: at, lineBreaks, flaw }
}

/** Any of the three line ends counts once. */
export function countLineBreaks(text: string): number {
  return text.match(/\r\n|\r|\n/gu)?.length ?? 0
}

/** Where a quoted cell's quote stands: first, or after spaces, as people write after a comma. */
function openingQuote(text: string, from: number, delimiter: string, limit: number): number | null {
  let at = from
  while (at < limit && (text[at] === ' ' || (text[at] === '\t' && delimiter !== '\t'))) at += 1
  return text[at] === '"' ? at : null
}

function readQuoted(
  text: string,
  opening: number,
  limit: number,
): { value: string; end: number } | 'unclosed-quote' | 'too-long' {
  const pieces: string[] = []
  let at = opening + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote === -1 && limit === text.length) return 'unclosed-quote'
    if (quote === -1 || quote >= limit) return 'too-long'
    pieces.push(text.slice(at, quote))
    if (text[quote + 1] !== '"') return { value: pieces.join('"'), end: quote + 1 }
    at = quote + 2
  }
}

function endOfCell(text: string, from: number, delimiter: string, limit: number): number {
  let at = from
  while (at < limit && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1
  return at
}

/** Spreadsheet programs take a file for UTF-8 only with this in front. */
export const CSV_START = '\uFEFF'

/** One record with its line end. Quoted where any program might see a delimiter, a quote or a line end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(neutralised(cell))).join(',')}\r\n`
}

function quoted(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/*
 * A spreadsheet program runs cells that begin like a formula. They get an apostrophe in front, as OWASP says
 * (https://owasp.org/www-community/attacks/CSV_Injection), also inside of a cell after what a program that expects
 * another delimiter takes for the beginning of the next cell. One more apostrophe where there are some already makes
 * it reversible: what we wrote is read back exactly. The full-width signs begin a formula in East Asian versions.
 */
const FORMULA_START = /(?<!')(?='*[=+\-@＝＋－＠\t\r\n])(?<=^|[,;\t\r\n]["\s]*?)/gu
const NEUTRALISED_START = /(?<!')'(?='*[=+\-@＝＋－＠\t\r\n])(?<=(?:^|[,;\t\r\n]["\s]*?)')/gu

/** The cell such that no spreadsheet program takes any of it for a formula. */
export function neutralised(cell: string): string {
  return cell.replace(FORMULA_START, "'")
}

/** The cell as it was before `neutralised`; others stay as they are. */
export function unneutralised(cell: string): string {
  return cell.replace(NEUTRALISED_START, '')
}
