import type { AccountId } from '../../../electron/shared/account'
import type { EpochMs } from '../../../electron/shared/brand'
import { wordsOf } from './fold'
import type { ChunkIndex, Vocabulary } from './vocabulary'

/** What is known of an account by the search. */
export interface SearchDocument {
  readonly id: AccountId
  readonly name: string
  readonly environment: string
  readonly tags: readonly string[]
  readonly note: string
  /** As `apiKeyHint` makes it (`…7Q2f`). */
  readonly keyHint: string | null
  /** When the user last used it, and how often so far. */
  readonly usedAt: EpochMs | null
  readonly uses: number
}

export type SearchField = 'name' | 'tag' | 'environment' | 'note' | 'keyHint'

/** A match in a weightier field is the better match. */
const WEIGHT: Readonly<Record<SearchField, number>> = { name: 3, tag: 2, environment: 1, note: 0, keyHint: 0 }

/** One searched text of a document. */
export interface SearchPlace {
  readonly field: SearchField
  /** Which of the tags it is; null for the other fields. */
  readonly tag: number | null
  readonly weight: number
  readonly original: string
  /** Which of the entry's chunks is its first. */
  readonly firstChunk: number
}

/** A document, prepared. Never changes, so that what was found in it stays right. */
export interface SearchEntry {
  readonly document: SearchDocument
  /** Folded, with one space between its chunks. */
  readonly name: string
  readonly places: readonly SearchPlace[]
  /** Of all places. Plain numbers close together in memory, since every query goes through all of them. */
  readonly chunks: readonly ChunkIndex[]
}

export function entryOf(document: SearchDocument, vocabulary: Vocabulary): SearchEntry {
  const places: SearchPlace[] = []
  const chunks: ChunkIndex[] = []

  function add(field: SearchField, original: string, tag: number | null = null): void {
    if (original === '') return
    places.push({ field, tag, weight: WEIGHT[field], original, firstChunk: chunks.length })
    for (const word of wordsOf(original)) chunks.push(vocabulary.hold(word))
  }

  add('name', document.name)
  document.tags.forEach((tag, index) => {
    add('tag', tag, index)
  })
  add('environment', document.environment)
  add('note', document.note)
  add('keyHint', document.keyHint ?? '')
  return { document, name: wordsOf(document.name).join(' '), places, chunks }
}

/** Whether two documents read the same, whenever they were used. */
export function sameTexts(a: SearchDocument, b: SearchDocument): boolean {
  return (
    a.name === b.name &&
    a.environment === b.environment &&
    a.note === b.note &&
    a.keyHint === b.keyHint &&
    a.tags.length === b.tags.length &&
    a.tags.every((tag, index) => tag === b.tags[index])
  )
}
