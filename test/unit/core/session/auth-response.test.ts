import { describe, expect, it } from 'vitest'
import {
  MAX_RETRY_AFTER_MS,
  readAuthReply,
  type AuthReply,
} from '../../../../electron/core/session/auth-response'
import type { AuthOutcome } from '../../../../electron/core/base/ports'
import { Secret } from '../../../../electron/shared/secret'

const URL = 'https://api.example.com/v2/auth/refresh'
const NOW = Date.parse('2026-06-01T12:00:00Z')
const NO_HEADERS = { contentType: 'application/json', date: null, location: null, retryAfter: null }

function read(
  status: number,
  body: string | AuthReply['body'],
  headers: Partial<AuthReply['headers']> = {},
  times: { sentAt: number; receivedAt: number; elapsedMs?: number } = { sentAt: NOW, receivedAt: NOW },
  zone = 'UTC',
): AuthOutcome {
  const reply: AuthReply = {
    url: URL,
    status,
    headers: { ...NO_HEADERS, ...headers },
    body: typeof body === 'string' ? { kind: 'text', text: body } : body,
    ...times,
    elapsedMs: times.elapsedMs ?? times.receivedAt - times.sentAt,
  }
  return readAuthReply(reply, { defaultTimeZone: zone })
}

function jwtOf(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256' })}.${part(claims)}.sig`
}

function jwtExpiring(iso: string): string {
  return jwtOf({ exp: Date.parse(iso) / 1000 })
}

const COMPANY = { jwt: 'opaque', expirationDate: '2026-06-02T12:00:00' }
const PARTNER = { ...COMPANY, refreshToken: 'next', refreshTokenExpiration: '2026-07-01T12:00:00+00:00' }

function session(body: unknown, zone = 'UTC') {
  const outcome = read(200, JSON.stringify(body), {}, undefined, zone)
  if (outcome.kind !== 'granted') throw new Error(JSON.stringify(outcome))
  return outcome.session
}

describe('row 1: 2xx with a valid body', () => {
  it.each([200, 201, 202, 299])('%d grants', (status) => {
    expect(read(status, JSON.stringify(PARTNER))).toEqual({
      kind: 'granted',
      session: {
        jwt: new Secret('opaque'),
        jwtExpiresAt: Date.parse('2026-06-02T12:00:00Z'),
        isExpired: false,
        claimDifferenceMs: null,
        refreshToken: { token: new Secret('next'), expiresAt: Date.parse('2026-07-01T12:00:00Z') },
      },
      clockSkewMs: null,
    })
  })

  it('may lack a refresh token, also as null', () => {
    expect(session(COMPANY).refreshToken).toBeNull()
    expect(session({ ...COMPANY, refreshToken: null, refreshTokenExpiration: null }).refreshToken).toBeNull()
  })

  it('is decided by the body, not by its declared type', () => {
    expect(read(200, JSON.stringify(COMPANY), { contentType: 'text/html' }).kind).toBe('granted')
    expect(read(200, JSON.stringify(COMPANY), { contentType: null }).kind).toBe('granted')
  })

  it('ignores unknown fields', () => {
    expect(session({ ...PARTNER, scope: ['x'], error: 'none' })).toEqual(session(PARTNER))
  })

  it.each(['木村', '0', 'a+/=.~', 'a'.repeat(100_000)])('keeps the tokens as they are: %j', (token) => {
    const granted = session({ ...PARTNER, jwt: token, refreshToken: token })
    expect(granted.jwt.reveal()).toBe(token)
    expect(granted.refreshToken?.token.reveal()).toBe(token)
  })

  it.each([' spaces ', 'line\nbreak\r\n', '\u0000', 'tab\t"quote"'])(
    'keeps a refresh token that could not travel in a header, since it never does: %j',
    (token) => {
      expect(session({ ...PARTNER, refreshToken: token }).refreshToken?.token.reveal()).toBe(token)
    },
  )

  it('reads dates without a zone in the environment’s', () => {
    expect(session(COMPANY, '+02:00').jwtExpiresAt).toBe(Date.parse('2026-06-02T10:00:00Z'))
    expect(session(PARTNER, 'America/New_York')).toMatchObject({
      jwtExpiresAt: Date.parse('2026-06-02T16:00:00Z'),
      refreshToken: { expiresAt: Date.parse('2026-07-01T12:00:00Z') },
    })
  })

  it.each([
    ['equal', '2026-06-02T12:00:00Z', '2026-06-02T12:00:00Z', null],
    ['exp earlier', '2026-06-02T10:00:00Z', '2026-06-02T10:00:00Z', 7_200_000],
    ['exp later', '2026-06-02T14:00:00Z', '2026-06-02T12:00:00Z', -7_200_000],
    ['exactly 5 minutes apart', '2026-06-02T11:55:00Z', '2026-06-02T11:55:00Z', null],
    ['just over 5 minutes apart', '2026-06-02T11:54:59Z', '2026-06-02T11:54:59Z', 301_000],
    ['just over 5 minutes the other way', '2026-06-02T12:05:01Z', '2026-06-02T12:00:00Z', -301_000],
  ])('takes the earlier of exp and expirationDate: %s', (_name, exp, earlier, difference) => {
    expect(session({ ...COMPANY, jwt: jwtExpiring(exp) })).toMatchObject({
      jwtExpiresAt: Date.parse(earlier),
      claimDifferenceMs: difference,
    })
  })
})

/** Kinds of dates that lost people their logins, as they stand in the JSON; undefined: left out. */
const ODD_DATES: readonly (readonly [name: string, written: unknown, read: string | null])[] = [
  ['a space for the T', '2026-07-01 12:00:00+00:00', '2026-07-01T12:00:00Z'],
  ['a lower-case t', '2026-07-01t12:00:00+00:00', '2026-07-01T12:00:00Z'],
  ['a lower-case z', '2026-07-01T12:00:00z', '2026-07-01T12:00:00Z'],
  ['second 60', '2026-07-01T11:59:60Z', '2026-07-01T12:00:00Z'],
  ['15 digits of a second', '2026-07-01T12:00:00.123456789012345Z', '2026-07-01T12:00:00.123Z'],
  ['an offset of hours alone', '2026-07-01 12:00:00+00', '2026-07-01T12:00:00Z'],
  ['nothing', undefined, null],
  ['null', null, null],
  ['an empty text', '', null],
  ['a number of ms', 1_782_907_200_000, null],
  ['a number of seconds in a text', '1782907200', null],
  ['RFC 1123', 'Wed, 01 Jul 2026 12:00:00 GMT', null],
  ['a day that does not exist', '2026-02-30T00:00:00', null],
  ['a date alone', '2026-07-01', null],
  ['words', 'soon', null],
  ['an object', { at: '2026-07-01T12:00:00Z' }, null],
]

describe('what was granted is kept, whatever stands beside it', () => {
  it.each(ODD_DATES)('a refresh token with %s for its expiry', (_name, refreshTokenExpiration, date) => {
    const { refreshToken, jwtExpiresAt } = session({ ...PARTNER, refreshTokenExpiration })
    expect(refreshToken?.token.reveal()).toBe('next')
    expect(refreshToken?.expiresAt).toBe(date === null ? null : Date.parse(date))
    expect(jwtExpiresAt).toBe(Date.parse('2026-06-02T12:00:00Z'))
  })

  it.each(ODD_DATES)('both tokens with %s for the JWT’s expiry', (_name, expirationDate, date) => {
    const { jwt, jwtExpiresAt, claimDifferenceMs, refreshToken } = session({ ...PARTNER, expirationDate })
    expect(jwt.reveal()).toBe('opaque')
    expect(jwtExpiresAt).toBe(date === null ? null : Date.parse(date))
    expect(claimDifferenceMs).toBeNull()
    expect(refreshToken?.token.reveal()).toBe('next')
  })

  it.each(ODD_DATES)('a JWT says its expiry itself where there is %s', (_name, expirationDate) => {
    const jwt = jwtExpiring('2026-06-02T10:00:00Z')
    expect(session({ ...PARTNER, jwt, expirationDate }).jwtExpiresAt).toBe(Date.parse('2026-06-02T10:00:00Z'))
  })

  it('a refresh token that is none is nothing, and its date then says nothing', () => {
    for (const refreshToken of [undefined, null, '', 7, {}, 'null', 'undefined']) {
      expect(session({ ...PARTNER, refreshToken }).refreshToken).toBeNull()
    }
  })

  it('even where the environment’s time zone is not a known one', () => {
    expect(session(PARTNER, 'Mars/Base')).toMatchObject({
      jwtExpiresAt: null,
      refreshToken: { expiresAt: Date.parse('2026-07-01T12:00:00Z') },
    })
  })
})

describe('a JWT that had expired when it was sent', () => {
  const expired = (body: object, date: string | null) => {
    const outcome = read(200, JSON.stringify({ ...PARTNER, ...body }), { date })
    return outcome.kind === 'granted' && outcome.session.isExpired
  }
  const date = 'Mon, 01 Jun 2026 12:00:00 GMT'
  const at = (iso: string) => Date.parse(iso) / 1000

  it('is known by its exp and the service’s own date', () => {
    expect(expired({ jwt: jwtOf({ exp: at('2026-06-01T12:00:00Z') }) }, date)).toBe(true)
    expect(expired({ jwt: jwtOf({ exp: at('2026-06-01T12:00:01Z') }) }, date)).toBe(false)
  })

  it('is known by its own iat where there is no date, and else not', () => {
    const exp = at('2026-06-01T11:00:00Z')
    expect(expired({ jwt: jwtOf({ exp, iat: exp }) }, null)).toBe(true)
    expect(expired({ jwt: jwtOf({ exp, iat: exp - 1 }) }, null)).toBe(false)
    expect(expired({ jwt: jwtOf({ exp }) }, null)).toBe(false)
  })

  it.each([0, -1, -1_800_000_000])('is known by an exp of %d whatever anybody’s clock says', (exp) => {
    for (const expirationDate of ['2026-06-02T12:00:00', undefined]) {
      expect(session({ ...PARTNER, expirationDate, jwt: jwtOf({ exp }) }).jwtExpiresAt).toBe(0)
      expect(expired({ expirationDate, jwt: jwtOf({ exp }) }, date)).toBe(true)
      expect(expired({ expirationDate, jwt: jwtOf({ exp }) }, null)).toBe(true)
    }
  })

  it('is not known by an exp in milliseconds: no date, so the service’s counts, else it is unknown', () => {
    const jwt = jwtOf({ exp: Date.parse('2026-06-01T13:00:00Z') })
    expect(session({ ...PARTNER, jwt }).jwtExpiresAt).toBe(Date.parse('2026-06-02T12:00:00Z'))
    expect(session({ ...PARTNER, expirationDate: null, jwt }).jwtExpiresAt).toBeNull()
    expect(expired({ jwt }, date)).toBe(false)
  })

  it('is not known by an expirationDate, which may be in another zone than was set', () => {
    expect(expired({ jwt: 'opaque', expirationDate: '2026-06-01T11:00:00' }, date)).toBe(false)
  })
})

describe('row 2: 2xx with nonsense may have rotated', () => {
  it.each([
    ['no body', '', 'empty'],
    ['a line break', '\r\n', 'empty'],
    ['a page', '<html></html>', 'not-json'],
    ['half a body', '{"jwt":"a', 'not-json'],
    ['text', '"jwt"', 'not-an-object'],
    ['a number', '200', 'not-an-object'],
    ['null', 'null', 'not-an-object'],
    ['a list', '[]', 'not-an-object'],
    ['what was granted one level deeper', JSON.stringify({ data: PARTNER }), 'wrapped'],
    ['an object that holds something else', JSON.stringify({ data: { token: 'x' } }), 'no-jwt'],
    ['an empty object', '{}', 'no-jwt'],
    ['an empty jwt', JSON.stringify({ ...PARTNER, jwt: '' }), 'no-jwt'],
    ['a jwt that is a number', JSON.stringify({ ...PARTNER, jwt: 1 }), 'no-jwt'],
    ['a jwt that is null', JSON.stringify({ ...PARTNER, jwt: null }), 'no-jwt'],
    ['a jwt with a line break', JSON.stringify({ ...PARTNER, jwt: 'a.b.c\n' }), 'no-jwt'],
    ['a jwt with a blank', JSON.stringify({ ...PARTNER, jwt: 'a b' }), 'no-jwt'],
    ['a jwt of blanks', JSON.stringify({ ...PARTNER, jwt: ' ' }), 'no-jwt'],
    ['a jwt with a zero byte', JSON.stringify({ ...PARTNER, jwt: 'a\u0000' }), 'no-jwt'],
    ['the word null for a jwt', JSON.stringify({ ...PARTNER, jwt: 'null' }), 'no-jwt'],
    ['the word undefined for a jwt', JSON.stringify({ ...PARTNER, jwt: 'undefined' }), 'no-jwt'],
  ])('%s', (_name, body, reason) => {
    expect(read(200, body)).toMatchObject({
      kind: 'transient',
      problem: { code: 'invalid-response', reason },
      mayHaveArrived: true,
    })
  })

  it('over 1 MiB', () => {
    expect(read(200, { kind: 'too-large' })).toMatchObject({
      problem: { code: 'invalid-response', reason: 'too-large' },
      mayHaveArrived: true,
    })
  })

  it('nothing, as 204 says', () => {
    expect(read(204, '')).toMatchObject({
      problem: { code: 'invalid-response', reason: 'empty' },
      mayHaveArrived: true,
    })
  })

  it('not UTF-8', () => {
    expect(read(200, { kind: 'not-text' })).toMatchObject({
      problem: { code: 'invalid-response', reason: 'not-json' },
      mayHaveArrived: true,
    })
  })
})

const REFUSALS = [400, 401, 403, 404, 405, 410, 422, 501]

describe('rows 3 and 4: refusals with a JSON body', () => {
  it.each(REFUSALS)('%d refuses', (status) => {
    expect(read(status, '{"error":"no"}')).toEqual({ kind: 'refused', status, clockSkewMs: null })
  })

  it.each([
    ['an empty object', '{}', null],
    ['a list', '[]', 'text/plain'],
    ['text that is declared as JSON', '"no"', 'application/json; charset=utf-8'],
    ['null that is declared as a kind of JSON', 'null', 'application/problem+json'],
  ])('%s counts as JSON', (_name, body, contentType) => {
    expect(read(401, body, { contentType }).kind).toBe('refused')
  })
})

describe('row 5: refusals without a JSON body come from a proxy', () => {
  it.each(REFUSALS)('%d', (status) => {
    expect(read(status, '<html>Log in</html>', { contentType: 'text/html' })).toEqual({
      kind: 'transient',
      problem: { code: 'not-the-service', status, isPage: true },
      retryAfterMs: null,
      mayHaveArrived: false,
      clockSkewMs: null,
    })
  })

  it.each<[string, string | AuthReply['body'], string | null]>([
    ['no body', '', 'application/json'],
    ['a number that isn’t declared as JSON', '404', 'text/plain'],
    ['text that isn’t declared as JSON', '"x"', null],
    ['a body that wasn’t read to its end', { kind: 'too-large' }, 'application/json'],
    ['bytes', { kind: 'not-text' }, 'application/json'],
  ])('%s, which is no page', (_name, body, contentType) => {
    expect(read(401, body, { contentType })).toMatchObject({
      problem: { code: 'not-the-service', status: 401, isPage: false },
    })
  })

  it.each([
    ['by its type', 'Log in', 'text/html; charset=utf-8'],
    ['by its first letter', '\n<!doctype html>', 'application/json'],
  ])('a page, %s', (_name, body, contentType) => {
    expect(read(401, body, { contentType })).toMatchObject({ problem: { isPage: true } })
  })
})

describe('row 6: busy or broken', () => {
  it.each([
    [408, false],
    [425, false],
    [429, false],
    [500, true],
    [502, true],
    [503, true],
    [504, true],
    [599, true],
  ])('%d is transient; a refresh may have rotated: %s', (status, mayHaveArrived) => {
    for (const body of ['{"error":"x"}', '<html>']) {
      expect(read(status, body)).toEqual({
        kind: 'transient',
        problem: { code: 'service-unavailable', status },
        retryAfterMs: null,
        mayHaveArrived,
        clockSkewMs: null,
      })
    }
  })

  it.each([
    100, 199, 304, 402, 406, 409, 411, 412, 413, 415, 418, 421, 423, 426, 428, 431, 451, 600, 999,
  ])('%d isn’t in the table: for now too, but not said to be busy', (status) => {
    const problem = { code: 'unexpected-status', status }
    expect(read(status, '{}')).toMatchObject({ kind: 'transient', problem })
  })

  it.each([
    ['0', 0],
    ['7', 7000],
    [' 120 ', 120_000],
    ['3600', MAX_RETRY_AFTER_MS],
    ['3601', MAX_RETRY_AFTER_MS],
    ['99999999999999999999999', MAX_RETRY_AFTER_MS],
    ['-1', null],
    ['1.5', null],
    ['0x10', null],
    ['1e3', null],
    ['soon', null],
    ['', null],
    ['Mon, 01 Jun 2026 12:00:30 GMT', 30_000],
    ['Mon, 01 Jun 2026 12:00:00 GMT', 0],
    ['Mon, 01 Jun 2026 11:59:59 GMT', null],
    ['Tue, 02 Jun 2026 12:00:00 GMT', MAX_RETRY_AFTER_MS],
  ])('Retry-After: %s', (retryAfter, expected) => {
    expect(read(503, '{}', { retryAfter })).toMatchObject({ retryAfterMs: expected })
    expect(read(429, '{}', { retryAfter })).toMatchObject({ retryAfterMs: expected })
  })

  it('compares a Retry-After date with the server’s clock, not with this machine’s', () => {
    const headers = { retryAfter: 'Mon, 01 Jun 2026 15:00:30 GMT', date: 'Mon, 01 Jun 2026 15:00:00 GMT' }
    expect(read(503, '{}', headers)).toMatchObject({ retryAfterMs: 30_000 })
  })
})

describe('row 7: redirects', () => {
  it.each([
    [301, 'https://other.example/auth/login', 'https://other.example/auth/login'],
    [302, '/login', 'https://api.example.com/login'],
    [303, 'login', 'https://api.example.com/v2/auth/login'],
    [307, '//other.example', 'https://other.example/'],
    [308, 'http://api.example.com/v2/auth/refresh', 'http://api.example.com/v2/auth/refresh'],
    [302, 'https://user:pw@other.example/x?token=secret#frag', 'https://other.example/x'],
    [302, 'http://[bad', ''],
    [302, '', ''],
    [302, null, ''],
    [300, null, ''],
    [399, null, ''],
  ])('%d to %s', (status, location, target) => {
    expect(read(status, '{"jwt":"a"}', { location })).toEqual({
      kind: 'redirected',
      status,
      target,
      clockSkewMs: null,
    })
  })
})

it('407 is a proxy’s, and the request did not arrive', () => {
  expect(read(407, '{}')).toMatchObject({
    problem: { code: 'unreachable', reason: 'proxy', detail: 'HTTP 407' },
    mayHaveArrived: false,
  })
})

describe('the clock’s skew', () => {
  const date = 'Mon, 01 Jun 2026 12:10:00 GMT'
  const body = JSON.stringify(COMPANY)

  it('is measured at the middle of the exchange', () => {
    const times = { sentAt: NOW, receivedAt: NOW + 4000 }
    expect(read(200, body, { date }, times).clockSkewMs).toBe(600_000 + 500 - 2000)
  })

  it('may be behind', () => {
    const times = { sentAt: NOW + 1_200_000, receivedAt: NOW + 1_200_000 }
    expect(read(200, body, { date }, times).clockSkewMs).toBe(-599_500)
  })

  it.each([
    ['a refusal', 401, '{}', true],
    ['a gateway’s 5xx', 503, '', false],
    ['a gateway’s 5xx in JSON', 502, '{"error":"no upstream"}', false],
    ['who is asked too often', 429, '{}', false],
    ['invalid-response', 200, '{}', false],
    ['a page', 200, '<html>', false],
    ['a proxy’s page', 401, '<html>', false],
    ['a redirect', 302, '', false],
    ['a proxy’s question', 407, '{}', false],
  ])('of %s', (_name, status, text, counts) => {
    expect(read(status, text, { date }).clockSkewMs).toBe(counts ? 600_500 : null)
  })

  it.each([null, '', 'yesterday', '2026-06-01T12:10:00Z'])('is unknown with Date: %s', (text) => {
    expect(read(200, body, { date: text }).clockSkewMs).toBeNull()
  })

  it('is unknown when this machine’s clock was set back meanwhile', () => {
    const times = { sentAt: NOW, receivedAt: NOW - 3_600_000, elapsedMs: 100 }
    expect(read(200, body, { date }, times).clockSkewMs).toBeNull()
  })

  it('is unknown when the machine slept meanwhile, whether or not the other clock stood still', () => {
    const asleep = { sentAt: NOW, receivedAt: NOW + 7_200_000 }
    expect(read(200, body, { date }, { ...asleep, elapsedMs: 100 }).clockSkewMs).toBeNull()
    expect(read(200, body, { date }, { ...asleep, elapsedMs: 7_200_000 }).clockSkewMs).toBeNull()
  })

  it.each([
    ['a moment', 100, 100, true],
    ['10 seconds', 10_000, 10_000, true],
    ['longer: the date may be from its beginning or its end', 10_001, 10_001, false],
    ['two seconds that one clock has not counted', 2_000, 0, true],
    ['more of them', 2_001, 0, false],
  ])('of an exchange of %s', (_name, wall, elapsedMs, counts) => {
    const times = { sentAt: NOW, receivedAt: NOW + wall, elapsedMs }
    expect(read(200, body, { date }, times).clockSkewMs === null).toBe(!counts)
  })

  it.each([
    ['at the date', '2026-06-01T12:10:00Z', true],
    ['5 minutes before', '2026-06-01T12:05:00Z', true],
    ['longer before', '2026-06-01T12:04:59Z', false],
    ['longer after', '2026-06-01T12:15:01Z', false],
  ])('with a JWT issued %s', (_name, issued, counts) => {
    const jwt = jwtOf({ iat: Date.parse(issued) / 1000, exp: Date.parse('2026-06-02T12:00:00Z') / 1000 })
    expect(read(200, JSON.stringify({ ...COMPANY, jwt }), { date }).clockSkewMs === null).toBe(!counts)
  })
})
