/** The HTTP adapter in a real Electron against a real server: each row of the outcome table of auth-api.md (rule 5). */
import { createServer as createHttpServer } from 'node:http'
import { createSecureServer } from 'node:http2'
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { startAdapterElectron, type AdapterElectron } from '../support/adapter-electron'
import { startAuthServer, type AuthServer, type Fault } from '../support/auth-server'
import { makeCertificate, type Certificate } from '../support/certificate'
import type { AdapterSetup, OpenedOutcome, OpenedSession } from '../support/http-auth-api-main'

const MIB = 1_048_576
const PARTNER_KEY = 'partner-key-7Q2f9xK4'
const COMPANY_KEY = 'company-key-1Zr8mB3w'
const SHORT: AdapterSetup = { timeoutMs: 700 }

let electron: AdapterElectron
let server: AuthServer
let tls: Certificate

beforeAll(async () => {
  ;[electron, tls] = await Promise.all([startAdapterElectron(), makeCertificate()])
})
afterAll(() => electron.close())

beforeEach(async () => {
  server = await startAuthServer({ seed: 7 })
  server.addApiKey({ apiKey: PARTNER_KEY, kind: 'partner', name: 'Nordwind' })
  server.addApiKey({ apiKey: COMPANY_KEY, kind: 'company' })
})
afterEach(() => server.close())

type Call = 'login' | 'refresh'

function ask(call: Call, secret: string, setup: AdapterSetup = {}, baseUrl = server.url, zone = 'UTC') {
  return electron.request({ call, secret, setup, target: { baseUrl, defaultTimeZone: zone } })
}

function granted(outcome: OpenedOutcome): OpenedSession {
  if (outcome.kind !== 'granted') throw new Error(JSON.stringify(outcome))
  return outcome.session
}

async function refreshToken(): Promise<string> {
  const { refreshToken: granting } = granted(await ask('login', PARTNER_KEY))
  server.forgetRequests()
  return granting?.token ?? ''
}

/** The secret of a call that the service would accept. */
async function secretFor(call: Call): Promise<string> {
  return call === 'login' ? PARTNER_KEY : refreshToken()
}

async function askWithFault(call: Call, fault: Fault, setup: AdapterSetup = {}): Promise<OpenedOutcome> {
  const secret = await secretFor(call)
  server.nextReply(fault)
  return ask(call, secret, setup)
}

const BOTH: readonly Call[] = ['login', 'refresh']

describe('2xx with a valid body', () => {
  it('login: a partner’s session', async () => {
    const session = granted(await ask('login', PARTNER_KEY))
    expect(session.refreshToken?.token).toBe(server.report(PARTNER_KEY).newestRefreshToken)
    expect(session.claimDifferenceMs).toBeNull()
    expect(server.requests).toHaveLength(1)
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      path: '/auth/login',
      body: JSON.stringify({ apiKey: PARTNER_KEY }),
    })
    expect(server.requests[0]?.headers['content-type']).toBe('application/json')
    expect(await whoami(session.jwt)).toBe(200)
    expect(await whoami(`${session.jwt}x`)).toBe(401)
  })

  it('login: a company’s session has no refresh token', async () => {
    expect(granted(await ask('login', COMPANY_KEY)).refreshToken).toBeNull()
  })

  it('refresh: a new session; the old refresh token is invalid', async () => {
    const first = await refreshToken()
    const second = granted(await ask('refresh', first)).refreshToken?.token
    expect(server.requests[0]).toMatchObject({
      path: '/auth/refresh',
      body: JSON.stringify({ refreshToken: first }),
    })
    expect(second).toBe(server.report(PARTNER_KEY).newestRefreshToken)
    expect(second).not.toBe(first)
    expect(server.report(PARTNER_KEY)).toMatchObject({ rotations: 1, olderTokensSent: 0 })
    expect(await ask('refresh', first)).toMatchObject({ kind: 'refused', status: 401 })
    expect(server.report(PARTNER_KEY).olderTokensSent).toBe(1)
  })

  it('goes below the base URL’s own path', async () => {
    const other = await startAuthServer({ basePath: '/customer/v2' })
    onTestFinished(() => other.close())
    other.addApiKey({ apiKey: 'k', kind: 'company' })
    expect((await ask('login', 'k', {}, other.url)).kind).toBe('granted')
  })

  it.each(['offset', 'zoneless'] as const)('reads dates in the shape "%s"', async (dateStyle) => {
    server.settings.dateStyle = dateStyle
    server.settings.zonelessOffsetMinutes = 120
    const session = granted(await ask('login', PARTNER_KEY, {}, server.url, '+02:00'))
    expect(session.claimDifferenceMs).toBeNull()
    expect(Math.abs((session.jwtExpiresAt ?? 0) - (Date.now() + 24 * 3_600_000))).toBeLessThan(5000)
    expect(Math.abs((session.refreshToken?.expiresAt ?? 0) - (Date.now() + 720 * 3_600_000))).toBeLessThan(
      5000,
    )
  })

  it('shows that times without a zone are read in the wrong one', async () => {
    server.settings.dateStyle = 'zoneless'
    server.settings.zonelessOffsetMinutes = 120
    const { claimDifferenceMs } = granted(await ask('login', PARTNER_KEY))
    expect(Math.abs((claimDifferenceMs ?? 0) - 7_200_000)).toBeLessThan(1000)
  })

  it('measures the clock’s skew', async () => {
    server.settings.clockSkewMs = 3 * 3_600_000
    const { clockSkewMs } = await ask('login', PARTNER_KEY)
    expect(Math.abs((clockSkewMs ?? 0) - 3 * 3_600_000)).toBeLessThan(1500)
  })
})

describe.each(BOTH)('2xx with nonsense, on %s', (call) => {
  it.each<[string, Fault, string]>([
    ['a page', { kind: 'proxy-page', status: 200 }, 'not-json'],
    ['nothing', { kind: 'reply', status: 204, body: '' }, 'not-json'],
    ['no jwt', { kind: 'reply', status: 200, body: '{}' }, 'no-jwt'],
    [
      'over 1 MiB, as declared',
      { kind: 'huge', bytes: MIB + 1, declared: true, afterProcessing: true },
      'too-large',
    ],
    [
      'over 1 MiB, undeclared',
      { kind: 'huge', bytes: MIB + 1, declared: false, afterProcessing: true },
      'too-large',
    ],
    [
      'an endless body',
      { kind: 'huge', bytes: 64 * MIB, declared: false, afterProcessing: true },
      'too-large',
    ],
  ])('%s', async (_name, fault, reason) => {
    expect(await askWithFault(call, fault)).toMatchObject({
      kind: 'transient',
      problem: { code: 'invalid-response', reason },
      mayHaveArrived: true,
    })
  })

  it.each([true, false])('exactly 1 MiB is still read (declared: %s)', async (declared) => {
    const outcome = await askWithFault(call, { kind: 'huge', bytes: MIB, declared, afterProcessing: true })
    expect(outcome.kind).toBe('granted')
  })
})

describe.each(BOTH)('refusals on %s', (call) => {
  it.each([400, 401, 403, 404, 410, 422])('%d with a JSON body is definitive', async (status) => {
    const outcome = await askWithFault(call, { kind: 'reply', status, body: '{"error":"no"}' })
    expect(outcome).toMatchObject({ kind: 'refused', status })
  })

  it.each([400, 401, 403, 404, 410, 422])('%d with a page is not the service', async (status) => {
    expect(await askWithFault(call, { kind: 'proxy-page', status })).toMatchObject({
      kind: 'transient',
      problem: { code: 'not-the-service', status, isPage: true },
      mayHaveArrived: false,
    })
  })

  it('come from the service itself for an unknown secret', async () => {
    expect(await ask(call, 'unknown')).toMatchObject({ kind: 'refused', status: 401 })
  })

  it.each(['Basic realm="x"', 'Negotiate', 'Digest realm="x", nonce="y"'])(
    'a question for a password (%s) is not answered',
    async (challenge) => {
      const headers = { 'WWW-Authenticate': challenge }
      const outcome = await askWithFault(call, { kind: 'reply', status: 401, headers, body: '{}' })
      expect(outcome).toMatchObject({ kind: 'refused', status: 401 })
      expect(server.requests).toHaveLength(1)
    },
  )
})

describe.each(BOTH)('busy or broken, on %s', (call) => {
  it.each([408, 425, 429, 500, 502, 503, 504])('%d is transient, sent once', async (status) => {
    expect(await askWithFault(call, { kind: 'reply', status, body: '{}' })).toMatchObject({
      kind: 'transient',
      problem: { code: 'service-unavailable', status },
      retryAfterMs: null,
    })
    expect(server.requests).toHaveLength(1)
  })

  it.each([
    ['7', 7000],
    ['86400', 3_600_000],
    ['-1', null],
  ])('Retry-After: %s', async (value, retryAfterMs) => {
    const headers = { 'Retry-After': value }
    expect(await askWithFault(call, { kind: 'reply', status: 429, headers, body: '{}' })).toMatchObject({
      retryAfterMs,
    })
  })

  it('Retry-After as a date, by the server’s clock', async () => {
    server.settings.clockSkewMs = -3_600_000
    const headers = { 'Retry-After': new Date(Date.now() - 3_600_000 + 60_000).toUTCString() }
    const outcome = await askWithFault(call, { kind: 'reply', status: 503, headers, body: '' })
    const wait = outcome.kind === 'transient' ? outcome.retryAfterMs : null
    expect(Math.abs((wait ?? 0) - 60_000)).toBeLessThanOrEqual(2000)
  })
})

describe.each(BOTH)('redirects on %s are never followed', (call) => {
  it.each([301, 302, 303, 307, 308])('%d', async (status) => {
    const elsewhere = await startAuthServer()
    onTestFinished(() => elsewhere.close())
    const outcome = await askWithFault(call, { kind: 'redirect', status, location: `${elsewhere.url}/x?y=1` })
    expect(outcome).toEqual({ kind: 'redirected', status, target: `${elsewhere.url}/x`, clockSkewMs: null })
    expect(server.requests).toHaveLength(1)
    expect(elsewhere.stats.connections).toBe(0)
  })

  it.each<[string, number, string]>([
    ['/elsewhere', 307, 'SERVER/elsewhere'],
    ['https://127.0.0.1:9/', 302, 'https://127.0.0.1:9/'],
    ['file:///etc/passwd', 302, 'file:///etc/passwd'],
    ['http://[bad', 302, ''],
    ['', 302, ''],
    ['', 304, ''],
  ])('to "%s"', async (location, status, target) => {
    expect(await askWithFault(call, { kind: 'redirect', status, location })).toMatchObject({
      kind: 'redirected',
      status,
      target: target.replace('SERVER', server.url),
    })
    expect(server.requests).toHaveLength(1)
  })

  it('a target that quotes the secret is cut down to its origin', async () => {
    const secret = await secretFor(call)
    server.nextReply({ kind: 'redirect', location: `/x/${secret}?s=${secret}` })
    expect(await ask(call, secret)).toMatchObject({ kind: 'redirected', target: server.url })
  })
})

describe.each(BOTH)('the request does not arrive, on %s', (call) => {
  it('DNS knows no such host', async () => {
    expect(await ask(call, 's', {}, 'https://nothing.invalid')).toMatchObject({
      kind: 'transient',
      problem: { code: 'unreachable', reason: 'dns', detail: 'ERR_NAME_NOT_RESOLVED' },
      mayHaveArrived: false,
    })
  })

  it('connection refused', async () => {
    const port = await closedPort()
    expect(await ask(call, 's', {}, `http://127.0.0.1:${String(port)}`)).toMatchObject({
      kind: 'transient',
      problem: { code: 'unreachable', reason: 'refused', detail: 'ERR_CONNECTION_REFUSED' },
      mayHaveArrived: false,
    })
  })

  it('offline', async () => {
    expect(await ask(call, 's', { offline: true }, 'https://nothing.invalid')).toMatchObject({
      kind: 'transient',
      problem: { code: 'unreachable', reason: 'offline' },
      mayHaveArrived: false,
    })
  })

  it('no route', async () => {
    // Linux says so of any TCP connection to a multicast address.
    expect(await ask(call, 's', {}, 'https://224.0.0.1')).toMatchObject({
      kind: 'transient',
      problem: { code: 'unreachable', reason: 'other', detail: 'ERR_ADDRESS_UNREACHABLE' },
      mayHaveArrived: false,
    })
  })

  it('TLS: an untrusted certificate is refused, and not asked about', async () => {
    const secure = await startAuthServer({ tls })
    onTestFinished(() => secure.close())
    expect(await ask(call, 's', {}, secure.url)).toMatchObject({
      kind: 'transient',
      problem: { code: 'unreachable', reason: 'tls', detail: 'ERR_CERT_AUTHORITY_INVALID' },
      mayHaveArrived: false,
    })
    expect(secure.requests).toHaveLength(0)
  })

  it('TLS: a server that doesn’t speak it', async () => {
    expect(await ask(call, 's', {}, server.url.replace('http:', 'https:'))).toMatchObject({
      kind: 'transient',
      problem: { code: 'unreachable', reason: 'tls', detail: 'ERR_SSL_PROTOCOL_ERROR' },
    })
    expect(server.requests).toHaveLength(0)
  })

  it('a proxy that can’t be reached', async () => {
    const proxy = `127.0.0.1:${String(await closedPort())}`
    expect(await ask(call, 's', { proxy }, 'https://service.invalid')).toMatchObject({
      problem: { code: 'unreachable', reason: 'proxy', detail: 'ERR_PROXY_CONNECTION_FAILED' },
      mayHaveArrived: false,
    })
  })

  it('a proxy that asks for a password gets none', async () => {
    const { port, passwords } = await startAskingProxy()
    const outcome = await ask(call, 's', { proxy: `127.0.0.1:${String(port)}` }, 'https://service.invalid')
    expect(outcome).toMatchObject({
      kind: 'transient',
      problem: { code: 'unreachable', reason: 'proxy' },
      mayHaveArrived: false,
    })
    expect(passwords.length).toBeGreaterThan(0)
    expect(new Set(passwords)).toEqual(new Set([undefined]))
  })

  it.each([
    ['http:// to another address', () => server.url.replace('127.0.0.1', '0.0.0.0'), 'base URL: not-https'],
    ['credentials', () => server.url.replace('127', 'user:pw@127'), 'base URL: credentials'],
    ['no scheme', () => server.url.slice('http://'.length), 'base URL: no-scheme'],
  ])('a base URL that is not allowed: %s', async (_name, baseUrl, detail) => {
    expect(await ask(call, 's', {}, baseUrl())).toMatchObject({
      problem: { code: 'unreachable', reason: 'other', detail },
      mayHaveArrived: false,
    })
    expect(server.stats.connections).toBe(0)
  })
})

describe.each(BOTH)('no answer to what was sent, on %s', (call) => {
  it.each(['request', 'headers', 'half-body'] as const)('time-out at: %s', async (at) => {
    const secret = await secretFor(call)
    server.nextReply({ kind: 'hang', at, delayMs: 400 })
    expect(await ask(call, secret, SHORT)).toMatchObject({
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
    expect(await askWithFault(call, { ...fault, afterProcessing: true })).toMatchObject({
      kind: 'transient',
      problem: { code: 'no-answer', reason: 'broken' },
      mayHaveArrived: true,
    })
    expect(server.requests).toHaveLength(fault.at === 'connect' ? 0 : 1)
  })

  it('unless it has arrived in the socket when a main process that was stopped continues', async () => {
    for (let round = 0; round < 5; round += 1) {
      const secret = await secretFor(call)
      const { servingMs } = server.stats
      // Twice the time-out later: it is no longer read by then.
      server.nextReply({ kind: 'none', delayMs: 1400 })
      const asked = ask(call, secret, SHORT)
      await expect.poll(() => server.requests.length).toBeGreaterThan(0)
      const goOn = electron.stop()
      await expect.poll(() => server.stats.servingMs, { timeout: 5000 }).toBeGreaterThan(servingMs)
      goOn()
      expect(granted(await asked).refreshToken?.token).toBe(server.report(PARTNER_KEY).newestRefreshToken)
      server.forgetRequests()
    }
  })

  it('a body in an encoding that it isn’t in', async () => {
    const headers = { 'Content-Encoding': 'gzip' }
    expect(await askWithFault(call, { kind: 'reply', status: 200, headers, body: '{}' })).toMatchObject({
      problem: { code: 'no-answer', reason: 'broken' },
      mayHaveArrived: true,
    })
  })
})

describe('a request is never sent twice', () => {
  /** Ends each connection at its second request, as a server does that has just given up an idle one. */
  function breakUsedConnections(): void {
    server.script(({ nthOnConnection }) =>
      nthOnConnection > 1 ? { kind: 'cut', at: 'request', afterProcessing: true } : undefined,
    )
  }

  it('although Chromium does so on its own on a used connection', async () => {
    breakUsedConnections()
    const token = granted(await ask('login', PARTNER_KEY, { reusing: true })).refreshToken?.token ?? ''
    server.forgetRequests()
    const outcome = await ask('refresh', token, { reusing: true })
    // The first arrival rotated the token, the second one was refused: the account would be lost.
    expect(server.requests.map(({ nthOnConnection }) => nthOnConnection)).toEqual([2, 1])
    expect(outcome).toMatchObject({ kind: 'refused', status: 401 })
    expect(server.report(PARTNER_KEY)).toMatchObject({ rotations: 1, olderTokensSent: 1 })
  })

  it('as no connection is used twice', async () => {
    breakUsedConnections()
    let token = await refreshToken()
    for (let round = 0; round < 20; round += 1) {
      token = granted(await ask('refresh', token)).refreshToken?.token ?? ''
    }
    expect(server.requests).toHaveLength(20)
    expect(server.requests.every(({ nthOnConnection }) => nthOnConnection === 1)).toBe(true)
    expect(server.report(PARTNER_KEY)).toMatchObject({ rotations: 20, olderTokensSent: 0 })
  })

  it('nor when eight are in flight at once, again and again', async () => {
    server.script(() => ({ kind: 'none', delayMs: 100 }))
    for (let round = 0; round < 3; round += 1) {
      const outcomes = await Promise.all(Array.from({ length: 8 }, () => ask('login', PARTNER_KEY)))
      expect(outcomes.every(({ kind }) => kind === 'granted')).toBe(true)
    }
    expect(server.stats).toMatchObject({ requests: 24, connections: 24, maxInFlight: 8 })
  })

  it('nor by HTTP/2, which is off', async () => {
    const versions: string[] = []
    const secure = createSecureServer({ ...tls, allowHTTP1: true }, (request, response) => {
      versions.push(request.httpVersion)
      response.end('{}')
    })
    const port = await listen(secure)
    onTestFinished(() => {
      secure.close()
    })
    await ask('refresh', 's', { trusting: true }, `https://127.0.0.1:${String(port)}`)
    expect(versions).toEqual(['1.1'])
  })
})

it('keeps no cookies and sends none', async () => {
  const other = await startAuthServer({ setCookie: 'sid=1; Path=/' })
  onTestFinished(() => other.close())
  other.addApiKey({ apiKey: 'k', kind: 'partner' })
  const token = granted(await ask('login', 'k', {}, other.url)).refreshToken?.token ?? ''
  await ask('refresh', token, {}, other.url)
  expect(other.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined])
  expect(await electron.cookies()).toEqual([])
})

it('has logged nothing in all of this', async () => {
  expect(await electron.logged()).toEqual([])
})

async function whoami(jwt: string): Promise<number> {
  return (await fetch(`${server.url}/whoami`, { headers: { 'R-Auth': jwt } })).status
}

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
