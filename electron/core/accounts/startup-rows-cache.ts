/**
 * Which accounts the list begins with, by their ids: the next start reads their records before all others, so that
 * nobody waits for thousands. No more than an order of reading; what is shown comes from the records themselves.
 */
import * as z from 'zod/mini'
import { accountId, type AccountId } from '../../shared/account'
import { migrate } from '../base/migrate'
import { errorFacts } from '../base/error-facts'
import type { Log, StateStore } from '../base/ports'

const schema = z.object({ accounts: z.array(accountId) })

export class StartupRowsCache {
  /** Null: what the file says makes no sense. */
  #kept: readonly AccountId[] | null = []

  constructor(
    private readonly store: StateStore,
    private readonly log: Log,
  ) {}

  /** Empty when nothing is known, as before the first start has ended. */
  get ids(): readonly AccountId[] {
    return this.#kept ?? []
  }

  /** Reads the file once. One that makes no sense is replaced at the end. */
  load(): void {
    const stored = this.store.read()
    if (stored.kind === 'missing') return
    const migrated = stored.kind === 'text' ? migrate(stored.text, []) : null
    this.#kept =
      migrated?.kind === 'current' ? (schema.safeParse(migrated.document).data?.accounts ?? null) : null
  }

  /** For the next start. A disk that refuses costs that one a moment. */
  keep(ids: readonly AccountId[]): void {
    const kept = this.#kept
    if (ids.length === kept?.length && ids.every((id, place) => id === kept[place])) return
    this.#kept = ids
    try {
      this.store.write({ version: 1, accounts: ids })
    } catch (error) {
      this.log.warn('what the list begins with can not be written', errorFacts(error))
    }
  }
}
