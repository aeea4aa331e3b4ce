/**
 * What has been told, so that nothing is told twice: reminders keyed by account, token and lead, news by account, and
 * what is told once in a lifetime. In memory the truth; on disk before anything is shown.
 */
import * as z from 'zod/mini'
import type { AccountId } from '../../shared/account'
import { NEWS } from '../../shared/activity'
import type { EpochMs } from '../../shared/brand'
import { migrate } from '../base/migrate'
import type { Lead } from '../../shared/reminders'
import { isUuid } from '../../shared/uuid'
import { errorFacts } from '../base/error-facts'
import type { Log, StateStore } from '../base/ports'

/** Told until the reason has passed (storage), or once and for all. */
export const ONCE = [
  'storage-unprotected',
  'storage-unwritable',
  'stays-in-background',
  'start-at-login-offered',
] as const
export type Once = (typeof ONCE)[number]

const entrySchema = z.object({
  /**
   * The most urgent lead that was given for a refresh token. A token is known by its end: one that a renewal did not
   * make any younger is the same to the user.
   */
  reminded: z.catch(z.nullable(z.object({ expiresAt: z.number(), lead: z.number() })), null),
  /** "Remind me tomorrow": by this machine's clock. */
  remindAgainAt: z.catch(z.nullable(z.number()), null),
  news: z.catch(z.nullable(z.enum(NEWS)), null),
})
export type LedgerEntry = Readonly<z.output<typeof entrySchema>>

const ledgerSchema = z.object({
  accounts: z.record(z.string(), entrySchema),
  once: z.array(z.string()),
  /** The newest version that was told of. */
  versionTold: z.catch(z.nullable(z.string()), null),
})

const NOTHING: LedgerEntry = { reminded: null, remindAgainAt: null, news: null }

export class Ledger {
  readonly #entries = new Map<AccountId, LedgerEntry>()
  readonly #once = new Set<Once>()
  #versionTold: string | null = null

  constructor(
    private readonly store: StateStore,
    private readonly log: Log,
  ) {}

  /** Reads the file once. A damaged one is set aside: the worst that follows is that something is told again. */
  load(): void {
    const stored = this.store.read()
    if (stored.kind === 'missing') return
    const migrated = stored.kind === 'text' ? migrate(stored.text, []) : null
    const parsed = migrated?.kind === 'current' ? ledgerSchema.safeParse(migrated.document) : null
    if (parsed?.success !== true) {
      this.#ifPossible(() => this.store.quarantine(migrated?.kind === 'future' ? 'newer-version' : 'damaged'))
      return
    }
    for (const [id, entry] of Object.entries(parsed.data.accounts)) {
      if (isUuid(id)) this.#entries.set(id as AccountId, entry)
    }
    this.#versionTold = parsed.data.versionTold
    for (const what of ONCE) if (parsed.data.once.includes(what)) this.#once.add(what)
  }

  of(id: AccountId): LedgerEntry {
    return this.#entries.get(id) ?? NOTHING
  }

  remindAgainAt(id: AccountId): EpochMs | null {
    return this.of(id).remindAgainAt
  }

  /** Whether this lead, or a more urgent one, was given for the token that ends at `expiresAt`. */
  wasReminded(id: AccountId, expiresAt: EpochMs, lead: Lead): boolean {
    const { reminded } = this.of(id)
    return reminded?.expiresAt === expiresAt && reminded.lead <= lead
  }

  wasTold(what: Once): boolean {
    return this.#once.has(what)
  }

  /** Changes several entries and writes them together. */
  note(changes: ReadonlyMap<AccountId, Partial<LedgerEntry>>): void {
    for (const [id, change] of changes) this.#entries.set(id, { ...this.of(id), ...change })
    if (changes.size > 0) this.#save()
  }

  tell(what: Once): void {
    if (this.#once.has(what)) return
    this.#once.add(what)
    this.#save()
  }

  /** The reason has passed: should it come again, that is news again. */
  untell(what: Once): void {
    if (this.#once.delete(what)) this.#save()
  }

  /** Notes that a newer version was told of; false when it had been told before. */
  tellOfVersion(version: string): boolean {
    if (this.#versionTold === version) return false
    this.#versionTold = version
    this.#save()
    return true
  }

  /** Forgets accounts that are gone; the file follows with the next change. */
  forget(id: AccountId): void {
    this.#entries.delete(id)
  }

  #save(): void {
    const document = {
      version: 1,
      accounts: Object.fromEntries(this.#entries),
      once: [...this.#once],
      versionTold: this.#versionTold,
    }
    this.#ifPossible(() => {
      this.store.write(document)
    })
  }

  /** A disk that refuses must not silence a warning: at worst it comes again after a restart. */
  #ifPossible(act: () => unknown): void {
    try {
      act()
    } catch (error) {
      this.log.warn('the ledger of reminders can not be written', errorFacts(error))
    }
  }
}
