/** Gives out live JWTs: the stored one while it is certainly live, else a renewed one. */
import type { AccountId } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import { jwtLifeLeft } from '../../shared/status'
import { expiryClaim } from '../../shared/jwt'
import type { AppEmitter } from '../base/app-events'
import { failed, type LiveJwt, type Outcome } from '../base/outcome'
import type { ServerClock } from './server-clock'
import { AccountGoneError } from '../base/errors'
import type { Account } from '../vault/account-view'
import type { Vault } from '../vault/vault'

/** A JWT with a time of receipt this far ahead shows that the clock is wrong. */
const FUTURE_TOLERANCE_MS = 120_000

export interface LiveJwtsDeps {
  readonly vault: Vault
  readonly clock: ServerClock
  /** Renews, or joins the renewal under way. */
  readonly renew: (id: AccountId, minimumLifeMs: number) => Promise<Outcome<LiveJwt>>
  /** The stored JWT was given out. */
  readonly used: (id: AccountId) => void
  readonly events: AppEmitter
}

export class LiveJwts {
  constructor(private readonly deps: LiveJwtsDeps) {}

  /** One with at least `minimumLifeMs` left, if the service grants such. */
  async get(id: AccountId, minimumLifeMs: number): Promise<Outcome<LiveJwt>> {
    const { clock, renew } = this.deps
    const atLeast = Math.max(minimumLifeMs, 1)
    if (this.#isSurelyLive(this.#account(id), atLeast)) {
      const stored = await this.#stored(id, (account) => clock.latest(account.environment.id) + atLeast)
      if (stored !== null) return stored
    }
    let renewed = await renew(id, atLeast)
    // The machine slept before the answer was read or stored: what came with it may have expired since.
    if (renewed.ok && this.#isStale(this.#account(id), atLeast)) renewed = await renew(id, atLeast)
    if (renewed.ok) {
      const isExpired = renewed.value.isExpired || this.#isExpired(id, renewed.value)
      return isExpired ? failed({ code: 'invalid-response', reason: 'expired-jwt' }) : renewed
    }
    if (renewed.problem.code !== 'key-needed') return renewed
    // Without a request the server's time can't be checked, so this machine's clock counts.
    const account = this.#account(id)
    const seemsLive = jwtLifeLeft({ jwt: account.session?.jwt ?? null }, this.#now(account)) >= atLeast
    const stored = seemsLive ? await this.#stored(id, (known) => this.#now(known) + atLeast) : null
    return stored ?? renewed
  }

  /** By the latest possible time, and not received in the future. */
  #isSurelyLive({ session, environment }: Account, minimumLifeMs: number): boolean {
    if (session?.jwt == null) return false
    const latest = this.deps.clock.latest(environment.id)
    return (
      jwtLifeLeft(session, latest) >= minimumLifeMs && session.jwt.receivedAt <= latest + FUTURE_TOLERANCE_MS
    )
  }

  /** Whether a JWT that counts as new was received before a sleep, and has expired since. */
  #isStale(account: Account, minimumLifeMs: number): boolean {
    const jwt = account.session?.jwt
    if (jwt == null || !this.deps.clock.isLongAgo(account.environment.id, jwt.receivedAt)) return false
    return !this.#isSurelyLive(account, minimumLifeMs)
  }

  /** Null where there is none, or where its own `exp` is before `until` (the server's time). */
  async #stored(id: AccountId, until: (account: Account) => EpochMs): Promise<Outcome<LiveJwt> | null> {
    const expiresAt = this.#account(id).session?.jwt?.expiresAt
    const opened = await this.deps.vault.secrets(id)
    if (!opened.ok) {
      this.deps.events.emit('accountsChanged', { ids: [id] })
      return failed({ code: 'locked', reason: opened.reason })
    }
    const { jwt } = opened.secrets
    if (jwt === null || expiresAt === undefined) return null
    // Earlier versions could not read every `exp`, so the stored expiry may be too late.
    const exp = expiryClaim(jwt.reveal())
    if (exp !== null && exp < until(this.#account(id))) return null
    this.deps.used(id)
    return { ok: true, value: { jwt, expiresAt, isExpired: false } }
  }

  /** By its own `exp` and the server's time, if an earlier answer has shown that. */
  #isExpired(id: AccountId, { jwt }: LiveJwt): boolean {
    const exp = expiryClaim(jwt.reveal())
    const now = this.deps.clock.measuredNow(this.#account(id).environment.id)
    return exp !== null && now !== null && exp <= now
  }

  #now(account: Account): EpochMs {
    return this.deps.clock.now(account.environment.id)
  }

  #account(id: AccountId): Account {
    const account = this.deps.vault.get(id)
    if (account === undefined) throw new AccountGoneError(id)
    return account
  }
}
