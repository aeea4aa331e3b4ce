/** The HTTP adapter in a real Electron: requests that do not arrive, and answers that do not (auth-api.md, rule 5). */
import { createServer as createHttpServer } from 'node:http'
import { createSecureServer } from 'node:http2'
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { BOTH, granted, PARTNER_KEY, useAuthApi } from '../support/auth-api-calls'
import { startAuthServer, type Fault } from '../support/auth-server'
import { makeCertificate } from '../support/certificate'
import type { AdapterSetup } from '../support/http-auth-api-main'

const SHORT: AdapterSetup = { timeoutMs: 700 }
const api = useAuthApi()

describe.each(BOTH)('the request does not arrive, on %s', (call) => {
  it('DNS knows no such host', async () => {
    expect(await api.ask(call, 's', {}, 'https://nothing.invalid')).toMatchObject({
      kind: 'transient',
      problem: { code: 'unreachable', reason: 'dns', detail: 'ERR_NAME_NOT_RESOLVED' },
      mayHaveArrived: false,
    })
  })

  it('connection refused', async () => {
    const port = await closedPort()
    expect(await api.ask(call, 's', {}, `http://127.0.0.1:${String(port)}`)).toMatchObject({
      kind: 'transient',
      problem: { code: 'unreachable', reason: 'refused', detail: 'ERR_CONNECTION_REFUSED' },
      mayHaveArrived: false,
    })
  })

  it('offline', async () => {
    expect(await api.ask(call, 's', { offline: true }, 'https://nothing.invalid')).toMatchObject({
      kind: 'transient',
      problem: { code: 'unreachable', reason: 'offline' },
      mayHaveArrived: false,
    })
  })

  it('no route', async () => {
    // Linux says so of any TCP connection to a multicast address.
    expect(await api.ask(call, 's', {}, 'https://224.0.0.1')).toMatchObject({
      kind: 'transient',
      problem: { code: 'unreachable', reason: 'other', detail: 'ERR_ADDRESS_UNREACHABLE' },
      mayHaveArrived: false,
    })
  })

  it('TLS: an untrusted certificate is refused, and not asked about', async () => {
    const secure = await startAuthServer({ tls: await makeCertificate() })
    onTestFinished(() => secure.close())
    expect(await api.ask(call, 's', {}, secure.url)).toMatchObject({
      kind: 'transient',
      problem: { code: 'unreachable', reason: 'tls', detail: 'ERR_CERT_AUTHORITY_INVALID' },
      mayHaveArrived: false,
    })
    expect(secure.requests).toHaveLength(0)
  })

  it('TLS: a server that doesn’t speak it is refused', async () => {
    expect(await api.ask(call, 's', {}, api.server.url.replace('http:', 'https:'))).toMatchObject({
      kind: 'transient',
      problem: { code: 'unreachable', reason: 'tls', detail: 'ERR_SSL_PROTOCOL_ERROR' },
    })
    expect(api.server.requests).toHaveLength(0)
  })

  it('a proxy that can’t be reached', async () => {
    const proxy = `127.0.0.1:${String(await closedPort())}`
    expect(await api.ask(call, 's', { proxy }, 'https://service.invalid')).toMatchObject({
      problem: { code: 'unreachable', reason: 'proxy', detail: 'ERR_PROXY_CONNECTION_FAILED' },
      mayHaveArrived: false,
    })
  })

  it('a proxy that asks for a password gets none', async () => {
    const { port, passwords } = await startAskingProxy()
    const outcome = await api.ask(
      call,
      's',
      { proxy: `127.0.0.1:${String(port)}` },
      'https://service.invalid',
    )
    expect(outcome).toMatchObject({
      kind: 'transient',
      problem: { code: 'unreachable', reason: 'proxy-password' },
      mayHaveArrived: false,
    })
    expect(passwords.length).toBeGreaterThan(0)
    expect(new Set(passwords)).toEqual(new Set([undefined]))
  })

  it.each([
    [
      'http:// to another address',
      () => api.server.url.replace('127.0.0.1', '0.0.0.0'),
      'base URL: not-https',
    ],
    ['credentials', () => api.server.url.replace('127', 'user:pw@127'), 'base URL: credentials'],
    ['no scheme', () => api.server.url.slice('http://'.length), 'base URL: no-scheme'],
  ])('a base URL that is not allowed: %s', async (_name, baseUrl, detail) => {
    expect(await api.ask(call, 's', {}, baseUrl())).toMatchObject({
      problem: { code: 'unreachable', reason: 'other', detail },
      mayHaveArrived: false,
    })
    expect(api.server.stats.connections).toBe(0)
  })
})

describe.each(BOTH)('no answer to what was sent, on %s', (call) => {
  it.each(['request', 'headers', 'half-body'] as const)('time-out at: %s', async (at) => {
    const secret = await api.secretFor(call)
    api.server.nextReply({ kind: 'hang', at, delayMs: 400 })
    expect(await api.ask(call, secret, SHORT)).toMatchObject({
      kind: 'transient',
      problem: { code: 'no-answer', reason: 'timeout' },
      mayHaveArrived: true,
    })
  })

  it.each<Extract<Fault, { kind: 'cut' }>>([
    { kind: 'cut', at: 'connect' },
    { kind: 'cut', at: 'request' },
    { kind: 'cut', at: 'request', reset: true },
    { kind: 'cut', at: 'headers' },
    { kind: 'cut', at: 'half-body' },
    { kind: 'cut', at: 'half-body', reset: true },
  ])('connection broken: $at, reset: $reset', async (fault) => {
    expect(await api.askWithFault(call, { ...fault, afterProcessing: true })).toMatchObject({
      kind: 'transient',
      problem: { code: 'no-answer', reason: 'broken' },
      mayHaveArrived: true,
    })
    expect(api.server.requests).toHaveLength(fault.at === 'connect' ? 0 : 1)
  })

  it('unless it has arrived in the socket when a main process that was stopped continues', async () => {
    for (let round = 0; round < 5; round += 1) {
      const secret = await api.secretFor(call)
      const { servingMs } = api.server.stats
      // Twice the time-out later: it is no longer read by then.
      api.server.nextReply({ kind: 'none', delayMs: 1400 })
      const asked = api.ask(call, secret, SHORT)
      await expect.poll(() => api.server.requests.length).toBeGreaterThan(0)
      const goOn = api.electron.stop()
      await expect.poll(() => api.server.stats.servingMs, { timeout: 5000 }).toBeGreaterThan(servingMs)
      goOn()
      expect(granted(await asked).refreshToken?.token).toBe(api.server.report(PARTNER_KEY).newestRefreshToken)
      api.server.forgetRequests()
    }
  })

  it('a body in an encoding that it isn’t in', async () => {
    const headers = { 'Content-Encoding': 'gzip' }
    expect(await api.askWithFault(call, { kind: 'reply', status: 200, headers, body: '{}' })).toMatchObject({
      problem: { code: 'no-answer', reason: 'broken' },
      mayHaveArrived: true,
    })
  })
})

describe('a request is never sent twice', () => {
  /** Ends each connection at its second request, as a api.server does that has just given up an idle one. */
  function breakUsedConnections(): void {
    api.server.script(({ nthOnConnection }) =>
      nthOnConnection > 1 ? { kind: 'cut', at: 'request', afterProcessing: true } : undefined,
    )
  }

  it('although Chromium does so on its own on a used connection', async () => {
    breakUsedConnections()
    const token = granted(await api.ask('login', PARTNER_KEY, { reusing: true })).refreshToken?.token ?? ''
    api.server.forgetRequests()
    const outcome = await api.ask('refresh', token, { reusing: true })
    // The first arrival rotated the token, the second one was refused: the account would be lost.
    expect(api.server.requests.map(({ nthOnConnection }) => nthOnConnection)).toEqual([2, 1])
    expect(outcome).toMatchObject({ kind: 'refused', status: 401 })
    expect(api.server.report(PARTNER_KEY)).toMatchObject({ rotations: 1, olderTokensSent: 1 })
  })

  it('as no connection is used twice', async () => {
    breakUsedConnections()
    let token = await api.refreshToken()
    for (let round = 0; round < 20; round += 1) {
      token = granted(await api.ask('refresh', token)).refreshToken?.token ?? ''
    }
    expect(api.server.requests).toHaveLength(20)
    expect(api.server.requests.every(({ nthOnConnection }) => nthOnConnection === 1)).toBe(true)
    expect(api.server.report(PARTNER_KEY)).toMatchObject({ rotations: 20, olderTokensSent: 0 })
  })

  it('nor when eight are in flight at once, again and again', async () => {
    api.server.script(() => ({ kind: 'none', delayMs: 100 }))
    for (let round = 0; round < 3; round += 1) {
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => api.ask('login', PARTNER_KEY)))
      expect(outcomes.every(({ kind }) => kind === 'granted')).toBe(true)
    }
    expect(api.server.stats).toMatchObject({ requests: 24, connections: 24, maxInFlight: 8 })
  })

  it('nor by HTTP/2, which is off', async () => {
    const versions: string[] = []
    const secure = createSecureServer(
      { ...(await makeCertificate()), allowHTTP1: true },
      (request, response) => {
        versions.push(request.httpVersion)
        response.end('{}')
      },
    )
    const port = await listen(secure)
    onTestFinished(() => {
      secure.close()
    })
    await api.ask('refresh', 's', { trusting: true }, `https://127.0.0.1:${String(port)}`)
    expect(versions).toEqual(['1.1'])
  })
})

function listen(listening: Pick<Server, 'listen' | 'address'>): Promise<number> {
  return new Promise((resolve) => {
    listening.listen(0, '127.0.0.1', () => {
      resolve((listening.address() as AddressInfo).port)
    })
  })
}

async function closedPort(): Promise<number> {
  const taken = createTcpServer()
  const port = await listen(taken)
  await new Promise((resolve) => taken.close(resolve))
  return port
}

/** Forwards no request. */
async function startAskingProxy(): Promise<{ port: number; passwords: (string | undefined)[] }> {
  const passwords: (string | undefined)[] = []
  const proxy = createHttpServer()
  proxy.on('connect', (request, socket) => {
    passwords.push(request.headers['proxy-authorization'])
    socket.end(
      'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n',
    )
  })
  const port = await listen(proxy)
  onTestFinished(() => {
    proxy.close()
  })
  return { port, passwords }
}
