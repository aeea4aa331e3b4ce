/**
 * Letters that Unicode doesn't decompose into a base letter and its marks, and characters with a substitute on the
 * keyboard.
 */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ς: 'σ',
  '‘': "'",
  '’': "'",
  ʼ: "'",
  '‐': '-',
  '–': '-',
  '—': '-',
}
const NOT_PLAIN = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu')

/** Accents on letters of any script, and invisible characters. Vowel signs are part of their scripts and stay. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|(?=\p{M})\p{Script=Inherited}/gu
/** Precedes the last characters of a key; folded, its three dots would be searchable. */
const ELLIPSIS = '…'
const SPACE = /[\s\p{Cc}]/gu
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/u

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * The form in which texts are compared: without case, accents, width and other compatibility variants, with one kind of
 * white space. Each visible character folds independently of its neighbors; it may become longer or disappear.
 */
export function fold(text: string): string {
  if (PRINTABLE_ASCII.test(text)) return text.toLowerCase()
  return text
    .replaceAll(ELLIPSIS, ' ')
    .normalize('NFKD')
    .replace(UNSEEN, '')
    .toLowerCase()
    .replace(NOT_PLAIN, (letter) => PLAIN[letter] ?? letter)
    .replace(SPACE, ' ')
}

export function wordsOf(text: string): readonly string[] {
  return fold(text)
    .split(' ')
    .filter((word) => word !== '')
}

/** UTF-16 indexes; `end` is exclusive. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

/** The range of `text` that corresponds to `range` of `fold(text)`: whole visible characters only. */
export function unfoldRange(text: string, range: TextRange): TextRange {
  if (PRINTABLE_ASCII.test(text)) return range
  let start = text.length
  let end = text.length
  let foldedLength = 0
  for (const { segment, index } of graphemes.segment(text)) {
    if (foldedLength >= range.end) break
    foldedLength += fold(segment).length
    if (foldedLength <= range.start) continue
    start = Math.min(start, index)
    end = index + segment.length
  }
  return { start, end }
}
