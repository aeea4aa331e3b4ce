import {
  chunkOf,
  exactMatch,
  letterSet,
  lettersMissing,
  nearMatch,
  type Chunk,
  type ChunkMatch,
} from './chunk'
import { typosAllowed, type FindNearPrefix } from './typos'

/** Identifies a chunk. Never reused for another one, so that results stay valid. */
export type ChunkIndex = number

/** By the chunks' indexes; a hole means no match. */
export type FoundChunks = readonly (ChunkMatch | undefined)[]

/** The chunks of all documents: each is compared with a query once, not once per document. */
export interface Vocabulary {
  hold(text: string): ChunkIndex
  release(index: ChunkIndex): void
  find(word: string): FoundChunks
}

interface Held {
  readonly index: ChunkIndex
  readonly chunk: Chunk
  holders: number
}

export function createVocabulary(findNearPrefix: FindNearPrefix): Vocabulary {
  const byText = new Map<string, Held>()
  const byIndex = new Map<ChunkIndex, Held>()
  let nextIndex: ChunkIndex = 0

  return {
    hold(text) {
      let held = byText.get(text)
      if (held === undefined) {
        held = { index: nextIndex, chunk: chunkOf(text), holders: 0 }
        nextIndex += 1
        byText.set(text, held)
        byIndex.set(held.index, held)
      }
      held.holders += 1
      return held.index
    },

    release(index) {
      const held = byIndex.get(index)
      if (held === undefined) return
      held.holders -= 1
      if (held.holders > 0) return
      byText.delete(held.chunk.text)
      byIndex.delete(index)
    },

    find(word) {
      const found = new Array<ChunkMatch | undefined>(nextIndex).fill(undefined)
      const typos = typosAllowed(word)
      const letters = letterSet(word)
      for (const { index, chunk } of byIndex.values()) {
        // Each letter that a chunk lacks costs at least one edit.
        const missing = lettersMissing(letters, chunk.letters)
        if (missing > typos) continue
        const exact = missing === 0 ? exactMatch(chunk, word) : null
        const match = exact ?? (typos === 0 ? null : nearMatch(chunk, word, typos, findNearPrefix))
        if (match !== null) found[index] = match
      }
      return found
    },
  }
}
