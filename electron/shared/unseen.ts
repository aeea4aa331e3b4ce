/** Characters that show nothing, and that no API key has on purpose. */

/** One that was found: which, and as the how manieth of what was typed, from 1. Of the rest it tells nothing. */
export interface UnseenCharacter {
  readonly codePoint: number
  readonly position: number
}

/** Controls that are no white space, what is ignorable by default (the byte order mark too), and Braille's blank. */
const UNSEEN = /(?![\t-\r])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u

/** The first one at `from` or after it. */
export function firstUnseen(typed: string, from = 0): UnseenCharacter | null {
  const found = typed.slice(from).search(UNSEEN)
  if (found === -1) return null
  const at = from + found
  return { codePoint: typed.codePointAt(at) ?? 0, position: Array.from(typed.slice(0, at)).length + 1 }
}
