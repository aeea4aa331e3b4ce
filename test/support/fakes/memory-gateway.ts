import type { GatewayHost, GatewayProcess } from '../../../electron/core/base/gateway-port'
import type {
  GatewayCheckOutcome,
  GatewayRoute,
  GatewayState,
  PortProblem,
} from '../../../electron/shared/gateway'
import type { Secret } from '../../../electron/shared/secret'

/** The gateway's process, without any network: it listens as soon as it has a route. */
export class MemoryGateway implements GatewayProcess {
  state: GatewayState = { port: 0, routes: [], locked: false }
  /** How often it was told something. */
  updates = 0
  networkChanges = 0
  /** What it is given where any port will do. */
  freePort = 50_123
  readonly problems = new Map<number, PortProblem>()
  /** It says nothing, as if it hung. */
  isMute = false
  checkOutcome: GatewayCheckOutcome = { kind: 'answered', status: 200, elapsedMs: 12, date: null }
  readonly checks: { readonly baseUrl: string; readonly path: string; readonly jwt: string }[] = []
  #host: GatewayHost | null = null
  #port: number | null = null

  get host(): GatewayHost {
    if (this.#host === null) throw new Error('nobody serves the gateway')
    return this.#host
  }

  /** Where it listens; null: nowhere. */
  get port(): number | null {
    return this.#port
  }

  get route(): GatewayRoute | undefined {
    return this.state.routes[0]
  }

  serve(host: GatewayHost): void {
    if (this.#host !== null) throw new Error('served already')
    this.#host = host
  }

  update(state: GatewayState): void {
    this.state = state
    this.updates += 1
    if (state.routes.length === 0) {
      this.#port = null
      return
    }
    const port = state.port === 0 ? (this.#port ?? this.freePort) : state.port
    if (port === this.#port || this.isMute) return
    const problem = this.problems.get(port)
    this.#port = problem === undefined ? port : null
    // A message, which comes later than what it answers.
    queueMicrotask(() => {
      if (problem === undefined) this.host.listening(port)
      else this.host.notListening(port, problem)
    })
  }

  check(baseUrl: string, path: string, jwt: Secret): Promise<GatewayCheckOutcome> {
    this.checks.push({ baseUrl, path, jwt: jwt.reveal() })
    return Promise.resolve(this.checkOutcome)
  }

  networkChanged(): void {
    this.networkChanges += 1
  }
}
