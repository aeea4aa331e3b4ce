/**
 * Gives out live JWTs and renews sessions. One renewal at a time for each account, whoever asks; each follows the
 * journal of `rotation.ts`: note on disk, send, store on disk, only then tell anyone.
 */
import pLimit, { type LimitFunction } from 'p-limit'
import type { AccountId, RenewalPhase } from '../shared/account'
import type { EpochMs } from '../shared/brand'
import type { EnvironmentId } from '../shared/environment'
import { jwtLifeLeft } from '../shared/expiry'
import { isTransient, type Problem } from '../shared/problem'
import type { Secrets, SessionFacts } from './account-record'
import { Agenda } from './agenda'
import type { AppState } from './app-state'
import { backoffMs } from './backoff'
import {
  StorageUnwritableError,
  type AuthApi,
  type AuthOutcome,
  type Clock,
  type Log,
  type Random,
  type Timers,
} from './ports'
import {
  granted,
  inFlight,
  keyNeeded,
  methodFor,
  notGranted,
  standingProblem,
  type RenewalMethod,
} from './rotation'
import { ServerClock } from './server-clock'
import { AccountGoneError, type Account, type Vault } from './vault'

/** The service is asked at most this many things at once for each environment (auth-api.md). */
const REQUESTS_AT_ONCE = 8
/** Of these, how many may be taken by what is tried again by itself: a person who asks never waits behind a crowd. */
const RETRIES_AT_ONCE = REQUESTS_AT_ONCE - 1

/** When many are due together, the time from one to the next. */
const SPREAD_STEP_MS = 10

export type Outcome<Value> = { readonly ok: true; readonly value: Value } | Failure

export interface Failure {
  readonly ok: false
  readonly problem: Problem
  /** How long the service asks not to be asked again, in ms. */
  readonly retryAfterMs?: number | null
}

export interface RenewalWish {
  /** A person asked for just this: see `methodFor`. */
  readonly insist: boolean
  /** What a session that was granted before and waits to be stored must have left to do. */
  readonly minimumLifeMs?: number
}

export interface LiveJwt {
  readonly jwt: string
  /** In the server's time. */
  readonly expiresAt: EpochMs
}

export interface NewSession {
  readonly facts: SessionFacts
  readonly secrets: Secrets
}

interface Places {
  readonly all: LimitFunction
  readonly forRetries: LimitFunction
}

export interface SessionServiceDeps {
  readonly vault: Vault
  readonly state: AppState
  readonly api: AuthApi
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly log: Log
  /** The account's summary is no longer what it was. */
  readonly changed: (id: AccountId) => void
}

/** What is known of an account's latest failure. Lives in memory only: after a restart the user's next need tries. */
interface Trouble {
  readonly problem: Problem
  readonly failures: number
  readonly retryAt: EpochMs | null
}

export class SessionService {
  readonly #flights = new Map<AccountId, Promise<Outcome<LiveJwt>>>()
  readonly #troubles = new Map<AccountId, Trouble>()
  /** Granted, but the disk refused it: kept here until it can be stored, and given to nobody before. */
  readonly #unstored = new Map<AccountId, NewSession>()
  readonly #limits = new Map<EnvironmentId, Places>()
  readonly #retries: Agenda<AccountId>
  readonly #clock: ServerClock

  constructor(private readonly deps: SessionServiceDeps) {
    this.#clock = new ServerClock(deps.clock, deps.state)
    this.#retries = new Agenda(
      () => deps.clock.monotonic(),
      deps.timers,
      (ids) => {
        this.#retryAll(ids)
      },
    )
  }

  /** A JWT with at least `minimumLifeMs` left, renewed first when the stored one has less. */
  async liveJwt(id: AccountId, minimumLifeMs: number): Promise<Outcome<LiveJwt>> {
    const underWay = this.#flights.get(id)
    if (underWay !== undefined) return await underWay
    const account = this.#account(id)
    const { session } = account
    if (session?.jwt != null && this.#lifeLeft(account, session) >= Math.max(minimumLifeMs, 1)) {
      const opened = await this.deps.vault.secrets(id)
      if (!opened.ok) return this.#locked(id, opened.reason)
      if (opened.secrets.jwt !== null) {
        return { ok: true, value: { jwt: opened.secrets.jwt, expiresAt: session.jwt.expiresAt } }
      }
    }
    return await this.renew(id, { insist: false, minimumLifeMs })
  }

  /** Renews now, or joins the renewal under way. */
  renew(id: AccountId, { insist, minimumLifeMs = 1 }: RenewalWish): Promise<Outcome<LiveJwt>> {
    return this.#single(id, async () => {
      const outcome = await this.#renew(id, insist, minimumLifeMs).catch(storageFailure)
      if (!outcome.ok) this.#remember(id, outcome)
      return outcome
    })
  }

  /** Logs a known account in with a new key. A failure leaves the account as it was. */
  async enterApiKey(id: AccountId, apiKey: string, remember: boolean): Promise<Outcome<LiveJwt>> {
    await this.#flights.get(id)
    return await this.#single(id, async () => {
      const account = this.#account(id)
      const session = await this.logIn(account.environment.id, apiKey, remember)
      return session.ok ? await this.#store(id, session.value) : session
    })
  }

  /** Logs in with a key and keeps nothing: the session is the caller's to store. */
  async logIn(environmentId: EnvironmentId, apiKey: string, remember: boolean): Promise<Outcome<NewSession>> {
    try {
      this.deps.vault.probe()
    } catch (error) {
      return { ok: false, problem: unwritable(error, false) }
    }
    const answer = await this.#places(environmentId).all(() => this.#ask(environmentId, 'login', apiKey))
    if (answer.kind !== 'granted') return failure(answer, 'login')
    const now = this.#serverTime(environmentId)
    return { ok: true, value: granted(answer.session, remember ? apiKey : null, now) }
  }

  phase(id: AccountId): RenewalPhase {
    if (this.#flights.has(id)) return { phase: 'renewing' }
    const retryAt = this.#troubles.get(id)?.retryAt ?? null
    return retryAt === null ? { phase: 'idle' } : { phase: 'waiting', retryAt }
  }

  /** What to tell the user about the account, or null when there is nothing. */
  problem(account: Account): Problem | null {
    if (account.locked !== null) return { code: 'locked', reason: account.locked }
    return (
      standingProblem(account.session, this.#serverTime(account.environment.id)) ??
      this.#troubles.get(account.id)?.problem ??
      null
    )
  }

  /** The network is back, or the machine woke up: what waits for its next try goes on now. */
  retryNow(): void {
    this.#clock.look()
    this.#retryAll(this.#retries.keys())
  }

  /** The account is removed, or all is well with it: forget its troubles. */
  forget(id: AccountId): void {
    this.#retries.delete(id)
    this.#troubles.delete(id)
    this.#unstored.delete(id)
  }

  /** Resolves when no renewal is under way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#flights.values())
  }

  /** The most urgent first; many at once are spread with jitter, so that a wake-up is no storm. */
  #retryAll(ids: readonly AccountId[]): void {
    if (ids.length <= REQUESTS_AT_ONCE) {
      for (const id of ids) this.#retry(id)
      return
    }
    const now = this.deps.clock.monotonic()
    for (const [place, id] of this.#byUrgency(ids).entries()) {
      this.#retries.set(id, now + (place + this.deps.random()) * SPREAD_STEP_MS)
    }
  }

  /** Whose JWT dies, or has died, first. */
  #byUrgency(ids: readonly AccountId[]): readonly AccountId[] {
    const dies = (id: AccountId): EpochMs => this.deps.vault.get(id)?.session?.jwt?.expiresAt ?? 0
    return ids
      .map((id) => ({ id, at: dies(id) }))
      .sort((a, b) => a.at - b.at)
      .map(({ id }) => id)
  }

  /** Waits for one of the places that aren't kept for people, and then only renews what nobody has meanwhile. */
  #retry(id: AccountId): void {
    const account = this.deps.vault.get(id)
    if (account === undefined) return
    this.#places(account.environment.id)
      .forRetries(async () => {
        if (this.#troubles.has(id)) await this.renew(id, { insist: false })
      })
      .catch((error: unknown) => {
        if (!(error instanceof AccountGoneError)) throw error
      })
  }

  #single(id: AccountId, run: () => Promise<Outcome<LiveJwt>>): Promise<Outcome<LiveJwt>> {
    const underWay = this.#flights.get(id)
    if (underWay !== undefined) return underWay
    const flight = run().finally(() => {
      this.#flights.delete(id)
      this.deps.changed(id)
    })
    this.#flights.set(id, flight)
    this.deps.changed(id)
    return flight
  }

  async #renew(id: AccountId, insist: boolean, minimumLifeMs: number): Promise<Outcome<LiveJwt>> {
    const account = this.#account(id)
    const unstored = this.#unstored.get(id)
    if (unstored !== undefined) {
      const stored = await this.#store(id, unstored)
      // The disk may have been full for long: what waited for it may be of no use any more.
      if (!stored.ok || this.#lifeLeft(account, unstored.facts) >= minimumLifeMs) return stored
    }
    if (this.#account(id).session === null) return { ok: false, problem: keptInMemoryOnly }
    const opened = await this.deps.vault.secrets(id)
    if (!opened.ok) return this.#locked(id, opened.reason)
    return await this.#places(account.environment.id).all(() => this.#exchange(id, opened.secrets, insist))
  }

  /** One renewal: by refresh token and, if the service refuses that, by a remembered API key. */
  async #exchange(id: AccountId, secrets: Secrets, insist: boolean): Promise<Outcome<LiveJwt>> {
    const tried = new Set<RenewalMethod>()
    for (;;) {
      const account = this.#account(id)
      const { session } = account
      if (session === null) return { ok: false, problem: keptInMemoryOnly }
      const environmentId = account.environment.id
      const now = this.#serverTime(environmentId)
      const by = methodFor(session, secrets, now, insist)
      if (by === null || tried.has(by)) return { ok: false, problem: keyNeeded(session, now) }
      tried.add(by)

      const token = by === 'refresh' ? secrets.refreshToken : secrets.apiKey
      if (token === null) return { ok: false, problem: keyNeeded(session, now) }
      this.deps.vault.saveFacts(id, inFlight(session, by, now))
      const answer = await this.#ask(environmentId, by, token)
      if (answer.kind === 'granted') {
        return await this.#store(id, granted(answer.session, secrets.apiKey, this.#serverTime(environmentId)))
      }
      this.#note(id, notGranted(session, by, answer, now))
      if (answer.kind === 'refused' && by === 'refresh') continue
      return failure(answer, by)
    }
  }

  /** Durable first: whoever waits for the JWT gets it only when the token that came with it can't be lost. */
  async #store(id: AccountId, session: NewSession): Promise<Outcome<LiveJwt>> {
    try {
      await this.deps.vault.saveSession(id, session.facts, session.secrets)
    } catch (error) {
      if (error instanceof AccountGoneError) throw error
      this.#unstored.set(id, session)
      this.deps.log.error('a granted session can not be stored yet', { id })
      return { ok: false, problem: unwritable(error, true) }
    }
    this.forget(id)
    const { jwt } = session.secrets
    if (jwt === null || session.facts.jwt === null) throw new Error('a granted session has a JWT')
    return { ok: true, value: { jwt, expiresAt: session.facts.jwt.expiresAt } }
  }

  /** Stores what an answer without a session taught. If the disk refuses, the note in flight still says "in doubt". */
  #note(id: AccountId, session: SessionFacts): void {
    try {
      this.deps.vault.saveFacts(id, session)
    } catch (error) {
      this.deps.log.warn('the outcome of a renewal can not be stored', { id, detail: String(error) })
    }
  }

  async #ask(environmentId: EnvironmentId, by: RenewalMethod, token: string): Promise<AuthOutcome> {
    const environment = this.deps.state.environment(environmentId)
    if (environment === undefined) {
      const problem = { code: 'unreachable', reason: 'other', detail: 'unknown environment' } as const
      return { kind: 'transient', problem, retryAfterMs: null, mayHaveArrived: false, clockSkewMs: null }
    }
    const outcome = await this.deps.api[by](environment, token)
    if (outcome.clockSkewMs !== null) this.deps.state.measuredSkew(environmentId, outcome.clockSkewMs)
    return outcome
  }

  #remember(id: AccountId, { problem, retryAfterMs = null }: Failure): void {
    const failures = (this.#troubles.get(id)?.failures ?? 0) + 1
    const goesOn = isTransient(problem) || problem.code === 'storage-unwritable'
    const retryAt = goesOn
      ? this.deps.clock.now() + backoffMs(failures, retryAfterMs, this.deps.random)
      : null
    this.#troubles.set(id, { problem, failures, retryAt })
    if (retryAt === null) this.#retries.delete(id)
    else this.#retries.set(id, this.deps.clock.monotonic() + (retryAt - this.deps.clock.now()))
  }

  #locked(id: AccountId, reason: Extract<Problem, { code: 'locked' }>['reason']): Outcome<never> {
    this.deps.changed(id)
    return { ok: false, problem: { code: 'locked', reason } }
  }

  #account(id: AccountId): Account {
    const account = this.deps.vault.get(id)
    if (account === undefined) throw new AccountGoneError(id)
    return account
  }

  #lifeLeft(account: Account, session: SessionFacts): number {
    return jwtLifeLeft(session, this.#serverTime(account.environment.id))
  }

  #serverTime(environmentId: EnvironmentId): EpochMs {
    return this.#clock.now(environmentId)
  }

  #places(environmentId: EnvironmentId): Places {
    const known = this.#limits.get(environmentId)
    if (known !== undefined) return known
    const places = { all: pLimit(REQUESTS_AT_ONCE), forRetries: pLimit(RETRIES_AT_ONCE) }
    this.#limits.set(environmentId, places)
    return places
  }
}

const keptInMemoryOnly: Problem = { code: 'key-needed', reason: 'kept-in-memory-only' }

function failure(answer: Exclude<AuthOutcome, { kind: 'granted' }>, by: RenewalMethod): Failure {
  switch (answer.kind) {
    case 'refused':
      return {
        ok: false,
        problem:
          by === 'login'
            ? { code: 'key-refused', status: answer.status }
            : { code: 'key-needed', reason: 'refresh-token-refused' },
      }
    case 'transient':
      return { ok: false, problem: answer.problem, retryAfterMs: answer.retryAfterMs }
    case 'redirected':
      return { ok: false, problem: { code: 'redirected', status: answer.status, target: answer.target } }
  }
}

/** The disk refused before anything was sent. */
function storageFailure(error: unknown): Failure {
  if (!(error instanceof StorageUnwritableError)) throw error
  return { ok: false, problem: unwritable(error, false) }
}

function unwritable(error: unknown, afterAnswer: boolean): Problem {
  return { code: 'storage-unwritable', afterAnswer, detail: error instanceof Error ? error.message : '' }
}
