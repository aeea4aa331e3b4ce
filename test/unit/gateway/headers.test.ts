/** What reaches the service and what comes back (issue 24, rule 2). */
import { describe, expect, it } from 'vitest'
import {
  requestHeaders,
  requestTrailers,
  responseHeaders,
  rewrittenLocation,
} from '../../../electron/gateway/headers'

const TO = { host: 'api.example', jwt: 'live', method: 'GET', isBodyHere: false }
const ALWAYS = ['Connection', 'keep-alive', 'R-Auth', 'live']

function sent(headers: readonly string[], to: Partial<typeof TO> = {}): string[] {
  return requestHeaders(headers, { ...TO, ...to })
}

describe('a request', () => {
  it('keeps case, order, duplicates and Authorization; host and JWT are ours', () => {
    const own = ['X-b', '1', 'x-A', '2', 'X-b', '3', 'Authorization', 'Basic x', 'accept', '*/*']
    expect(sent(['Host', '127.0.0.1:1', ...own])).toEqual(['Host', 'api.example', ...own, ...ALWAYS])
  })

  it.each(['R-Auth', 'r-auth', 'R_AUTH', 'r_auth', 'Cookie', 'COOKIE', 'Cookie2', 'host'])(
    'loses the tool’s own %s',
    (name) => {
      expect(sent([name, 'x', 'Y', 'z'])).toEqual(['Host', 'api.example', 'Y', 'z', ...ALWAYS])
    },
  )

  it.each([
    'Connection',
    'Keep-Alive',
    'Proxy-Connection',
    'Proxy-Authorization',
    'TE',
    'Upgrade',
    'HTTP2-Settings',
  ])('loses %s, which belongs to one connection', (name) => {
    expect(sent([name, 'x', 'Y', 'z'])).toEqual(['Host', 'api.example', 'Y', 'z', ...ALWAYS])
  })

  it('loses what Connection names, but nothing that is set afterwards', () => {
    const headers = ['Connection', 'close, X-Own , r-auth,HOST', 'x-own', '1', 'X_Own', '2', 'Y', 'z']
    expect(sent([...headers, 'connection', 'y'])).toEqual(['Host', 'api.example', ...ALWAYS])
  })

  it('has the length or coding of its body said anew, whatever Connection names', () => {
    expect(sent(['Connection', 'content-length', 'content-length', '5'])).toEqual([
      'Host',
      'api.example',
      'Content-Length',
      '5',
      ...ALWAYS,
    ])
    expect(sent(['transfer-encoding', 'Chunked'], { method: 'DELETE' })).toEqual([
      'Host',
      'api.example',
      'Transfer-Encoding',
      'chunked',
      ...ALWAYS,
    ])
    expect(sent([], { method: 'POST' })).toEqual(['Host', 'api.example', 'Content-Length', '0', ...ALWAYS])
    expect(sent([], { method: 'DELETE' })).toEqual(['Host', 'api.example', ...ALWAYS])
  })

  it('takes trailers where the tool does', () => {
    expect(sent(['TE', 'gzip;q=0.5, trailers;q=1', 'Connection', 'TE'])).toEqual([
      'Host',
      'api.example',
      'TE',
      'trailers',
      'Connection',
      'TE, keep-alive',
      'R-Auth',
      'live',
    ])
  })

  it('expects no "100 Continue" when the body is there already', () => {
    const headers = ['Expect', '100-continue', 'Content-Length', '5']
    expect(sent(headers)).toContain('Expect')
    expect(sent(headers, { isBodyHere: true })).not.toContain('Expect')
  })

  it('says nothing in trailers that was decided in headers', () => {
    expect(requestTrailers(['R-Auth', 'x', 'Cookie', 'x', 'Content-Length', '5', 'X-Sum', 'y'])).toEqual([
      ['X-Sum', 'y'],
    ])
  })
})

describe('a response', () => {
  const to = {
    url: 'https://api.example/v1/a/b?c',
    baseUrl: 'https://api.example/v1',
    gateway: 'http://127.0.0.1:4711/g/cap',
  }

  it('loses what belongs to one connection, and nothing else', () => {
    const own = ['Date', 'x', 'Set-Cookie', 'a', 'set-cookie', 'b', 'Content-Length', '3', 'R-Auth', 'q']
    const hop = [
      'Connection',
      'x-hop',
      'X-Hop',
      '1',
      'Keep-Alive',
      'timeout=5',
      'Transfer-Encoding',
      'chunked',
    ]
    expect(responseHeaders([...hop, ...own], to)).toEqual(own)
  })

  it.each([
    ['https://api.example/v1/x?y#z', 'http://127.0.0.1:4711/g/cap/x?y#z'],
    ['https://API.example:443/v1', 'http://127.0.0.1:4711/g/cap'],
    ['/v1/x', 'http://127.0.0.1:4711/g/cap/x'],
    ['x', 'http://127.0.0.1:4711/g/cap/a/x'],
    ['?x', 'http://127.0.0.1:4711/g/cap/a/b?x'],
    ['//api.example/v1/x', 'http://127.0.0.1:4711/g/cap/x'],
    // The same host, but not below the base URL: the gateway has no address for it.
    ['/login', 'https://api.example/login'],
    ['/v12', 'https://api.example/v12'],
    ['../../x', 'https://api.example/x'],
    // Another place: as it is.
    ['https://other.example/v1/x', 'https://other.example/v1/x'],
    ['http://api.example/v1/x', 'http://api.example/v1/x'],
    ['https://api.example:8443/v1/x', 'https://api.example:8443/v1/x'],
    ['https://user@api.example/v1/x', 'https://user@api.example/v1/x'],
    ['mailto:a@b.example', 'mailto:a@b.example'],
    ['https://[', 'https://['],
  ])('redirecting to %s', (location, expected) => {
    expect(rewrittenLocation(location, to)).toBe(expected)
    expect(responseHeaders(['LOCATION', location, 'X', location], to)).toEqual([
      'LOCATION',
      expected,
      'X',
      location,
    ])
  })
})
