/** Who may use the gateway, and for what (issue 24, rules 4, 5 and 6). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  judge,
  judgePath,
  openRoute,
  type GatewayView,
  type RequestHead,
} from '../../../electron/gateway/refusals'
import { ACCOUNT, CAPABILITY, OTHER_ACCOUNT, OTHER_CAPABILITY, routeTo } from '../../support/gateway'

const PORT = 4711
const NOW = 1_800_000_000_000
const HOST = ['Host', `127.0.0.1:${String(PORT)}`]
const ROUTE = openRoute(routeTo('https://api.example/v1'))
const VIEW: GatewayView = { port: PORT, routes: [ROUTE], locked: false, now: NOW }

function head(rest: string, more: Partial<RequestHead> = {}): RequestHead {
  return { method: 'GET', target: `/g/${CAPABILITY}${rest}`, headers: HOST, ...more }
}

function verdict(asked: RequestHead, view: Partial<GatewayView> = {}): string {
  const judged = judge(asked, { ...VIEW, ...view })
  return judged.ok ? `ok ${judged.rest}` : judged.code
}

describe('lets pass', () => {
  it.each([
    ['', 'ok '],
    ['/', 'ok /'],
    ['/users?q=a%20b', 'ok /users?q=a%20b'],
    ['?q=1', 'ok ?q=1'],
    ['/a//b', 'ok /a//b'],
    ['/group%2Fproject', 'ok /group%2Fproject'],
    ['/f%C3%BCr', 'ok /f%C3%BCr'],
    ['/a.b/..c/...', 'ok /a.b/..c/...'],
    ['/.well-known/x', 'ok /.well-known/x'],
    ['/x?next=//evil/../y%00\u007e', 'ok /x?next=//evil/../y%00~'],
    ['/auth/logout', 'ok /auth/logout'],
    ['/auth/login-history', 'ok /auth/login-history'],
    ['/users/auth/login', 'ok /users/auth/login'],
  ])('%j', (rest, expected) => {
    expect(verdict(head(rest))).toBe(expected)
  })

  it('localhost, and what a person has typed into the address bar', () => {
    expect(verdict(head('/x', { headers: ['host', `localhost:${String(PORT)}`] }))).toBe('ok /x')
    expect(verdict(head('/x', { headers: [...HOST, 'Sec-Fetch-Site', 'none'] }))).toBe('ok /x')
  })

  it('each address to its own account', () => {
    const other = openRoute(
      routeTo('https://other.example', { accountId: OTHER_ACCOUNT, capability: OTHER_CAPABILITY }),
    )
    const view = { ...VIEW, routes: [ROUTE, other] }
    const accountOf = (capability: string): unknown => {
      const judged = judge(head('', { target: `/g/${capability}/x` }), view)
      return judged.ok ? judged.route.accountId : judged.code
    }
    expect([CAPABILITY, OTHER_CAPABILITY].map(accountOf)).toEqual([ACCOUNT, OTHER_ACCOUNT])
  })
})

describe('refuses', () => {
  it.each([
    ['another host', [['Host', 'evil.example']]],
    ['a name that resolves to here', [['Host', `rebound.example:${String(PORT)}`]]],
    ['another port', [['Host', '127.0.0.1:80']]],
    ['no port', [['Host', '127.0.0.1']]],
    ['the IPv6 loopback', [['Host', `[::1]:${String(PORT)}`]]],
    ['another spelling of the address', [['Host', `127.1:${String(PORT)}`]]],
    ['0.0.0.0', [['Host', `0.0.0.0:${String(PORT)}`]]],
    ['a name that begins like ours', [['Host', `localhost.evil.example:${String(PORT)}`]]],
    ['a user name', [['Host', `evil@127.0.0.1:${String(PORT)}`]]],
    ['a dot at its end', [['Host', `localhost.:${String(PORT)}`]]],
    ['no Host at all', []],
    ['an empty one', [['Host', '']]],
    ['two of them', [HOST, ['Host', 'evil.example']]],
    ['the same one twice', [HOST, HOST]],
  ])('a host that is not ours: %s', (_, headers) => {
    expect(verdict(head('/x', { headers: headers.flat() }))).toBe('wrong-host')
  })

  it.each([
    ['Origin', 'https://evil.example'],
    ['Origin', 'null'],
    ['Origin', ''],
    ['origin', `http://127.0.0.1:${String(PORT)}`],
    ['Referer', 'https://evil.example/page'],
    ['Referer', ''],
    ['Sec-Fetch-Site', 'cross-site'],
    ['Sec-Fetch-Site', 'same-site'],
    ['Sec-Fetch-Site', 'same-origin'],
    ['sec-fetch-site', ''],
  ])('a page in a browser: %s: %s', (name, value) => {
    expect(verdict(head('/x', { headers: [...HOST, name, value] }))).toBe('browser-request')
    expect(verdict(head('/x', { headers: [...HOST, 'Sec-Fetch-Site', 'none', name, value] }))).toBe(
      'browser-request',
    )
  })

  it.each([
    '/',
    '',
    '*',
    '/g',
    '/g/',
    `/g/${CAPABILITY}x/y`,
    `/g/${CAPABILITY.slice(1)}/y`,
    `/g/${CAPABILITY.toLowerCase()}/y`,
    `/g/%5A${CAPABILITY.slice(1)}/y`,
    `/g/${CAPABILITY}%2Fy`,
    `/h/${CAPABILITY}/y`,
    `/x/g/${CAPABILITY}/y`,
    `/g//${CAPABILITY}/y`,
    `/g/${OTHER_CAPABILITY}/y`,
    'api.example:443',
  ])('an unknown address as if nothing were there: %j', (target) => {
    expect(verdict(head('', { target }))).toBe('not-found')
  })

  it.each([
    '//evil.example/x',
    '//',
    '/%2Fevil.example',
    '/%252fevil.example',
    '/..',
    '/../x',
    '/.',
    '/./x',
    '/a/..',
    '/a/../../x',
    '/a/./b',
    '/%2e%2e/x',
    '/%2E%2E/x',
    '/.%2e/x',
    '/%2e/x',
    '/%252e%252e/x',
    '/%25252e%25252e/x',
    '/a/%2e%2e%2fx',
    '/..%2f..%2fx',
    '/..%252fx',
    '/..;/x',
    '/..;a=b/x',
    '/%2e%2e%3b/x',
    '/..%5cx',
    '/a%5cb',
    '/a%255cb',
    '/a\\b',
    '\\evil',
    '/x?a\\b',
    '/x#fragment',
    '/a%00',
    '/a%0d%0aX:%20y',
    '/a%09b',
    '/a%7f',
    '/a\u0001b',
    '/a b',
    '/a\u00ffb',
    '#x',
  ])('a path that a server could take for another: %j', (rest) => {
    expect(verdict(head(rest))).toBe('bad-target')
    if (rest.startsWith('/')) expect(judgePath('https://api.example/v1', rest)).toBe('bad-target')
  })

  it.each([
    `http://127.0.0.1:4711/g/${CAPABILITY}/x`,
    `https://evil.example/g/${CAPABILITY}/x`,
    `//g/${CAPABILITY}/x`,
  ])('a target that is no path: %j', (target) => {
    expect(verdict(head('', { target }))).toBe('bad-target')
  })

  it.each(['CONNECT', 'TRACE', 'TRACK', 'get', 'GET /', ''])('the method %j', (method) => {
    expect(verdict(head('/x', { method }))).toBe('method-not-allowed')
  })

  it.each([
    'X-HTTP-Method-Override',
    'x-http-method-override',
    'X_HTTP_Method_Override',
    'X-HTTP-Method',
    'X-Method-Override',
    'X-Original-URL',
    'X-Rewrite-URL',
  ])('the header %s', (name) => {
    expect(verdict(head('/x', { headers: [...HOST, name, 'DELETE'] }))).toBe('override-header')
  })

  it.each([
    '/auth/login',
    '/auth/refresh',
    '/AUTH/Login',
    '/auth/login/',
    '/auth/login?x',
    '/auth/login/x',
    '/auth/login.json',
    '/auth/login;x=1',
    '/auth;x/refresh',
    '/auth//login',
    '/%61uth/login',
    '/auth/%6cogin',
    '/auth%2flogin',
    '/auth%252frefresh',
    '/auth/refresh%20',
  ])('a login or a rotation behind the vault’s back: %j', (rest) => {
    expect(verdict(head(rest, { method: 'POST' }))).toBe('auth-call')
    expect(judgePath('https://api.example/v1', rest)).toBe('auth-call')
  })

  it.each([
    ['Upgrade', 'websocket', 'upgrade-not-supported'],
    ['Upgrade', 'h2c', 'upgrade-not-supported'],
    ['Transfer-Encoding', 'gzip, chunked', 'transfer-coding-not-supported'],
    ['Transfer-Encoding', 'identity', 'transfer-coding-not-supported'],
    ['Expect', 'the-moon', 'expectation-not-supported'],
    ['Origin ', 'https://evil.example', 'malformed-request'],
    ['X\tY', 'z', 'malformed-request'],
    ['', 'z', 'malformed-request'],
  ])('the header %j: %s', (name, value, code) => {
    expect(verdict(head('/x', { headers: [...HOST, name, value] }))).toBe(code)
  })

  it('everything while the app is locked, before anything is told of the account', () => {
    const production = openRoute(routeTo('https://api.example', { production: true }))
    expect(verdict(head('/x'), { locked: true })).toBe('locked')
    expect(verdict(head('/x', { method: 'POST' }), { locked: true, routes: [production] })).toBe('locked')
    expect(verdict(head('', { target: '/g/x/y' }), { locked: true })).toBe('not-found')
  })
})

describe('production', () => {
  const routes = (armedUntil: number | null) => [
    openRoute(routeTo('https://api.example', { production: true, armedUntil })),
  ]

  it.each(['GET', 'HEAD', 'OPTIONS'])('is read by %s', (method) => {
    expect(verdict(head('/x', { method }), { routes: routes(null) })).toBe('ok /x')
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'M-SEARCH'])('is not changed by %s', (method) => {
    expect(verdict(head('/x', { method }), { routes: routes(null) })).toBe('production-not-armed')
    expect(verdict(head('/x', { method }), { routes: routes(NOW + 1) })).toBe('ok /x')
    expect(verdict(head('/x', { method }), { routes: routes(NOW) })).toBe('production-not-armed')
  })
})

describe('the order of refusals', () => {
  const wrong = {
    method: 'TRACE',
    headers: ['Host', 'evil', 'Origin', 'x', 'X-HTTP-Method', 'PUT', 'Upgrade', 'x'],
  }
  const steps = [
    ['wrong-host', { ...wrong, target: '/g/none/../auth/login' }],
    [
      'browser-request',
      { ...wrong, headers: [...HOST, ...wrong.headers.slice(2)], target: '/g/none/../auth/login' },
    ],
    [
      'not-found',
      { ...wrong, headers: [...HOST, ...wrong.headers.slice(4)], target: '/g/none/../auth/login' },
    ],
    [
      'bad-target',
      { ...wrong, headers: [...HOST, ...wrong.headers.slice(4)], target: `/g/${CAPABILITY}/../auth/login` },
    ],
    [
      'method-not-allowed',
      { ...wrong, headers: [...HOST, ...wrong.headers.slice(4)], target: `/g/${CAPABILITY}/auth/login` },
    ],
    [
      'override-header',
      { method: 'PUT', headers: [...HOST, ...wrong.headers.slice(4)], target: `/g/${CAPABILITY}/auth/login` },
    ],
    [
      'auth-call',
      { method: 'PUT', headers: [...HOST, ...wrong.headers.slice(6)], target: `/g/${CAPABILITY}/auth/login` },
    ],
    [
      'upgrade-not-supported',
      { method: 'PUT', headers: [...HOST, ...wrong.headers.slice(6)], target: `/g/${CAPABILITY}/x` },
    ],
  ] as const

  it.each(steps)('%s', (code, asked) => {
    expect(verdict(asked, { locked: true })).toBe(code)
  })
})

it('whatever comes, what passes stays below the base URL', () => {
  const piece = fc.constantFrom(
    '/',
    '..',
    '.',
    '%2e',
    '%2F',
    '%5c',
    '\\',
    ';',
    '%25',
    '2e',
    'a',
    'auth',
    'login',
    '?',
    '%',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const rest = `/${pieces.join('')}`
      const judged = judge(head(rest), VIEW)
      if (!judged.ok) return
      for (let path = rest.split('?')[0] ?? '', times = 0; times < 3; times += 1) {
        const { origin, pathname } = new URL(`https://api.example/v1${path}`)
        expect(origin).toBe('https://api.example')
        expect(pathname).toMatch(/^\/v1\//u)
        expect(pathname).not.toMatch(/^\/v1\/+auth\/+login(?![\w-])/iu)
        path = path
          .replaceAll(/%2e/giu, '.')
          .replaceAll(/%2f/giu, '/')
          .replaceAll(/%5c/giu, '\\')
          .replaceAll('%25', '%')
      }
    }),
    { numRuns: 2000 },
  )
})
