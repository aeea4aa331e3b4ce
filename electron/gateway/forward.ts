/**
 * One exchange: the request goes to the service with a live JWT, the response comes back, both as streams with
 * backpressure. Who goes away on one side ends the other one at once; what breaks off never ends as if it were whole.
 */
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { CountedResult, GatewayRoute } from '../shared/gateway'
import { classOf } from './counts'
import { framingOf, requestHeaders, responseHeaders, responseTrailers } from './headers'
import type { Jwts, Lease } from './jwts'
import { failureOf } from './net-failures'
import { answer, discardRest, isWaitingToSend, MARK, type OwnAnswer } from './own-answers'
import { RequestBody } from './request-body'
import { basePath } from './refusals'
import type { Upstreams } from './upstreams'

export interface ExchangeDeps {
  readonly jwts: Jwts
  readonly upstreams: Upstreams
  /** Called once, when it is over. */
  readonly ended: (result: CountedResult) => void
}

export interface Forwarded {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly route: GatewayRoute
  /** What followed the capability. */
  readonly rest: string
  /** The client waits for "100 Continue". */
  readonly isExpecting: boolean
}

type Attempt =
  | { readonly ok: true; readonly request: ClientRequest; readonly response: IncomingMessage }
  | { readonly ok: false; readonly request: ClientRequest | null; readonly error: unknown }

/** May be sent again when an idle connection turns out to be closed: they change nothing. */
const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS']
const ATTEMPTS = 3

export class Exchange {
  readonly #in: Forwarded
  readonly #deps: ExchangeDeps
  readonly #body: RequestBody
  readonly #url: string
  readonly #leases: Lease[] = []
  #request: ClientRequest | null = null
  #isContinued = false
  #isOwnAnswer = false
  #isOver = false

  constructor(forwarded: Forwarded, deps: ExchangeDeps) {
    const { req, res, route, rest } = forwarded
    this.#in = forwarded
    this.#deps = deps
    this.#body = new RequestBody(req, framingOf(req.rawHeaders))
    const base = new URL(route.baseUrl)
    this.#url = `${base.origin}${basePath(base)}${rest}`
    req.on('error', () => undefined)
    res.on('error', () => undefined)
    res.on('close', () => {
      this.#over(res.writableFinished ? classOf(res.statusCode) : 'aborted')
    })
  }

  get route(): GatewayRoute {
    return this.#in.route
  }

  isOn(socket: Duplex): boolean {
    return this.#in.req.socket === socket
  }

  get isRequestWhole(): boolean {
    return this.#in.req.complete
  }

  whenAnswered(run: () => void): void {
    this.#in.res.on('finish', run)
  }

  /** Its body can't be read any further. False when a part of the response is already out. */
  breakOff(): boolean {
    this.#over('aborted')
    return !this.#in.res.headersSent
  }

  async run(): Promise<void> {
    try {
      await this.#forward()
    } catch (error) {
      this.#answer(failureOf(error))
    }
  }

  /** Its address is closed, or its account has changed. */
  abort(): void {
    this.#request?.destroy()
    if (this.#in.res.headersSent) this.#in.res.destroy()
    else this.#answer({ code: 'gateway-changed' })
  }

  async #forward(): Promise<void> {
    const leased = await this.#deps.jwts.for(this.#in.route.accountId)
    if (!leased.ok) {
      this.#answer(leased)
      return
    }
    this.#leases.push(leased.lease)
    const first = await this.#attempts(leased.lease.jwt)
    if (first.ok && first.response.statusCode === 401) await this.#rejected(first, leased.lease)
    else this.#settle(first)
  }

  /** The 401 waits, unread, until it is clear whether a newer JWT makes it unnecessary. */
  async #rejected(first: Extract<Attempt, { ok: true }>, lease: Lease): Promise<void> {
    first.response.on('error', () => undefined)
    const isExpecting = this.#in.isExpecting && !this.#isContinued
    this.#body.detach()
    const newer = await lease.renewed()
    if (newer === null) {
      this.#pass(first)
      return
    }
    this.#leases.push(newer)
    if (!(await this.#body.isReplayable(isExpecting))) {
      this.#pass(first, [MARK, 'renewed-not-replayed'])
      return
    }
    first.request.destroy()
    this.#settle(await this.#attempts(newer.jwt))
  }

  async #attempts(jwt: string): Promise<Attempt> {
    for (let count = 1; ; count += 1) {
      const attempt = await this.#attempt(jwt)
      if (attempt.ok || count === ATTEMPTS || !this.#mayRepeat(attempt.request)) return attempt
      this.#body.detach()
    }
  }

  #mayRepeat(request: ClientRequest | null): boolean {
    const { method = '' } = this.#in.req
    return request?.reusedSocket === true && SAFE.includes(method) && this.#body.isKept && !this.#isOver
  }

  async #attempt(jwt: string): Promise<Attempt> {
    const { req, res, isExpecting } = this.#in
    const { method = '' } = req
    if (this.#isOver) return { ok: false, request: null, error: null }
    const headers = requestHeaders(req.rawHeaders, {
      host: new URL(this.#url).host,
      jwt,
      method,
      isBodyHere: this.#isContinued || this.#body.isBegun,
    })
    const request = await this.#deps.upstreams.open({ url: this.#url, method, headers })
    this.#request = request
    return new Promise((resolve) => {
      request.on('response', (response) => {
        resolve({ ok: true, request, response })
      })
      request.on('error', (error) => {
        resolve({ ok: false, request, error })
      })
      request.on('close', () => {
        resolve({ ok: false, request, error: null })
      })
      if (isExpecting) {
        request.on('continue', () => {
          if (this.#isContinued || this.#isOver) return
          this.#isContinued = true
          res.writeContinue()
        })
      }
      // The client went away while the proxy was asked for.
      if (this.#isOver) request.destroy()
      else this.#send(request)
    })
  }

  #send(request: ClientRequest): void {
    this.#body.sendTo(request)
    // A body that is slow to begin doesn't hold the head back.
    setImmediate(() => {
      if (!request.destroyed && !request.writableEnded) request.flushHeaders()
    })
  }

  #settle(attempt: Attempt): void {
    if (attempt.ok) {
      this.#pass(attempt)
      return
    }
    if (this.#isOver) return
    this.#deps.upstreams.failed(this.#url)
    this.#answer(attempt.error === null ? BROKEN_OFF : failureOf(attempt.error))
  }

  #pass({ request, response }: Extract<Attempt, { ok: true }>, extra: readonly string[] = []): void {
    const { req, res, route } = this.#in
    response.on('error', () => undefined)
    if (this.#isOver) {
      request.destroy()
      return
    }
    this.#body.forget()
    const headers = responseHeaders(response.rawHeaders, {
      url: this.#url,
      baseUrl: route.baseUrl,
      gateway: `http://${req.headers.host ?? ''}/g/${route.capability}`,
    })
    headers.push(...extra)
    if (isWaitingToSend(req) && !this.#isContinued) headers.push('Connection', 'close')
    try {
      res.sendDate = false
      res.writeHead(response.statusCode ?? 502, response.statusMessage, headers)
    } catch {
      // Node's parser lets pass what its writer doesn't.
      request.destroy()
      this.#answer(INVALID)
      return
    }
    this.#stream(request, response)
  }

  #stream(request: ClientRequest, response: IncomingMessage): void {
    const { req, res } = this.#in
    let isBegun = false
    let isWhole = false
    response.on('data', (chunk: Buffer) => {
      isBegun = true
      if (!res.write(chunk)) response.pause()
    })
    res.on('drain', () => {
      response.resume()
    })
    response.on('end', () => {
      isBegun = true
      if (!response.complete) return
      isWhole = true
      const trailers = responseTrailers(response.rawTrailers)
      if (trailers.length > 0 && res.chunkedEncoding) res.addTrailers(trailers)
      res.end()
      if (req.complete) return
      // The service needs no more of the body, so nobody does.
      this.#body.abort()
      request.destroy()
      discardRest(req)
    })
    response.on('close', () => {
      if (!isWhole) res.destroy()
    })
    // Broken off while it waited.
    if (response.destroyed) res.destroy()
    // The head of a stream that is slow to begin arrives before it.
    setImmediate(() => {
      if (!isBegun && !res.destroyed) res.flushHeaders()
    })
  }

  #answer(own: OwnAnswer): void {
    const { req, res } = this.#in
    if (this.#isOver || res.headersSent || res.destroyed) return
    this.#isOwnAnswer = true
    this.#request?.destroy()
    this.#body.abort()
    answer(req, res, own)
  }

  #over(result: CountedResult): void {
    if (this.#isOver) return
    this.#isOver = true
    if (result === 'aborted') {
      this.#request?.destroy()
      this.#body.abort()
    }
    for (const lease of this.#leases) lease.release()
    this.#deps.ended(this.#isOwnAnswer && result !== 'aborted' ? 'refused' : result)
  }
}

const BROKEN_OFF: OwnAnswer = { code: 'unreachable', reason: 'broken-off' }
const INVALID: OwnAnswer = { code: 'unreachable', reason: 'invalid-response' }
