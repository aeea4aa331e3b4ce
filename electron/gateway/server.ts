/** The gateway's server on the IPv4 loopback: its limits, who gets in, and the exchanges under way. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { AccountId } from '../shared/account'
import type {
  GatewayCheck,
  GatewayCheckOutcome,
  GatewayCode,
  GatewayCount,
  GatewayProxy,
  GatewayRoute,
  GatewayState,
  PortProblem,
} from '../shared/gateway'
import { check } from './check'
import { Counts } from './counts'
import { Exchange } from './forward'
import { Jwts, type JwtSource } from './jwts'
import { answer, rawAnswer } from './own-answers'
import { judge, openRoute, type OpenRoute, type Verdict } from './refusals'
import { Upstreams } from './upstreams'

const LOOPBACK = '127.0.0.1'
const CONNECTIONS = 64
/** Above the limit they are told so; above this one they are closed unheard. */
const CONNECTIONS_TOLD = 96
const HEADERS_AT_MOST_BYTES = 32_768
const HEADERS_WITHIN_MS = 10_000
/** Between two requests of a connection. */
const IDLE_MS = 15_000

/** What the gateway asks of main, and tells it. */
export interface GatewayMain extends JwtSource {
  proxyFor(origin: string): Promise<GatewayProxy>
  listening(port: number): void
  notListening(port: number, problem: PortProblem): void
  counted(counts: readonly GatewayCount[]): void
  productionRefused(accountId: AccountId): void
}

export interface GatewayDeps {
  readonly main: GatewayMain
  readonly now: () => number
  readonly monotonic: () => number
  /** Certificates in PEM that are trusted as well; for tests. */
  readonly extraCAs?: readonly string[]
  readonly headersWithinMs?: number
}

export class Gateway {
  readonly #deps: GatewayDeps
  readonly #jwts: Jwts
  readonly #upstreams: Upstreams
  readonly #counts: Counts
  readonly #exchanges = new Set<Exchange>()
  readonly #sockets = new Set<Duplex>()
  #routes: readonly OpenRoute[] = []
  #isLocked = false
  #server: http.Server | null = null
  /** As it was asked for, and as it is. */
  #port = { wanted: -1, actual: 0 }

  constructor(deps: GatewayDeps) {
    const { main, now } = deps
    this.#deps = deps
    this.#jwts = new Jwts(main)
    this.#upstreams = new Upstreams({
      proxyFor: (origin) => main.proxyFor(origin),
      now: deps.monotonic,
      ...(deps.extraCAs === undefined ? {} : { extraCAs: deps.extraCAs }),
    })
    this.#counts = new Counts((counts) => {
      main.counted(counts)
    }, now)
  }

  /** For tests: JWTs in memory. */
  get keptJwts(): number {
    return this.#jwts.kept
  }

  update({ port, routes, locked }: GatewayState): void {
    this.#routes = routes.map(openRoute)
    this.#isLocked = locked
    for (const exchange of this.#exchanges) {
      if (!routes.some((route) => isSameAddress(route, exchange.route))) exchange.abort()
    }
    if (routes.length === 0) this.#close()
    else if (this.#server === null || (port !== this.#port.wanted && port !== this.#port.actual)) {
      this.#close()
      this.#listen(port)
    }
  }

  check(asked: GatewayCheck): Promise<GatewayCheckOutcome> {
    return check(asked, this.#upstreams, this.#deps.monotonic)
  }

  networkChanged(): void {
    this.#upstreams.clear()
  }

  stop(): void {
    this.#close()
    for (const socket of this.#sockets) socket.destroy()
    this.#counts.flush()
    this.#upstreams.clear()
  }

  #listen(port: number): void {
    const { main } = this.#deps
    const server = http.createServer({
      maxHeaderSize: HEADERS_AT_MOST_BYTES,
      headersTimeout: this.#deps.headersWithinMs ?? HEADERS_WITHIN_MS,
      // A body may take as long as it takes.
      requestTimeout: 0,
      keepAliveTimeout: IDLE_MS,
      connectionsCheckingInterval: 1000,
      // A missing one is refused by us, as JSON.
      requireHostHeader: false,
    })
    // Node would leave out what is beyond a number, without a word: an `Origin`, for instance.
    server.maxHeadersCount = 0
    server.maxConnections = CONNECTIONS_TOLD
    server.on('connection', (socket) => {
      this.#sockets.add(socket)
      // Those that nobody uses make room.
      if (this.#sockets.size > CONNECTIONS) server.closeIdleConnections()
      socket.on('close', () => {
        this.#sockets.delete(socket)
      })
    })
    server.on('request', (req, res) => {
      this.#receive(req, res, false)
    })
    server.on('checkContinue', (req, res) => {
      this.#receive(req, res, true)
    })
    server.on('checkExpectation', (req, res) => {
      this.#receive(req, res, false)
    })
    server.on('connect', (req: IncomingMessage, socket: Duplex) => {
      const verdict = this.#judge(req)
      socket.on('error', () => undefined)
      socket.end(rawAnswer({ code: verdict.ok ? 'method-not-allowed' : verdict.code }))
    })
    server.on('clientError', (error: Error & { readonly code?: string }, socket) => {
      this.#endUnreadable(socket, rawAnswer({ code: codeOf(error.code) }))
    })
    server.on('error', (error: Error & { readonly code?: string }) => {
      if (this.#server === server) this.#server = null
      main.notListening(port, problemOf(error.code))
    })
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address()
      if (typeof address !== 'object' || address === null || this.#server !== server) return
      this.#port = { wanted: port, actual: address.port }
      main.listening(address.port)
    })
    this.#server = server
    this.#port = { wanted: port, actual: port }
  }

  /** Exchanges under way go on; their addresses are looked at apart. */
  #close(): void {
    this.#server?.close()
    this.#server?.closeIdleConnections()
    this.#server = null
  }

  #judge({ method = '', url = '', rawHeaders }: IncomingMessage): Verdict {
    return judge(
      { method, target: url, headers: rawHeaders },
      {
        port: this.#port.actual,
        routes: this.#routes,
        locked: this.#isLocked,
        now: this.#deps.now(),
      },
    )
  }

  #receive(req: IncomingMessage, res: ServerResponse, isExpecting: boolean): void {
    req.on('error', () => undefined)
    res.on('error', () => undefined)
    const verdict = this.#judge(req)
    if (this.#sockets.size > CONNECTIONS) {
      res.setHeader('Connection', 'close')
      answer(req, res, { code: 'too-many-connections' })
      return
    }
    const { method = '' } = req
    if (!verdict.ok) {
      const { code, route } = verdict
      if (route !== null) this.#counts.add(route.accountId, method, 'refused')
      if (route !== null && code === 'production-not-armed')
        this.#deps.main.productionRefused(route.accountId)
      answer(req, res, { code })
      return
    }
    const { route, rest } = verdict
    const exchange = new Exchange(
      { req, res, route, rest, isExpecting },
      {
        jwts: this.#jwts,
        upstreams: this.#upstreams,
        ended: (result) => {
          this.#exchanges.delete(exchange)
          this.#counts.add(route.accountId, method, result)
        },
      },
    )
    this.#exchanges.add(exchange)
    void exchange.run()
  }

  /** What has come on it can't be read, so nothing may follow: said where it still can be. */
  #endUnreadable(socket: Duplex, said: string): void {
    const latest = [...this.#exchanges].findLast((exchange) => exchange.isOn(socket))
    if (!socket.writable) socket.destroy()
    else if (latest === undefined) socket.end(said)
    else if (latest.isRequestWhole) {
      latest.whenAnswered(() => socket.end(said))
    } else if (latest.breakOff()) socket.end(said)
    else socket.destroy()
  }
}

function isSameAddress(one: GatewayRoute, other: GatewayRoute): boolean {
  return (
    one.accountId === other.accountId &&
    one.capability === other.capability &&
    one.baseUrl === other.baseUrl &&
    one.production === other.production
  )
}

function codeOf(error: string | undefined): GatewayCode {
  if (error === 'HPE_HEADER_OVERFLOW') return 'headers-too-large'
  return error === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'headers-too-slow' : 'malformed-request'
}

function problemOf(error: string | undefined): PortProblem {
  if (error === 'EADDRINUSE') return 'taken'
  return error === 'EACCES' ? 'not-allowed' : 'other'
}
