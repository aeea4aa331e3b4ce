/** Letters that Unicode doesn't take apart into a base letter and its marks, and signs with a twin on the keyboard. */
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

/** Accents on letters of any script, and what is invisible. Vowel signs belong to a script of their own and stay. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|(?=\p{M})\p{Script=Inherited}/gu
/** Stands before the end of a key, where its three dots would be found as letters. */
const ELLIPSIS = '…'
const SPACE = /[\s\p{Cc}]/gu
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/u

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * The form in which texts are compared: blind to case, accents, width and other compatible forms, with one kind of
 * white space. What a visible character becomes doesn't depend on those around it; it may become longer, or nothing.
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

/** UTF-16 indexes; `end` is the first one after it. */
export interface TextRange {
  readonly start: number
  readonly end: number
}

/** Where `text` has what stands at `range` of `fold(text)`: whole visible characters, never a part of one. */
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
