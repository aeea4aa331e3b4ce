import { describe, expect, it } from 'vitest'
import { claimsOf, type Claim, type JwtContents } from '../../../electron/shared/claims'
import { decodeJwt, expiryClaim } from '../../../electron/shared/jwt'

const HEADER = '{"alg":"HS256"}'

function part(json: string): string {
  return Buffer.from(json).toString('base64url')
}

/** Of JSON as text: what it looks like matters here. */
function jwt(payload: string, header = HEADER): string {
  return `${part(header)}.${part(payload)}.c2lnbmF0dXJl`
}

function contents(payload: string, header?: string): JwtContents {
  const read = claimsOf(jwt(payload, header))
  if (read === null) throw new Error(`No JWT: ${payload}`)
  return read
}

function claim(payload: string, name: string): Claim | undefined {
  return contents(payload).claims.find((one) => one.name === name)
}

describe('header and payload', () => {
  it('are laid out as JSON with indents', () => {
    const payload = ' {"sub" : "a,b:{}", "roles":[ "x",{"a":1} ],"none":[],"empty":{ }}'
    expect(contents(payload, '{"alg":"HS256","typ":"JWT"}')).toMatchObject({
      header: '{\n  "alg": "HS256",\n  "typ": "JWT"\n}',
      payload: JSON.stringify(JSON.parse(payload), null, 2),
    })
  })

  it('keep numbers, duplicates and escapes as they stand in the token', () => {
    expect(contents('{"id":12345678901234567890,"id":1.50e+2,"t":"\\u00e9\\"\\\\"}').payload).toBe(
      '{\n  "id": 12345678901234567890,\n  "id": 1.50e+2,\n  "t": "\\u00e9\\"\\\\"\n}',
    )
  })

  it.each(['{}', ' { } '])('%j is empty', (payload) => {
    expect(contents(payload)).toMatchObject({ payload: '{}', claims: [] })
  })

  it('drop a byte order mark, as the decoder does', () => {
    expect(contents('\ufeff{"a":1}').claims).toMatchObject([{ name: 'a', value: '1' }])
  })
})

describe('a claim’s value', () => {
  it.each([
    ['a string', '"Zoë \\u6728村 🦊\\n\\"x\\""', 'Zoë 木村 🦊\n"x"'],
    ['20 digits', '12345678901234567890', '12345678901234567890'],
    ['a fraction', '-0.10', '-0.10'],
    ['an exponent', '1E400', '1E400'],
    ['a word', 'false', 'false'],
    ['nothing', 'null', 'null'],
    ['an empty string', '""', ''],
    ['a list', '[ "a", 98765432109876543210 , [ ] ]', '["a",98765432109876543210,[]]'],
    ['an object', '{ "a" : { "exp" : 5 } }', '{"a":{"exp":5}}'],
    ['a string that looks like JSON', '"{\\"a\\":1,"', '{"a":1,'],
  ])('%s', (_name, json, value) => {
    expect(
      contents(`{"before":1,"it":${json},"after":2}`).claims.map((one) => [one.name, one.value]),
    ).toEqual([
      ['before', '1'],
      ['it', value],
      ['after', '2'],
    ])
  })

  it('is that of the last one, of claims with one name', () => {
    expect(contents('{"a":1,"b":2,"\\u0061":3}').claims).toMatchObject([
      { name: 'a', value: '3' },
      { name: 'b', value: '2' },
    ])
    expect(decodeJwt(jwt('{"a":1,"b":2,"\\u0061":3}'))?.payload).toEqual({ a: 3, b: 2 })
  })

  it.each(['__proto__', 'constructor', '', '{', ':', ','])('may be named %j', (name) => {
    expect(contents(`{${JSON.stringify(name)}:1}`).claims).toMatchObject([{ name, value: '1' }])
  })
})

describe('what a claim means', () => {
  it('is known of the registered ones only', () => {
    const registered = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']
    const payload = JSON.stringify(
      Object.fromEntries([...registered, 'auth_time', 'role', 'ISS'].map((name) => [name, 'x'])),
    )
    expect(contents(payload).claims.map((one) => one.meaning)).toEqual([...registered, null, null, null])
  })

  it.each(['exp', 'nbf', 'iat', 'auth_time'])('%s names an instant', (name) => {
    expect(claim(`{"${name}":1780000000.25}`, name)?.instant).toBe(1_780_000_000_250)
  })

  it.each(['iss', 'updated_at', 'EXP'])('%s names none', (name) => {
    expect(claim(`{"${name}":1780000000}`, name)?.instant).toBeNull()
  })

  it.each([
    '1780000000',
    '1.78e9',
    '0.0015',
    '253402300799',
    '253402300800',
    '1780000000000',
    '0',
    '-1',
    '1e400',
    '99999999999999999999',
    '"1780000000"',
    'true',
    'null',
    '[1780000000]',
    '{}',
  ])('exp %s is an instant exactly where the account’s expiry is', (json) => {
    const payload = `{"exp":${json}}`
    expect(claim(payload, 'exp')?.instant).toBe(expiryClaim(jwt(payload)))
  })
})

describe('what is no JWT', () => {
  it.each([
    ['opaque', 'opaque-token'],
    ['empty', ''],
    ['encrypted', `${jwt('{}')}.x.y`],
    ['not JSON', jwt('{"a":}')],
    ['a payload that is a list', jwt('[1]')],
    ['a header that is text', jwt('{}', '"x"')],
    ['not UTF-8', `${part(HEADER)}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.x`],
    ['too long', `${part(HEADER)}.${'A'.repeat(10_000_000)}.x`],
  ])('%s', (_name, token) => {
    expect(claimsOf(token)).toBeNull()
  })
})

describe('hostile payloads', () => {
  it('nested as deep as they can be are read, and shown in a size like their own', () => {
    const depth = 24_000
    const { payload, claims } = contents(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)
    expect(claims).toMatchObject([{ name: 'a', value: '['.repeat(depth) + ']'.repeat(depth) }])
    expect(payload.length).toBeLessThan(3 * depth)
    expect(payload.replaceAll(/\s/gu, '')).toBe(`{"a":${claims[0]?.value ?? ''}}`)
  })

  it('with thousands of claims, or one huge one, are read whole', () => {
    const many = Array.from({ length: 4000 }, (_, index) => `"c${String(index)}":1`)
    expect(contents(`{${many.join(',')}}`).claims).toHaveLength(4000)
    const huge = '\\"'.repeat(20_000)
    expect(claim(`{"a":"${huge}"}`, 'a')?.value).toBe('"'.repeat(20_000))
    expect(claim(`{"a":${'9'.repeat(40_000)}}`, 'a')?.value).toBe('9'.repeat(40_000))
  })
})
