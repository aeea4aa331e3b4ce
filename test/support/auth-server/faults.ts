/** Deliberate faults on the way. */
import type { ServerResponse } from 'node:http'
import type { Reply } from './model'

interface FaultTiming {
  /** Waits this long first. */
  readonly delayMs?: number
  /**
   * The service processes the request first (a refresh rotates the token), then the fault applies. Default: it doesn't.
   */
  readonly afterProcessing?: boolean
}

export type Fault = FaultTiming &
  (
    | { readonly kind: 'none' }
    | {
        readonly kind: 'reply'
        readonly status: number
        readonly headers?: Readonly<Record<string, string>>
        readonly body?: string | Buffer
      }
    /** A normal grant with these fields changed; `undefined` omits one. */
    | { readonly kind: 'fields'; readonly change: Readonly<Record<string, unknown>> }
    /** `connect`: before a request is read; only with `nextReply`. `reset` sends a TCP reset instead of an end. */
    | {
        readonly kind: 'cut'
        readonly at: 'connect' | 'request' | 'headers' | 'half-body'
        readonly reset?: boolean
      }
    /** Stops responding at that point, with the connection left open. */
    | { readonly kind: 'hang'; readonly at: 'request' | 'headers' | 'half-body' }
    | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
    /** A JSON response of exactly that many bytes; `declared` also sets `Content-Length`. */
    | { readonly kind: 'huge'; readonly bytes: number; readonly declared: boolean; readonly status?: number }
    /** What proxies and captive portals show instead of the service. */
    | { readonly kind: 'proxy-page'; readonly status: number }
  )

const PROXY_PAGE = '<!doctype html><title>Network log-in</title><p>Please accept the terms.</p>'

/** `reply` is the service's normal response. */
export function strike(
  fault: Exclude<Fault, { kind: 'none' }>,
  reply: Reply,
  response: ServerResponse,
): void {
  switch (fault.kind) {
    case 'reply':
      response.writeHead(fault.status, { 'Content-Type': 'application/json', ...fault.headers })
      response.end(fault.body ?? reply.body)
      return
    case 'fields': {
      const session = JSON.parse(reply.body) as object
      send({ status: reply.status, body: JSON.stringify({ ...session, ...fault.change }) }, response)
      return
    }
    case 'redirect':
      response.writeHead(fault.status ?? 307, { Location: fault.location })
      response.end()
      return
    case 'huge':
      sendHuge(fault, reply, response)
      return
    case 'proxy-page':
      response.writeHead(fault.status, { 'Content-Type': 'text/html' })
      response.end(PROXY_PAGE)
      return
    case 'cut':
      sendUpTo(fault.at, reply, response, () => {
        if (fault.reset === true) response.socket?.resetAndDestroy()
        else response.destroy()
      })
      return
    case 'hang':
      sendUpTo(fault.at, reply, response, () => undefined)
  }
}

export function send(reply: Reply, response: ServerResponse): void {
  response.writeHead(reply.status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(reply.body),
  })
  response.end(reply.body)
}

function sendUpTo(
  point: 'connect' | 'request' | 'headers' | 'half-body',
  reply: Reply,
  response: ServerResponse,
  then: () => void,
): void {
  if (point === 'connect' || point === 'request') {
    then()
    return
  }
  response.writeHead(reply.status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(reply.body),
  })
  response.flushHeaders()
  if (point === 'headers') setTimeout(then, SETTLE_MS)
  else response.write(reply.body.slice(0, reply.body.length / 2), () => setTimeout(then, SETTLE_MS))
}

/** Lets sent data arrive before the connection ends. */
const SETTLE_MS = 30

function sendHuge(fault: Extract<Fault, { kind: 'huge' }>, reply: Reply, response: ServerResponse): void {
  const start = `${reply.body.slice(0, -1)},"padding":"`
  const body = `${start}${'x'.repeat(fault.bytes - Buffer.byteLength(start) - 2)}"}`
  response.writeHead(fault.status ?? reply.status, {
    'Content-Type': 'application/json',
    ...(fault.declared ? { 'Content-Length': fault.bytes } : {}),
  })
  response.end(body)
}
