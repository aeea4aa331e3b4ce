/** Failures that pass by themselves, in words. */
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
            ? 'The service did not answer within 10 seconds.'
            : 'The connection broke before the answer was complete.',
        todo: 'Check the network and try again.',
      }
    case 'service-unavailable':
      return {
        what: `The service is busy or has a fault of its own (status ${String(problem.status)}).`,
        todo: 'Try again in a moment.',
      }
    case 'unexpected-status':
      return unexpectedStatus(problem.status)
    case 'not-the-service':
      return {
        what: `Something else answered in place of the service (status ${String(problem.status)}, a web page): often a proxy or a sign-in page of the network.`,
        todo: 'Check the base URL, and sign in to the network or VPN if it asks for that.',
      }
    case 'invalid-response':
      return {
        what: `The service’s answer makes no sense: ${invalidResponse(problem.reason)}.`,
        todo: 'Check that the base URL is that of the service. If it is, report this to its operators.',
      }
  }
}

/** No status of the service's own: neither busy nor broken, and no refusal of a key or token. */
function unexpectedStatus(status: number): Message {
  return status === LEGAL_REASONS
    ? {
        what: `Access to the service is blocked for legal reasons (status ${String(status)}).`,
        todo: 'Try another network, or ask the service’s operators.',
      }
    : {
        what: `The service answered with a status that TokenDesk doesn’t expect from it (status ${String(status)}).`,
        todo: 'Check the base URL. If it is right, report this to the service’s operators.',
      }
}

function unreachable({ reason, detail }: Extract<Problem, { code: 'unreachable' }>): Message {
  switch (reason) {
    case 'offline':
      return { what: 'This computer is offline.', todo: 'Connect to the network and try again.' }
    case 'dns':
      return {
        what: 'The host name of the base URL was not found.',
        todo: 'Check the base URL for typing errors, and whether you need a VPN.',
      }
    case 'refused':
      return {
        what: 'Nothing answers at the base URL: the connection was refused.',
        todo: 'Check host and port of the base URL, and whether the service is running.',
      }
    case 'proxy':
      return {
        what: 'The network’s proxy could not be used.',
        todo: 'Check the proxy settings of the system.',
      }
    case 'tls':
      return {
        what: `No secure connection: ${tlsFailure(detail)}. TokenDesk never goes on without one.`,
        todo: 'Check the base URL and the clock of this computer; a company certificate must be installed in the system.',
      }
    case 'other':
      return {
        what: 'The service could not be reached.',
        todo: 'Check the network and the base URL, then try again.',
      }
  }
}

/** Chromium's names: `ERR_CERT_…` is about the server's certificate, all else about the connection. */
function tlsFailure(detail: string): string {
  if (detail.includes('ERR_CERT_DATE_INVALID'))
    return 'the server’s certificate has expired, or is not valid yet'
  if (detail.includes('ERR_CERT_COMMON_NAME_INVALID'))
    return 'the server’s certificate is made for another host'
  return detail.includes('ERR_CERT_')
    ? 'the server’s certificate is not trusted'
    : `the server and this computer could not agree on one (${detail})`
}

function invalidResponse(reason: InvalidResponseReason): string {
  switch (reason) {
    case 'not-json':
      return 'it is not JSON'
    case 'too-large':
      return 'it is larger than 1 MiB'
    case 'no-jwt':
      return 'it holds no JWT'
    case 'expired-jwt':
      return 'its JWT has already expired'
  }
}
