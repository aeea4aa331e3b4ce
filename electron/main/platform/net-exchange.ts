/**
 * Requests over Electron's `net`, so that the system's proxy and certificates apply. The one place that sends any, and
 * that gives a proxy the password that was entered for it.
 *
 * Chromium repeats a request on its own, even a POST, when a reused connection breaks without a response
 * (HttpNetworkTransaction::ShouldResendRequest). For a refresh that would be a blind second attempt with a token that
 * the service may just have replaced. So no request uses a connection twice: each exchange has a network session of its
 * own, a "lane", which is reused only after all its connections have been closed. There are as many lanes as there ever
 * were concurrent exchanges (8 per environment); one costs about 0.8 MB.
 */
import { net, session as electronSession, type IncomingMessage, type Session } from 'electron'
import type { Clock, Log, Timers } from '../../core/base/ports'
import type { EpochMs } from '../../shared/brand'
import { PROXY_AUTHENTICATION, type AuthReply } from '../../core/session/auth-response'
import { patience } from './patience'
import type { ProxyDoor } from './proxy-pass'

export interface NetExchangeDeps {
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly gate: ProxyDoor
  /** From the call to the last byte of the response. */
  readonly timeoutMs: number
  /** A larger body isn't read to its end. */
  readonly maxBytes: number
  /** Opens the session of the `lane`th concurrent exchange, which nothing else may use. */
  readonly openSession: (lane: number) => Session
}

export interface NetRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  /** JSON. */
  readonly body: string | null
}

export interface NetReply {
  readonly status: number
  /** A redirect (`location`) is never followed. */
  readonly headers: AuthReply['headers']
  readonly body: Buffer | 'of-redirect' | 'too-large'
  /** By this machine's clock. */
  readonly sentAt: EpochMs
  /** When the reply's head was there. */
  readonly receivedAt: EpochMs
  /** Between the two by the monotonic clock, in ms. */
  readonly elapsedMs: number
}

export type NetExchange =
  | { readonly kind: 'reply'; readonly reply: NetReply }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'timeout' }

/** As Chromium calls it when a proxy has turned a request away for want of a password. */
export const TURNED_AWAY = 'net::ERR_PROXY_AUTH_REQUESTED'

/** Sends one request at a time on each lane; see above. */
export function createNetExchange(deps: NetExchangeDeps): (request: NetRequest) => Promise<NetExchange> {
  const lanes = createLanes(deps.openSession, deps.log)
  deps.gate.whenReplaced(() => {
    lanes.forgetPasswords()
  })
  return async (request) => {
    const lane = lanes.take()
    try {
      return await send(deps, lane.session, request)
    } finally {
      void lanes.giveBack(lane)
    }
  }
}

/** Sessions in memory (no `persist:`), without a cache. */
export function privateSessions(name: string): (lane: number) => Session {
  return (lane) => electronSession.fromPartition(`${name}-${String(lane)}`, { cache: false })
}

function send(
  deps: NetExchangeDeps,
  session: Session,
  { method, url, body }: NetRequest,
): Promise<NetExchange> {
  return new Promise((resolve) => {
    const request = net.request({
      method,
      url,
      session,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      headers: {
        ...(body === null ? {} : { 'Content-Type': 'application/json' }),
        Accept: 'application/json',
        'Cache-Control': 'no-store',
      },
    })
    const pass = deps.gate.enter()
    let isSettled = false
    const waiting = patience(deps, deps.timeoutMs, () => {
      settle({ kind: 'timeout' })
    })
    /** Only the first outcome counts. Aborting a finished exchange has no effect. */
    function settle(exchange: NetExchange): void {
      waiting.end()
      isSettled = true
      const hasPassed = exchange.kind === 'reply' && exchange.reply.status !== PROXY_AUTHENTICATION
      pass.over(hasPassed)
      // Turned away by the proxy, whatever Chromium calls that, nothing has gone any further.
      resolve(pass.isTurnedAway && !hasPassed ? { kind: 'failed', message: TURNED_AWAY } : exchange)
      request.abort()
    }

    const sentAt = deps.clock.now()
    const sentAtMonotonic = deps.clock.monotonic()
    const now = (): Pick<NetReply, 'receivedAt' | 'elapsedMs'> => ({
      receivedAt: deps.clock.now(),
      elapsedMs: deps.clock.monotonic() - sentAtMonotonic,
    })
    const reply = (
      status: number,
      headers: IncomingMessage['headers'],
      replyBody: NetReply['body'],
      received: Pick<NetReply, 'receivedAt' | 'elapsedMs'>,
      location = header(headers, 'location'),
    ): NetExchange => ({
      kind: 'reply',
      reply: {
        status,
        headers: {
          contentType: header(headers, 'content-type'),
          date: header(headers, 'date'),
          location,
          retryAfter: header(headers, 'retry-after'),
        },
        body: replyBody,
        sentAt,
        ...received,
      },
    })

    request.on('redirect', (status, _method, redirectUrl, headers) => {
      settle(reply(status, headers, 'of-redirect', now(), redirectUrl))
    })
    request.on('response', (response) => {
      waiting.heard()
      const received = now()
      const finish = (replyBody: NetReply['body']): void => {
        settle(reply(response.statusCode, response.headers, replyBody, received))
      }
      const chunks: Buffer[] = []
      let length = 0
      response.on('data', (chunk) => {
        waiting.heard()
        length += chunk.length
        if (length > deps.maxBytes) finish('too-large')
        else chunks.push(chunk)
      })
      response.on('end', () => {
        finish(Buffer.concat(chunks))
      })
      response.on('error', (error: Error) => {
        settle({ kind: 'failed', message: error.message })
      })
      if (Number(header(response.headers, 'content-length')) > deps.maxBytes) finish('too-large')
    })
    request.on('error', (error) => {
      settle({ kind: 'failed', message: error.message })
    })
    // A server gets no password.
    request.on('login', ({ isProxy, host, port }, answer) => {
      if (!isProxy) {
        answer()
        return
      }
      void pass.asked(`${host}:${String(port)}`).then((login) => {
        if (isSettled) return
        if (login === null) answer()
        else answer(login.userName, login.password.reveal())
      })
    })
    if (body === null) request.end()
    else request.end(body)
  })
}

function header(headers: IncomingMessage['headers'], name: string): string | null {
  const value = headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}

interface Lane {
  readonly session: Session
}

function createLanes(openSession: (lane: number) => Session, log: Log) {
  const free: Lane[] = []
  const opened: Session[] = []
  function open(): Lane {
    const session = openSession(opened.length)
    opened.push(session)
    return { session }
  }
  return {
    take: (): Lane => free.pop() ?? open(),
    /** Each session sends again what a proxy has accepted once. */
    forgetPasswords(): void {
      for (const session of opened) {
        session.clearAuthCache().catch(() => {
          log.warn('could not forget the password of a proxy')
        })
      }
    },
    async giveBack(lane: Lane): Promise<void> {
      try {
        await lane.session.closeAllConnections()
        free.push(lane)
      } catch {
        // A lane that may have a used connection is never reused.
        log.warn('could not close the connections of a network session', { opened: opened.length })
      }
    },
  }
}
