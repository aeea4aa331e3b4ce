import { describe, expect, it } from 'vitest'
import { BASE_URL_MAX_LENGTH, checkBaseUrl, endpoint, isLoopback } from '../../../electron/shared/base-url'

function outcome(typed: string): string {
  const checked = checkBaseUrl(typed)
  return checked.ok ? checked.value.baseUrl : checked.reason
}

describe('a base URL that is taken', () => {
  it.each([
    ['https://api.example.com', 'https://api.example.com'],
    ['  https://api.example.com\r\n', 'https://api.example.com'],
    ['HTTPS://API.Example.COM', 'https://api.example.com'],
    ['https://api.example.com:443', 'https://api.example.com'],
    ['https://api.example.com:8443', 'https://api.example.com:8443'],
    ['https://api.example.com/', 'https://api.example.com'],
    ['https://api.example.com///', 'https://api.example.com'],
    ['https://api.example.com/customer/v2/', 'https://api.example.com/customer/v2'],
    ['https://api.example.com/auth', 'https://api.example.com/auth'],
    ['https://api.example.com/auth/login/v2', 'https://api.example.com/auth/login/v2'],
    ['https://api.example.com./', 'https://api.example.com.'],
    ['https://[2001:db8::1]:8443/x', 'https://[2001:db8::1]:8443/x'],
    ['https://192.0.2.1', 'https://192.0.2.1'],
    ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
    ['http://localhost', 'http://localhost'],
    ['http://localhost:8080/api', 'http://localhost:8080/api'],
    ['http://app.localhost:8080', 'http://app.localhost:8080'],
    ['http://127.0.0.1:80', 'http://127.0.0.1'],
    ['http://127.8.9.1:3000', 'http://127.8.9.1:3000'],
    ['http://127.1:3000', 'http://127.0.0.1:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
    ['http://[0:0:0:0:0:0:0:1]:3000', 'http://[::1]:3000'],
  ])('%s becomes %s', (typed, expected) => {
    expect(outcome(typed)).toBe(expected)
    // What is stored is taken again, unchanged.
    expect(outcome(expected)).toBe(expected)
  })

  it('may be as long as the limit', () => {
    const start = 'https://api.example.com/'
    expect(checkBaseUrl(start + 'x'.repeat(BASE_URL_MAX_LENGTH - start.length)).ok).toBe(true)
    expect(outcome(start + 'x'.repeat(BASE_URL_MAX_LENGTH - start.length + 1))).toBe('too-long')
  })
})

describe('a base URL that is refused', () => {
  it.each([
    ['', 'empty'],
    [' \n\t ', 'empty'],
    ['api.example.com', 'no-scheme'],
    ['api.example.com:8443/x', 'no-scheme'],
    ['localhost:8080', 'no-scheme'],
    ['//api.example.com', 'no-scheme'],
    ['/auth/login', 'no-scheme'],
    ['[::1]:3000', 'no-scheme'],
    ['ftp://api.example.com', 'other-scheme'],
    ['file:///etc/passwd', 'other-scheme'],
    ['ws://localhost', 'other-scheme'],
    ['javascript:alert(1)', 'other-scheme'],
    ['data:text/html,x', 'other-scheme'],
    ['http://api.example.com', 'not-https'],
    ['http://localhost.example.com', 'not-https'],
    ['http://notlocalhost', 'not-https'],
    ['http://128.0.0.1', 'not-https'],
    ['http://0.0.0.0', 'not-https'],
    ['http://127.0.0.1.example.com', 'not-https'],
    ['http://[::ffff:127.0.0.1]', 'not-https'],
    ['http://192.168.1.10', 'not-https'],
    ['https://user:password@api.example.com', 'credentials'],
    ['https://user@api.example.com', 'credentials'],
    ['https://@api.example.com', 'credentials'],
    ['http://localhost@evil.example', 'credentials'],
    ['https://api.example.com?x=1', 'query-or-fragment'],
    ['https://api.example.com/x?', 'query-or-fragment'],
    ['https://api.example.com/#top', 'query-or-fragment'],
    ['https://api.example.com#', 'query-or-fragment'],
    ['https://api.example.com/auth/login', 'endpoint-included'],
    ['https://api.example.com/v2/auth/refresh/', 'endpoint-included'],
    ['https://api.example.com/Auth/Login', 'endpoint-included'],
    ['https://api example.com', 'inner-whitespace'],
    ['https://api.example.com/a\nb', 'inner-whitespace'],
    ['https://api.example.com/a\u0000b', 'inner-whitespace'],
    ['https://api.example.com:0', 'bad-port'],
    ['https://api.example.com:65536', 'bad-port'],
    ['https://api.example.com:abc', 'bad-port'],
    ['https://api.example.com:', 'bad-port'],
    ['https://[::1]:99999', 'bad-port'],
    ['https://', 'malformed'],
    ['https:///x', 'malformed'],
    ['https:api.example.com', 'malformed'],
    ['https:/api.example.com', 'malformed'],
    ['https:\\\\api.example.com', 'malformed'],
    ['https://api.example.com\\x', 'malformed'],
    ['https://[::1', 'malformed'],
    ['https://999.1.1.1', 'malformed'],
    ['https://a%2eb', 'malformed'],
    ['https://a|b', 'malformed'],
  ])('%j: %s', (typed, reason) => {
    expect(outcome(typed)).toBe(reason)
  })

  // Node 20 and 22 refuse invalid Punycode; from 24.22 on it is a name like any other.
  it.each(['https://xn--a', 'https://xn--a.example', 'https://xn--zzzzzz99'])(
    '%j: malformed, or taken as it stands, as the parser has it',
    (typed) => {
      expect(['malformed', typed]).toContain(outcome(typed))
    },
  )
})

describe('notices', () => {
  it.each([
    ['https://api.example.com', []],
    ['https://api.example.com/', [{ code: 'trailing-slash-removed' }]],
    ['https://api.example.com/v2', [{ code: 'path-kept', path: '/v2' }]],
    [
      'https://api.example.com/a/../v2//',
      [{ code: 'trailing-slash-removed' }, { code: 'path-kept', path: '/v2' }],
    ],
    // The first letter is Cyrillic.
    ['https://аpi.example.com', [{ code: 'host-in-ascii', host: 'xn--pi-6kc.example.com' }]],
    ['https://ａpi.example.com', [{ code: 'host-in-ascii', host: 'api.example.com' }]],
  ])('%s', (typed, notices) => {
    expect(checkBaseUrl(typed)).toMatchObject({ ok: true, value: { notices } })
  })
})

it('makes the addresses of both calls', () => {
  expect(endpoint('https://api.example.com/v2', 'login')).toBe('https://api.example.com/v2/auth/login')
  expect(endpoint('http://[::1]:3000', 'refresh')).toBe('http://[::1]:3000/auth/refresh')
})

it('knows what stays on this machine', () => {
  expect(isLoopback(new URL('https://127.255.255.254/'))).toBe(true)
  expect(isLoopback(new URL('https://localhost./'))).toBe(false)
})
