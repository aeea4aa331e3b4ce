/** JWTs for requests of the gateway: by the same renewals as copying, and never more of them than a person would ask for. */
import type { AccountId } from '../../shared/account'
import type { JwtRefusal } from '../../shared/gateway'
import type { Problem } from '../../shared/problem'
import type { Secret } from '../../shared/secret'
import type { GatewayJwtAnswer } from '../base/gateway-port'
import type { LiveJwt, Outcome } from '../base/outcome'
import type { Clock } from '../base/ports'
import type { SessionService } from '../session/session-service'

/** A tool that repeats its requests must not make as many renewals, of which each could lose a refresh token. */
const FORCED_AT_MOST_EVERY_MS = 60_000
const FAILED_AT_MOST_EVERY_MS = 2_000

interface Forced {
  readonly at: number
  /** Under way; others wait for it. */
  readonly renewal: Promise<unknown>
}

export interface GatewayJwtsDeps {
  readonly sessions: Pick<SessionService, 'liveJwt' | 'renew'>
  readonly clock: Clock
  readonly minimumJwtLifeMs: () => number
}

export class GatewayJwts {
  readonly #forced = new Map<AccountId, Forced>()
  readonly #failed = new Map<AccountId, { readonly at: number; readonly answer: GatewayJwtAnswer }>()

  constructor(private readonly deps: GatewayJwtsDeps) {}

  async live(id: AccountId): Promise<GatewayJwtAnswer> {
    const { sessions, clock, minimumJwtLifeMs } = this.deps
    const failed = this.#failed.get(id)
    if (failed !== undefined && clock.monotonic() - failed.at < FAILED_AT_MOST_EVERY_MS) return failed.answer
    const answer = this.#answerTo(await sessions.liveJwt(id, minimumJwtLifeMs()))
    if (answer.ok) this.#failed.delete(id)
    else this.#failed.set(id, { at: clock.monotonic(), answer })
    return answer
  }

  /** One that is newer than `rejected`; the same one where there is none yet and the last renewal was a moment ago. */
  async newer(id: AccountId, rejected: Secret): Promise<GatewayJwtAnswer> {
    const current = await this.live(id)
    if (!current.ok || current.jwt.reveal() !== rejected.reveal()) return current
    const { sessions, clock, minimumJwtLifeMs } = this.deps
    const last = this.#forced.get(id)
    if (last !== undefined && clock.monotonic() - last.at < FORCED_AT_MOST_EVERY_MS) {
      await last.renewal
      return await this.live(id)
    }
    const renewal = sessions.renew(id, { force: false, minimumLifeMs: minimumJwtLifeMs() })
    this.#forced.set(id, { at: clock.monotonic(), renewal: renewal.catch(() => undefined) })
    return this.#answerTo(await renewal)
  }

  /** What failed may work now. */
  retry(): void {
    this.#failed.clear()
  }

  forget(id: AccountId): void {
    this.#failed.delete(id)
    this.#forced.delete(id)
  }

  #answerTo(outcome: Outcome<LiveJwt>): GatewayJwtAnswer {
    if (outcome.ok) return { ok: true, jwt: outcome.value.jwt }
    const { problem, retryAfterMs = null } = outcome
    return { ok: false, code: refusalFor(problem), retryAfterMs: retryAfterMs ?? this.#waitFor(problem) }
  }

  #waitFor(problem: Problem): number | null {
    if (problem.code !== 'service-unavailable' || problem.retryAt === undefined) return null
    return Math.max(0, problem.retryAt - this.deps.clock.now())
  }
}

/** Entering the API key is also what helps with secrets that can't be decrypted. */
function refusalFor(problem: Problem): JwtRefusal {
  switch (problem.code) {
    case 'key-needed':
    case 'key-refused':
    case 'locked':
      return 'api-key-needed'
    case 'service-unavailable':
      return 'service-unavailable'
    case 'no-answer':
      return problem.reason === 'timeout' ? 'timed-out' : 'unreachable'
    case 'unreachable':
    case 'unexpected-status':
    case 'not-the-service':
    case 'invalid-response':
    case 'redirected':
    case 'environment-changed':
    case 'address-to-confirm':
    case 'wrong-address':
    case 'refused-together':
      return 'unreachable'
    case 'storage-unwritable':
      return 'internal-error'
  }
}
