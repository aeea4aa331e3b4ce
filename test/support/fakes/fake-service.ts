import type {
  AuthApi,
  AuthAnswer,
  AuthOutcome,
  AuthTarget,
  Clock,
  ReachOutcome,
} from '../../../electron/core/base/ports'
import { Secret } from '../../../electron/shared/secret'

const HOUR = 3_600_000
const DAY = 24 * HOUR

export interface FakeRequest {
  readonly call: 'login' | 'refresh'
  readonly secret: string
}

/** What goes wrong with a request: nothing, lost before it arrives, or lost after the service has processed it. */
export type Mishap = { readonly lose: 'request' | 'answer' } | { readonly answer: AuthAnswer } | null

/**
 * A minimal service: a refresh invalidates its token at once and for good. Responses are held back while `held` is
 * true, so that a test can check the state meanwhile.
 */
export class FakeService implements AuthApi {
  readonly requests: FakeRequest[] = []
  /** Base URLs that were tested. */
  readonly reached: string[] = []
  /** Called for each request; returns what goes wrong with it. */
  mishap: (request: FakeRequest, index: number, target: AuthTarget) => Mishap = () => null
  /** Called when a request arrives, and when its response leaves. */
  arrived: (request: FakeRequest) => void = () => undefined
  answered: () => void = () => undefined
  /** The `n`th JWT granted, for which API key. */
  jwtOf: (n: number, apiKey: string) => string = (n) => `jwt-${String(n)}`
  jwtLifeMs = 24 * HOUR
  refreshLifeMs = 30 * DAY
  /** The server's clock minus ours. */
  skewMs = 0
  /** Whether its responses contain readable expiries. */
  saysWhen = true
  /** The result of a connection test, instead of the service. */
  reaches: ReachOutcome | null = null
  /** Grants JWTs that have already expired by their own `exp`. */
  grantsExpired = false
  readonly #keys = new Map<string, { readonly refreshes: boolean }>()
  readonly #newest = new Map<string, { readonly token: string; readonly expiresAt: number }>()
  /** The API key of each of the newest tokens. */
  readonly #keyOf = new Map<string, string>()
  readonly #waiting: (() => void)[] = []
  #held = false
  #count = 0

  constructor(private readonly clock: Clock) {}

  addKey(apiKey: string, { refreshes = true }: { refreshes?: boolean } = {}): string {
    this.#keys.set(apiKey, { refreshes })
    return apiKey
  }

  /** A refresh token that was granted to the key earlier. */
  addToken(apiKey: string, token: string, expiresAt: number): void {
    this.#keyOf.set(token, apiKey)
    this.#newest.set(apiKey, { token, expiresAt })
  }

  revokeKey(apiKey: string): void {
    this.#keys.delete(apiKey)
  }

  revokeTokens(): void {
    this.#newest.clear()
    this.#keyOf.clear()
  }

  /** The refresh token that the service accepts for a key now. */
  newestToken(apiKey: string): string | undefined {
    return this.#newest.get(apiKey)?.token
  }

  hold(): void {
    this.#held = true
  }

  release(): void {
    this.#held = false
    for (const go of this.#waiting.splice(0)) go()
  }

  async login(target: AuthTarget, secret: Secret): Promise<AuthOutcome> {
    const apiKey = secret.reveal()
    return await this.#serve({ call: 'login', secret: apiKey }, target, () =>
      this.#keys.has(apiKey) ? this.#grant(apiKey) : { kind: 'refused', status: 401 },
    )
  }

  async refresh(target: AuthTarget, secret: Secret): Promise<AuthOutcome> {
    const refreshToken = secret.reveal()
    return await this.#serve({ call: 'refresh', secret: refreshToken }, target, () => {
      const now = this.clock.now() + this.skewMs
      const key = this.#keyOf.get(refreshToken)
      const isLive = key !== undefined && (this.#newest.get(key)?.expiresAt ?? 0) > now
      return isLive ? this.#grant(key) : { kind: 'refused', status: 401 }
    })
  }

  reach(baseUrl: string): Promise<ReachOutcome> {
    this.reached.push(baseUrl)
    return Promise.resolve(this.reaches ?? { kind: 'answered', status: 405, clockSkewMs: this.skewMs })
  }

  async #serve(request: FakeRequest, target: AuthTarget, act: () => AuthAnswer): Promise<AuthOutcome> {
    this.arrived(request)
    try {
      return await this.#answer(request, target, act)
    } finally {
      this.answered()
    }
  }

  async #answer(request: FakeRequest, target: AuthTarget, act: () => AuthAnswer): Promise<AuthOutcome> {
    const index = this.requests.push(request) - 1
    const apart = (): number => this.clock.now() - this.clock.monotonic()
    const before = apart()
    const mishap = this.mishap(request, index, target)
    if (mishap !== null && 'answer' in mishap) return { ...mishap.answer, clockSkewMs: null }
    if (mishap?.lose === 'request') return lost(false)
    const answer = act()
    if (this.#held) await new Promise<void>((go) => this.#waiting.push(go))
    // The clock isn't measured across a sleep.
    const measured = Math.abs(apart() - before) > 2_000 ? null : this.skewMs
    return mishap?.lose === 'answer' ? lost(true) : { ...answer, clockSkewMs: measured }
  }

  #grant(apiKey: string): AuthAnswer {
    const n = (this.#count += 1)
    const now = this.clock.now() + this.skewMs
    const refreshes = this.#keys.get(apiKey)?.refreshes ?? true
    const token = `refresh-token-${String(n)}`
    const expiresAt = now + this.refreshLifeMs
    if (refreshes) {
      this.#keyOf.delete(this.#newest.get(apiKey)?.token ?? '')
      this.#keyOf.set(token, apiKey)
      this.#newest.set(apiKey, { token, expiresAt })
    }
    return {
      kind: 'granted',
      session: {
        jwt: new Secret(this.jwtOf(n, apiKey)),
        jwtExpiresAt: this.saysWhen ? now + this.jwtLifeMs : null,
        isExpired: this.grantsExpired,
        claimDifferenceMs: null,
        refreshToken: refreshes
          ? { token: new Secret(token), expiresAt: this.saysWhen ? expiresAt : null }
          : null,
      },
    }
  }
}

function lost(afterSending: boolean): AuthOutcome {
  return {
    kind: 'transient',
    problem: afterSending
      ? { code: 'no-answer', reason: 'broken', detail: 'ERR_CONNECTION_RESET' }
      : { code: 'unreachable', reason: 'refused', detail: 'ERR_CONNECTION_REFUSED' },
    retryAfterMs: null,
    mayHaveArrived: afterSending,
    clockSkewMs: null,
  }
}

/** `retryAfterMs`: the wait that it asks for. */
export function busy(retryAfterMs: number | null): Mishap {
  const problem = { code: 'service-unavailable', status: 503 } as const
  return { answer: { kind: 'transient', problem, retryAfterMs, mayHaveArrived: true } }
}
