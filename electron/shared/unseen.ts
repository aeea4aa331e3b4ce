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
