/**
 * Renews what no person asks for now: after a failure, when a policy says so, and where a refusal may have been wrong.
 * Never in the way of a person's request.
 */
import type { AccountId } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import type { Problem } from '../../shared/problem'
import { renewsAt } from '../../shared/renewal-times'
import { liveUntil } from '../../shared/status'
import type { Activity } from '../activity/activity'
import type { AppEmitter } from '../base/app-events'
import { AccountGoneError } from '../base/errors'
import type { LiveJwt, Outcome } from '../base/outcome'
import type { Clock, Log, Random, Timers } from '../base/ports'
import type { SettingsStore } from '../settings/settings-store'
import { refreshTokenDates } from '../vault/account-record'
import type { Account } from '../vault/account-view'
import type { Vault } from '../vault/vault'
import type { RequestLimiter } from './request-limiter'
import { RetryScheduler } from './retry-scheduler'
import type { ServicePauses } from './service-pauses'
import { wouldResendInDoubt } from './rotation'
import type { ServerClock } from './server-clock'

export interface AutomaticRenewalsDeps {
  readonly vault: Vault
  readonly settingsStore: SettingsStore
  readonly requests: RequestLimiter
  readonly pauses: ServicePauses
  readonly serverClock: ServerClock
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly activity: Activity
  readonly log: Log
  readonly events: AppEmitter
  /** Renews, or joins the renewal under way. */
  readonly renew: (id: AccountId) => Promise<Outcome<LiveJwt>>
  /** What keeps the account from renewing without a person. */
  readonly problem: (account: Account) => Problem | null
}

export class AutomaticRenewals {
  readonly #retries: RetryScheduler

  constructor(private readonly deps: AutomaticRenewalsDeps) {
    const { vault, clock, timers, random, events, pauses } = deps
    this.#retries = new RetryScheduler({
      clock,
      timers,
      random,
      urgency: (id) => {
        const jwt = vault.get(id)?.session?.jwt
        return jwt == null ? 0 : liveUntil(jwt)
      },
      retry: (id) => {
        this.#retry(id)
      },
      pausedMs: (id) => {
        const account = vault.get(id)
        return account === undefined ? 0 : pauses.left(account.environment.id)
      },
      putOff: (ids) => {
        events.emit('accountsChanged', { ids })
      },
    })
  }

  /** Plans what follows from how a renewal ended, whoever asked for it. */
  settle(id: AccountId, outcome: Outcome<LiveJwt>): Outcome<LiveJwt> {
    const account = this.deps.vault.get(id)
    if (outcome.ok || account === undefined) {
      this.#retries.forget(id)
      return outcome
    }
    // Waiting for a person is not a failure.
    if (outcome.problem.code === 'address-to-confirm') return outcome
    const isAutomatic = account.session === null || !wouldResendInDoubt(account.session)
    this.#retries.failed(id, outcome.problem, { retryAfterMs: outcome.retryAfterMs ?? null, isAutomatic })
    this.deps.log.info('a renewal failed', { id, problem: outcome.problem.code })
    this.deps.activity.note(id, account.name, { kind: 'failed', problem: outcome.problem.code })
    return outcome
  }

  /** Renewals that are due, spread where there are many. */
  begin(ids: readonly AccountId[]): void {
    this.#retries.begin(ids)
  }

  /** Once for each of these accounts, since what refused them may have been wrong. */
  beginOnceMore(accounts: readonly Account[]): void {
    for (const { id, triesOnceMore } of accounts) if (triesOnceMore) this.#retries.forget(id)
    const ids = accounts.map(({ id }) => id)
    this.deps.events.emit('accountsChanged', { ids })
    this.#retries.begin(ids)
  }

  /** The network is back, or the machine woke up: retries everything that waits. */
  retryNow(): void {
    this.#retries.retryNow()
  }

  /** The proxy has what it wants: retries what it has turned away. */
  proxyAnswered(): void {
    this.#retries.retryWhere(
      (problem) => problem.code === 'unreachable' && problem.reason === 'proxy-password',
    )
  }

  /**
   * The stored JWT works, so a failure in the background is no longer worth showing. One with a retry ahead stays, and
   * so does one that is left to a person: without it the policy would send a token in doubt once more.
   */
  jwtWasUsed(id: AccountId): void {
    if (!this.#retries.hasGivenUp(id)) return
    this.#retries.forget(id)
    this.deps.events.emit('accountsChanged', { ids: [id] })
  }

  forget(id: AccountId): void {
    this.#retries.forget(id)
  }

  /** What the last renewal failed with; null when it didn't. */
  problem(id: AccountId): Problem | null {
    return this.#retries.problem(id)
  }

  /** Null when no retry is planned. */
  retryAt(id: AccountId): EpochMs | null {
    return this.#retries.retryAt(id)
  }

  stop(): void {
    this.#retries.stop()
  }

  /** Waits for a slot that no person needs, and renews only if that is still wanted then. */
  #retry(id: AccountId): void {
    const account = this.deps.vault.get(id)
    if (account === undefined) return
    this.deps.requests
      .runRetry(account.environment.id, async () => {
        // The service has limited another one while this one waited for its slot.
        if (this.deps.pauses.left(account.environment.id) > 0) {
          this.#retries.putOff([id])
          return
        }
        const isWanted = this.#retries.hasFailed(id) || this.#account(id).triesOnceMore
        if (isWanted || this.#isDue(id)) await this.deps.renew(id)
        else this.deps.events.emit('accountsChanged', { ids: [id] })
      })
      .catch((error: unknown) => {
        if (!(error instanceof AccountGoneError)) throw error
      })
  }

  /** By its policy, now. */
  #isDue(id: AccountId): boolean {
    const account = this.#account(id)
    if (account.session === null) return false
    const { session, policy } = account
    const { settingsStore, serverClock, problem } = this.deps
    const at = renewsAt(
      { ...session, refreshToken: refreshTokenDates(session), policy, problem: problem(account) },
      settingsStore.current,
    )
    return at !== null && at <= serverClock.now(account.environment.id)
  }

  #account(id: AccountId): Account {
    const account = this.deps.vault.get(id)
    if (account === undefined) throw new AccountGoneError(id)
    return account
  }
}
