/**
 * Entering an API key for an account: the granted session replaces the stored one, unless it belongs to another subject
 * or loses the refresh token (auth-api.md, rule 7). Then a person is asked, and the session is held here, in memory
 * only, until the answer, a lock, or a time-out.
 */
import type { AccountId } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import type { EnvironmentId } from '../../shared/environment'
import type { Secret } from '../../shared/secret'
import { isOtherSubject, subjectOf, type KeyQuestion } from '../../shared/subject'
import type { SessionFacts } from '../vault/account-record'
import type { EnvironmentStore } from '../settings/environment-store'
import { failed, type LiveJwt, type Outcome } from '../base/outcome'
import type { Timers } from '../base/ports'
import type { NewSession } from './renewals'
import { hasValidToken } from './rotation'
import { AccountGoneError } from '../base/errors'
import type { Account } from '../vault/account-view'
import type { Vault } from '../vault/vault'

/** Long enough to look for the right key, and short for a session that is not stored. */
export const HELD_FOR_MS = 5 * 60_000

export interface KeyEntryDeps {
  readonly vault: Vault
  readonly environmentStore: EnvironmentStore
  readonly timers: Timers
  /** By the clock of the account's server. */
  readonly now: (account: Account) => EpochMs
  readonly logIn: (
    environmentId: EnvironmentId,
    apiKey: Secret,
    remember: boolean,
    signal?: AbortSignal,
  ) => Promise<Outcome<NewSession>>
  readonly store: (id: AccountId, session: NewSession) => Promise<Outcome<LiveJwt>>
  /** Waits until nothing else is under way for the account. */
  readonly alone: (
    id: AccountId,
    run: () => Promise<Outcome<LiveJwt>>,
    signal?: AbortSignal,
  ) => Promise<Outcome<LiveJwt>>
}

interface Held {
  readonly id: AccountId
  readonly session: NewSession
  /** Where it was granted. */
  readonly baseUrl: string | undefined
  readonly stopTimer: () => void
}

export class KeyEntry {
  readonly #held = new Map<string, Held>()
  #count = 0
  /** Rises when all held sessions are dropped: a login that began before must not be held after. */
  #generation = 0

  constructor(private readonly deps: KeyEntryDeps) {}

  /** If the service refuses the key the account stays as it was. */
  async enter(
    id: AccountId,
    apiKey: Secret,
    remember: boolean,
    signal?: AbortSignal,
  ): Promise<Outcome<LiveJwt> | KeyQuestion> {
    const asked: KeyQuestion[] = []
    const run = async (): Promise<Outcome<LiveJwt>> => {
      const generation = this.#generation
      const environmentId = this.#account(id).environment.id
      const session = await this.deps.logIn(environmentId, apiKey, remember, signal)
      if (!session.ok) return session
      const question = await this.#ask(id, session.value, generation)
      // Only a granted session is retried if the disk refuses it; a failed login changes nothing.
      if (question === null) return await this.deps.store(id, session.value)
      asked.push(question)
      return failed({ code: 'key-needed', reason: 'key-of-another' })
    }
    const outcome = await this.deps.alone(id, run, signal)
    return asked[0] ?? outcome
  }

  /** Null when the question is no longer open; `outcome` is null when the stored session stays. */
  async answer(
    questionId: string,
    replace: boolean,
  ): Promise<{ readonly id: AccountId; readonly outcome: Outcome<LiveJwt> | null } | null> {
    const held = this.#held.get(questionId)
    if (held === undefined) return null
    this.#drop(questionId)
    const { id, session } = held
    if (!replace) return { id, outcome: null }
    const outcome = await this.deps.alone(id, async () =>
      this.#baseUrlOf(id) === held.baseUrl
        ? await this.deps.store(id, session)
        : failed({ code: 'environment-changed', isGone: false }),
    )
    return { id, outcome }
  }

  /** The account was removed. */
  forget(id: AccountId): void {
    for (const [questionId, held] of this.#held) if (held.id === id) this.#drop(questionId)
  }

  /** The app locks or ends. */
  dropAll(): void {
    this.#generation += 1
    for (const questionId of this.#held.keys()) this.#drop(questionId)
  }

  async #ask(id: AccountId, session: NewSession, generation: number): Promise<KeyQuestion | null> {
    const { session: before } = this.#account(id)
    if (before === null) return null
    const opened = await this.deps.vault.secrets(id)
    const stored = opened.ok ? namesIn(opened.secrets.jwt) : null
    const answered = namesIn(session.secrets.jwt)
    const losesRefreshToken = this.#losesToken(id, before, session)
    const isOther = isOtherSubject(stored, answered)
    if (!isOther && !losesRefreshToken) return null
    const questionId = this.#hold(id, session, generation)
    const reason = isOther ? 'other-subject' : 'no-refresh-token'
    return { id: questionId, reason, stored, answered, losesRefreshToken }
  }

  #losesToken(id: AccountId, before: SessionFacts, session: NewSession): boolean {
    return session.facts.refreshToken === null && hasValidToken(before, this.deps.now(this.#account(id)))
  }

  /** Only the latest for each account. */
  #hold(id: AccountId, session: NewSession, generation: number): string {
    this.forget(id)
    const questionId = String((this.#count += 1))
    if (generation !== this.#generation) return questionId
    const stopTimer = this.deps.timers.after(HELD_FOR_MS, () => {
      this.#held.delete(questionId)
    })
    this.#held.set(questionId, { id, session, baseUrl: this.#baseUrlOf(id), stopTimer })
    return questionId
  }

  #drop(questionId: string): void {
    this.#held.get(questionId)?.stopTimer()
    this.#held.delete(questionId)
  }

  #baseUrlOf(id: AccountId): string | undefined {
    return this.deps.environmentStore.get(this.#account(id).environment.id)?.baseUrl
  }

  #account(id: AccountId): Account {
    const account = this.deps.vault.get(id)
    if (account === undefined) throw new AccountGoneError(id)
    return account
  }
}

function namesIn(jwt: Secret | null): KeyQuestion['stored'] {
  return jwt === null ? null : subjectOf(jwt.reveal())
}
