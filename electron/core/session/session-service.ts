/**
 * Gives out live JWTs and renews sessions. One renewal at a time for each account, whoever asks; what fails in passing
 * is tried again by itself.
 */
import type { AccountId, RenewalPhase } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import type { Environment, EnvironmentId } from '../../shared/environment'
import { liveUntil } from '../../shared/status'
import type { Problem } from '../../shared/problem'
import { renewsAt } from '../../shared/renewal-times'
import type { Secret } from '../../shared/secret'
import type { KeyQuestion } from '../../shared/subject'
import { refreshTokenDates } from '../vault/account-record'
import type { Activity } from '../activity/activity'
import type { AppEmitter } from '../base/app-events'
import type { SettingsStore } from '../settings/settings-store'
import type { EnvironmentStore } from '../settings/environment-store'
import { CancelledError, unlessCancelled } from '../base/cancelling'
import { EnvironmentDoubts } from './environment-doubts'
import { KeyEntry } from './key-entry'
import { LiveJwts } from './live-jwts'
import type { LiveJwt, Outcome } from '../base/outcome'
import type { AuthApi, Clock, Log, Random, Timers } from '../base/ports'
import { Renewals, type NewSession } from './renewals'
import { RequestLimiter } from './request-limiter'
import { RetryScheduler } from './retry-scheduler'
import { problemOfStatus, wouldResendInDoubt } from './rotation'
import { ServerClock } from './server-clock'
import type { UnfinishedWork, WorkKind } from '../vault/unfinished-work'
import { AccountGoneError } from '../base/errors'
import type { Account } from '../vault/account-view'
import type { Vault } from '../vault/vault'

/** A sleep that was announced and never came: after so long awake, requests begin again. */
const HELD_AT_MOST_MS = 60_000

export interface SessionServiceDeps {
  readonly vault: Vault
  readonly settingsStore: SettingsStore
  readonly environmentStore: EnvironmentStore
  readonly api: AuthApi
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly activity: Activity
  readonly log: Log
  readonly work: UnfinishedWork
  readonly events: AppEmitter
}

export interface RenewalWish {
  /** A person asked for just this: see `methodFor`. */
  readonly force: boolean
  readonly minimumLifeMs?: number
}

export class SessionService {
  readonly #flights = new Map<AccountId, Promise<Outcome<LiveJwt>>>()
  readonly #requests = new RequestLimiter()
  readonly #clock: ServerClock
  readonly #doubts: EnvironmentDoubts
  readonly #renewals: Renewals
  readonly #retries: RetryScheduler
  readonly #liveJwts: LiveJwts
  #stopHolding: (() => void) | null = null
  #isClosed = false
  readonly #keys: KeyEntry

  constructor(private readonly deps: SessionServiceDeps) {
    const { vault, environmentStore, api, clock, timers, random, activity, log, events } = deps
    this.#clock = new ServerClock(clock, environmentStore)
    this.#doubts = new EnvironmentDoubts({
      vault,
      environmentStore,
      clock,
      timers,
      log,
      events,
      healed: (id) => {
        this.#tryOnceMore(id)
      },
    })
    this.#renewals = new Renewals({
      doubts: this.#doubts,
      vault,
      environmentStore,
      api,
      requests: this.#requests,
      clock: this.#clock,
      activity,
      log,
    })
    this.#keys = new KeyEntry({
      vault,
      environmentStore,
      timers,
      now: (account) => this.#now(account),
      logIn: this.logIn.bind(this),
      store: async (id, session) => this.#settle(id, await this.#renewals.store(id, session)),
      alone: async (id, run, signal) => {
        for (let before = this.#flights.get(id); before !== undefined; before = this.#flights.get(id)) {
          await unlessCancelled(
            before.catch(() => undefined),
            signal,
          )
        }
        return await this.#single(id, 'login', run)
      },
    })
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
    })
    this.#liveJwts = new LiveJwts({
      vault,
      clock: this.#clock,
      renew: (id, minimumLifeMs) => this.renew(id, { force: false, minimumLifeMs }),
      used: (id) => {
        // What failed in the background counts no more; a try that is planned goes on, and one that is left to a
        // person stays so: without its trouble the account's policy would send a token in doubt once more.
        if (!this.#retries.isOver(id)) return
        this.#retries.forget(id)
        this.#changed([id])
      },
      events,
    })
  }

  /** A JWT with at least `minimumLifeMs` left: the stored one, or a renewed one when that has less. */
  async liveJwt(id: AccountId, minimumLifeMs: number): Promise<Outcome<LiveJwt>> {
    return await this.#liveJwts.get(id, minimumLifeMs)
  }

  /** Renews now, or joins the renewal under way. */
  async renew(id: AccountId, wish: RenewalWish): Promise<Outcome<LiveJwt>> {
    const { force, minimumLifeMs = 1 } = wish
    const joins = this.#flights.has(id)
    try {
      const outcome = await this.#single(id, 'renewal', async () =>
        this.#settle(id, await this.#renewals.renew(id, force, minimumLifeMs)),
      )
      // A key that was entered turned out to be somebody else's: what is stored may still renew.
      return joins && isKeyOfAnother(outcome) ? await this.renew(id, wish) : outcome
    } catch (error) {
      // It had joined a login that somebody else has cancelled.
      if (error instanceof CancelledError) return await this.renew(id, wish)
      throw error
    }
  }

  /** Logs a known account in with a new key. If the service refuses it the account stays as it was. */
  async enterApiKey(
    id: AccountId,
    apiKey: Secret,
    remember: boolean,
    signal?: AbortSignal,
  ): Promise<Outcome<LiveJwt> | KeyQuestion> {
    return await this.#keys.enter(id, apiKey, remember, signal)
  }

  /** Whether what that key was granted replaces the stored session; null when the question is over. */
  async answerWhoseKey(questionId: string, replace: boolean): ReturnType<KeyEntry['answer']> {
    return await this.#keys.answer(questionId, replace)
  }

  /** The desk locks: what waits for an answer is dropped. */
  locked(): void {
    this.#keys.dropAll()
  }

  /**
   * Logs in with a key and keeps nothing: the session is the caller's to store. Rejects with `CancelledError` as soon as
   * `signal` is aborted; what is granted later goes to nobody.
   */
  async logIn(
    environmentId: EnvironmentId,
    apiKey: Secret,
    remember: boolean,
    signal?: AbortSignal,
  ): Promise<Outcome<NewSession>> {
    return await unlessCancelled(this.#renewals.logIn(environmentId, apiKey, remember, signal), signal)
  }

  phase(id: AccountId): RenewalPhase {
    if (this.#flights.has(id)) return { phase: 'renewing' }
    const retryAt = this.#retries.retryAt(id)
    return retryAt === null ? { phase: 'idle' } : { phase: 'waiting', retryAt }
  }

  /** What to tell the user about the account, or null when there is nothing. */
  problem(account: Account): Problem | null {
    if (account.locked !== null) return { code: 'locked', reason: account.locked }
    if (this.#waitsForConfirmation(account)) return { code: 'address-to-confirm' }
    const status = account.doubtfulStatus
    if (status !== null && this.#environmentOf(account)?.doubt?.why === 'refused-together') {
      return { code: 'refused-together', status }
    }
    return problemOfStatus(account.session, this.#now(account)) ?? this.#retries.problem(account.id)
  }

  /** The network is back, or the machine woke up: what waits for its next try goes on now. */
  retryNow(): void {
    this.#retries.retryNow()
  }

  /** The machine is about to sleep: nothing is sent any more, what is in flight goes on. */
  suspended(): void {
    // At its end the app waits for what is in flight, which must not wait for the machine to wake.
    if (this.#isClosed) return
    this.#requests.hold()
    this.#stopHolding?.()
    this.#stopHolding = this.deps.timers.after(HELD_AT_MOST_MS, () => {
      this.resumed()
    })
  }

  /** What waits since `suspended` is sent. */
  resumed(): void {
    this.#stopHolding?.()
    this.#stopHolding = null
    this.#requests.release()
  }

  /** Renewals that are due by policy: in nobody's way, and without a storm when there are many. */
  renewDue(ids: readonly AccountId[]): void {
    this.#retries.begin(ids)
  }

  /** Whether a request of the environment is under way, or waits for its place. */
  isAsking(environmentId: EnvironmentId): boolean {
    return this.#requests.isAsking(environmentId)
  }

  /** What failed at the old address may work at the new one, and what waited for a confirmed one waits no more. */
  addressChanged(environmentId: EnvironmentId): void {
    const accounts = this.#accountsOf(environmentId)
    for (const account of accounts) if (!this.#isAboutEnvironment(account)) this.#retries.forget(account.id)
    this.#doubts.addressChanged(environmentId)
    this.#changed(accounts.map(({ id }) => id))
  }

  /** An account of the environment that would show whether the doubt about it is over; null when none is in doubt. */
  oneInDoubt(environmentId: EnvironmentId): AccountId | null {
    return this.#accountsOf(environmentId).find((account) => this.#isAboutEnvironment(account))?.id ?? null
  }

  /** A person says that the environment is right: what it refused counts. Throws `StorageUnwritableError`. */
  async trustRefusals(environmentId: EnvironmentId): Promise<void> {
    const counts = (id: AccountId): void => {
      this.#retries.forget(id)
      this.#changed([id])
    }
    const isOver = await this.deps.work.run('saving', this.#doubts.trust(environmentId, counts))
    if (!isOver) return
    for (const each of this.#accountsOf(environmentId)) if (this.#isAboutEnvironment(each)) counts(each.id)
  }

  /** Once all accounts are read. */
  loaded(): void {
    this.#doubts.load()
  }

  /** The account, or what it has of secrets, is removed. */
  forget(id: AccountId): void {
    this.#retries.forget(id)
    this.#renewals.forget(id)
    this.#keys.forget(id)
    this.#doubts.forget(id)
  }

  /** Before the app ends: nothing new is sent, what is in flight is waited for, and what could not be stored is. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#retries.stop()
    this.#keys.dropAll()
    this.#renewals.close()
    // What waits to be sent is told that it won't be.
    this.resumed()
    await this.deps.work.settled()
    await this.#renewals.storeUnstored()
  }

  #single(id: AccountId, kind: WorkKind, run: () => Promise<Outcome<LiveJwt>>): Promise<Outcome<LiveJwt>> {
    const underWay = this.#flights.get(id)
    if (underWay !== undefined) return underWay
    const flight = run().finally(() => {
      this.#flights.delete(id)
      this.#changed([id])
    })
    this.#flights.set(id, flight)
    this.#changed([id])
    return this.deps.work.run(kind, flight)
  }

  /** Plans what follows from how a renewal ended. */
  #settle(id: AccountId, outcome: Outcome<LiveJwt>): Outcome<LiveJwt> {
    const account = this.deps.vault.get(id)
    if (outcome.ok || account === undefined) {
      this.#retries.forget(id)
      return outcome
    }
    // That it waits for a person is no failure of its own.
    if (outcome.problem.code === 'address-to-confirm') return outcome
    const isAutomatic = account.session === null || !wouldResendInDoubt(account.session)
    this.#retries.failed(id, outcome.problem, { retryAfterMs: outcome.retryAfterMs ?? null, isAutomatic })
    this.deps.log.info('a renewal failed', { id, problem: outcome.problem.code })
    this.deps.activity.note(id, account.name, { kind: 'failed', problem: outcome.problem.code })
    return outcome
  }

  /** Waits until it is in nobody's way, and then only renews what nobody has meanwhile. */
  #retry(id: AccountId): void {
    const account = this.deps.vault.get(id)
    if (account === undefined) return
    this.#requests
      .runRetry(account.environment.id, async () => {
        const isWanted = this.#retries.isInTrouble(id) || this.#account(id).triesOnceMore
        if (isWanted || this.#isDue(id)) await this.renew(id, { force: false })
        else this.#changed([id])
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
    const at = renewsAt(
      { ...session, refreshToken: refreshTokenDates(session), policy, problem: this.problem(account) },
      this.deps.settingsStore.current,
    )
    return at !== null && at <= this.#now(account)
  }

  /** What was refused wrongly, maybe, and who met a wrong address: each once, by itself. */
  #tryOnceMore(environmentId: EnvironmentId): void {
    const wronged = this.#accountsOf(environmentId).filter(
      (account) => account.locked === null && (account.triesOnceMore || this.#isAboutEnvironment(account)),
    )
    for (const { id, triesOnceMore } of wronged) if (triesOnceMore) this.#retries.forget(id)
    const ids = wronged.map(({ id }) => id)
    this.#changed(ids)
    this.#retries.begin(ids)
  }

  #changed(ids: readonly AccountId[]): void {
    this.deps.events.emit('accountsChanged', { ids })
  }

  #isAboutEnvironment({ id, doubtfulStatus }: Account): boolean {
    return doubtfulStatus !== null || this.#retries.problem(id)?.code === 'wrong-address'
  }

  #accountsOf(environmentId: EnvironmentId): readonly Account[] {
    return this.deps.vault.accounts().filter(({ environment }) => environment.id === environmentId)
  }

  #waitsForConfirmation(account: Account): boolean {
    return this.#environmentOf(account)?.addressConfirmed === false
  }

  #environmentOf({ environment }: Account): Environment | undefined {
    return this.deps.environmentStore.get(environment.id)
  }

  #now(account: Account): EpochMs {
    return this.#clock.now(account.environment.id)
  }

  #account(id: AccountId): Account {
    const account = this.deps.vault.get(id)
    if (account === undefined) throw new AccountGoneError(id)
    return account
  }
}

function isKeyOfAnother(outcome: Outcome<LiveJwt>): boolean {
  return !outcome.ok && outcome.problem.code === 'key-needed' && outcome.problem.reason === 'key-of-another'
}
