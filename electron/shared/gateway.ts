/**
 * What main and the gateway's process say to each other. The process parses untrusted HTTP, so it is told only what it
 * needs: which addresses are open, and one JWT at a time.
 */
import type { AccountId } from './account'
import type { EpochMs } from './brand'

/** An account's open gateway. */
export interface GatewayRoute {
  readonly accountId: AccountId
  /** The secret part of its address: 128 bits as base64url. */
  readonly capability: string
  /** As `checkBaseUrl` returned it. */
  readonly baseUrl: string
  readonly production: boolean
  /** Until when requests may change production; null: not armed. */
  readonly armedUntil: EpochMs | null
}

/** All that the process works by. It is sent as a whole, so that both sides can't drift apart. */
export interface GatewayState {
  /** 0: any that is free, as `listening` then says. */
  readonly port: number
  readonly routes: readonly GatewayRoute[]
  readonly locked: boolean
}

/** Why there is no JWT for a request. */
export const JWT_REFUSALS = [
  'locked',
  'api-key-needed',
  'unreachable',
  'service-unavailable',
  'timed-out',
  'internal-error',
] as const
export type JwtRefusal = (typeof JWT_REFUSALS)[number]

export type GatewayJwt =
  | { readonly ok: true; readonly jwt: string }
  | { readonly ok: false; readonly code: JwtRefusal; readonly retryAfterMs: number | null }

/** Why a request was refused by what it is, in the order in which that is looked at. */
export const REFUSALS = [
  'malformed-request',
  'wrong-host',
  'browser-request',
  'not-found',
  'bad-target',
  'method-not-allowed',
  'override-header',
  'auth-call',
  'upgrade-not-supported',
  'transfer-coding-not-supported',
  'expectation-not-supported',
  'locked',
  'production-not-armed',
] as const
export type Refusal = (typeof REFUSALS)[number]

/** The `code` of an answer that is the gateway's own. */
export type GatewayCode =
  Refusal | JwtRefusal | 'headers-too-large' | 'headers-too-slow' | 'too-many-connections' | 'gateway-changed'

/** Why the service was not reached, or broke off before it answered. */
export const UNREACHABLE_REASONS = [
  'name-not-found',
  'connection-refused',
  'no-network',
  'certificate',
  /** The certificate is not known, and this runtime can't read the system's own ones. */
  'system-certificates-unreadable',
  'proxy',
  'proxy-password',
  'broken-off',
  'invalid-response',
  'other',
] as const
export type UnreachableReason = (typeof UNREACHABLE_REASONS)[number]

/** The way to an origin. */
export type GatewayProxy =
  | { readonly kind: 'direct' }
  | {
      readonly kind: 'http' | 'https' | 'socks4' | 'socks5'
      readonly host: string
      readonly port: number
      readonly login: { readonly userName: string; readonly password: string } | null
    }

/** A single GET by the same way as all forwarded requests. */
export interface GatewayCheck {
  readonly baseUrl: string
  /** Begins with a slash; goes after the base URL. */
  readonly path: string
  readonly jwt: string
}

export type GatewayCheckOutcome =
  | {
      readonly kind: 'answered'
      readonly status: number
      readonly elapsedMs: number
      /** The response's `Date` header. */
      readonly date: string | null
    }
  | {
      readonly kind: 'failed'
      readonly code: 'unreachable' | 'timed-out' | 'bad-target' | 'auth-call' | 'internal-error'
      readonly reason: UnreachableReason | null
    }

export const COUNTED_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'other'] as const
export type CountedMethod = (typeof COUNTED_METHODS)[number]

/** `refused`: answered by the gateway itself; `aborted`: broken off by either side. */
export const COUNTED_RESULTS = ['2xx', '3xx', '4xx', '5xx', 'refused', 'aborted'] as const
export type CountedResult = (typeof COUNTED_RESULTS)[number]

/** How many exchanges of a kind have ended within an hour, since it was last told. */
export interface GatewayCount {
  /** When the hour began. */
  readonly hour: EpochMs
  readonly accountId: AccountId
  readonly method: CountedMethod
  readonly result: CountedResult
  readonly count: number
}

export const PORT_PROBLEMS = ['taken', 'not-allowed', 'other'] as const
export type PortProblem = (typeof PORT_PROBLEMS)[number]

export type ToGateway =
  | { readonly type: 'state'; readonly state: GatewayState }
  /** To `jwt-for` and `renewed`. */
  | { readonly type: 'jwt'; readonly id: number; readonly answer: GatewayJwt }
  | { readonly type: 'proxy'; readonly id: number; readonly proxy: GatewayProxy }
  | { readonly type: 'check'; readonly id: number; readonly check: GatewayCheck }
  /** Another network, or another proxy or its password: connections and what is known of proxies are given up. */
  | { readonly type: 'network-changed' }
  /** What is under way is broken off; answered by `stopped`. */
  | { readonly type: 'stop' }

export type FromGateway =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'not-listening'; readonly port: number; readonly problem: PortProblem }
  | { readonly type: 'jwt-for'; readonly id: number; readonly accountId: AccountId }
  /** The service has answered 401 to `rejected`. */
  | {
      readonly type: 'renewed'
      readonly id: number
      readonly accountId: AccountId
      readonly rejected: string
    }
  | { readonly type: 'proxy-for'; readonly id: number; readonly origin: string }
  | { readonly type: 'checked'; readonly id: number; readonly outcome: GatewayCheckOutcome }
  | { readonly type: 'counts'; readonly counts: readonly GatewayCount[] }
  /** A request would have changed production, which is not armed. */
  | { readonly type: 'production-refused'; readonly accountId: AccountId }
  /** The last message of a process. */
  | { readonly type: 'stopped' }
