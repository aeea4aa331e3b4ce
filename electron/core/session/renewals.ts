/**
 * Carries out one renewal by the rules of `rotation.ts`: note on disk, send, store on disk, and only then hand out.
 * `session-service.ts` makes sure that there is one at a time for each account.
 */
import type { AccountId } from '../../shared/account'
import type { Environment, EnvironmentId } from '../../shared/environment'
import { jwtLifeLeft } from '../../shared/status'
import type { Problem } from '../../shared/problem'
import type { Secret } from '../../shared/secret'
import { isOtherSubject, subjectOf } from '../../shared/subject'
import { type Secrets, type SessionFacts, recovered } from '../vault/account-record'
import type { Activity } from '../activity/activity'
import type { EnvironmentStore } from '../settings/environment-store'
import { CancelledError } from '../base/cancelling'
import type { EnvironmentDoubts } from './environment-doubts'
import { failed, unwritable, type Failure, type LiveJwt, type Outcome } from '../base/outcome'
import type { AuthApi, AuthOutcome, GrantedSession, Log } from '../base/ports'
import { withDoubt } from '../vault/refusals'
import type { RequestLimiter } from './request-limiter'
import type { ServicePauses } from './service-pauses'
import {
  granted,
  grantedToAnother,
  inFlight,
  keyNeeded,
  isInDoubt,
  methodFor,
  notGranted,
  notReached,
  type RenewalMethod,
} from './rotation'
import type { ServerClock } from './server-clock'
import { AccountGoneError } from '../base/errors'
import type { Account } from '../vault/account-view'
import type { Vault } from '../vault/vault'

export interface NewSession {
  readonly facts: SessionFacts
  readonly secrets: Secrets
  /** The vault's, when the request was sent. */
  readonly generation: number
}

export interface RenewalsDeps {
  readonly vault: Vault
  readonly environmentStore: EnvironmentStore
  readonly api: AuthApi
  readonly requests: RequestLimiter
  readonly pauses: ServicePauses
  readonly clock: ServerClock
  readonly doubts: EnvironmentDoubts
  readonly activity: Activity
  readonly log: Log
}

const KEPT_IN_MEMORY_ONLY: Problem = { code: 'key-needed', reason: 'kept-in-memory-only' }

export class Renewals {
  /** Granted, but the disk refused it: kept here until it is stored, and not handed out before. */
  readonly #unstored = new Map<AccountId, NewSession>()
  #closed = false

  constructor(private readonly deps: RenewalsDeps) {}

  /**
   * `force`: a person asked for just this, see `methodFor`. `minimumLifeMs`: a session that was granted before and
   * could not be stored is enough if its JWT has this much left.
   */
  async renew(id: AccountId, force: boolean, minimumLifeMs: number): Promise<Outcome<LiveJwt>> {
    const unstored = this.#unstored.get(id)
    if (unstored !== undefined) {
      const failure = await this.#keep(id, unstored)
      if (failure !== null) return failure
      // The disk may have been full for long.
      if (this.#lifeLeft(id, unstored.facts) >= minimumLifeMs) return liveJwtIn(unstored)
    }
    const { environment } = this.#account(id)
    return await this.deps.requests.run(environment.id, () => this.#exchange(id, force))
  }

  /**
   * Logs in with a key and keeps nothing: the caller stores the session. Fails if the environment got another address
   * before the answer came.
   */
  async logIn(
    environmentId: EnvironmentId,
    apiKey: Secret,
    remember: boolean,
    signal?: AbortSignal,
  ): Promise<Outcome<NewSession>> {
    try {
      this.deps.vault.probe()
    } catch (error) {
      return unwritable(error, false)
    }
    const { generation } = this.deps.vault
    const { clock, requests } = this.deps
    const asked = await requests.run(environmentId, async () => {
      // Cancelled while it waited for its slot.
      if (signal?.aborted === true) throw new CancelledError()
      const target = this.#target(environmentId)
      if (!target.ok) return target
      const askedAt = clock.here()
      return { target, askedAt, answer: await this.#ask(target.value, 'login', apiKey) }
    })
    if ('ok' in asked) return asked
    const { target, askedAt, answer } = asked
    const environment = this.deps.environmentStore.get(environmentId)
    if (environment?.baseUrl !== target.value.baseUrl) {
      return failed({ code: 'environment-changed', isGone: environment === undefined })
    }
    const receivedAt = clock.receivedAt(environmentId, askedAt, answer.clockSkewMs)
    if (answer.kind === 'refused' && this.deps.doubts.isWrongAddress(target.value, answer.status)) {
      return failed({ code: 'wrong-address', status: answer.status })
    }
    this.#measured(environmentId, answer)
    if (answer.kind !== 'granted') return failureOf(answer, 'login')
    this.deps.doubts.granted(null, target.value)
    const kept = { apiKey: remember ? apiKey : null, replaced: null }
    return { ok: true, value: { ...granted(answer.session, kept, receivedAt), generation } }
  }

  /** Durable first: the JWT is handed out only when the refresh token that came with it can't be lost. */
  async store(id: AccountId, session: NewSession): Promise<Outcome<LiveJwt>> {
    return (await this.#keep(id, session)) ?? liveJwtIn(session)
  }

  /** Null when it is stored; else it is kept in `#unstored`. */
  async #keep(id: AccountId, session: NewSession): Promise<Failure | null> {
    const { facts, secrets, generation } = session
    try {
      await this.deps.vault.saveSession(id, facts, secrets, generation)
    } catch (error) {
      const failure = unwritable(error, true)
      this.#unstored.set(id, session)
      this.deps.log.error('a granted session can not be stored yet', { id })
      return failure
    }
    this.#unstored.delete(id)
    return null
  }

  /** The account, or its secrets, were removed. */
  forget(id: AccountId): void {
    this.#unstored.delete(id)
  }

  /** Sends nothing from now on; requests in flight finish. */
  close(): void {
    this.#closed = true
  }

  /** The last attempt to store sessions that the disk has refused so far. */
  async storeUnstored(): Promise<void> {
    for (const [id, session] of this.#unstored) await this.#keep(id, session)
  }

  /** By refresh token and, if the service refuses that, by the saved API key; in the order of `methodFor`. */
  async #exchange(id: AccountId, force: boolean): Promise<Outcome<LiveJwt>> {
    const { vault, clock, doubts } = this.deps
    const { generation } = vault
    const opened = await vault.secrets(id)
    if (!opened.ok) return failed({ code: 'locked', reason: opened.reason })
    const attempts = new Set<string>()
    for (;;) {
      await this.deps.requests.whenReleased()
      const { session: stored, environment } = this.#account(id)
      if (stored === null) return failed(KEPT_IN_MEMORY_ONLY)
      // A note that could not be replaced after the answer still says "in flight", which counts as ambiguous.
      const session = recovered(stored)
      const now = clock.now(environment.id)
      const target = this.#target(environment.id)
      if (!target.ok) return target
      const { baseUrl } = target.value
      const doubtGeneration = doubts.generation(environment.id)
      const by = methodFor(session, opened.secrets, now, force)
      const token = by === 'refresh' ? opened.secrets.refreshToken : opened.secrets.apiKey
      // Each method once, and once more where an earlier refusal no longer counts.
      const attempt = `${String(by)} ${String(doubtGeneration)} ${baseUrl}`
      if (by === null || token === null || attempts.has(attempt)) return failed(keyNeeded(session, now))
      attempts.add(attempt)
      if (this.#closed) return failureOf(notSent('TokenDesk is quitting'), by)

      try {
        vault.saveFacts(id, inFlight(session, by, now), generation)
      } catch (error) {
        return unwritable(error, false)
      }
      const askedAt = clock.here()
      const answer = await this.#ask(target.value, by, token)
      if (answer.kind === 'granted') {
        if (by === 'login' && isAnothers(answer.session, opened.secrets)) {
          const noted = this.#note(id, grantedToAnother(session), generation)
          this.#measured(environment.id, answer)
          return noted ?? failed({ code: 'key-needed', reason: 'key-of-another' })
        }
        const receivedAt = clock.receivedAt(environment.id, askedAt, answer.clockSkewMs)
        const kept = { apiKey: opened.secrets.apiKey, replaced: by === 'refresh' ? token : null }
        // Before anything else, since any failure between the answer and the disk could lose the token.
        const stored = await this.store(id, { ...granted(answer.session, kept, receivedAt), generation })
        this.#measured(environment.id, answer)
        doubts.granted(id, target.value)
        this.#granted(id, by)
        return stored.ok
          ? { ok: true, value: { ...stored.value, isExpired: answer.session.isExpired } }
          : stored
      }
      const refusal = answer.kind === 'refused' ? answer.status : null
      if (refusal !== null && doubts.isWrongAddress(target.value, refusal)) {
        doubts.wrongAddress(target.value, refusal)
        return (
          this.#note(id, notReached(session), generation) ??
          failed({ code: 'wrong-address', status: refusal })
        )
      }
      const isDoubtful =
        refusal !== null &&
        doubts.refused(id, target.value, {
          status: refusal,
          generation: doubtGeneration,
          isExplained: by === 'refresh' && isInDoubt(session),
        })
      const answeredBy = { at: clock.now(environment.id), baseUrl }
      const facts = notGranted(session, by, answer, answeredBy)
      const isMarked = isDoubtful || doubts.isOpen(target.value)
      const noted = this.#note(id, isMarked ? withDoubt(facts, baseUrl, true) : facts, generation)
      if (!isDoubtful) this.#measured(environment.id, answer)
      if (refusal === null) return failureOf(answer, by)
      if (noted !== null) return noted
      if (doubts.isOpen(target.value)) return failed({ code: 'refused-together', status: refusal })
    }
  }

  #granted(id: AccountId, by: RenewalMethod): void {
    const { name } = this.#account(id)
    this.deps.log.info('renewed', { id, by })
    this.deps.activity.note(id, name, { kind: by === 'refresh' ? 'refreshed' : 'logged-in' })
  }

  /**
   * Stores the outcome of an answer without a session. If the disk refuses, the note in flight still says "ambiguous".
   */
  #note(id: AccountId, session: SessionFacts, generation: number): Failure | null {
    try {
      this.deps.vault.saveFacts(id, session, generation)
      return null
    } catch (error) {
      const failure = unwritable(error, false, 'outcome')
      this.deps.log.warn('the outcome of a renewal can not be stored', { id })
      return failure
    }
  }

  /** Refuses an address that is still to be confirmed by a person. */
  #target(environmentId: EnvironmentId): Outcome<Environment> {
    const environment = this.deps.environmentStore.get(environmentId)
    if (environment === undefined) return failed({ code: 'environment-changed', isGone: true })
    return environment.addressConfirmed
      ? { ok: true, value: environment }
      : failed({ code: 'address-to-confirm' })
  }

  async #ask(target: Environment, by: RenewalMethod, token: Secret): Promise<AuthOutcome> {
    if (this.#closed) return notSent('TokenDesk is quitting')
    const answer = await this.deps.api[by](target, token)
    this.deps.pauses.answered(target.id, answer)
    return answer
  }

  #measured(environmentId: EnvironmentId, { clockSkewMs }: AuthOutcome): void {
    if (clockSkewMs !== null) this.deps.clock.measured(environmentId, clockSkewMs)
  }

  #lifeLeft(id: AccountId, facts: SessionFacts): number {
    return jwtLifeLeft(facts, this.deps.clock.latest(this.#account(id).environment.id))
  }

  #account(id: AccountId): Account {
    const account = this.deps.vault.get(id)
    if (account === undefined) throw new AccountGoneError(id)
    return account
  }
}

/** A saved key that logs in as another subject must not replace the session unasked (auth-api.md, rule 7). */
function isAnothers({ jwt }: GrantedSession, { jwt: stored }: Secrets): boolean {
  return stored !== null && isOtherSubject(subjectOf(stored.reveal()), subjectOf(jwt.reveal()))
}

function liveJwtIn({ facts, secrets }: NewSession): Outcome<LiveJwt> {
  if (secrets.jwt === null || facts.jwt === null) throw new Error('a granted session has a JWT')
  return { ok: true, value: { jwt: secrets.jwt, expiresAt: facts.jwt.expiresAt, isExpired: false } }
}

function notSent(detail: string): Exclude<AuthOutcome, { kind: 'granted' }> {
  const problem = { code: 'unreachable', reason: 'other', detail } as const
  return { kind: 'transient', problem, retryAfterMs: null, mayHaveArrived: false, clockSkewMs: null }
}

function failureOf(answer: Exclude<AuthOutcome, { kind: 'granted' }>, by: RenewalMethod): Failure {
  switch (answer.kind) {
    case 'refused':
      return failed(
        by === 'login'
          ? { code: 'key-refused', status: answer.status }
          : { code: 'key-needed', reason: 'refresh-token-refused' },
      )
    case 'transient':
      return failed(answer.problem, answer.retryAfterMs)
    case 'redirected':
      return failed({ code: 'redirected', status: answer.status, target: answer.target })
  }
}
