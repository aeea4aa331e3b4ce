const LETTER = /\p{L}/gu

/** How many typos a folded word may have. Only letters count: another digit makes another number. */
export function typosAllowed(word: string): 0 | 1 | 2 {
  const letters = word.match(LETTER)?.length ?? 0
  if (letters < 4) return 0
  return letters < 8 ? 1 : 2
}

export interface NearPrefix {
  readonly edits: number
  /** The prefix's length in UTF-16 units. */
  readonly length: number
}

export type FindNearPrefix = (word: string, text: string, most: number) => NearPrefix | null

/**
 * The prefix of `text` that becomes `word` with the fewest edits, if these are at most `most`. An edit inserts, deletes
 * or replaces a letter or swaps two neighbors (optimal string alignment). Ties prefer all of `text`, then the length of
 * `word`.
 */
export const nearPrefix: FindNearPrefix = (word, text, most) => {
  const width = Math.min(text.length, word.length + most)
  let beforeLast: number[] = []
  let last = Array.from({ length: width + 1 }, (_, column) => column)
  for (let row = 1; row <= word.length; row += 1) {
    const current = [row]
    let least = row
    for (let column = 1; column <= width; column += 1) {
      const same = word[row - 1] === text[column - 1]
      let edits = Math.min(
        at(last, column - 1) + (same ? 0 : 1),
        at(last, column) + 1,
        at(current, column - 1) + 1,
      )
      const swapped =
        row > 1 && column > 1 && word[row - 1] === text[column - 2] && word[row - 2] === text[column - 1]
      if (swapped) edits = Math.min(edits, at(beforeLast, column - 2) + 1)
      current.push(edits)
      least = Math.min(least, edits)
    }
    if (least > most) return null
    beforeLast = last
    last = current
  }
  return bestEnd(last, word.length, text.length, most)
}

/** `edits[n]`: the edits for the text's first n letters. */
function bestEnd(
  edits: readonly number[],
  wordLength: number,
  textLength: number,
  most: number,
): NearPrefix | null {
  const least = Math.min(...edits)
  if (least > most) return null
  if (edits[textLength] === least) return { edits: least, length: textLength }
  let length = edits.indexOf(least)
  for (let other = length + 1; other < edits.length; other += 1) {
    if (edits[other] === least && Math.abs(other - wordLength) < Math.abs(length - wordLength)) length = other
  }
  return { edits: least, length }
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
