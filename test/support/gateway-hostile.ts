/**
 * Requests that must not reach the service, as bytes. PORT, CAP and PRODUCTION stand for the gateway's port and for two
 * capabilities, the second one of an account in production.
 */
export interface RawCase {
  readonly name: string
  readonly code: string
  readonly head: string
}

const HOST = 'Host: 127.0.0.1:PORT'

function request(line: string, ...headers: readonly string[]): string {
  return [`${line} HTTP/1.1`, ...headers, '', ''].join('\r\n')
}

function refused(code: string, name: string, line: string, ...headers: readonly string[]): RawCase {
  return {
    name,
    code,
    head: request(line, ...(headers.some((each) => /^host:/iu.test(each)) ? [] : [HOST]), ...headers),
  }
}

const BY_HOST = [
  'evil.example',
  'rebound.example:PORT',
  'localhost.evil.example:PORT',
  '127.0.0.1.nip.example:PORT',
  '127.0.0.1',
  '127.0.0.1:80',
  '[::1]:PORT',
  '0.0.0.0:PORT',
  '2130706433:PORT',
  '127.1:PORT',
  'x@127.0.0.1:PORT',
  '127.0.0.1:PORT, 127.0.0.1:PORT',
].map((host) => refused('wrong-host', `Host ${host}`, 'GET /g/CAP/x', `Host: ${host}`))

const BY_BROWSER = [
  'Origin: https://evil.example',
  'Origin: null',
  'Origin: http://127.0.0.1:PORT',
  'Origin:',
  'Referer: https://evil.example/',
  'Referer: http://127.0.0.1:PORT/g/CAP/',
  'Sec-Fetch-Site: cross-site',
  'Sec-Fetch-Site: same-site',
  'Sec-Fetch-Site: same-origin',
].map((header) => refused('browser-request', header, 'GET /g/CAP/x', header))

const BY_TARGET = [
  '/g/CAP/..',
  '/g/CAP/../admin',
  '/g/CAP/%2e%2e/admin',
  '/g/CAP/.%2E/admin',
  '/g/CAP/a/..%2f..%2fadmin',
  '/g/CAP/%252e%252e/admin',
  '/g/CAP/..;/admin',
  '/g/CAP/./x',
  '/g/CAP//evil.example/x',
  '/g/CAP/%2fevil.example/x',
  '/g/CAP/a%5c..%5cb',
  '/g/CAP/x%00',
  '/g/CAP/x%0d%0aX-Evil:%201',
  '/g/CAP/x#y',
  'http://127.0.0.1:PORT/g/CAP/x',
  'http://evil.example/g/CAP/x',
  '//g/CAP/x',
].map((target) => refused('bad-target', target, `GET ${target}`))

export const HOSTILE: readonly RawCase[] = [
  ...BY_HOST,
  refused('wrong-host', 'two Hosts', 'GET /g/CAP/x', HOST, 'Host: evil.example'),
  { name: 'no Host', code: 'wrong-host', head: request('GET /g/CAP/x') },
  { name: 'HTTP/1.0 without Host', code: 'wrong-host', head: 'GET /g/CAP/x HTTP/1.0\r\n\r\n' },
  ...BY_BROWSER,
  refused('not-found', 'a capability that is too short', 'GET /g/CAPx/x'),
  refused('not-found', 'no capability', 'GET /g//x'),
  refused('not-found', 'the asterisk', 'OPTIONS *'),
  ...BY_TARGET,
  refused('method-not-allowed', 'TRACE', 'TRACE /g/CAP/x'),
  refused(
    'override-header',
    'X-HTTP-Method-Override',
    'GET /g/PRODUCTION/x',
    'X-HTTP-Method-Override: DELETE',
  ),
  refused('override-header', 'X_HTTP_Method', 'GET /g/PRODUCTION/x', 'X_HTTP_Method: DELETE'),
  refused('override-header', 'X-Original-URL', 'GET /g/CAP/x', 'X-Original-URL: /auth/refresh'),
  refused('auth-call', 'a login', 'POST /g/CAP/auth/login', 'Content-Length: 0'),
  refused('auth-call', 'a refresh', 'POST /g/CAP/auth/refresh', 'Content-Length: 0'),
  refused('auth-call', 'a refresh, encoded', 'POST /g/CAP/%61uth%2Frefresh', 'Content-Length: 0'),
  refused(
    'upgrade-not-supported',
    'a WebSocket',
    'GET /g/CAP/x',
    'Connection: Upgrade',
    'Upgrade: websocket',
  ),
  refused(
    'transfer-coding-not-supported',
    'gzip, chunked',
    'POST /g/CAP/x',
    'Transfer-Encoding: gzip, chunked',
  ),
  refused(
    'expectation-not-supported',
    'another expectation',
    'POST /g/CAP/x',
    'Expect: tea',
    'Content-Length: 0',
  ),
  refused('production-not-armed', 'a change of production', 'POST /g/PRODUCTION/x', 'Content-Length: 0'),
  refused('production-not-armed', 'its removal', 'DELETE /g/PRODUCTION/x'),
]

const MANY = Array.from({ length: 10_000 }, (_, index) => `x${String(index)}: y`)

/** What can't be read, so that nothing may follow on its connection. */
export const MALFORMED: readonly RawCase[] = [
  {
    name: 'a CONNECT',
    code: 'wrong-host',
    head: request('CONNECT evil.example:443', 'Host: evil.example:443'),
  },
  { name: 'a CONNECT to here', code: 'not-found', head: request('CONNECT 127.0.0.1:PORT', HOST) },
  refused('headers-too-large', '100 kB of query', `GET /g/CAP/x?${'q'.repeat(100_000)}`),
  refused('headers-too-large', '10,000 headers', 'GET /g/CAP/x', ...MANY),
  refused('headers-too-large', 'a header of 33 kB', 'GET /g/CAP/x', `X: ${'y'.repeat(33_000)}`),
  refused('malformed-request', 'two lengths', 'POST /g/CAP/x', 'Content-Length: 1', 'Content-Length: 1'),
  refused(
    'malformed-request',
    'two different lengths',
    'POST /g/CAP/x',
    'Content-Length: 1',
    'Content-Length: 2',
  ),
  refused(
    'malformed-request',
    'length and coding',
    'POST /g/CAP/x',
    'Content-Length: 1',
    'Transfer-Encoding: chunked',
  ),
  refused(
    'malformed-request',
    'coding and length',
    'POST /g/CAP/x',
    'Transfer-Encoding: chunked',
    'Content-Length: 1',
  ),
  refused('malformed-request', 'a length that is no number', 'POST /g/CAP/x', 'Content-Length: +1'),
  refused('malformed-request', 'a length with a sign', 'POST /g/CAP/x', 'Content-Length: -1'),
  refused('malformed-request', 'obs-fold', 'GET /g/CAP/x', 'X: 1\r\n 2'),
  refused('malformed-request', 'a bare LF', 'GET /g/CAP/x', 'X: 1\nY: 2'),
  { name: 'only bare LFs', code: 'malformed-request', head: `GET /g/CAP/x HTTP/1.1\n${HOST}\n\n` },
  refused('malformed-request', 'a control character in the path', 'GET /g/CAP/x\u0001y'),
  refused('malformed-request', 'a NUL in the path', 'GET /g/CAP/x\u0000y'),
  refused('malformed-request', 'a NUL in a header', 'GET /g/CAP/x', 'X: 1\u00002'),
  refused('malformed-request', 'a space in the path', 'GET /g/CAP/x y'),
  refused('malformed-request', 'no path', 'GET'),
  { name: 'no HTTP', code: 'malformed-request', head: 'SSH-2.0-OpenSSH\r\n\r\n' },
  { name: 'HTTP/2', code: 'malformed-request', head: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' },
  { name: 'TLS', code: 'malformed-request', head: '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n' },
]
