/** The gateway as the use cases know it: a process that parses untrusted HTTP and forwards it with a live JWT. */
import type { AccountId } from '../../shared/account'
import type {
  GatewayCheckOutcome,
  GatewayCount,
  GatewayState,
  JwtRefusal,
  PortProblem,
} from '../../shared/gateway'
import type { Secret } from '../../shared/secret'

export type GatewayJwtAnswer =
  | { readonly ok: true; readonly jwt: Secret }
  | { readonly ok: false; readonly code: JwtRefusal; readonly retryAfterMs: number | null }

/** Who answers the process, and hears what it has to tell. It may ask for any account: that it is open is checked here. */
export interface GatewayHost {
  jwtFor(accountId: AccountId): Promise<GatewayJwtAnswer>
  /** The service has answered 401 to `rejected`. Answers a newer JWT, or why there is none. */
  renewed(accountId: AccountId, rejected: Secret): Promise<GatewayJwtAnswer>
  /** Addresses work from now on, at this port. */
  listening(port: number): void
  notListening(port: number, problem: PortProblem): void
  counted(counts: readonly GatewayCount[]): void
  /** A request would have changed production, which is not armed. */
  productionRefused(accountId: AccountId): void
}

export interface GatewayProcess {
  /** Called once, before anything else. */
  serve(host: GatewayHost): void
  /** Starts the process with the first route, and stops it with the last one. */
  update(state: GatewayState): void
  /** A single GET with that JWT, also where no gateway is open. */
  check(baseUrl: string, path: string, jwt: Secret): Promise<GatewayCheckOutcome>
  /** The network, a proxy or its password is another one. */
  networkChanged(): void
}
