/**
 * The authentication service of auth-api.md as a real HTTP server on loopback, for tests, the demo and torture runs:
 *
 *     const server = await startAuthServer()
 *     server.addApiKey({ apiKey: 'key-1', kind: 'partner' })
 *     server.nextReply({ kind: 'cut', at: 'headers', afterProcessing: true }, '/auth/refresh')
 *     …
 *     server.report('key-1').olderTokensSent // 0, or a rule was broken
 *     await server.close()
 *
 * `POST /auth/login`, `POST /auth/refresh`, and `GET /whoami` (header `R-Auth`), which proves that a JWT is live.
 */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { send, strike, type Fault } from './auth-server/faults'
import { createModel, json, type Model, type ModelSettings, type Reply } from './auth-server/model'
import { publishSecretsIn } from './seen-secrets'

export type { Fault } from './auth-server/faults'

type CallPath = '/auth/login' | '/auth/refresh' | '/whoami'

interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** By the server's clock. */
  readonly at: number
  /** Connections count from 1. */
  readonly connection: number
  /** The number of the request on its connection, from 1. */
  readonly nthOnConnection: number
}

export interface AuthServerOptions extends Partial<ModelSettings> {
  /** Default 0: any free one. */
  readonly port?: number
  /** A prefix of all paths, e.g. `/customer/v2`. */
  readonly basePath?: string
  /** With the same seed (and clock) each run has the same tokens. */
  readonly seed?: number
  readonly now?: () => number
  /** How far the server's clock is ahead. */
  readonly clockSkewMs?: number
  /** Sent with every response. */
  readonly setCookie?: string
  readonly tls?: { readonly key: string; readonly cert: string }
}

interface AuthServerStats {
  connections: number
  requests: number
  /** Requests in progress, and their highest number so far. */
  inFlight: number
  maxInFlight: number
  /** The sum of all requests' times from arrival to response. */
  servingMs: number
}

export interface AuthServer extends Pick<
  Model,
  'addApiKey' | 'setRefreshLife' | 'revokeApiKey' | 'revokeRefreshToken' | 'report' | 'issued'
> {
  /** The base URL. */
  readonly url: string
  readonly requests: readonly RecordedRequest[]
  readonly stats: Readonly<AuthServerStats>
  /** May be changed at any time. */
  readonly settings: ModelSettings & { clockSkewMs: number }
  /** Applies a fault once, to the next request (on `path`, or on any). Faults queue up. */
  nextReply(fault: Fault, path?: CallPath): void
  /** Decides on each request that no `nextReply` takes; undefined is normal service. Replaces the previous script. */
  script(decide: (request: RecordedRequest) => Fault | undefined): void
  /** Drops what `nextReply` and `script` have set. */
  healthy(): void
  forgetRequests(): void
  close(): Promise<void>
}

export async function startAuthServer(options: AuthServerOptions = {}): Promise<AuthServer> {
  const settings = {
    dateStyle: options.dateStyle ?? ('offset' as const),
    zonelessOffsetMinutes: options.zonelessOffsetMinutes ?? 0,
    companiesRefresh: options.companiesRefresh ?? false,
    clockSkewMs: options.clockSkewMs ?? 0,
  }
  const machineNow = options.now ?? Date.now
  const now = (): number => machineNow() + settings.clockSkewMs
  const model = createModel(now, settings, options.seed ?? null)
  const basePath = options.basePath ?? ''

  const requests: RecordedRequest[] = []
  const stats: AuthServerStats = { connections: 0, requests: 0, inFlight: 0, maxInFlight: 0, servingMs: 0 }
  const connections = new WeakMap<Socket, { readonly number: number; served: number }>()
  const queue: { readonly fault: Fault; readonly path: string | null }[] = []
  let decide: (request: RecordedRequest) => Fault | undefined = () => undefined

  function record(request: IncomingMessage, body: string): RecordedRequest {
    const connection = connections.get(request.socket) ?? { number: 0, served: 0 }
    connection.served += 1
    const recorded = {
      method: request.method ?? '',
      path: (request.url ?? '').slice(basePath.length),
      headers: request.headers,
      body,
      at: now(),
      connection: connection.number,
      nthOnConnection: connection.served,
    }
    requests.push(recorded)
    publishSecretsIn(body)
    return recorded
  }

  function takeFault(request: RecordedRequest): Fault {
    const index = queue.findIndex(({ path }) => path === null || path === request.path)
    if (index >= 0) return queue.splice(index, 1)[0]?.fault ?? { kind: 'none' }
    return decide(request) ?? { kind: 'none' }
  }

  function served(request: RecordedRequest): Reply {
    const reply = serve(model, request)
    publishSecretsIn(reply.body)
    return reply
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const recorded = record(request, await readBody(request))
    const fault = takeFault(recorded)
    if (fault.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
    response.setHeader('Date', new Date(now()).toUTCString())
    if (options.setCookie !== undefined) response.setHeader('Set-Cookie', options.setCookie)
    if (fault.kind === 'none') {
      send(served(recorded), response)
      return
    }
    const reply = fault.afterProcessing === true ? served(recorded) : json(200, { filler: 'not processed' })
    strike(fault, reply, response)
  }

  const listener: RequestListener = (request, response) => {
    stats.requests += 1
    stats.inFlight += 1
    stats.maxInFlight = Math.max(stats.maxInFlight, stats.inFlight)
    const arrivedAt = performance.now()
    response.once('finish', () => {
      stats.servingMs += performance.now() - arrivedAt
    })
    response.once('close', () => {
      stats.inFlight -= 1
    })
    answer(request, response).catch(() => response.destroy())
  }
  const server = options.tls === undefined ? createServer(listener) : createTlsServer(options.tls, listener)
  server.on(options.tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    stats.connections += 1
    connections.set(socket, { number: stats.connections, served: 0 })
    const first = queue[0]?.fault
    if (first?.kind === 'cut' && first.at === 'connect') {
      queue.shift()
      socket.destroy()
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo

  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${String(port)}${basePath}`,
    requests,
    stats,
    settings,
    addApiKey: (key) => {
      model.addApiKey(key)
    },
    setRefreshLife: (apiKey, refreshLifeMs) => {
      model.setRefreshLife(apiKey, refreshLifeMs)
    },
    revokeApiKey: (apiKey) => {
      model.revokeApiKey(apiKey)
    },
    revokeRefreshToken: (token) => {
      model.revokeRefreshToken(token)
    },
    report: (apiKey) => model.report(apiKey),
    issued: model.issued,
    nextReply(fault, path) {
      queue.push({ fault, path: path ?? null })
    },
    script(newDecide) {
      decide = newDecide
    },
    healthy() {
      queue.length = 0
      decide = () => undefined
    },
    forgetRequests() {
      requests.length = 0
    },
    close() {
      return new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      })
    },
  }
}

function serve(model: Model, request: RecordedRequest): Reply {
  switch (request.path) {
    case '/auth/login':
    case '/auth/refresh': {
      if (request.method !== 'POST') return json(405, { error: 'method_not_allowed' })
      if (request.headers['content-type'] !== 'application/json')
        return json(415, { error: 'unsupported_media_type' })
      const fields = parseObject(request.body)
      if (fields === null) return json(400, { error: 'bad_request' })
      return request.path === '/auth/login'
        ? model.login(fields['apiKey'])
        : model.refresh(fields['refreshToken'])
    }
    case '/whoami': {
      const jwt = request.headers['r-auth']
      return model.whoami(Array.isArray(jwt) ? jwt[0] : jwt)
    }
    default:
      return json(404, { error: 'not_found' })
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
