/** Failures that are retried automatically. */
import type { InvalidResponseReason, Problem, TransientProblem, TrustStore } from '../problem'
import { timeOfDay } from './dates'
import type { Message } from './message'

/** "Unavailable For Legal Reasons" (RFC 7725). */
export const LEGAL_REASONS = 451

export function transient(problem: TransientProblem): Message {
  switch (problem.code) {
    case 'unreachable':
      return unreachable(problem)
    case 'no-answer':
      return {
        what:
          problem.reason === 'timeout'
            ? 'The service didn’t respond within 10 seconds, and may have received the request.'
            : 'The connection was lost before the response was complete; the service may have received the request.',
        todo: 'Check the network and try again.',
      }
    case 'service-unavailable':
      return serviceUnavailable(problem)
    case 'unexpected-status':
      return unexpectedStatus(problem.status)
    case 'not-the-service':
      return {
        what: problem.isPage
          ? `A web page answered instead of the service (HTTP ${String(problem.status)}), often from a proxy or the network’s sign-in page.`
          : `Something answered without the service’s own words (HTTP ${String(problem.status)}), often a proxy or a gateway.`,
        todo: 'Check the base URL, and sign in to the network or VPN if asked.',
      }
    case 'invalid-response':
      return problem.reason === 'web-page'
        ? {
            what: 'A web page answered instead of the service, often the network’s sign-in page or a proxy.',
            todo: 'Open a browser and sign in to the network if it asks, else check the base URL.',
          }
        : {
            what: `The service’s response is invalid: ${invalidResponse(problem.reason)}.`,
            todo: 'Check the base URL; if it’s right, report this to the service operator.',
          }
  }
}

/** "Too Many Requests" and "Network Authentication Required" (RFC 6585). */
export const TOO_MANY = 429
const SIGN_IN = 511

function serviceUnavailable({
  status,
  retryAt,
}: Extract<TransientProblem, { code: 'service-unavailable' }>): Message {
  if (status === SIGN_IN) {
    return {
      what: `The network wants you to sign in before it lets anything through (HTTP ${String(status)}).`,
      todo: 'Open a browser, sign in to the network, and try again.',
    }
  }
  const what =
    status === TOO_MANY
      ? `The service is limiting requests and wants you to wait (HTTP ${String(status)}).`
      : `The service is unavailable (HTTP ${String(status)}).`
  if (retryAt === undefined) return { what, todo: 'Try again in a moment.' }
  return { what, todo: `Try again after ${timeOfDay(retryAt)}.`, retryAt }
}

/** What statuses mean that the service isn't known to send (RFC 9110, RFC 6585, RFC 7725). */
const MEANINGS: Readonly<Record<number, string>> = {
  304: 'a cache answered “Not Modified”',
  402: 'the service asks for payment',
  406: 'the service can’t answer in JSON',
  409: 'the service reports a conflict',
  413: 'the request is too large for the service',
  415: 'the service doesn’t accept JSON',
  418: '“I’m a teapot”, often from a firewall',
}

/** No status of the service's own: neither busy nor broken, and no refusal of a key or token. */
function unexpectedStatus(status: number): Message {
  if (status === LEGAL_REASONS) {
    return {
      what: `Access to the service is blocked for legal reasons (HTTP ${String(status)}).`,
      todo: 'Try another network, or ask the service operator.',
    }
  }
  const meaning = MEANINGS[status]
  return {
    what:
      meaning === undefined
        ? `The service responded with an unexpected status (HTTP ${String(status)}).`
        : `Unexpected response: ${meaning} (HTTP ${String(status)}).`,
    todo: 'Check the base URL; if it’s right, report this to the service operator.',
  }
}

/** Asked by a proxy that Chromium doesn't know as one. */
const UNKNOWN_PROXIES: ReadonlySet<string> = new Set(['HTTP 407', 'ERR_UNEXPECTED_PROXY_AUTH'])

export function proxyInShort({ reason, detail }: Extract<Problem, { code: 'unreachable' }>): string {
  return reason === 'proxy-password' || UNKNOWN_PROXIES.has(detail)
    ? 'Proxy wants a password'
    : 'Can’t use the proxy'
}

function unreachable({ reason, detail, trust }: Extract<Problem, { code: 'unreachable' }>): Message {
  switch (reason) {
    case 'offline':
      return {
        what: 'This computer is offline, so nothing was sent.',
        todo: 'Connect to the network and try again.',
      }
    case 'dns':
      return {
        what: 'The host name in the base URL wasn’t found, so nothing was sent.',
        todo: 'Check the base URL for typos and whether you need a VPN.',
      }
    case 'refused':
      return {
        what: 'Nothing responds at the base URL: the connection was refused, so nothing was sent.',
        todo: 'Check the host and port of the base URL and whether the service is running.',
      }
    case 'proxy':
      return UNKNOWN_PROXIES.has(detail)
        ? {
            what: 'A proxy in between wants a user name and a password, so nothing was sent.',
            todo: 'Set it as the proxy in the system’s settings, so that TokenDesk can ask for them.',
            guide: 'proxies-and-certificates',
          }
        : {
            what: 'The network’s proxy couldn’t be used, so nothing was sent.',
            todo: 'Check the system’s proxy settings.',
            guide: 'proxies-and-certificates',
          }
    case 'proxy-password':
      return {
        what: 'The network’s proxy wants a user name and a password, so nothing was sent.',
        todo: 'Enter them when asked, or in Settings, Network.',
        asks: 'proxy-password',
      }
    case 'tls':
      return noSecureConnection(detail, trust ?? null)
    case 'other':
      return {
        what: 'Couldn’t reach the service, so nothing was sent.',
        todo: 'Check the network and the base URL, then try again.',
      }
  }
}

/** Chromium's names: `ERR_CERT_…` concerns the server's certificate, all others the connection. */
function noSecureConnection(detail: string, trust: TrustStore | null): Message {
  const failed = (why: string, todo: string): Message => ({
    what: `No secure connection, so nothing was sent: ${why}.`,
    todo,
  })
  if (trust !== null) {
    const todo =
      trust === 'nss'
        ? 'If your company has a certificate authority of its own, add it to your NSS store with certutil.'
        : 'If your company has a certificate authority of its own, add it to the system’s trusted certificates.'
    const why = 'the server’s certificate is from an authority that this computer doesn’t trust'
    return { ...failed(why, todo), guide: 'proxies-and-certificates' }
  }
  if (detail === 'ERR_CERT_DATE_INVALID') {
    return failed(
      'the server’s certificate has expired, or is not valid yet',
      'Check this computer’s clock; if it’s right, tell the service operator.',
    )
  }
  if (detail === 'ERR_CERT_COMMON_NAME_INVALID') {
    return failed('the server’s certificate is for another host', 'Check the host of the base URL.')
  }
  if (detail === 'ERR_SSL_CLIENT_AUTH_CERT_NEEDED' || detail === 'ERR_BAD_SSL_CLIENT_AUTH_CERT') {
    return failed(
      'the server wants a certificate of yours, which TokenDesk can’t send',
      'Ask the service operator for an address without it.',
    )
  }
  return detail.startsWith('ERR_CERT_')
    ? failed(`the server’s certificate isn’t valid (${detail})`, 'Tell the service operator.')
    : failed(
        `the server and this computer couldn’t agree on one (${detail})`,
        'Check that the base URL’s port is one for HTTPS, and whether a proxy or VPN is in the way.',
      )
}

function invalidResponse(reason: Exclude<InvalidResponseReason, 'web-page'>): string {
  switch (reason) {
    case 'empty':
      return 'it’s empty'
    case 'not-an-object':
      return 'it’s JSON, but not an object'
    case 'wrapped':
      return 'the JWT is nested inside another object'
    case 'not-json':
      return 'it isn’t JSON'
    case 'too-large':
      return 'it’s larger than 1 MiB'
    case 'no-jwt':
      return 'it contains no JWT'
    case 'expired-jwt':
      return 'its JWT has already expired'
  }
}
