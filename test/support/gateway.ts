/** The gateway over real sockets in this process, with a service of the test behind it. */
import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { AccountId } from '../../electron/shared/account'
import type { GatewayCount, GatewayJwt, GatewayRoute, PortProblem } from '../../electron/shared/gateway'
import { Gateway, type GatewayDeps, type GatewayMain } from '../../electron/gateway/server'

export const ACCOUNT = '7d0a1c6e-3c0f-4a53-9d83-6f3f1c1d7a01' as AccountId
export const OTHER_ACCOUNT = '7d0a1c6e-3c0f-4a53-9d83-6f3f1c1d7a02' as AccountId
export const CAPABILITY = 'Zk3pQ9x0T1uVwXyZ_-aBcQ'
export const OTHER_CAPABILITY = 'aaaaaaaaaaaaaaaaaaaaaa'
export const JWT = 'header.payload.live'

export function routeTo(baseUrl: string, more: Partial<GatewayRoute> = {}): GatewayRoute {
  return {
    ...{ accountId: ACCOUNT, capability: CAPABILITY, baseUrl, production: false, armedUntil: null },
    ...more,
  }
}

export interface Service {
  readonly url: string
  /** Heads of all requests that have arrived. */
  readonly arrived: readonly IncomingMessage[]
}

export async function startService(
  respond: (req: IncomingMessage, res: ServerResponse) => void = (_, res) => res.end('ok'),
): Promise<Service & { readonly server: Server }> {
  const arrived: IncomingMessage[] = []
  const receive = (req: IncomingMessage, res: ServerResponse): void => {
    arrived.push(req)
    respond(req, res)
  }
  const server = http.createServer({ keepAliveTimeout: 5000 }, receive)
  const url = await listen(server)
  return { url, arrived, server }
}

export async function listen(server: net.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    if (server instanceof http.Server) server.closeAllConnections()
  })
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

/** Main as the gateway sees it. */
export class FakeGatewayMain implements GatewayMain {
  jwt: GatewayJwt = { ok: true, jwt: JWT }
  renewal: GatewayJwt = { ok: false, code: 'api-key-needed', retryAfterMs: null }
  readonly asked: AccountId[] = []
  readonly rejected: string[] = []
  readonly counts: GatewayCount[] = []
  readonly productionRefusals: AccountId[] = []
  readonly portProblems: PortProblem[] = []
  port = 0
  onListening = (): void => undefined

  jwtFor(accountId: AccountId): Promise<GatewayJwt> {
    this.asked.push(accountId)
    return Promise.resolve(this.jwt)
  }

  renewed(_accountId: AccountId, rejected: string): Promise<GatewayJwt> {
    this.rejected.push(rejected)
    return Promise.resolve(this.renewal)
  }

  proxyFor(): ReturnType<GatewayMain['proxyFor']> {
    return Promise.resolve({ kind: 'direct' })
  }

  listening(port: number): void {
    this.port = port
    this.onListening()
  }

  notListening(_port: number, problem: PortProblem): void {
    this.portProblems.push(problem)
    this.onListening()
  }

  counted(counts: readonly GatewayCount[]): void {
    this.counts.push(...counts)
  }

  productionRefused(accountId: AccountId): void {
    this.productionRefusals.push(accountId)
  }
}

export interface Started {
  readonly gateway: Gateway
  readonly main: FakeGatewayMain
  /** `http://127.0.0.1:PORT/g/<capability>` */
  readonly address: string
  readonly port: number
}

export async function startGateway(
  routes: readonly GatewayRoute[],
  {
    main = new FakeGatewayMain(),
    ...deps
  }: Partial<Omit<GatewayDeps, 'main'>> & { readonly main?: FakeGatewayMain } = {},
): Promise<Started> {
  const gateway = new Gateway({
    now: () => Date.now(),
    monotonic: () => performance.now(),
    ...deps,
    main,
  })
  onTestFinished(() => {
    gateway.stop()
  })
  await new Promise<void>((resolve) => {
    main.onListening = resolve
    gateway.update({ port: 0, routes, locked: false })
  })
  const { port } = main
  return { gateway, main, port, address: `http://127.0.0.1:${String(port)}/g/${routes[0]?.capability ?? ''}` }
}

export interface RawReply {
  readonly status: number
  readonly head: string
  readonly body: string
}

/** Sends bytes as they are, and reads until the connection is closed or one response is complete. */
export async function sendRaw(port: number, bytes: string | Buffer): Promise<RawReply> {
  const socket = net.connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      if (isComplete(Buffer.concat(chunks).toString('latin1'))) resolve()
    })
    socket.on('error', () => {
      resolve()
    })
    socket.on('close', () => {
      resolve()
    })
  })
  socket.destroy()
  const text = Buffer.concat(chunks).toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/u.exec(text)?.[1] ?? 0),
    head: text.slice(0, end),
    body: text.slice(end + 4),
  }
}

function isComplete(text: string): boolean {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return false
  const length = /^content-length: (\d+)/imu.exec(text.slice(0, end))?.[1]
  return length === undefined
    ? text.endsWith('0\r\n\r\n')
    : Buffer.byteLength(text.slice(end + 4), 'latin1') >= Number(length)
}

export interface Reply {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly trailers: NodeJS.Dict<string>
  readonly body: Buffer
}

/** A request with a plain client of Node's. */
export function ask(
  url: string,
  { body, ...options }: http.RequestOptions & { readonly body?: string | Buffer } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode = 0, headers, trailers } = response
        resolve({ status: statusCode, headers, trailers, body: Buffer.concat(chunks) })
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

export function codeIn({ body }: { readonly body: string | Buffer }): string {
  return (JSON.parse(body.toString()) as { readonly code: string }).code
}
