import type { EpochMs } from '../../../electron/shared/brand'
import type { ChunkMatch } from './chunk'
import { frecency } from './frecency'
import type { SearchEntry, SearchPlace } from './search-entry'
import type { FoundChunks } from './vocabulary'

/** A query, looked up in the vocabulary. */
export interface Query {
  /** Its words with one space between. */
  readonly typed: string
  /** For each different word of it. */
  readonly foundByWord: readonly FoundChunks[]
}

/** Where an entry has a word of the query. */
export interface Match {
  readonly place: SearchPlace
  /** Which of the entry's chunks. */
  readonly chunk: number
  readonly found: ChunkMatch
}

/*
 * What a match is worth. First count the edits, then the field, then the position in it, then how much the account is
 * used: no sum of what comes later outweighs what comes before. Only between the start of a field and the start of a
 * word in it does use decide.
 */
const EDIT_STEP = 1_000
const FIELD_STEP = 100
/** For a name that is all of what was typed. */
const WHOLE_NAME = 40
/** On top of what the position in a chunk is worth (chunk.ts). */
const FIELD_START = 5
const USE_STEP = 19

/** What an entry is worth to a query, or null if it lacks one of its words. */
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

/** Where the entry has a word best. */
export function bestMatch({ chunks, places }: SearchEntry, foundChunks: FoundChunks): Match | null {
  let best: Match | null = null
  let most = Number.NEGATIVE_INFINITY
  let nth = 0
  for (let chunk = 0; chunk < chunks.length; chunk += 1) {
    const found = foundChunks[chunks[chunk] ?? -1]
    if (found === undefined) continue
    while ((places[nth + 1]?.firstChunk ?? Number.POSITIVE_INFINITY) <= chunk) nth += 1
    const place = places[nth]
    // The end of a key is no language to make typos in.
    if (place === undefined || (found.edits > 0 && place.field === 'keyHint')) continue
    const worth = worthOf(place, chunk, found, 1)
    if (worth <= most) continue
    best = { place, chunk, found }
    most = worth
  }
  return best
}

/** Of a match of one word among so many. */
function worthOf(place: SearchPlace, chunk: number, found: ChunkMatch, words: number): number {
  const isFieldStart = chunk === place.firstChunk && found.start === 0
  return (
    (isFieldStart ? FIELD_START : 0) +
    found.position +
    FIELD_STEP * words * place.weight -
    EDIT_STEP * words * words * found.edits
  )
}
