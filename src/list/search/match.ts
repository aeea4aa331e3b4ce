import type { EpochMs } from '../../../electron/shared/brand'
import type { ChunkMatch } from './chunk'
import { frecency } from './frecency'
import type { SearchEntry, SearchPlace } from './search-entry'
import type { FoundChunks } from './vocabulary'

/** A query with its matches in the vocabulary. */
export interface Query {
  /** Its words, separated by single spaces. */
  readonly typed: string
  /** For each distinct word. */
  readonly foundByWord: readonly FoundChunks[]
}

/** Where an entry matches a word of the query. */
export interface Match {
  readonly place: SearchPlace
  /** The index among the entry's chunks. */
  readonly chunk: number
  readonly found: ChunkMatch
}

/*
 * A match's score ranks by edits, then field, then position, then use: no sum of later criteria outweighs an earlier
 * one, except that use decides between the start of a field and the start of a word in it.
 */
const EDIT_STEP = 1_000
const FIELD_STEP = 100
/** For a name that equals the query. */
const WHOLE_NAME = 40
/** Added to the rank of the position in a chunk (chunk.ts). */
const FIELD_START = 5
const USE_STEP = 19

/** An entry's score for a query, or null if it lacks one of the words. */
export function scoreOf(entry: SearchEntry, { typed, foundByWord }: Query, now: EpochMs): number | null {
  let score = 0
  for (const foundChunks of foundByWord) {
    const match = bestMatch(entry, foundChunks)
    if (match === null) return null
    score += worthOf(match.place, match.chunk, match.found, foundByWord.length)
  }
  if (entry.name === typed) score += WHOLE_NAME
  return score + USE_STEP * frecency(entry.document, now)
}

/** The entry's best match of the word. */
export function bestMatch({ chunks, places }: SearchEntry, foundChunks: FoundChunks): Match | null {
  let best: Match | null = null
  let most = Number.NEGATIVE_INFINITY
  let nth = 0
  for (let chunk = 0; chunk < chunks.length; chunk += 1) {
    const found = foundChunks[chunks[chunk] ?? -1]
    if (found === undefined) continue
    while ((places[nth + 1]?.firstChunk ?? Number.POSITIVE_INFINITY) <= chunk) nth += 1
    const place = places[nth]
    // The last characters of a key are random, so typos don't apply.
    if (place === undefined || (found.edits > 0 && place.field === 'keyHint')) continue
    const worth = worthOf(place, chunk, found, 1)
    if (worth <= most) continue
    best = { place, chunk, found }
    most = worth
  }
  return best
}

/** The score of one word's match among so many words. */
function worthOf(place: SearchPlace, chunk: number, found: ChunkMatch, words: number): number {
  const isFieldStart = chunk === place.firstChunk && found.start === 0
  return (
    (isFieldStart ? FIELD_START : 0) +
    found.position +
    FIELD_STEP * words * place.weight -
    EDIT_STEP * words * words * found.edits
  )
}
