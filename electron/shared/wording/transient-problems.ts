/** Failures that are retried automatically. */
import type { InvalidResponseReason, Problem, TransientProblem } from '../problem'
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
            ? 'The service didn’t respond within 10 seconds.'
            : 'The connection was lost before the response was complete.',
        todo: 'Check the network and try again.',
      }
    case 'service-unavailable':
      return {
        what: `The service is unavailable (HTTP ${String(problem.status)}).`,
        todo: 'Try again in a moment.',
      }
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
      return {
        what: `The service’s response is invalid: ${invalidResponse(problem.reason)}.`,
        todo: 'Check the base URL; if it’s right, report this to the service operator.',
      }
  }
}

/** What statuses mean that the service isn't known to send (RFC 9110, RFC 6585, RFC 7725). */
const MEANINGS: Readonly<Record<number, string>> = {
  304: 'a cache answered “Not Modified”',
  402: 'the service asks for payment',
  406: 'the service can’t answer in JSON',
  409: 'the service reports a conflict',
  411: 'the service wants a length that was sent',
  413: 'the request is too large for the service',
  415: 'the service doesn’t accept JSON',
  418: 'the answer is a joke (“I’m a teapot”), often of a firewall',
  421: 'the request reached the wrong server',
  423: 'the service says that this is locked',
  426: 'the service wants a newer protocol',
  428: 'the service wants a precondition',
  431: 'the request’s headers are too large for the service',
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

function unreachable({ reason, detail }: Extract<Problem, { code: 'unreachable' }>): Message {
  switch (reason) {
    case 'offline':
      return { what: 'This computer is offline.', todo: 'Connect to the network and try again.' }
    case 'dns':
      return {
        what: 'The host name in the base URL wasn’t found.',
        todo: 'Check the base URL for typos and whether you need a VPN.',
      }
    case 'refused':
      return {
        what: 'Nothing responds at the base URL: the connection was refused.',
        todo: 'Check the host and port of the base URL and whether the service is running.',
      }
    case 'proxy':
      return {
        what: 'The network’s proxy couldn’t be used.',
        todo: 'Check the system’s proxy settings.',
      }
    case 'tls':
      return {
        what: `No secure connection: ${tlsFailure(detail)}.`,
        todo: 'Check the base URL, this computer’s clock, and that any company certificate is installed in the system.',
      }
    case 'other':
      return {
        what: 'Couldn’t reach the service.',
        todo: 'Check the network and the base URL, then try again.',
      }
  }
}

/** Chromium's names: `ERR_CERT_…` concerns the server's certificate, all others the connection. */
function tlsFailure(detail: string): string {
  if (detail.includes('ERR_CERT_DATE_INVALID'))
    return 'the server’s certificate has expired, or is not valid yet'
  if (detail.includes('ERR_CERT_COMMON_NAME_INVALID')) return 'the server’s certificate is for another host'
  return detail.includes('ERR_CERT_')
    ? 'the server’s certificate isn’t trusted'
    : `the server and this computer couldn’t agree on one (${detail})`
}

function invalidResponse(reason: InvalidResponseReason): string {
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
