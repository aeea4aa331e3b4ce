/** What Node's errors mean for somebody who reads the answer. */
import { getSystemCAs } from './trust'
import type { UnreachableReason } from '../shared/gateway'

export type Failure =
  | { readonly code: 'unreachable'; readonly reason: UnreachableReason }
  | { readonly code: 'timed-out' | 'internal-error'; readonly reason: null }

export class ProxyRefusedError extends Error {
  constructor(readonly status: number) {
    super('the proxy refused')
  }
}

/** Until the connection stands; the service may take its time afterwards. */
export class ConnectTimeoutError extends Error {}

const BY_CODE: Readonly<Record<string, UnreachableReason>> = {
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  EAI_NONAME: 'name-not-found',
  ECONNREFUSED: 'connection-refused',
  ENETUNREACH: 'no-network',
  EHOSTUNREACH: 'no-network',
  ENETDOWN: 'no-network',
  EADDRNOTAVAIL: 'no-network',
  ECONNRESET: 'broken-off',
  EPIPE: 'broken-off',
  ECONNABORTED: 'broken-off',
}

const CERTIFICATE =
  /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT|CRL_|INVALID_CA|HOSTNAME_MISMATCH|PATH_LENGTH|CERTIFICATE_)/u
/** Who issued it isn't known here; the system might know. */
const UNKNOWN_ISSUER = /^(?:UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/u

export function failureOf(error: unknown): Failure {
  if (error instanceof ConnectTimeoutError) return { code: 'timed-out', reason: null }
  if (error instanceof ProxyRefusedError)
    return { code: 'unreachable', reason: error.status === 407 ? 'proxy-password' : 'proxy' }
  const code = codeOf(error)
  // A JWT that no header can carry.
  if (code === 'ERR_INVALID_CHAR') return { code: 'internal-error', reason: null }
  if (code === 'ETIMEDOUT') return { code: 'timed-out', reason: null }
  return { code: 'unreachable', reason: reasonOf(code) }
}

function reasonOf(code: string): UnreachableReason {
  const known = BY_CODE[code]
  if (known !== undefined) return known
  if (code.startsWith('HPE_')) return 'invalid-response'
  if (!CERTIFICATE.test(code)) return 'other'
  return UNKNOWN_ISSUER.test(code) && getSystemCAs() === null
    ? 'system-certificates-unreadable'
    : 'certificate'
}

/** Of several attempts to connect, one for each of the host's IP addresses, the first tells the reason. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  if (!(error instanceof Error) || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}
