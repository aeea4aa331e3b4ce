/** What the gateway itself answers: JSON with a code and a message, marked by a header, never with one of CORS. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { GatewayCode, UnreachableReason } from '../shared/gateway'
import { describeRefusal } from '../shared/wording/gateway'

const STATUS: Readonly<Record<GatewayCode, number>> = {
  'malformed-request': 400,
  'headers-too-large': 431,
  'headers-too-slow': 408,
  'too-many-connections': 503,
  'wrong-host': 403,
  'browser-request': 403,
  'not-found': 404,
  'bad-target': 400,
  'method-not-allowed': 405,
  'override-header': 400,
  'auth-call': 403,
  'upgrade-not-supported': 501,
  'transfer-coding-not-supported': 501,
  'expectation-not-supported': 417,
  locked: 423,
  'production-not-armed': 403,
  'api-key-needed': 409,
  'gateway-changed': 409,
  unreachable: 502,
  'service-unavailable': 503,
  'timed-out': 504,
  'internal-error': 500,
}
const ALLOWED = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'
/** Tells a tool that an answer is not the service's own. */
export const MARK = 'X-TokenDesk'
/** Read of a body that goes nowhere, so that a tool that is still sending it gets to the answer. */
const DISCARDED_AT_MOST_BYTES = 16_777_216

export interface OwnAnswer {
  readonly code: GatewayCode
  readonly reason?: UnreachableReason | null
  readonly retryAfterMs?: number | null
}

interface Written {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

function written({ code, reason = null, retryAfterMs = null }: OwnAnswer): Written {
  const body = `${JSON.stringify({ code, message: describeRefusal(code, reason) })}\n`
  return {
    status: STATUS[code],
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(body)),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      [MARK]: code,
      ...(code === 'method-not-allowed' ? { Allow: ALLOWED } : {}),
      ...(retryAfterMs === null ? {} : { 'Retry-After': String(Math.ceil(retryAfterMs / 1000)) }),
    },
    body,
  }
}

/** Once nothing has been sent yet. */
export function answer(req: IncomingMessage, res: ServerResponse, own: OwnAnswer): void {
  const { status, headers, body } = written(own)
  // Who waits for "100 Continue" may or may not send the body then: only a new connection is sure to be in step.
  if (isWaitingToSend(req)) res.setHeader('Connection', 'close')
  res.writeHead(status, headers)
  res.end(body)
  discardRest(req)
}

export function isWaitingToSend(req: IncomingMessage): boolean {
  return req.headers.expect !== undefined && !req.complete
}

export function discardRest(req: IncomingMessage): void {
  let bytes = 0
  req.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > DISCARDED_AT_MOST_BYTES) req.socket.destroy()
  })
  req.resume()
}

/** For a connection on which nothing sensible can follow. */
export function rawAnswer(own: OwnAnswer): string {
  const { status, headers, body } = written(own)
  const lines = Object.entries({ ...headers, Connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return [`HTTP/1.1 ${String(status)} ${own.code}`, ...lines, '', body].join('\r\n')
}
