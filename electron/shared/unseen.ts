/** Invisible characters, which no API key contains on purpose. */

/** Which character, and its position in the typed text, from 1. It says nothing about the rest of the text. */
export interface UnseenCharacter {
  readonly codePoint: number
  readonly position: number
}

/** Controls that aren't white space, what is ignorable by default (the byte order mark, too), and Braille's blank. */
const UNSEEN = /(?![\t-\r])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u

/** The first one at or after `from`. */
export function firstUnseen(typed: string, from = 0): UnseenCharacter | null {
  const found = typed.slice(from).search(UNSEEN)
  if (found === -1) return null
  const at = from + found
  return { codePoint: typed.codePointAt(at) ?? 0, position: Array.from(typed.slice(0, at)).length + 1 }
}

export function withoutUnseen(typed: string): string {
  return typed.replaceAll(new RegExp(UNSEEN, 'gu'), '')
}

/** White space and characters without width: text copied from web pages and documents often has them at its ends. */
const SEEN = /[^\s\p{Cf}]/u

/** Without what can't be seen at either end. */
export function trimUnseen(typed: string): string {
  const start = typed.search(SEEN)
  if (start < 0) return ''
  let end = typed.length
  // A regular expression for the end would start again at each of a thousand spaces in between.
  for (;;) {
    const width = (typed.codePointAt(end - 2) ?? 0) > 0xffff ? 2 : 1
    if (SEEN.test(typed.slice(end - width, end))) return typed.slice(start, end)
    end -= width
  }
}
