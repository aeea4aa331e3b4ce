import type { AccountId } from '../../../electron/shared/account'
import type { EpochMs } from '../../../electron/shared/brand'
import { wordsOf } from './fold'
import type { ChunkIndex, Vocabulary } from './vocabulary'

/** What the search knows of an account. */
export interface SearchDocument {
  readonly id: AccountId
  readonly name: string
  readonly environment: string
  readonly tags: readonly string[]
  readonly note: string
  /** From `apiKeyHint` (`…7Q2f`). */
  readonly keyHint: string | null
  /** When the user last used it, and how often so far. */
  readonly usedAt: EpochMs | null
  readonly uses: number
}

export type SearchField = 'name' | 'tag' | 'environment' | 'note' | 'keyHint'

/** A match in a heavier field ranks higher. */
const WEIGHT: Readonly<Record<SearchField, number>> = { name: 3, tag: 2, environment: 1, note: 0, keyHint: 0 }

/** One searched text of a document. */
export interface SearchPlace {
  readonly field: SearchField
  /** The index of the tag; null for the other fields. */
  readonly tag: number | null
  readonly weight: number
  readonly original: string
  /** The index of its first chunk in the entry. */
  readonly firstChunk: number
}

/** A document prepared for search. Immutable, so that results stay valid. */
export interface SearchEntry {
  readonly document: SearchDocument
  /** Folded, with single spaces between its chunks. */
  readonly name: string
  readonly places: readonly SearchPlace[]
  /** Of all its texts. Plain numbers in contiguous memory, since every query reads all of them. */
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

/** Whether two documents have the same texts, whenever they were used. */
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
