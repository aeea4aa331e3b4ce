import { fold, unfoldRange, type TextRange } from './fold'
import { bestMatch, type Match } from './match'
import type { SearchEntry, SearchField, SearchPlace } from './search-entry'
import type { FoundChunks } from './vocabulary'

/** A match, in UTF-16 indexes of the field's original text. */
export interface Mark extends TextRange {
  readonly field: SearchField
  /** The index of the tag; null for the other fields. */
  readonly tag: number | null
}

/** The best match of each word of the query, in text order. Overlapping matches are merged. */
export function marksOf(entry: SearchEntry, foundByWord: readonly FoundChunks[]): readonly Mark[] {
  const byPlace = new Map<SearchPlace, TextRange[]>()
  for (const foundChunks of foundByWord) {
    const match = bestMatch(entry, foundChunks)
    if (match === null) continue
    const range = rangeOf(match)
    if (byPlace.get(match.place)?.push(range) === undefined) byPlace.set(match.place, [range])
  }
  return Array.from(byPlace, ([{ field, tag }, ranges]) =>
    united(ranges).map(({ start, end }) => ({ field, tag, start, end })),
  ).flat()
}

/** In the original text. */
function rangeOf({ place, chunk, found }: Match): TextRange {
  const folded = fold(place.original)
  const starts = Array.from(folded.matchAll(/[^ ]+/gu), ({ index }) => index)
  const start = starts[chunk - place.firstChunk] ?? 0
  return unfoldRange(place.original, { start: start + found.start, end: start + found.end })
}

function united(ranges: readonly TextRange[]): readonly TextRange[] {
  const result: TextRange[] = []
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (last === undefined || range.start >= last.end) result.push(range)
    else result[result.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
  }
  return result
}
