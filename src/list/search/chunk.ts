import type { TextRange } from './fold'
import type { FindNearPrefix } from './typos'

/** A piece of folded text without white space. There is one object for each text, however many documents have it. */
export interface Chunk {
  readonly text: string
  /** Where its words start and end, in their order: `o'brien-lane` has three. */
  readonly starts: ReadonlySet<number>
  readonly ends: ReadonlySet<number>
  readonly letters: LetterSet
}

/** Where a chunk has a word of the query. */
export interface ChunkMatch extends TextRange {
  readonly edits: number
  readonly position: number
}

/** What the position of a match is worth: in the midst of a word, at the start of one, over all of it. */
export const INSIDE = 0
export const WORD_START = 25
export const WHOLE_WORD = 29

const ASCII_WORD = /^[a-z0-9]+$/u
const LETTERS = /[\p{L}\p{N}\p{M}]+/gu

/** No longer word is compared for typos: a text of kilobytes without a space is no name that somebody types. */
const COMPARED_MOST = 64

/** Of most chunks, which are one word. */
const AT_ITS_START: ReadonlySet<number> = new Set([0])
const NOWHERE_ELSE: ReadonlySet<number> = new Set()

export function chunkOf(text: string): Chunk {
  const letters = letterSet(text)
  if (ASCII_WORD.test(text)) return { text, starts: AT_ITS_START, ends: NOWHERE_ELSE, letters }
  const words = [...text.matchAll(LETTERS)]
  return {
    text,
    starts: new Set(words.map(({ index }) => index)),
    ends: new Set(words.map(({ 0: word, index }) => index + word.length)),
    letters,
  }
}

/** The best place that has `word` as it is. */
export function exactMatch(chunk: Chunk, word: string): ChunkMatch | null {
  let best: ChunkMatch | null = null
  for (let start = chunk.text.indexOf(word); start !== -1; start = chunk.text.indexOf(word, start + 1)) {
    const end = start + word.length
    const position = positionOf(chunk, start, end)
    if (best === null || position > best.position) best = { start, end, edits: 0, position }
    if (position === WHOLE_WORD) break
  }
  return best
}

/** The best place that begins with a typo of `word`. Typos are looked for from the start of each of its words. */
export function nearMatch(
  chunk: Chunk,
  word: string,
  typos: number,
  findNearPrefix: FindNearPrefix,
): ChunkMatch | null {
  let best: ChunkMatch | null = null
  for (const start of chunk.starts) {
    const rest = chunk.text.slice(start, start + COMPARED_MOST)
    if (rest.length < word.length - typos) break
    const near = findNearPrefix(word, rest, typos)
    if (near === null || (best !== null && near.edits >= best.edits)) continue
    const end = start + near.length
    best = { start, end, edits: near.edits, position: positionOf(chunk, start, end) }
  }
  return best
}

/** The ends of the chunk count as such, whatever they are made of. */
function positionOf({ text, starts, ends }: Chunk, start: number, end: number): number {
  if (start !== 0 && !starts.has(start)) return INSIDE
  return end === text.length || ends.has(end) ? WHOLE_WORD : WORD_START
}

/** A bit for each letter that a text has, by its code modulo 30: a small integer for V8. */
export type LetterSet = number

export function letterSet(text: string): LetterSet {
  let letters = 0
  for (let index = 0; index < text.length; index += 1) letters |= 1 << (text.charCodeAt(index) % 30)
  return letters
}

/** At most as many as the letters of the one that the other lacks. */
export function lettersMissing(of: LetterSet, from: LetterSet): number {
  let count = 0
  for (let rest = of & ~from; rest !== 0; rest &= rest - 1) count += 1
  return count
}
