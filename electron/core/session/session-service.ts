/** Gives out live JWTs and renews sessions: one renewal at a time for each account, whoever asks. */
import type { AccountId, RenewalPhase } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import type { Environment, EnvironmentId } from '../../shared/environment'
import type { Problem } from '../../shared/problem'
import type { Secret } from '../../shared/secret'
import type { KeyQuestion } from '../../shared/subject'
import type { Activity } from '../activity/activity'
import type { AppEmitter } from '../base/app-events'
import type { SettingsStore } from '../settings/settings-store'
import type { EnvironmentStore } from '../settings/environment-store'
import { CancelledError, unlessCancelled } from '../base/cancelling'
import { AutomaticRenewals } from './automatic-renewals'
import { EnvironmentDoubts } from './environment-doubts'
import { KeyEntry } from './key-entry'
import { LiveJwts } from './live-jwts'
import type { LiveJwt, Outcome } from '../base/outcome'
import type { AuthApi, Clock, Log, Random, Timers } from '../base/ports'
import { Renewals, type NewSession } from './renewals'
import { RequestLimiter } from './request-limiter'
import { problemOfStatus } from './rotation'
import { ServerClock } from './server-clock'
import { ServicePauses } from './service-pauses'
import type { UnfinishedWork, WorkKind } from '../vault/unfinished-work'
import type { Account } from '../vault/account-view'
import type { Vault } from '../vault/vault'

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
  /** What services that limit have asked for. */
  readonly pauses: ServicePauses
  readonly #flights = new Map<AccountId, Promise<Outcome<LiveJwt>>>()
  readonly #requests: RequestLimiter
  readonly #clock: ServerClock
  readonly #doubts: EnvironmentDoubts
  readonly #renewals: Renewals
  readonly #automatic: AutomaticRenewals
  readonly #liveJwts: LiveJwts
  #isClosed = false
  readonly #keys: KeyEntry

  constructor(private readonly deps: SessionServiceDeps) {
    const { vault, settingsStore, environmentStore, api, clock, timers, random, activity, log, events } = deps
    this.#requests = new RequestLimiter(timers)
    const pauses = (this.pauses = new ServicePauses({ clock, timers, random, events }))
    this.#clock = new ServerClock(clock, environmentStore)
    this.#doubts = new EnvironmentDoubts({
      vault,
      environmentStore,
      clock,
      timers,
      log,
      events,
      healed: (id) => {
        this.#automatic.beginOnceMore(this.#refusedWrongly(id))
      },
    })
    this.#renewals = new Renewals({
      doubts: this.#doubts,
      vault,
      environmentStore,
      api,
      requests: this.#requests,
      pauses,
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
      store: async (id, session) => this.#automatic.settle(id, await this.#renewals.store(id, session)),
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
    this.#automatic = new AutomaticRenewals({
      vault,
      settingsStore,
      requests: this.#requests,
      pauses,
      serverClock: this.#clock,
      clock,
      timers,
      random,
      activity,
      log,
      events,
      renew: (id) => this.renew(id, { force: false }),
      problem: (account) => this.problem(account),
    })
    this.#liveJwts = new LiveJwts({
      vault,
      clock: this.#clock,
      renew: (id, minimumLifeMs) => this.renew(id, { force: false, minimumLifeMs }),
      used: (id) => {
        this.#automatic.jwtWasUsed(id)
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
        this.#automatic.settle(id, await this.#renewals.renew(id, force, minimumLifeMs)),
      )
      // The entered key belongs to another account; the stored session may still renew.
      return joins && isKeyOfAnother(outcome) ? await this.renew(id, wish) : outcome
    } catch (error) {
      // It had joined a login that its own caller cancelled.
      if (error instanceof CancelledError) return await this.renew(id, wish)
      throw error
    }
  }

  /** Logs a known account in with a new API key. If the service refuses it, the account stays as it was. */
  async enterApiKey(
    id: AccountId,
    apiKey: Secret,
    remember: boolean,
    signal?: AbortSignal,
  ): Promise<Outcome<LiveJwt> | KeyQuestion> {
    return await this.#keys.enter(id, apiKey, remember, signal)
  }

  /** Replaces the stored session, or not, by what that key was granted; null when the question is over. */
  async answerWhoseKey(questionId: string, replace: boolean): ReturnType<KeyEntry['answer']> {
    return await this.#keys.answer(questionId, replace)
  }

  /** Drops granted sessions that wait for a person's answer. */
  locked(): void {
    this.#keys.dropAll()
  }

  /**
   * Logs in with a key and keeps nothing: the caller stores the session. Rejects with `CancelledError` as soon as
   * `signal` is aborted; what is granted later is dropped.
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
    const retryAt = this.#automatic.retryAt(id)
    return retryAt === null ? { phase: 'idle' } : { phase: 'waiting', retryAt }
  }

  /** Null when the user needs to know nothing about the account. */
  problem(account: Account): Problem | null {
    if (account.locked !== null) return { code: 'locked', reason: account.locked }
    if (this.#waitsForConfirmation(account)) return { code: 'address-to-confirm' }
    const status = account.doubtfulStatus
    if (status !== null && this.#environmentOf(account)?.doubt?.why === 'refused-together') {
      return { code: 'refused-together', status }
    }
    return problemOfStatus(account.session, this.#now(account)) ?? this.#automatic.problem(account.id)
  }

  /** The network is back, or the machine woke up: retries everything that waits. */
  retryNow(): void {
    this.pauses.endAll()
    this.#automatic.retryNow()
  }

  /** The proxy has what it wants: retries what it has turned away, and nothing that a service wants to wait. */
  proxyAnswered(): void {
    this.#automatic.proxyAnswered()
  }

  /** The machine is about to sleep: sends nothing new, and lets what is in flight finish. */
  suspended(): void {
    // Quitting waits for what is in flight, which must not wait for the machine to wake.
    if (this.#isClosed) return
    this.#requests.hold()
  }

  /** Sends what has waited since `suspended`. */
  resumed(): void {
    this.#requests.release()
  }

  /** Renewals that are due by policy, spread where there are many. */
  renewDue(ids: readonly AccountId[]): void {
    this.#automatic.begin(ids)
  }

  /** Whether a request of the environment is under way, or waits for its slot. */
  isAsking(environmentId: EnvironmentId): boolean {
    return this.#requests.isAsking(environmentId)
  }

  /** What failed at the old address may work at the new one, and what waited for a confirmed address need not wait. */
  addressChanged(environmentId: EnvironmentId): void {
    this.pauses.end(environmentId)
    const accounts = this.#accountsOf(environmentId)
    for (const account of accounts) if (!this.#isAboutEnvironment(account)) this.#automatic.forget(account.id)
    this.#doubts.addressChanged(environmentId)
    this.#changed(accounts.map(({ id }) => id))
  }

  /**
   * An account whose renewal would show whether the doubt about the environment is over; null when none is in doubt.
   */
  oneInDoubt(environmentId: EnvironmentId): AccountId | null {
    return this.#accountsOf(environmentId).find((account) => this.#isAboutEnvironment(account))?.id ?? null
  }

  /** A person says that the environment is right, so its refusals count. Throws `StorageUnwritableError`. */
  async trustRefusals(environmentId: EnvironmentId): Promise<void> {
    const counts = (id: AccountId): void => {
      this.#automatic.forget(id)
      this.#changed([id])
    }
    const isTrusted = await this.deps.work.run('saving', this.#doubts.trust(environmentId, counts))
    if (!isTrusted) return
    for (const each of this.#accountsOf(environmentId)) if (this.#isAboutEnvironment(each)) counts(each.id)
  }

  /** To be called once all accounts are read. */
  loaded(): void {
    this.#doubts.load()
  }

  /** Its removal is pending: nothing is begun for it, but what is under way is still stored. */
  pause(id: AccountId): void {
    this.#automatic.forget(id)
    this.#keys.forget(id)
  }

  /** The account, or its secrets, were removed. */
  forget(id: AccountId): void {
    this.#automatic.forget(id)
    this.#renewals.forget(id)
    this.#keys.forget(id)
    this.#doubts.forget(id)
  }

  /** Before the app ends: sends nothing new, waits for what is in flight, and stores what the disk refused so far. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#automatic.stop()
    this.#keys.dropAll()
    this.#renewals.close()
    // Released requests find the renewals closed and fail at once.
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

  /** Accounts whose refusal may have been wrong, and those that met a wrong address. */
  #refusedWrongly(environmentId: EnvironmentId): readonly Account[] {
    return this.#accountsOf(environmentId).filter(
      (account) => account.locked === null && (account.triesOnceMore || this.#isAboutEnvironment(account)),
    )
  }

  #changed(ids: readonly AccountId[]): void {
    this.deps.events.emit('accountsChanged', { ids })
  }

  #isAboutEnvironment({ id, doubtfulStatus }: Account): boolean {
    return doubtfulStatus !== null || this.#automatic.problem(id)?.code === 'wrong-address'
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
}

function isKeyOfAnother(outcome: Outcome<LiveJwt>): boolean {
  return !outcome.ok && outcome.problem.code === 'key-needed' && outcome.problem.reason === 'key-of-another'
}
