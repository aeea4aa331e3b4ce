/**
 * The service over Electron's `net`, so that the system's proxy and certificates apply.
 *
 * Chromium repeats a request on its own, even a POST, when a reused connection breaks without a response
 * (HttpNetworkTransaction::ShouldResendRequest). For a refresh that would be a blind second attempt with a token that
 * the service may just have replaced. So no request uses a connection twice: each exchange has a network session of its
 * own, a "lane", which is reused only after all its connections have been closed. There are as many lanes as there ever
 * were concurrent exchanges (8 per environment); one costs about 0.8 MB.
 */
import { net, session as electronSession, type IncomingMessage, type Session } from 'electron'
import {
  MAX_BODY_BYTES,
  readAuthReply,
  isRedirect,
  PROXY_AUTHENTICATION,
  UNKNOWN_PROXY,
  redirectTarget,
  skewOfAnyone,
  type AuthReply,
} from '../../core/session/auth-response'
import { textOfReply } from '../../core/session/reply-text'
import type {
  AuthApi,
  AuthOutcome,
  AuthTarget,
  Clock,
  Log,
  ReachOutcome,
  Timers,
} from '../../core/base/ports'
import { checkBaseUrl, endpoint } from '../../shared/base-url'
import type { Secret } from '../../shared/secret'
import { netFailure, type NetFailure, type TrustStore } from '../platform/net-error'
import { patience, READING_AT_MOST_MS } from '../platform/patience'
import type { ProxyDoor } from '../platform/proxy-pass'

/** From the call to the last byte of the response. */
const AUTH_TIMEOUT_MS = 10_000
/** No call takes longer while the process runs. */
export const AUTH_CALL_LIMIT_MS = AUTH_TIMEOUT_MS + READING_AT_MOST_MS

export interface HttpAuthApiDeps {
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly gate: ProxyDoor
  readonly trust: TrustStore
  /** From the call to the last byte of the response. */
  readonly timeoutMs?: number
  /** Whether the system has a network connection. */
  readonly isOnline?: () => boolean
  /** Opens the session of the `lane`th concurrent exchange, which nothing else may use. */
  readonly openSession?: (lane: number) => Session
}

type Exchange =
  | { readonly kind: 'reply'; readonly reply: AuthReply }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'timeout' }

interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly body: string | null
}

export function createHttpAuthApi(deps: HttpAuthApiDeps): AuthApi {
  const lanes = createLanes(deps.openSession ?? openPrivateSession, deps.log)
  const isOnline = deps.isOnline ?? (() => net.isOnline())
  deps.gate.whenReplaced(() => {
    lanes.forgetPasswords()
  })
  const failure = (message: string): NetFailure => netFailure(message, isOnline(), deps.trust)

  async function exchange(request: HttpRequest): Promise<Exchange> {
    const lane = lanes.take()
    try {
      return await send(deps, lane.session, request)
    } finally {
      void lanes.giveBack(lane)
    }
  }

  async function post(
    target: AuthTarget,
    call: 'login' | 'refresh',
    secretName: 'apiKey' | 'refreshToken',
    secret: Secret,
  ): Promise<AuthOutcome> {
    // Checked again, although it was checked on input, because a secret is about to be sent there.
    const base = checkBaseUrl(target.baseUrl)
    if (!base.ok) return notSent(`base URL: ${base.reason}`)
    const url = endpoint(base.value.baseUrl, call)
    try {
      const body = JSON.stringify({ [secretName]: secret.reveal() })
      const outcome = outcomeOf(await exchange({ method: 'POST', url, body }), target, failure)
      return withoutSecret(outcome, secret.reveal())
    } catch {
      // The error's text is dropped, since it could quote a secret.
      return failed(failure('unexpected error'))
    }
  }

  async function reach(baseUrl: string): Promise<ReachOutcome> {
    const ended = await exchange({ method: 'GET', url: endpoint(baseUrl, 'login'), body: null })
    switch (ended.kind) {
      case 'reply': {
        const { reply } = ended
        if (reply.status === PROXY_AUTHENTICATION) return { kind: 'failed', problem: UNKNOWN_PROXY }
        return isRedirect(reply.status)
          ? { kind: 'redirected', status: reply.status, target: redirectTarget(reply) }
          : { kind: 'answered', status: reply.status, clockSkewMs: skewOfAnyone(reply) }
      }
      case 'failed':
        return { kind: 'failed', problem: failure(ended.message).problem }
      case 'timeout':
        return { kind: 'failed', problem: failure('net::ERR_TIMED_OUT').problem }
    }
  }

  return {
    login: (target, apiKey) => post(target, 'login', 'apiKey', apiKey),
    refresh: (target, refreshToken) => post(target, 'refresh', 'refreshToken', refreshToken),
    reach,
  }
}

function outcomeOf(
  exchange: Exchange,
  target: AuthTarget,
  failure: (message: string) => NetFailure,
): AuthOutcome {
  switch (exchange.kind) {
    case 'reply':
      return readAuthReply(exchange.reply, target)
    case 'failed':
      // A redirect to an invalid or forbidden URL. Electron doesn't report the status, so 302 stands for it.
      return /ERR_(?:INVALID|UNSAFE)_REDIRECT/u.test(exchange.message)
        ? { kind: 'redirected', status: 302, target: '', clockSkewMs: null }
        : failed(failure(exchange.message))
    case 'timeout':
      // It may still have been connecting, but that is unknown here, so the request counts as sent.
      return failed(failure('net::ERR_TIMED_OUT'))
  }
}

function failed(failure: NetFailure): AuthOutcome {
  return { kind: 'transient', retryAfterMs: null, clockSkewMs: null, ...failure }
}

function notSent(detail: string): AuthOutcome {
  return {
    kind: 'transient',
    problem: { code: 'unreachable', reason: 'other', detail },
    retryAfterMs: null,
    mayHaveArrived: false,
    clockSkewMs: null,
  }
}

/** A redirect's target is shown and logged, so a server must not be able to put the secret into it. */
function withoutSecret(outcome: AuthOutcome, secret: string): AuthOutcome {
  if (outcome.kind !== 'redirected') return outcome
  const quoted = [secret, encodeURIComponent(secret), encodeURI(secret)].some((text) =>
    outcome.target.includes(text),
  )
  if (!quoted) return outcome
  const { origin } = new URL(outcome.target)
  // URLs without a host (`data:`, `file:`) have the origin "null".
  return { ...outcome, target: origin === 'null' ? '' : origin }
}

function send(
  deps: HttpAuthApiDeps,
  session: Session,
  { method, url, body }: HttpRequest,
): Promise<Exchange> {
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
    const waiting = patience(deps, deps.timeoutMs ?? AUTH_TIMEOUT_MS, () => {
      settle({ kind: 'timeout' })
    })
    /** Only the first outcome counts. Aborting a finished exchange has no effect. */
    function settle(exchange: Exchange): void {
      waiting.end()
      isSettled = true
      const hasPassed = exchange.kind === 'reply' && exchange.reply.status !== PROXY_AUTHENTICATION
      pass.over(hasPassed)
      // Turned away by the proxy, whatever Chromium calls that, nothing has gone any further.
      resolve(
        pass.isTurnedAway && !hasPassed
          ? { kind: 'failed', message: 'net::ERR_PROXY_AUTH_REQUESTED' }
          : exchange,
      )
      request.abort()
    }

    const sentAt = deps.clock.now()
    const sentAtMonotonic = deps.clock.monotonic()
    const now = (): Pick<AuthReply, 'receivedAt' | 'elapsedMs'> => ({
      receivedAt: deps.clock.now(),
      elapsedMs: deps.clock.monotonic() - sentAtMonotonic,
    })
    const reply = (
      status: number,
      headers: IncomingMessage['headers'],
      replyBody: AuthReply['body'],
      received: Pick<AuthReply, 'receivedAt' | 'elapsedMs'>,
      location = header(headers, 'location'),
    ): Exchange => ({
      kind: 'reply',
      reply: {
        url,
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
      settle(reply(status, headers, { kind: 'not-text' }, now(), redirectUrl))
    })
    request.on('response', (response) => {
      waiting.heard()
      const received = now()
      const finish = (replyBody: AuthReply['body']): void => {
        settle(reply(response.statusCode, response.headers, replyBody, received))
      }
      const chunks: Buffer[] = []
      let length = 0
      response.on('data', (chunk) => {
        waiting.heard()
        length += chunk.length
        if (length > MAX_BODY_BYTES) finish({ kind: 'too-large' })
        else chunks.push(chunk)
      })
      response.on('end', () => {
        const text = textOfReply(Buffer.concat(chunks), header(response.headers, 'content-type'))
        finish(text === null ? { kind: 'not-text' } : { kind: 'text', text })
      })
      response.on('error', (error: Error) => {
        settle({ kind: 'failed', message: error.message })
      })
      if (Number(header(response.headers, 'content-length')) > MAX_BODY_BYTES) finish({ kind: 'too-large' })
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

/** In memory (no `persist:`), without a cache. */
function openPrivateSession(lane: number): Session {
  return electronSession.fromPartition(`tokendesk-auth-${String(lane)}`, { cache: false })
}
