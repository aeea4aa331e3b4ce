import { describe, expect, it, test } from 'vitest'
import { jwtsIn as jwtsInSlices, type PastedJwts } from '../../../../electron/core/jwt/pasted-jwts'

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

function jwtsIn(text: string): PastedJwts {
  const work = jwtsInSlices(text)
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
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
    ['wrapped by CR alone', wrapped(JWT, 76, '\r')],
    ['wrapped by Unicode’s line separator', wrapped(JWT, 76, '\u2028')],
    [
      'wrapped, with its line breaks written out in JSON',
      JSON.stringify(`${wrapped(JWT, 76, '\r\n')}\r\nthanks`),
    ],
    ['wrapped by soft line breaks of a mail’s source', wrapped(JWT, 75, '=\r\n')],
    ['wrapped with a hyphen at a shell’s continuation', `curl -H "R-Auth: ${wrapped(JWT, 60, '\\\n')}"`],
    ['wrapped in PowerShell', `-Headers @{ "R-Auth" = "${wrapped(JWT, 60, '`\r\n')}" }`],
    ['after a line break that is written out', `{"text":"Here:\\n${JWT}\\nThanks"}`],
    ['in a URL that is encoded', `authorization=Bearer%20${JWT}%22&x=1`],
    ['behind characters written as in JSON for web pages', `{\\u0022jwt\\u0022:\\u0022${JWT}\\u0022}`],
    ['in a Windows variable', `set "R_AUTH=${JWT}"`],
    ['in a cookie', `Cookie: a=b; token=${JWT}; c=d`],
    ['in single curly quotes with an ellipsis after it', `‘${JWT}’…`],
  ])('%s', (_, text) => {
    expect(jwtsIn(text)).toEqual({ found: [{ jwt: JWT, isWhole: true }], hasUnreadable: false })
  })

  test('of an algorithm with a long signature, wrapped', () => {
    expect(found(wrapped(LONG, 76, '\r\n'))).toEqual([LONG])
  })

  test('that is not signed', () => {
    expect(jwtsIn(`x ${UNSECURED} y`).found).toEqual([{ jwt: UNSECURED, isWhole: true }])
  })

  test('that is padded', () => {
    const padded = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}=.eyJpc3MiOiJqb2UifQ==.${'a'.repeat(43)}=`
    expect(jwtsIn(`"${padded}"`).found).toEqual([{ jwt: padded, isWhole: true }])
  })

  test('that is encrypted', () => {
    const encrypted = `${base64url('{"alg":"dir","enc":"A128GCM"}')}..aaaaaaaaaaaaaaaa.bbbbbbbb.cccccccccccccccccccccc`
    expect(jwtsIn(`curl -H 'R-Auth: ${encrypted}'.`).found).toEqual([{ jwt: encrypted, isWhole: true }])
    expect(jwtsIn(encrypted.slice(0, 60))).toEqual({ found: [], hasUnreadable: true })
  })

  test.each([342, 512, 683])('whole, where a line ends as if its signature were shorter (%i)', (length) => {
    const start = LONG.slice(0, LONG.lastIndexOf('.') + 1)
    const jwt = start + 'q'.repeat(length)
    for (const width of [start.length + 342, 76]) expect(found(wrapped(jwt, width, '\n'))).toEqual([jwt])
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

it.each([
  ['beginnings', 'eyJhbGciOi '.repeat(100_000)],
  ['beginnings in lines', 'eyJhbGciOi\n'.repeat(100_000)],
  ['one beginning that goes on for lines', `eyJ${`${'a'.repeat(76)}\n`.repeat(13_000)}`],
  ['one whose claims go on for lines', `eyJ${`${'a'.repeat(40)}.${'a'.repeat(35)}\n`.repeat(13_000)}`],
  ['one line of letters', `eyJ${'a'.repeat(1_000_000)}`],
  ['full stops', `eyJhbGciOi${'.'.repeat(1_000_000)}x`],
  ['letters', 'a'.repeat(1_000_000)],
  ['what marks a quotation', `eyJhbGciOi\n${'> '.repeat(500_000)}`],
  ['backslashes', `eyJhbGciOi${'\\'.repeat(1_000_000)}x`],
])('takes time in proportion to the text: %s', (_, text) => {
  const startedAt = performance.now()
  expect(jwtsIn(text).found).toEqual([])
  // In proportion to its square it was minutes.
  expect(performance.now() - startedAt).toBeLessThan(20_000)
})

it('finds the one JWT in 5 MB of HAR on one line, among the beginnings of others', () => {
  const entry = {
    request: { headers: [{ name: 'X', value: 'eyJhbGciOiJIUzI1NiJ9' }], text: 'x'.repeat(400) },
  }
  const har = JSON.stringify({ log: { entries: Array.from({ length: 10_500 }, () => entry), last: JWT } })
  expect(har.length).toBeGreaterThan(4_900_000)
  expect(jwtsIn(har)).toEqual({ found: [{ jwt: JWT, isWhole: true }], hasUnreadable: true })
})
