import { describe, expect, it, test } from 'vitest'
import { jwtsIn } from '../../../../electron/core/jwt/pasted-jwts'

/** RFC 7519, section 3.1, without its line breaks. */
const JWT =
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
/** RFC 7519, section 6.1: unsecured. */
const UNSECURED =
  'eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.'
/** RFC 7515, appendix A.2: RS256, with a signature of 342 letters. */
const LONG = `${base64url('{"alg":"RS256"}')}.${base64url('{"iss":"joe","exp":1300819380,"http://example.com/is_root":true}')}.${'cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7'.repeat(6).slice(0, 342)}`

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}

function wrapped(jwt: string, width: number, between: string): string {
  return (jwt.match(new RegExp(`.{1,${String(width)}}`, 'gu')) ?? []).join(between)
}

const found = (text: string): readonly string[] => jwtsIn(text).found.map(({ jwt }) => jwt)

describe('a JWT is found', () => {
  test.each([
    ['alone', JWT],
    ['between blanks and line breaks', `\r\n  ${JWT}  \n`],
    ['in a header', `R-Auth: ${JWT}`],
    ['in another header', `Authorization: Bearer ${JWT}\r\n`],
    ['in quotes', `"${JWT}"`],
    ['in typographic quotes', `“${JWT}”`],
    ['in angle brackets', `<${JWT}>`],
    [
      'in a curl line',
      `curl --location 'https://api.example.com/x' --header 'R-Auth: ${JWT}' --header 'Accept: */*'`,
    ],
    [
      'in a curl line of several',
      `curl 'https://api.example.com/x' \\\n  -H 'R-Auth: ${JWT}' \\\n  -H 'Accept: */*'`,
    ],
    ['in an export', `export R_AUTH='${JWT}'`],
    ['in PowerShell', `$env:R_AUTH = "${JWT}"`],
    ['in JSON', JSON.stringify({ jwt: JWT, refreshToken: 'opaque' }, null, 2)],
    ['in JSON inside of JSON', JSON.stringify({ text: JSON.stringify({ jwt: JWT }) })],
    ['in an .http file', `GET https://api.example.com/x\nR-Auth: ${JWT}\nAccept: */*\n\n###\n`],
    [
      'in a HAR',
      JSON.stringify({ log: { entries: [{ request: { headers: [{ name: 'R-Auth', value: JWT }] } }] } }),
    ],
    ['in a query', `https://api.example.com/x?token=${JWT}&y=1`],
    ['with a full stop after it', `It is ${JWT}.`],
    ['with zero-width spaces in it', JWT.replaceAll(/(.{20})/gu, '$1\u200b')],
    ['with soft hyphens in it', JWT.replaceAll(/(.{30})/gu, '$1\u00ad')],
    ['with a byte order mark before it', `\ufeff${JWT}`],
    ['in a sentence before another word', `token ${JWT}\nthanks`],
    ['wrapped at 76 columns', wrapped(JWT, 76, '\n')],
    ['wrapped with CRLF', wrapped(JWT, 76, '\r\n')],
    ['wrapped and indented', `    ${wrapped(JWT, 64, '\n    ')}`],
    ['wrapped and quoted', `> ${wrapped(JWT, 70, '\n> ')}\n> \n> Thanks`],
    ['wrapped narrowly and quoted', `> ${wrapped(JWT, 50, '\n> ')}`],
    ['wrapped and quoted twice', `>> ${wrapped(JWT, 70, '\n>> ')}`],
    ['wrapped after a word', `R-Auth: ${wrapped(JWT, 68, '\n')}`],
    ['wrapped, with a word on the next line', `${wrapped(JWT, 76, '\n')}\nthanks`],
  ])('%s', (_, text) => {
    expect(jwtsIn(text)).toEqual({ found: [{ jwt: JWT, isWhole: true }], hasUnreadable: false })
  })

  test('of an algorithm with a long signature, wrapped', () => {
    expect(found(wrapped(LONG, 76, '\r\n'))).toEqual([LONG])
  })

  test('that is not signed', () => {
    expect(jwtsIn(`x ${UNSECURED} y`).found).toEqual([{ jwt: UNSECURED, isWhole: true }])
  })

  test('several times in one text, each once', () => {
    expect(found(`${JWT}\n${LONG}\n\n${JWT}`)).toEqual([JWT, LONG])
  })
})

describe('what was not copied whole', () => {
  it('is said of one whose signature is cut off', () => {
    expect(jwtsIn(JWT.slice(0, -10))).toEqual({
      found: [{ jwt: JWT.slice(0, -10), isWhole: false }],
      hasUnreadable: false,
    })
  })

  it.each([JWT.slice(0, 60), `${JWT.slice(0, 80)}…`, JWT.replace('.', '')])('is no JWT: %s', (text) => {
    expect(jwtsIn(text)).toEqual({ found: [], hasUnreadable: true })
  })

  it.each(['', 'hello', 'everything.is.fine', 'eye', 'https://www.example.com', '\0'])(
    'is not said of %j',
    (text) => {
      expect(jwtsIn(text)).toEqual({ found: [], hasUnreadable: false })
    },
  )
})

it('takes time in proportion to the text', () => {
  const text = 'eyJhbGciOi '.repeat(6_000)
  expect(jwtsIn(text)).toEqual({ found: [], hasUnreadable: true })
})
