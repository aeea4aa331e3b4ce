/**
 * Doubts about an environment, rather than its accounts (auth-api.md, rules 5 and 6): its address answers but has never
 * granted anything, or it has refused several accounts at once, as a gateway, a VPN or a maintenance page does. Then
 * the user is asked once for all of them. A doubt ends when the address grants anything, or with another address, and
 * the accounts that were refused meanwhile are renewed once more.
 */
import type { AccountId } from '../../shared/account'
import type { Environment, EnvironmentId } from '../../shared/environment'
import type { AppEmitter } from '../base/app-events'
import type { EnvironmentStore } from '../settings/environment-store'
import { errorFacts } from '../base/error-facts'
import { yieldToEventLoop } from '../base/yield-to-event-loop'
import { StorageUnwritableError } from '../base/errors'
import type { Clock, Log, Timers } from '../base/ports'
import { isRefused, withDoubt } from '../vault/refusals'
import type { Vault } from '../vault/vault'

/** Each is synced to the disk, which takes some milliseconds; more would keep main from answering. */
const RECORDS_AT_ONCE = 4

const ACCOUNTS_TOGETHER = 3
const TOGETHER_MS = 60_000
const QUIET_BEFORE_MS = 3_600_000

/** A wrong base URL answers these, too: they count as a refusal only from an address that has granted something. */
const MAY_BE_WRONG_ADDRESS: ReadonlySet<number> = new Set([404, 405, 501])

export interface EnvironmentDoubtsDeps {
  readonly vault: Vault
  readonly environmentStore: EnvironmentStore
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly events: AppEmitter
  /** Called when a doubt ends: accounts that may have been refused wrongly are to be renewed once more. */
  readonly healed: (environmentId: EnvironmentId) => void
}

export interface RefusalFacts {
  readonly status: number
  /** The doubts' generation when the service was asked. */
  readonly generation: number
  /** The token may have been replaced while an answer was lost, which explains the refusal. */
  readonly isExplained: boolean
}

interface RefusedAccount {
  readonly id: AccountId
  /** By the monotonic clock. */
  readonly at: number
  /** It belongs to a doubt that has ended, so it counts for no new one. */
  readonly isPast: boolean
}

export class EnvironmentDoubts {
  readonly #generations = new Map<EnvironmentId, number>()
  readonly #recent = new Map<EnvironmentId, readonly RefusedAccount[]>()

  constructor(private readonly deps: EnvironmentDoubtsDeps) {}

  /** Restores doubts from before a restart, and announces their accounts, which were shown without them. */
  load(): void {
    const { vault, environmentStore, events } = this.deps
    const doubted = vault.accounts().flatMap(({ id, environment, doubtfulStatus }) => {
      return doubtfulStatus === null ? [] : [{ id, environmentId: environment.id, status: doubtfulStatus }]
    })
    for (const { environmentId, status } of doubted) {
      if (environmentStore.get(environmentId)?.doubt !== null) continue
      environmentStore.setDoubt(environmentId, { why: 'refused-together', status })
    }
    events.emit('accountsChanged', { ids: doubted.map(({ id }) => id) })
  }

  /** Whether such a refusal says that the base URL is wrong, and nothing of a token or key. */
  isWrongAddress({ id, baseUrl }: Environment, status: number): boolean {
    return MAY_BE_WRONG_ADDRESS.has(status) && !this.deps.environmentStore.hasGranted(id, baseUrl)
  }

  wrongAddress(target: Environment, status: number): void {
    if (this.#now(target)?.doubt === null) {
      this.deps.environmentStore.setDoubt(target.id, { why: 'wrong-address', status })
    }
  }

  /** Rises with the end of each doubt: requests sent before that may have been refused wrongly. */
  generation(id: EnvironmentId): number {
    return this.#generations.get(id) ?? 0
  }

  /** Notes that the address has refused the account; returns whether that refusal is in doubt. */
  refused(id: AccountId, target: Environment, { status, generation, isExplained }: RefusalFacts): boolean {
    if (this.#now(target) === undefined) return false
    if (generation !== this.generation(target.id)) return true
    if (!isExplained) this.#count(id, target, status)
    return this.isOpen(target)
  }

  /** Whether refusals by this address are in doubt. */
  isOpen(target: Environment): boolean {
    return this.#now(target)?.doubt?.why === 'refused-together'
  }

  /** The address has granted something, which ends a doubt about it. `id` is null for a new account. */
  granted(id: AccountId | null, target: Environment): void {
    if (this.#now(target) === undefined) return
    this.deps.environmentStore.noteGranted(target.id, target.baseUrl)
    // A later grant shows that the account's refusal was wrong, or was about its token alone.
    if (id !== null) this.#keepRecent(target.id, (each) => each.id !== id)
    if (this.#now(target)?.doubt != null) this.#close(target.id)
  }

  /** Refusals by the old address no longer matter. */
  addressChanged(id: EnvironmentId): void {
    this.#recent.delete(id)
    this.#close(id)
  }

  /** An account was removed; the doubt ends with the last one that was refused. */
  forget(id: AccountId): void {
    const { vault, environmentStore } = this.deps
    for (const environment of environmentStore.all) {
      this.#keepRecent(environment.id, (each) => each.id !== id)
      if (environment.doubt?.why !== 'refused-together') continue
      const isLeft = vault
        .accounts()
        .some((each) => each.environment.id === environment.id && each.doubtfulStatus !== null)
      if (!isLeft) environmentStore.setDoubt(environment.id, null)
    }
  }

  /**
   * A person says that the environment is right, so the refusals count. There may be thousands, so they are written a
   * few at a time; `counts` is called for each. Resolves with false when the doubt ended otherwise meanwhile (a grant,
   * another address). Throws `StorageUnwritableError`; the rest stay in doubt then.
   */
  async trust(id: EnvironmentId, counts: (id: AccountId) => void): Promise<boolean> {
    const { environmentStore, timers } = this.deps
    const pause = yieldToEventLoop(timers)
    const generation = this.generation(id)
    // Repeated, since more accounts may be refused meanwhile.
    for (let doubted = this.#doubted(id); doubted.length > 0; doubted = this.#doubted(id)) {
      for (let from = 0; from < doubted.length; from += RECORDS_AT_ONCE) {
        for (const each of doubted.slice(from, from + RECORDS_AT_ONCE)) {
          if (this.#settle(each)) counts(each)
        }
        await pause()
        if (generation !== this.generation(id)) return false
      }
    }
    environmentStore.setDoubt(id, null)
    return true
  }

  #doubted(id: EnvironmentId): readonly AccountId[] {
    return this.deps.vault
      .accounts()
      .filter(({ environment, doubtfulStatus }) => environment.id === id && doubtfulStatus !== null)
      .map((account) => account.id)
  }

  /** Lets the account's refusal count; false where it is no longer in doubt. */
  #settle(id: AccountId): boolean {
    const { vault } = this.deps
    const account = vault.get(id)
    const session = vault.recordedSession(id)
    if (account?.doubtfulStatus == null || session === null) return false
    vault.saveFacts(id, withDoubt(session, account.environment.baseUrl, false))
    return true
  }

  #count(id: AccountId, target: Environment, status: number): void {
    const now = this.deps.clock.monotonic()
    this.#keepRecent(target.id, ({ at }) => at > now - TOGETHER_MS - QUIET_BEFORE_MS)
    const recent = [...(this.#recent.get(target.id) ?? []), { id, at: now, isPast: false }]
    this.#recent.set(target.id, recent)
    const together = recent.filter(({ at, isPast }) => at > now - TOGETHER_MS && !isPast)
    const wasQuiet = recent.length === together.length
    const ids = new Set(together.map((each) => each.id))
    if (wasQuiet && ids.size >= ACCOUNTS_TOGETHER) this.#open(target, status, ids)
  }

  #open(target: Environment, status: number, ids: ReadonlySet<AccountId>): void {
    if (this.isOpen(target)) return
    const { vault, environmentStore, events, log } = this.deps
    log.warn('an environment refuses several accounts at once', { id: target.id, status })
    for (const id of ids) {
      const session = vault.recordedSession(id)
      if (session === null || !isRefused(session, target.baseUrl)) continue
      try {
        vault.saveFacts(id, withDoubt(session, target.baseUrl, true))
      } catch (error) {
        if (!(error instanceof StorageUnwritableError)) throw error
        log.warn('a doubt can not be stored', { id, ...errorFacts(error) })
      }
    }
    environmentStore.setDoubt(target.id, { why: 'refused-together', status })
    events.emit('accountsChanged', { ids: [...ids] })
  }

  #close(id: EnvironmentId): void {
    this.#generations.set(id, this.generation(id) + 1)
    const recent = this.#recent.get(id) ?? []
    this.#recent.set(
      id,
      recent.map((each) => ({ ...each, isPast: true })),
    )
    this.deps.environmentStore.setDoubt(id, null)
    this.deps.healed(id)
  }

  #keepRecent(id: EnvironmentId, isKept: (refused: RefusedAccount) => boolean): void {
    const recent = this.#recent.get(id)?.filter(isKept)
    if (recent !== undefined) this.#recent.set(id, recent)
  }

  /** The present environment; undefined if it no longer has the address that was asked. */
  #now({ id, baseUrl }: Environment): Environment | undefined {
    const environment = this.deps.environmentStore.get(id)
    return environment?.baseUrl === baseUrl ? environment : undefined
  }
}
