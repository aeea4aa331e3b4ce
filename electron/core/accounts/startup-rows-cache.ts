/**
 * The ids of the accounts that the list begins with. The next start reads their records first, so that the list shows
 * before thousands are read. Only an order of reading: what is shown comes from the records.
 */
import * as z from 'zod/mini'
import { accountId } from '../../shared/ids'
import type { AccountId } from '../../shared/account'
import { migrate } from '../base/migrate'
import { errorFacts } from '../base/error-facts'
import type { Log, StateStore } from '../base/ports'

const schema = z.object({ accounts: z.array(accountId) })

export class StartupRowsCache {
  /** Null: the file is invalid. */
  #kept: readonly AccountId[] | null = []

  constructor(
    private readonly store: StateStore,
    private readonly log: Log,
  ) {}

  /** Empty when no file is there, as at the first start. */
  get ids(): readonly AccountId[] {
    return this.#kept ?? []
  }

  /** Reads the file once. An invalid one is replaced when the app ends. */
  load(): void {
    const stored = this.store.read()
    if (stored.kind === 'missing') return
    const migrated = stored.kind === 'text' ? migrate(stored.text, []) : null
    this.#kept =
      migrated?.kind === 'current' ? (schema.safeParse(migrated.document).data?.accounts ?? null) : null
  }

  /** If the disk refuses, the next start is slower, and nothing else. */
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
