/**
 * How often and when each account's JWT was copied, and in which format last. A file of its own, since it changes with
 * each copy and matters little: the records, which hold refresh tokens, are not written for it. It is written now and
 * then; what a crash or a damaged file loses are counts.
 */
import * as z from 'zod/mini'
import { accountUse, type AccountId, type AccountUse, type Usage } from '../../shared/account'
import type { CopyFormat } from '../../shared/copy-format'
import { DelayedWrite } from '../base/delayed-write'
import { migrate } from '../base/migrate'
import type { Clock, Log, StateStore, Timers } from '../base/ports'

/** Copies within so much time are one write. */
const WRITTEN_AFTER_MS = 30_000

const schema = z.object({ accounts: z.record(z.string(), accountUse) })

export interface AccountUsageDeps {
  readonly store: StateStore
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
}

export class AccountUsage {
  #uses = new Map<AccountId, AccountUse>()
  readonly #writing: DelayedWrite

  constructor(private readonly deps: AccountUsageDeps) {
    this.#writing = new DelayedWrite(deps, {
      afterMs: WRITTEN_AFTER_MS,
      write: () => {
        deps.store.write({ version: 1, accounts: Object.fromEntries(this.#uses) })
      },
      what: 'usage',
    })
  }

  /** Reads the file once. One that makes no sense is replaced when it is next written. */
  load(): void {
    const stored = this.deps.store.read()
    const migrated = stored.kind === 'text' ? migrate(stored.text, []) : null
    const read = migrated?.kind === 'current' ? schema.safeParse(migrated.document).data : undefined
    if (read === undefined && stored.kind !== 'missing')
      this.deps.log.warn('the use of accounts can not be read', {})
    this.#uses = new Map(Object.entries(read?.accounts ?? {}) as [AccountId, AccountUse][])
  }

  /** As an account's summary and a backup have it. */
  of(id: AccountId): { readonly usage: Usage | null; readonly copyFormat: CopyFormat | null } {
    const use = this.#uses.get(id)
    if (use === undefined) return { usage: null, copyFormat: null }
    return { usage: { lastAt: use.lastAt, copies: use.copies }, copyFormat: use.format }
  }

  /** `format`: null where none was chosen, and then the last one stays. */
  copied(id: AccountId, format: CopyFormat | null): void {
    const before = this.#uses.get(id)
    this.#set(id, {
      lastAt: this.deps.clock.now(),
      copies: (before?.copies ?? 0) + 1,
      format: format ?? before?.format ?? null,
    })
  }

  /** What an older record or a backup says of an account; what is known here is newer. */
  takeOver(id: AccountId, use: AccountUse): void {
    if (!this.#uses.has(id)) this.#set(id, use)
  }

  forget(id: AccountId): void {
    if (this.#uses.delete(id)) this.#writing.changed()
  }

  /** Forgets accounts that are gone without having been forgotten, as after a crash. */
  keepOnly(ids: readonly AccountId[]): void {
    const there = new Set(ids)
    for (const id of this.#uses.keys()) if (!there.has(id)) this.#uses.delete(id)
  }

  /** Writes at once what is not yet written. */
  save(): void {
    this.#writing.flush()
  }

  #set(id: AccountId, use: AccountUse): void {
    this.#uses.set(id, use)
    this.#writing.changed()
  }
}
