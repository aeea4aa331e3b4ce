/**
 * The service without grace: a refresh kills the token that it was made with. It can be copied, so that each state after
 * a crash meets it as it was at that moment. Tokens are numbered through, `refresh-token-7:…`, and as long as is wanted.
 */
import type { AuthApi, AuthOutcome, AuthTarget, Clock, ReachOutcome } from '../../electron/core/base/ports'
import { Secret } from '../../electron/shared/secret'

const DAY_MS = 24 * 3_600_000

interface Customer {
  readonly refreshes: boolean
  /** The number of the only refresh token that is taken. */
  newest: number
}

interface Issued {
  readonly key: string
  readonly refreshExpiresAt: number
}

export class RotatingService implements AuthApi {
  /** How long a JWT is. */
  jwtBytes = 600
  /** Numbers of the refresh tokens that were sent to it, and keys. */
  readonly sent: (number | string)[] = []
  readonly #customers = new Map<string, Customer>()
  readonly #issued: Issued[] = []
  /** Called when a request has been acted upon, before it is answered. */
  acted: () => void = () => undefined

  constructor(private readonly clock: Clock) {}

  copy(clock: Clock): RotatingService {
    const copy = new RotatingService(clock)
    copy.jwtBytes = this.jwtBytes
    copy.#issued.push(...this.#issued)
    for (const [key, customer] of this.#customers) copy.#customers.set(key, { ...customer })
    return copy
  }

  addKey(apiKey: string, refreshes: boolean): void {
    if (!this.#customers.has(apiKey)) this.#customers.set(apiKey, { refreshes, newest: 0 })
  }

  /** How many sessions it has granted. */
  get granted(): number {
    return this.#issued.length
  }

  /** Whether this is the refresh token that it would take now. */
  takes(token: number): boolean {
    return this.#customers.get(this.keyOf(token) ?? '')?.newest === token
  }

  keyOf(token: number): string | undefined {
    return this.#issued[token - 1]?.key
  }

  /** The number of the refresh token with that end; each has another. */
  tokenThatEnds(expiresAt: number | null | undefined): number {
    return this.#issued.findIndex(({ refreshExpiresAt }) => refreshExpiresAt === expiresAt) + 1
  }

  login(_target: AuthTarget, apiKey: Secret): Promise<AuthOutcome> {
    this.sent.push(apiKey.reveal())
    const customer = this.#customers.get(apiKey.reveal())
    return this.#answer(customer === undefined ? null : this.#grant(apiKey.reveal(), customer))
  }

  refresh(_target: AuthTarget, token: Secret): Promise<AuthOutcome> {
    const number = numberOf(token.reveal())
    this.sent.push(number)
    const key = this.keyOf(number) ?? ''
    const customer = this.#customers.get(key)
    return this.#answer(customer?.newest === number ? this.#grant(key, customer) : null)
  }

  reach(): Promise<ReachOutcome> {
    return Promise.resolve({ kind: 'answered', status: 405, clockSkewMs: 0 })
  }

  async #answer(granted: AuthOutcome | null): Promise<AuthOutcome> {
    this.acted()
    await Promise.resolve()
    return granted ?? { kind: 'refused', status: 401, clockSkewMs: 0 }
  }

  #grant(key: string, customer: Customer): AuthOutcome {
    const number = this.#issued.length + 1
    // A millisecond more for each, so that an end tells which one it is.
    const expiresAt = this.clock.now() + 30 * DAY_MS + number
    this.#issued.push({ key, refreshExpiresAt: expiresAt })
    customer.newest = number
    return {
      kind: 'granted',
      clockSkewMs: 0,
      session: {
        jwt: new Secret(`jwt-${String(number)}:`.padEnd(this.jwtBytes, 'abcdefgh')),
        jwtExpiresAt: this.clock.now() + DAY_MS + number,
        claimDifferenceMs: null,
        isExpired: false,
        refreshToken: customer.refreshes ? { token: new Secret(tokenOf(number)), expiresAt } : null,
      },
    }
  }
}

function tokenOf(number: number): string {
  return `refresh-token-${String(number)}:`.padEnd(80, 'x')
}

/** Of a refresh token or a JWT; 0 for none. */
export function numberOf(text: string | null | undefined): number {
  return Number(/^(?:refresh-token|jwt)-(\d+):/u.exec(text ?? '')?.[1] ?? 0)
}
