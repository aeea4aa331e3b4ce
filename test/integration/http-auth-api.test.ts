/** The HTTP adapter in a real Electron against a real server: the answers of the outcome table of auth-api.md (rule 5). */
import { describe, expect, it, onTestFinished } from 'vitest'
import { BOTH, COMPANY_KEY, granted, PARTNER_KEY, useAuthApi } from '../support/auth-api-calls'
import { startAuthServer, type Fault } from '../support/auth-server'

const MIB = 1_048_576
const api = useAuthApi()

describe('2xx with a valid body', () => {
  it('login: a partner’s session', async () => {
    const session = granted(await api.ask('login', PARTNER_KEY))
    expect(session.refreshToken?.token).toBe(api.server.report(PARTNER_KEY).newestRefreshToken)
    expect(session.claimDifferenceMs).toBeNull()
    expect(api.server.requests).toHaveLength(1)
    expect(api.server.requests[0]).toMatchObject({
      method: 'POST',
      path: '/auth/login',
      body: JSON.stringify({ apiKey: PARTNER_KEY }),
    })
    expect(api.server.requests[0]?.headers['content-type']).toBe('application/json')
    expect(await whoami(session.jwt)).toBe(200)
    expect(await whoami(`${session.jwt}x`)).toBe(401)
  })

  it('login: a company’s session has no refresh token', async () => {
    expect(granted(await api.ask('login', COMPANY_KEY)).refreshToken).toBeNull()
  })

  it('refresh: a new session; the old refresh token is invalid', async () => {
    const first = await api.refreshToken()
    const second = granted(await api.ask('refresh', first)).refreshToken?.token
    expect(api.server.requests[0]).toMatchObject({
      path: '/auth/refresh',
      body: JSON.stringify({ refreshToken: first }),
    })
    expect(second).toBe(api.server.report(PARTNER_KEY).newestRefreshToken)
    expect(second).not.toBe(first)
    expect(api.server.report(PARTNER_KEY)).toMatchObject({ rotations: 1, olderTokensSent: 0 })
    expect(await api.ask('refresh', first)).toMatchObject({ kind: 'refused', status: 401 })
    expect(api.server.report(PARTNER_KEY).olderTokensSent).toBe(1)
  })

  it('goes below the base URL’s own path', async () => {
    const other = await startAuthServer({ basePath: '/customer/v2' })
    onTestFinished(() => other.close())
    other.addApiKey({ apiKey: 'k', kind: 'company' })
    expect((await api.ask('login', 'k', {}, other.url)).kind).toBe('granted')
  })

  it.each(['offset', 'zoneless'] as const)('reads dates in the shape "%s"', async (dateStyle) => {
    api.server.settings.dateStyle = dateStyle
    api.server.settings.zonelessOffsetMinutes = 120
    const session = granted(await api.ask('login', PARTNER_KEY, {}, api.server.url, '+02:00'))
    expect(session.claimDifferenceMs).toBeNull()
    expect(Math.abs((session.jwtExpiresAt ?? 0) - (Date.now() + 24 * 3_600_000))).toBeLessThan(5000)
    expect(Math.abs((session.refreshToken?.expiresAt ?? 0) - (Date.now() + 720 * 3_600_000))).toBeLessThan(
      5000,
    )
  })

  it('shows that times without a zone are read in the wrong one', async () => {
    api.server.settings.dateStyle = 'zoneless'
    api.server.settings.zonelessOffsetMinutes = 120
    const { claimDifferenceMs } = granted(await api.ask('login', PARTNER_KEY))
    expect(Math.abs((claimDifferenceMs ?? 0) - 7_200_000)).toBeLessThan(1000)
  })

  it('measures the clock’s skew', async () => {
    api.server.settings.clockSkewMs = 3 * 3_600_000
    const { clockSkewMs } = await api.ask('login', PARTNER_KEY)
    expect(Math.abs((clockSkewMs ?? 0) - 3 * 3_600_000)).toBeLessThan(1500)
  })
})

describe.each(BOTH)('2xx with nonsense, on %s', (call) => {
  it.each<[string, Fault, string]>([
    ['a page', { kind: 'proxy-page', status: 200 }, 'web-page'],
    ['nothing', { kind: 'reply', status: 204, body: '' }, 'empty'],
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
    expect(await api.askWithFault(call, fault)).toMatchObject({
      kind: 'transient',
      problem: { code: 'invalid-response', reason },
      mayHaveArrived: true,
    })
  })

  it.each([true, false])('exactly 1 MiB is still read (declared: %s)', async (declared) => {
    const outcome = await api.askWithFault(call, {
      kind: 'huge',
      bytes: MIB,
      declared,
      afterProcessing: true,
    })
    expect(outcome.kind).toBe('granted')
  })
})

describe.each(BOTH)('what was granted is read in its charset, on %s', (call) => {
  const session = JSON.stringify({ jwt: 'opaque', refreshToken: 'Grüße', refreshTokenExpiration: null })
  const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

  it.each<[string, string, Buffer]>([
    ['UTF-8', 'application/json', Buffer.from(session)],
    ['UTF-8 after a byte order mark', 'application/json', Buffer.from(`\ufeff${session}`)],
    ['Latin-1, as declared', 'application/json; charset=ISO-8859-1', Buffer.from(session, 'latin1')],
    ['UTF-16, as declared', 'application/json; charset="utf-16le"', Buffer.from(session, 'utf16le')],
    ['UTF-16 by its mark', 'application/json', Buffer.from(`\ufeff${session}`, 'utf16le')],
    [
      'UTF-16 of the other order, by its mark',
      'application/json; charset=utf-16',
      utf16be(`\ufeff${session}`),
    ],
    ['UTF-8 where another charset is declared', 'application/json; charset=us-klingon', Buffer.from(session)],
  ])('%s', async (_name, contentType, body) => {
    const headers = { 'Content-Type': contentType }
    const fault = { kind: 'reply', status: 200, headers, body, afterProcessing: true } as const
    expect(granted(await api.askWithFault(call, fault)).refreshToken?.token).toBe('Grüße')
  })
})

describe.each(BOTH)('refusals on %s', (call) => {
  it.each([400, 401, 403, 404, 410, 422])('%d with a JSON body is definitive', async (status) => {
    const outcome = await api.askWithFault(call, { kind: 'reply', status, body: '{"error":"no"}' })
    expect(outcome).toMatchObject({ kind: 'refused', status })
  })

  it.each([400, 401, 403, 404, 410, 422])('%d with a page is not the service', async (status) => {
    expect(await api.askWithFault(call, { kind: 'proxy-page', status })).toMatchObject({
      kind: 'transient',
      problem: { code: 'not-the-service', status, isPage: true },
      mayHaveArrived: false,
    })
  })

  it('come from the service itself for an unknown secret', async () => {
    expect(await api.ask(call, 'unknown')).toMatchObject({ kind: 'refused', status: 401 })
  })

  it.each(['Basic realm="x"', 'Negotiate', 'Digest realm="x", nonce="y"'])(
    'a question for a password (%s) is not answered',
    async (challenge) => {
      const headers = { 'WWW-Authenticate': challenge }
      const outcome = await api.askWithFault(call, { kind: 'reply', status: 401, headers, body: '{}' })
      expect(outcome).toMatchObject({ kind: 'refused', status: 401 })
      expect(api.server.requests).toHaveLength(1)
    },
  )
})

describe.each(BOTH)('busy or broken, on %s', (call) => {
  it.each([408, 425, 429, 500, 502, 503, 504])('%d is transient, sent once', async (status) => {
    expect(await api.askWithFault(call, { kind: 'reply', status, body: '{}' })).toMatchObject({
      kind: 'transient',
      problem: { code: 'service-unavailable', status },
      retryAfterMs: null,
    })
    expect(api.server.requests).toHaveLength(1)
  })

  it.each([
    ['7', 7000],
    ['86400', 3_600_000],
    ['-1', null],
  ])('Retry-After: %s', async (value, retryAfterMs) => {
    const headers = { 'Retry-After': value }
    expect(await api.askWithFault(call, { kind: 'reply', status: 429, headers, body: '{}' })).toMatchObject({
      retryAfterMs,
    })
  })

  it('Retry-After as a date, by the server’s clock', async () => {
    api.server.settings.clockSkewMs = -3_600_000
    const headers = { 'Retry-After': new Date(Date.now() - 3_600_000 + 60_000).toUTCString() }
    const outcome = await api.askWithFault(call, { kind: 'reply', status: 503, headers, body: '' })
    const wait = outcome.kind === 'transient' ? outcome.retryAfterMs : null
    expect(Math.abs((wait ?? 0) - 60_000)).toBeLessThanOrEqual(2000)
  })
})

describe.each(BOTH)('redirects on %s are never followed', (call) => {
  it.each([301, 302, 303, 307, 308])('%d', async (status) => {
    const elsewhere = await startAuthServer()
    onTestFinished(() => elsewhere.close())
    const outcome = await api.askWithFault(call, {
      kind: 'redirect',
      status,
      location: `${elsewhere.url}/x?y=1`,
    })
    expect(outcome).toEqual({ kind: 'redirected', status, target: `${elsewhere.url}/x`, clockSkewMs: null })
    expect(api.server.requests).toHaveLength(1)
    expect(elsewhere.stats.connections).toBe(0)
  })

  it('304 is no redirect, and transient', async () => {
    expect(await api.askWithFault(call, { kind: 'reply', status: 304, body: '' })).toMatchObject({
      kind: 'transient',
      problem: { code: 'unexpected-status', status: 304 },
    })
    expect(api.server.requests).toHaveLength(1)
  })

  it.each<[string, number, string]>([
    ['/elsewhere', 307, 'SERVER/elsewhere'],
    ['https://127.0.0.1:9/', 302, 'https://127.0.0.1:9/'],
    ['file:///etc/passwd', 302, 'file:///etc/passwd'],
    ['http://[bad', 302, ''],
    ['', 302, ''],
  ])('to "%s"', async (location, status, target) => {
    expect(await api.askWithFault(call, { kind: 'redirect', status, location })).toMatchObject({
      kind: 'redirected',
      status,
      target: target.replace('SERVER', api.server.url),
    })
    expect(api.server.requests).toHaveLength(1)
  })

  it('a target that quotes the secret is cut down to its origin', async () => {
    const secret = await api.secretFor(call)
    api.server.nextReply({ kind: 'redirect', location: `/x/${secret}?s=${secret}` })
    expect(await api.ask(call, secret)).toMatchObject({ kind: 'redirected', target: api.server.url })
  })
})

it('keeps no cookies and sends none', async () => {
  const other = await startAuthServer({ setCookie: 'sid=1; Path=/' })
  onTestFinished(() => other.close())
  other.addApiKey({ apiKey: 'k', kind: 'partner' })
  const token = granted(await api.ask('login', 'k', {}, other.url)).refreshToken?.token ?? ''
  await api.ask('refresh', token, {}, other.url)
  expect(other.requests.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined])
  expect(await api.electron.cookies()).toEqual([])
})

it('has logged nothing in all of this', async () => {
  expect(await api.electron.logged()).toEqual([])
})

async function whoami(jwt: string): Promise<number> {
  return (await fetch(`${api.server.url}/whoami`, { headers: { 'R-Auth': jwt } })).status
}
