/**
 * The JWTs of the requests under way. Each is asked of main when it is needed and forgotten with the last request that
 * uses it; requests at the same time share the question and, after a 401, the renewal.
 */
import type { AccountId } from '../shared/account'
import type { GatewayJwt } from '../shared/gateway'

export interface JwtSource {
  jwtFor(accountId: AccountId): Promise<GatewayJwt>
  /** The service has answered 401 to `rejected`; gives a newer one where there is one. */
  renewed(accountId: AccountId, rejected: string): Promise<GatewayJwt>
}

/** A JWT while requests use it. */
export interface Lease {
  readonly jwt: string
  /** A newer one, once however many requests ask; null where there is none. To be released as well. */
  renewed(): Promise<Lease | null>
  release(): void
}

export type Leased =
  { readonly ok: true; readonly lease: Lease } | Extract<GatewayJwt, { readonly ok: false }>

export class Jwts {
  readonly #source: JwtSource
  readonly #asking = new Map<AccountId, Promise<GatewayJwt>>()
  readonly #shared = new Map<AccountId, SharedJwt>()

  constructor(source: JwtSource) {
    this.#source = source
  }

  async for(accountId: AccountId): Promise<Leased> {
    let asked = this.#asking.get(accountId)
    if (asked === undefined) {
      asked = this.#source.jwtFor(accountId).finally(() => {
        this.#asking.delete(accountId)
      })
      this.#asking.set(accountId, asked)
    }
    const answer = await asked
    return answer.ok ? { ok: true, lease: this.#lease(accountId, answer.jwt) } : answer
  }

  /** For tests: nothing is kept when no request is under way. */
  get kept(): number {
    return this.#shared.size
  }

  #lease(accountId: AccountId, jwt: string): Lease {
    let shared = this.#shared.get(accountId)
    if (shared?.jwt !== jwt) {
      shared = { jwt, users: 0, renewal: null }
      this.#shared.set(accountId, shared)
    }
    return this.#use(accountId, shared)
  }

  #use(accountId: AccountId, shared: SharedJwt): Lease {
    shared.users += 1
    let isReleased = false
    return {
      jwt: shared.jwt,
      renewed: async () => {
        shared.renewal ??= this.#source.renewed(accountId, shared.jwt)
        const answer = await shared.renewal
        return answer.ok && answer.jwt !== shared.jwt ? this.#lease(accountId, answer.jwt) : null
      },
      release: () => {
        if (isReleased) return
        isReleased = true
        shared.users -= 1
        if (shared.users === 0 && this.#shared.get(accountId) === shared) this.#shared.delete(accountId)
      },
    }
  }
}

interface SharedJwt {
  readonly jwt: string
  users: number
  renewal: Promise<GatewayJwt> | null
}
