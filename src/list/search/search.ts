import type { AccountId } from '../../../electron/shared/account'
import type { EpochMs } from '../../../electron/shared/brand'
import { wordsOf } from './fold'
import { marksOf, type Mark } from './marks'
import { scoreOf, type Query } from './match'
import { entryOf, sameTexts, type SearchDocument, type SearchEntry } from './search-entry'
import { nearPrefix, type FindNearPrefix } from './typos'
import { createVocabulary, type FoundChunks } from './vocabulary'

export interface Hit {
  readonly id: AccountId
  /** Comparable only with the scores of the same query. */
  readonly score: number
  /** The best match of each word of the query. */
  readonly marks: readonly Mark[]
}

export interface Search {
  /** Adds a document or replaces the one with its id. */
  set(document: SearchDocument): void
  delete(id: AccountId): void
  /** Documents that match every word of `text`, best first; null when it has no word. */
  query(text: string, now: EpochMs): readonly Hit[] | null
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true })

/** An in-memory index. Only tests that count its work replace `findNearPrefix`. */
export function createSearch(findNearPrefix: FindNearPrefix = nearPrefix): Search {
  const vocabulary = createVocabulary(findNearPrefix)
  let entries = new Map<AccountId, SearchEntry>()
  /** Whether the entries are sorted by name, and the last one of them. */
  let inOrder = true
  let last: SearchDocument | null = null

  function forget({ chunks }: SearchEntry): void {
    for (const chunk of chunks) vocabulary.release(chunk)
  }

  /** Sorted by name. Kept between queries, since sorting almost sorted entries is fast. */
  function entriesInOrder(): readonly SearchEntry[] {
    if (!inOrder) {
      const sorted = [...entries.values()].sort((a, b) => byName(a.document, b.document))
      entries = new Map(sorted.map((entry) => [entry.document.id, entry]))
      last = sorted.at(-1)?.document ?? null
      inOrder = true
    }
    return [...entries.values()]
  }

  return {
    set(document) {
      const known = entries.get(document.id)
      if (known !== undefined && sameTexts(known.document, document)) {
        entries.set(document.id, { ...known, document })
        return
      }
      entries.set(document.id, entryOf(document, vocabulary))
      if (known !== undefined) forget(known)
      if (known === undefined) {
        inOrder &&= last === null || byName(last, document) <= 0
        last = document
      } else if (known.document.name !== document.name) {
        inOrder = false
      }
    },

    delete(id) {
      const known = entries.get(id)
      if (known === undefined) return
      entries.delete(id)
      forget(known)
    },

    query(text, now) {
      const words = wordsOf(text)
      if (words.length === 0) return null
      let candidates = entriesInOrder()
      const foundByWord: FoundChunks[] = []
      // Long words first: they leave the fewest candidates, and without any the search ends.
      for (const word of [...new Set(words)].sort((a, b) => b.length - a.length)) {
        const found = vocabulary.find(word)
        candidates = candidates.filter(({ chunks }) => chunks.some((chunk) => found[chunk] !== undefined))
        if (candidates.length === 0) return []
        foundByWord.push(found)
      }
      const query: Query = { typed: words.join(' '), foundByWord }
      const hits: Hit[] = []
      for (const entry of candidates) {
        const score = scoreOf(entry, query, now)
        if (score !== null) hits.push(new FoundHit(score, entry, query))
      }
      // A stable sort: equal scores stay sorted by name.
      return hits.sort((a, b) => b.score - a.score)
    },
  }
}

function byName(a: SearchDocument, b: SearchDocument): number {
  return collator.compare(a.name, b.name)
}

/** Marks are computed on first use: most hits are never shown. */
class FoundHit implements Hit {
  readonly id: AccountId
  readonly score: number
  readonly #entry: SearchEntry
  readonly #query: Query
  #marks: readonly Mark[] | null = null

  constructor(score: number, entry: SearchEntry, query: Query) {
    this.id = entry.document.id
    this.score = score
    this.#entry = entry
    this.#query = query
  }

  get marks(): readonly Mark[] {
    return (this.#marks ??= marksOf(this.#entry, this.#query.foundByWord))
  }
}
