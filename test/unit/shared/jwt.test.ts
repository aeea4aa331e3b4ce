import { describe, expect, it } from 'vitest'
import { decodeJwt, expiryClaim } from '../../../electron/shared/jwt'

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function jwt(payload: unknown, header: unknown = { alg: 'HS256' }): string {
  return `${part(header)}.${part(payload)}.c2lnbmF0dXJl`
}

describe('decodeJwt', () => {
  it('reads header and claims', () => {
    expect(decodeJwt(jwt({ sub: '1', exp: 5 }))).toEqual({
      header: { alg: 'HS256' },
      payload: { sub: '1', exp: 5 },
    })
  })

  it('reads claims beyond ASCII, in the alphabet of base64url', () => {
    const claims = { name: 'Zoë 木村 🦊', more: '????>>>>' }
    expect(jwt(claims)).toMatch(/[-_]/u)
    expect(decodeJwt(jwt(claims))?.payload).toEqual(claims)
  })

  it('takes an empty signature', () => {
    expect(decodeJwt(`${part({ alg: 'none' })}.${part({ a: 1 })}.`)?.payload).toEqual({ a: 1 })
  })

  it.each(['', '=', '=='])('takes the padding that base64url may have: "%s"', (padding) => {
    const claims = { sub: '1'.repeat(padding.length === 0 ? 3 : 3 - padding.length), exp: 1_800_000_000 }
    const padded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64')
    const token = `${padded({ alg: 'HS256', kid: 'ab' })}.${padded(claims)}.c2ln`
    expect(token.split('.')[1]?.replace(/^[^=]+/u, '')).toBe(padding)
    expect(decodeJwt(token)?.payload).toEqual(claims)
    expect(expiryClaim(token)).toBe(1_800_000_000_000)
  })

  it.each([
    ['nothing', ''],
    ['no dots', 'opaque-token'],
    ['two parts', `${part({})}.${part({})}`],
    ['four parts', `${jwt({})}.x`],
    ['five parts (encrypted)', `${jwt({})}.x.y`],
    ['an empty header', `.${part({})}.x`],
    ['an empty payload', `${part({})}..x`],
    ['only dots', '...'],
    ['not base64', `${part({})}.${part({})}===.x`],
    ['padding inside', `${part({})}.eyJ=h.x`],
    ['padding alone', `${part({})}.=.x`],
    ['standard base64', `${part({})}.+/+/.x`],
    ['white space around', ` ${jwt({})}`],
    ['an impossible length', `${part({})}.A.x`],
    ['not JSON', `${part({})}.${Buffer.from('{').toString('base64url')}.x`],
    ['not UTF-8', `${part({})}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.x`],
    ['claims that are an array', jwt([1])],
    ['claims that are null', jwt(null)],
    ['a header that is text', jwt({}, 'x')],
  ])('%s is no JWT', (_name, token) => {
    expect(decodeJwt(token)).toBeNull()
    expect(expiryClaim(token)).toBeNull()
  })

  it('reads one as long as an answer may be: it must not be given out after its end', () => {
    const long = jwt({ exp: 1_800_000_000, scopes: 'x'.repeat(700_000) })
    expect(long.length).toBeGreaterThan(900_000)
    expect(expiryClaim(long)).toBe(1_800_000_000_000)
  })

  it('is quick with huge and hostile input', () => {
    const started = performance.now()
    for (const token of [
      '.'.repeat(10_000_000),
      'a'.repeat(10_000_000),
      `${part({})}.${'A'.repeat(10_000_000)}.x`,
    ]) {
      expect(decodeJwt(token)).toBeNull()
    }
    expect(decodeJwt(`${part({})}.${'A'.repeat(60_000)}.x`)).toBeNull()
    expect(performance.now() - started).toBeLessThan(200)
  })
})

describe('expiryClaim', () => {
  it.each([
    [1_800_000_000, 1_800_000_000_000],
    [1_800_000_000.9999, 1_800_000_000_999],
    [1, 1000],
    [253_402_300_799, 253_402_300_799_000],
  ])('%d s is %d ms', (exp, expected) => {
    expect(expiryClaim(jwt({ exp }))).toBe(expected)
  })

  it.each([0, -1, -0.5, -1_800_000_000, -1e300])('%d s lies in the past, so it is expired', (exp) => {
    expect(expiryClaim(jwt({ exp }))).toBe(0)
  })

  it.each([1_800_000_000_000, 1e300, '1800000000', null, true, {}, undefined])(
    'makes nothing of %j',
    (exp) => {
      expect(expiryClaim(jwt({ exp }))).toBeNull()
    },
  )

  it('reads numbers beyond all numbers by their sign', () => {
    const raw = (exp: string) => `${part({})}.${Buffer.from(`{"exp":${exp}}`).toString('base64url')}.x`
    expect(expiryClaim(raw('1e999'))).toBeNull()
    expect(expiryClaim(raw('-1e999'))).toBe(0)
  })
})
