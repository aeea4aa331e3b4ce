/** The service over HTTP: what is sent there, and what came of it. */
import { net, type Session } from 'electron'
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
import { createNetExchange, privateSessions, type NetExchange, type NetReply } from '../platform/net-exchange'
import { READING_AT_MOST_MS } from '../platform/patience'
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

export function createHttpAuthApi(deps: HttpAuthApiDeps): AuthApi {
  const isOnline = deps.isOnline ?? (() => net.isOnline())
  const exchange = createNetExchange({
    ...deps,
    timeoutMs: deps.timeoutMs ?? AUTH_TIMEOUT_MS,
    maxBytes: MAX_BODY_BYTES,
    openSession: deps.openSession ?? privateSessions('tokendesk-auth'),
  })
  const failure = (message: string): NetFailure => netFailure(message, isOnline(), deps.trust)

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
      const outcome = outcomeOf(url, await exchange({ method: 'POST', url, body }), target, failure)
      return withoutSecret(outcome, secret.reveal())
    } catch {
      // The error's text is dropped, since it could quote a secret.
      return failed(failure('unexpected error'))
    }
  }

  async function reach(baseUrl: string): Promise<ReachOutcome> {
    const url = endpoint(baseUrl, 'login')
    const ended = await exchange({ method: 'GET', url, body: null })
    switch (ended.kind) {
      case 'reply': {
        const reply = authReply(url, ended.reply)
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
  url: string,
  exchange: NetExchange,
  target: AuthTarget,
  failure: (message: string) => NetFailure,
): AuthOutcome {
  switch (exchange.kind) {
    case 'reply':
      return readAuthReply(authReply(url, exchange.reply), target)
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

function authReply(url: string, { body, ...reply }: NetReply): AuthReply {
  if (body === 'too-large') return { url, ...reply, body: { kind: 'too-large' } }
  const text = body === 'of-redirect' ? null : textOfReply(body, reply.headers.contentType)
  return { url, ...reply, body: text === null ? { kind: 'not-text' } : { kind: 'text', text } }
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
