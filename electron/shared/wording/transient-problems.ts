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
        what: `A web page answered instead of the service (HTTP ${String(problem.status)}), often from a proxy or the network’s sign-in page.`,
        todo: 'Check the base URL, and sign in to the network or VPN if asked.',
      }
    case 'invalid-response':
      return {
        what: `The service’s response is invalid: ${invalidResponse(problem.reason)}.`,
        todo: 'Check the base URL; if it’s right, report this to the service operator.',
      }
  }
}

/** A status that the service itself doesn't send: neither unavailable nor a refusal. */
function unexpectedStatus(status: number): Message {
  return status === LEGAL_REASONS
    ? {
        what: `Access to the service is blocked for legal reasons (HTTP ${String(status)}).`,
        todo: 'Try another network, or ask the service operator.',
      }
    : {
        what: `The service responded with an unexpected status (HTTP ${String(status)}).`,
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
