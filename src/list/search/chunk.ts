import type { TextRange } from './fold'
import type { FindNearPrefix } from './typos'

/** A part of folded text without white space. The same text has one object, however many documents contain it. */
export interface Chunk {
  readonly text: string
  /** Where its words start and end, in order: `o'brien-lane` has three. */
  readonly starts: ReadonlySet<number>
  readonly ends: ReadonlySet<number>
  readonly letters: LetterSet
}

/** Where a chunk matches a word of the query. */
export interface ChunkMatch extends TextRange {
  readonly edits: number
  readonly position: number
}

/** The rank of a match's position: inside a word, at the start of one, all of it. */
export const INSIDE = 0
export const WORD_START = 25
export const WHOLE_WORD = 29

const ASCII_WORD = /^[a-z0-9]+$/u
const LETTERS = /[\p{L}\p{N}\p{M}]+/gu

/** Longer words aren't compared for typos: kilobytes without a space are no name that people type. */
const COMPARED_MOST = 64

/** The case of most chunks, which are a single word. */
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

/** The best position that contains `word` exactly. */
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

/** The best position that begins with a typo of `word`. Only starts of words are tried. */
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

/** The chunk's ends count as a word's, whatever characters they are. */
function positionOf({ text, starts, ends }: Chunk, start: number, end: number): number {
  if (start !== 0 && !starts.has(start)) return INSIDE
  return end === text.length || ends.has(end) ? WHOLE_WORD : WORD_START
}

/** One bit for each letter of a text, by its code modulo 30: a small integer for V8. */
export type LetterSet = number

export function letterSet(text: string): LetterSet {
  let letters = 0
  for (let index = 0; index < text.length; index += 1) letters |= 1 << (text.charCodeAt(index) % 30)
  return letters
}

/** A lower bound of the edits: the letters that one has and the other lacks. */
export function lettersMissing(of: LetterSet, from: LetterSet): number {
  let count = 0
  for (let rest = of & ~from; rest !== 0; rest &= rest - 1) count += 1
  return count
}
