/** Chromium's network errors (net/base/net_error_list.h) as problems of ours. */
import type { TransientProblem, TrustStore, UnreachableReason } from '../../shared/problem'

export type { TrustStore }

export interface NetFailure {
  readonly problem: Extract<TransientProblem, { code: 'unreachable' | 'no-answer' }>
  readonly mayHaveArrived: boolean
}

/**
 * Errors from before a request is written. Any other may have come later: a refresh of unknown outcome must not count
 * as unsent (auth-api.md, rule 5).
 */
const BEFORE_SENDING: Readonly<Record<string, UnreachableReason>> = {
  ERR_INTERNET_DISCONNECTED: 'offline',
  ERR_NAME_NOT_RESOLVED: 'dns',
  ERR_NAME_RESOLUTION_FAILED: 'dns',
  ERR_DNS_TIMED_OUT: 'dns',
  ERR_DNS_SERVER_FAILED: 'dns',
  ERR_DNS_MALFORMED_RESPONSE: 'dns',
  ERR_DNS_SERVER_REQUIRES_TCP: 'dns',
  ERR_ICANN_NAME_COLLISION: 'dns',
  ERR_CONNECTION_REFUSED: 'refused',
  ERR_CONNECTION_FAILED: 'other',
  /** Connecting timed out. An established connection's time-out is ERR_TIMED_OUT. */
  ERR_CONNECTION_TIMED_OUT: 'other',
  ERR_ADDRESS_UNREACHABLE: 'other',
  ERR_ADDRESS_INVALID: 'other',
  ERR_PROXY_CONNECTION_FAILED: 'proxy',
  ERR_TUNNEL_CONNECTION_FAILED: 'proxy',
  ERR_SOCKS_CONNECTION_FAILED: 'proxy',
  ERR_SOCKS_CONNECTION_HOST_UNREACHABLE: 'proxy',
  /** A 407 from a proxy that intercepts without being configured: it has forwarded nothing. */
  ERR_UNEXPECTED_PROXY_AUTH: 'proxy',
  ERR_PROXY_AUTH_REQUESTED: 'proxy-password',
  ERR_PROXY_AUTH_UNSUPPORTED: 'proxy',
  ERR_PROXY_AUTH_REQUESTED_WITH_NO_CONNECTION: 'proxy-password',
  ERR_PROXY_CERTIFICATE_INVALID: 'proxy',
  ERR_PROXY_UNABLE_TO_CONNECT_TO_DESTINATION: 'proxy',
  ERR_MANDATORY_PROXY_CONFIGURATION_FAILED: 'proxy',
  ERR_NO_SUPPORTED_PROXIES: 'proxy',
  ERR_PAC_SCRIPT_FAILED: 'proxy',
  ERR_PAC_NOT_IN_DHCP: 'proxy',
  ERR_SSL_VERSION_OR_CIPHER_MISMATCH: 'tls',
  ERR_SSL_NO_RENEGOTIATION: 'tls',
  ERR_SSL_UNRECOGNIZED_NAME_ALERT: 'tls',
  ERR_SSL_SERVER_CERT_BAD_FORMAT: 'tls',
  ERR_SSL_SERVER_CERT_CHANGED: 'tls',
  ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN: 'tls',
  ERR_SSL_OBSOLETE_CIPHER: 'tls',
  ERR_SSL_OBSOLETE_VERSION: 'tls',
  ERR_SSL_KEY_USAGE_INCOMPATIBLE: 'tls',
  ERR_ECH_NOT_NEGOTIATED: 'tls',
  /** The server requires a client certificate. */
  ERR_SSL_CLIENT_AUTH_CERT_NEEDED: 'tls',
  ERR_BAD_SSL_CLIENT_AUTH_CERT: 'tls',
  ERR_CERTIFICATE_TRANSPARENCY_REQUIRED: 'tls',
  ERR_UNSAFE_PORT: 'other',
  ERR_BLOCKED_BY_CLIENT: 'other',
  ERR_BLOCKED_BY_ADMINISTRATOR: 'other',
  ERR_NETWORK_ACCESS_DENIED: 'other',
  ERR_INVALID_URL: 'other',
  ERR_DISALLOWED_URL_SCHEME: 'other',
  ERR_UNKNOWN_URL_SCHEME: 'other',
}

/** Without a network these errors usually come first: no DNS server, no route. */
const OFTEN_OFFLINE: ReadonlySet<UnreachableReason> = new Set(['dns', 'other'])

/**
 * `message` is what Electron's `net` reports, e.g. `net::ERR_CONNECTION_REFUSED`; only the name in it is kept.
 * `online`: whether the system has a network connection. `trust`: where authorities that it trusts are kept.
 */
export function netFailure(message: string, online: boolean, trust: TrustStore): NetFailure {
  const name = /\bERR_[A-Z0-9_]+/u.exec(message)?.[0] ?? 'unknown error'
  const reason = BEFORE_SENDING[name] ?? (name.startsWith('ERR_CERT_') ? 'tls' : undefined)
  if (reason !== undefined) {
    const seenReason = !online && OFTEN_OFFLINE.has(reason) ? 'offline' : reason
    const trusted = name === 'ERR_CERT_AUTHORITY_INVALID' ? { trust } : {}
    const problem = { code: 'unreachable', reason: seenReason, detail: name, ...trusted } as const
    return { problem, mayHaveArrived: false }
  }
  if (name.startsWith('ERR_SSL_')) {
    // Usually the handshake (a server without TLS), but an established connection can end this way, too.
    return { problem: { code: 'unreachable', reason: 'tls', detail: name }, mayHaveArrived: true }
  }
  const ended = name === 'ERR_TIMED_OUT' ? 'timeout' : 'broken'
  return { problem: { code: 'no-answer', reason: ended, detail: name }, mayHaveArrived: true }
}
