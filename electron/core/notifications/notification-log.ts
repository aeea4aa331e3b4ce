/**
 * What has been shown, so that nothing is shown twice: reminders keyed by account, token and lead, alerts by account,
 * and what is shown once in a lifetime. Written when the desktop has taken it, so that what it refuses stays due.
 */
import * as z from 'zod/mini'
import type { AccountId } from '../../shared/account'
import { ALERTS } from '../../shared/activity'
import type { EpochMs } from '../../shared/brand'
import { migrate } from '../base/migrate'
import type { Lead } from '../../shared/reminders'
import { isUuid } from '../../shared/uuid'
import { errorFacts } from '../base/error-facts'
import type { Log, StateStore } from '../base/ports'

/** Shown once until the reason has passed (storage), or only once ever. */
const ONE_TIME = [
  'storage-unprotected',
  'storage-unwritable',
  'stays-in-background',
  'start-at-login-offered',
] as const
export type OneTime = (typeof ONE_TIME)[number]

const accountLogSchema = z.object({
  /**
   * The most urgent lead that was shown for a refresh token. A token is identified by its expiry: to the user, a new
   * token with the same expiry is the same.
   */
  reminded: z.catch(z.nullable(z.object({ expiresAt: z.number(), lead: z.number() })), null),
  /** "Remind me tomorrow": by this machine's clock. */
  remindAgainAt: z.catch(z.nullable(z.number()), null),
  /** The latest alert; its name in the file is older than the word. */
  news: z.catch(z.nullable(z.enum(ALERTS)), null),
})
/** What was shown about one account. */
export type AccountLog = Readonly<z.output<typeof accountLogSchema>>

const logSchema = z.object({
  accounts: z.record(z.string(), accountLogSchema),
  once: z.array(z.string()),
  /** The newest version whose update was shown. */
  versionTold: z.catch(z.nullable(z.string()), null),
})

const NOTHING: AccountLog = { reminded: null, remindAgainAt: null, news: null }

export class NotificationLog {
  readonly #accounts = new Map<AccountId, AccountLog>()
  readonly #once = new Set<OneTime>()
  #versionShown: string | null = null

  constructor(
    private readonly store: StateStore,
    private readonly log: Log,
  ) {}

  /** Reads the file once. A damaged one is quarantined; at worst something is shown again. */
  load(): void {
    const stored = this.store.read()
    if (stored.kind === 'missing') return
    const migrated = stored.kind === 'text' ? migrate(stored.text, []) : null
    const parsed = migrated?.kind === 'current' ? logSchema.safeParse(migrated.document) : null
    if (parsed?.success !== true) {
      this.#ifPossible(() => this.store.quarantine(migrated?.kind === 'future' ? 'newer-version' : 'damaged'))
      return
    }
    for (const [id, entry] of Object.entries(parsed.data.accounts)) {
      if (isUuid(id)) this.#accounts.set(id as AccountId, entry)
    }
    this.#versionShown = parsed.data.versionTold
    for (const what of ONE_TIME) if (parsed.data.once.includes(what)) this.#once.add(what)
  }

  of(id: AccountId): AccountLog {
    return this.#accounts.get(id) ?? NOTHING
  }

  remindAgainAt(id: AccountId): EpochMs | null {
    return this.of(id).remindAgainAt
  }

  wasShown(what: OneTime): boolean {
    return this.#once.has(what)
  }

  /** Changes several entries and writes them together. */
  note(changes: ReadonlyMap<AccountId, Partial<AccountLog>>): void {
    for (const [id, change] of changes) this.#accounts.set(id, { ...this.of(id), ...change })
    if (changes.size > 0) this.#save()
  }

  markShown(what: OneTime): void {
    if (this.#once.has(what)) return
    this.#once.add(what)
    this.#save()
  }

  /** The reason has passed; if it returns, it is shown again. */
  clear(what: OneTime): void {
    if (this.#once.delete(what)) this.#save()
  }

  wasVersionShown(version: string): boolean {
    return this.#versionShown === version
  }

  markVersionShown(version: string): void {
    if (this.#versionShown === version) return
    this.#versionShown = version
    this.#save()
  }

  /** Written with the next change, since entries of removed accounts do no harm. */
  forget(id: AccountId): void {
    this.#accounts.delete(id)
  }

  #save(): void {
    const document = {
      version: 1,
      accounts: Object.fromEntries(this.#accounts),
      once: [...this.#once],
      versionTold: this.#versionShown,
    }
    this.#ifPossible(() => {
      this.store.write(document)
    })
  }

  /** A disk that refuses must not suppress a notification: at worst it is shown again after a restart. */
  #ifPossible(act: () => unknown): void {
    try {
      act()
    } catch (error) {
      this.log.warn('the notification log can not be written', errorFacts(error))
    }
  }
}

/** Whether this lead, or a more urgent one, was shown for the token that expires at `expiresAt`. */
export function wasReminded({ reminded }: AccountLog, expiresAt: EpochMs, lead: Lead): boolean {
  return reminded?.expiresAt === expiresAt && reminded.lead <= lead
}
