import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../electron/shared/secret'
import { readReply, jwtOf } from '../../../support/auth-replies'

function jwtExpiring(iso: string): string {
  return jwtOf({ exp: Date.parse(iso) / 1000 })
}

const COMPANY = { jwt: 'opaque', expirationDate: '2026-06-02T12:00:00' }
const PARTNER = { ...COMPANY, refreshToken: 'next', refreshTokenExpiration: '2026-07-01T12:00:00+00:00' }

function session(body: unknown, zone = 'UTC') {
  const outcome = readReply(200, JSON.stringify(body), {}, undefined, zone)
  if (outcome.kind !== 'granted') throw new Error(JSON.stringify(outcome))
  return outcome.session
}

describe('row 1: 2xx with a valid body', () => {
  it.each([200, 201, 202, 299])('%d grants', (status) => {
    expect(readReply(status, JSON.stringify(PARTNER))).toEqual({
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
    expect(readReply(200, JSON.stringify(COMPANY), { contentType: 'text/html' }).kind).toBe('granted')
    expect(readReply(200, JSON.stringify(COMPANY), { contentType: null }).kind).toBe('granted')
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
    const outcome = readReply(200, JSON.stringify({ ...PARTNER, ...body }), { date })
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
    ['a page', '<html></html>', 'web-page'],
    ['words', 'OK', 'not-json'],
    ['half a body', '{"jwt":"a', 'not-json'],
    ['text', '"jwt"', 'not-an-object'],
    ['a number', '200', 'not-an-object'],
    ['null', 'null', 'not-an-object'],
    ['a list', '[]', 'not-an-object'],
    ['what was granted one level deeper', JSON.stringify({ data: PARTNER }), 'wrapped'],
    ['what was granted deeper', JSON.stringify({ ok: true, result: { session: PARTNER } }), 'wrapped'],
    ['what was granted in a list', JSON.stringify([PARTNER]), 'wrapped'],
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
    expect(readReply(200, body)).toMatchObject({
      kind: 'transient',
      problem: { code: 'invalid-response', reason },
      mayHaveArrived: true,
    })
  })

  it('over 1 MiB', () => {
    expect(readReply(200, { kind: 'too-large' })).toMatchObject({
      problem: { code: 'invalid-response', reason: 'too-large' },
      mayHaveArrived: true,
    })
  })

  it('nothing, as 204 says', () => {
    expect(readReply(204, '')).toMatchObject({
      problem: { code: 'invalid-response', reason: 'empty' },
      mayHaveArrived: true,
    })
  })

  it('not UTF-8', () => {
    expect(readReply(200, { kind: 'not-text' })).toMatchObject({
      problem: { code: 'invalid-response', reason: 'not-json' },
      mayHaveArrived: true,
    })
  })
})
