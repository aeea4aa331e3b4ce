/** The connections to services: one agent for each origin, by the system's proxy. */
import dns from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import type { SecureContext } from 'node:tls'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { SocksProxyAgent } from 'socks-proxy-agent'
import type { GatewayProxy } from '../shared/gateway'
import { ConnectTimeoutError, ProxyRefusedError } from './net-failures'
import { makeSecureContext } from './trust'

const CONNECT_TIMEOUT_MS = 10_000
/** Below the 5 s after which many servers close an idle connection, so that a request seldom meets one being closed. */
const IDLE_MS = 4_000
/** How long the system's answer about a proxy counts. */
const PROXY_KNOWN_MS = 60_000

export interface UpstreamsDeps {
  readonly proxyFor: (origin: string) => Promise<GatewayProxy>
  readonly now: () => number
  /** Certificates in PEM that are trusted as well; for tests. */
  readonly extraCAs?: readonly string[]
}

interface Known {
  readonly agent: Promise<http.Agent>
  readonly since: number
  readonly proxy: Promise<GatewayProxy>
}

export interface UpstreamRequest {
  readonly url: string
  readonly method: string
  readonly headers: readonly string[]
}

export class Upstreams {
  readonly #deps: UpstreamsDeps
  readonly #known = new Map<string, Known>()
  #secureContext: SecureContext | undefined

  constructor(deps: UpstreamsDeps) {
    this.#deps = deps
  }

  /** Nothing is sent before the caller writes or ends it. */
  async open({ url: text, method, headers }: UpstreamRequest): Promise<http.ClientRequest> {
    const url = new URL(text)
    const agent = await this.#agentFor(url.origin)
    // The path as it came: the parser would write some of it anew.
    const path = text.slice(url.origin.length)
    const request = (url.protocol === 'https:' ? https : http).request({
      protocol: url.protocol,
      hostname: url.hostname.replace(/^\[|\]$/gu, ''),
      port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port),
      path: path.startsWith('/') ? path : `/${path}`,
      method,
      headers: headers as string[],
      agent,
      lookup: lookupOf(url.hostname),
      ...this.#tls(),
    })
    limitConnecting(request)
    request.on('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
      if (statusCode !== 200) request.destroy(new ProxyRefusedError(statusCode))
    })
    return request
  }

  /** A connection has failed: the system is asked anew about a proxy. */
  failed(url: string): void {
    const { origin } = new URL(url)
    const known = this.#known.get(origin)
    // Requests under way keep their connections.
    if (known !== undefined) this.#known.set(origin, { ...known, since: -Infinity })
  }

  /** Gives up idle connections and what is known of proxies. */
  clear(): void {
    for (const { agent } of this.#known.values()) void agent.then(endIdle)
    this.#known.clear()
  }

  /** `rejectUnauthorized` is said, since a variable of the environment could turn it off (`NODE_TLS_REJECT_UNAUTHORIZED`). */
  #tls(): { rejectUnauthorized: true; secureContext: SecureContext; ALPNProtocols: string[] } {
    this.#secureContext ??= makeSecureContext(this.#deps.extraCAs ?? [])
    return { rejectUnauthorized: true, secureContext: this.#secureContext, ALPNProtocols: ['http/1.1'] }
  }

  async #agentFor(origin: string): Promise<http.Agent> {
    const now = this.#deps.now()
    const known = this.#known.get(origin)
    if (known !== undefined && Math.abs(now - known.since) < PROXY_KNOWN_MS) return known.agent
    const proxy = this.#deps.proxyFor(origin)
    const agent = this.#sameOrNew(origin, proxy, known)
    this.#known.set(origin, { agent, proxy, since: now })
    agent.catch(() => {
      this.#known.delete(origin)
    })
    return agent
  }

  /** Where the proxy is as it was, its connections stay. */
  async #sameOrNew(
    origin: string,
    next: Promise<GatewayProxy>,
    known: Known | undefined,
  ): Promise<http.Agent> {
    const proxy = await next
    if (known !== undefined) {
      const before = await known.proxy.catch(() => null)
      if (before !== null && JSON.stringify(before) === JSON.stringify(proxy)) return known.agent
      void known.agent.then(endIdle, () => undefined)
    }
    return this.#agent(origin, proxy)
  }

  #agent(origin: string, proxy: GatewayProxy): http.Agent {
    const options = { keepAlive: true, maxFreeSockets: 64, timeout: IDLE_MS, scheduling: 'lifo' as const }
    if (proxy.kind === 'direct') {
      return origin.startsWith('https:') ? new https.Agent(options) : new http.Agent(options)
    }
    const url = proxyUrl(proxy)
    return proxy.kind === 'http' || proxy.kind === 'https'
      ? new HttpsProxyAgent(url, { ...options, ...this.#tls() })
      : new SocksProxyAgent(url, options)
  }
}

function proxyUrl({ kind, host, port, login }: Exclude<GatewayProxy, { kind: 'direct' }>): URL {
  // SOCKS proxies look the name up themselves, as Chromium has it.
  const scheme = { http: 'http', https: 'https', socks4: 'socks4a', socks5: 'socks5h' }[kind]
  const credentials =
    login === null ? '' : `${encodeURIComponent(login.userName)}:${encodeURIComponent(login.password)}@`
  return new URL(`${scheme}://${credentials}${host.includes(':') ? `[${host}]` : host}:${String(port)}`)
}

function endIdle(agent: http.Agent): void {
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy()
  }
}

function limitConnecting(request: http.ClientRequest): void {
  const timer = setTimeout(() => {
    request.destroy(new ConnectTimeoutError())
  }, CONNECT_TIMEOUT_MS)
  const connected = (): void => {
    clearTimeout(timer)
  }
  request.on('socket', (socket) => {
    const isSecure = 'encrypted' in socket
    if (request.reusedSocket || (!isSecure && !socket.connecting)) connected()
    else socket.once(isSecure ? 'secureConnect' : 'connect', connected)
  })
  request.on('response', connected)
  request.on('close', connected)
}

/**
 * `localhost` and names below it are this computer, whatever DNS says (RFC 6761, section 6.3): to them a JWT may go
 * unencrypted.
 */
function lookupOf(hostname: string): LookupFunction {
  if (hostname !== 'localhost' && !hostname.endsWith('.localhost')) return dns.lookup
  const addresses = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ]
  return (_name, options, callback) => {
    if (options.all === true) callback(null, addresses)
    else callback(null, '127.0.0.1', 4)
  }
}
