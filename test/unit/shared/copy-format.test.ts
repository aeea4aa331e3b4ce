import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  COPY_FORMATS,
  formatJwt,
  type CopyFormat,
  type CopyProblem,
  type CopySource,
} from '../../../electron/shared/copy-format'
import { inputs } from '../../support/length'

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln-bmF0_dXJl'

function aSource(parts: Partial<CopySource> = {}): CopySource {
  return {
    jwt: JWT,
    baseUrl: 'https://sandbox.example.com',
    environmentName: 'Sandbox',
    accountName: 'ACME',
    ...parts,
  }
}

function copied(format: CopyFormat, parts: Partial<CopySource> = {}): string {
  const result = formatJwt(format, aSource(parts))
  if (!result.ok) throw new Error(result.reason)
  return result.value
}

function refusal(format: CopyFormat, jwt: string): CopyProblem | null {
  const result = formatJwt(format, aSource({ jwt }))
  return result.ok ? null : result.reason
}

describe('a JWT as the service issues them', () => {
  it.each<[CopyFormat, string]>([
    ['jwt', JWT],
    ['header', `R-Auth: ${JWT}`],
    ['curl-posix', `curl --header 'R-Auth: ${JWT}' 'https://sandbox.example.com'`],
    ['curl-powershell', `curl.exe --header 'R-Auth: ${JWT}' 'https://sandbox.example.com'`],
    ['export-posix', `export R_AUTH='${JWT}'`],
    ['export-powershell', `$env:R_AUTH = '${JWT}'`],
    ['httpie', `http GET 'https://sandbox.example.com' 'R-Auth:${JWT}'`],
  ])('as %s is one line', (format, line) => {
    expect(copied(format)).toBe(line)
  })

  it.each<CopyFormat>(['postman', 'bruno'])('as %s is an environment with a secret', (format) => {
    expect(JSON.parse(copied(format))).toEqual({
      id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/u) as string,
      name: 'ACME (Sandbox)',
      values: [
        { key: 'baseUrl', value: 'https://sandbox.example.com', type: 'default', enabled: true },
        { key: 'R_AUTH', value: JWT, type: 'secret', enabled: true },
      ],
      _postman_variable_scope: 'environment',
    })
  })
})

describe('what cannot stand in a header', () => {
  it.each([
    ['a line break', 'a\nX-Admin: yes'],
    ['a carriage return', 'a\rb'],
    ['both', 'a\r\nX-Admin: yes'],
    ['a line break at the end', 'a\n'],
    ['a NUL', 'a\u0000b'],
    ['a tab', 'a\tb'],
    ['an escape, which a terminal would obey', 'a\u001b[2J'],
    ['a delete', 'a\u007fb'],
    ['a control character beyond ASCII', 'a\u0085b'],
    ['a space in front', ' a'],
    ['a space behind', 'a '],
    ['half a surrogate pair', 'a\ud83db'],
    ['nothing', ''],
  ])('%s: only the JWT alone is copied, as it is', (_name, jwt) => {
    expect(copied('jwt', { jwt })).toBe(jwt)
    for (const format of COPY_FORMATS.filter((other) => other !== 'jwt')) {
      expect(refusal(format, jwt), format).toBe('not-a-header-value')
    }
  })
})

describe('in a POSIX shell', () => {
  it('a single quote leaves the quotes and comes back', () => {
    expect(copied('export-posix', { jwt: `it's $(x) "y" \\ \`z\` !` })).toBe(
      `export R_AUTH='it'\\''s $(x) "y" \\ \`z\` !'`,
    )
  })

  it('the base URL is quoted, and its brackets are no range', () => {
    expect(copied('curl-posix', { baseUrl: "https://[2001:db8::1]/o'brien/a[1-3]" })).toBe(
      `curl --globoff --header 'R-Auth: ${JWT}' 'https://[2001:db8::1]/o'\\''brien/a[1-3]'`,
    )
  })
})

describe('in PowerShell', () => {
  it.each(["'", '‘', '’', '‚', '‛'])('%s is doubled', (quote) => {
    expect(copied('export-powershell', { jwt: `a${quote}b` })).toBe(`$env:R_AUTH = 'a${quote}${quote}b'`)
  })

  it('a string is read back as it was, whatever is in it', () => {
    const nasty = fc.constantFrom(...Array.from(`'‘’‚‛"\`$()\\ ab{}!%;é🦊`))
    const jwts = fc.string({ unit: nasty, minLength: 1 }).map((text) => `.${text}.`)
    fc.assert(
      fc.property(jwts, (jwt) => {
        const line = copied('export-powershell', { jwt })
        expect(readPowerShellString(line.slice('$env:R_AUTH = '.length))).toEqual({ value: jwt, rest: '' })
      }),
      inputs(100),
    )
  })

  it.each(['a"b', 'a\\', 'a\\"b'])('%s goes through standard input, where no argument is built', (jwt) => {
    expect(copied('curl-powershell', { jwt })).toBe(
      `'', 'R-Auth: ${jwt}' | curl.exe --header '@-' 'https://sandbox.example.com'`,
    )
  })

  it('curl gets nothing beyond ASCII, which Windows would change', () => {
    expect(refusal('curl-powershell', 'é')).toBe('not-in-this-format')
    expect(copied('export-powershell', { jwt: 'é' })).toBe("$env:R_AUTH = 'é'")
  })

  it('brackets of the base URL are no range', () => {
    expect(copied('curl-powershell', { baseUrl: 'http://[::1]:3000' })).toBe(
      `curl.exe --globoff --header 'R-Auth: ${JWT}' 'http://[::1]:3000'`,
    )
  })
})

describe('in HTTPie', () => {
  it.each([
    ['=abc', String.raw`R-Auth:\=abc`],
    ['@abc', String.raw`R-Auth:\@abc`],
    [':=abc', 'R-Auth::=abc'],
    ['abc==', 'R-Auth:abc=='],
    [String.raw`a\b\\c`, String.raw`R-Auth:a\b\\c`],
  ])('%s is written %s', (jwt, item) => {
    expect(copied('httpie', { jwt })).toBe(`http GET 'https://sandbox.example.com' '${item}'`)
  })

  it.each([':', ';', '=', '@'])('a backslash before %s cannot be written', (separator) => {
    expect(refusal('httpie', `a\\${separator}b`)).toBe('not-in-this-format')
  })
})

describe('as an environment', () => {
  it('keeps every character', () => {
    const jwt = '"\\\'$`!é🦊{}'
    expect(JSON.parse(copied('postman', { jwt }))).toMatchObject({
      values: [{ key: 'baseUrl' }, { key: 'R_AUTH', value: jwt }],
    })
  })

  it.each<CopyFormat>(['postman', 'bruno'])('%s would read braces as a variable', (format) => {
    expect(refusal(format, 'a{{baseUrl}}b')).toBe('not-in-this-format')
  })

  it('has the id of its account, whatever the JWT', () => {
    const id = idOf({})
    expect(idOf({ jwt: 'another' })).toBe(id)
    expect(idOf({ accountName: 'Nordwind' })).not.toBe(id)
    expect(idOf({ environmentName: 'Staging' })).not.toBe(id)
    expect(idOf({ baseUrl: 'https://staging.example.com' })).not.toBe(id)
    // The parts are told apart.
    expect(idOf({ environmentName: 'a', accountName: 'bc' })).not.toBe(
      idOf({ environmentName: 'ab', accountName: 'c' }),
    )
  })
})

function idOf(parts: Partial<CopySource>): unknown {
  return (JSON.parse(copied('postman', parts)) as { readonly id: unknown }).id
}

/** As PowerShell's tokenizer reads a string in single quotes, of which it has five. */
function readPowerShellString(text: string): { readonly value: string; readonly rest: string } {
  const isQuote = (character: string | undefined) => /^['‘’‚‛]$/u.test(character ?? '')
  const characters = Array.from(text)
  if (!isQuote(characters[0])) throw new Error(`No string: ${text}`)
  let value = ''
  for (let at = 1; at < characters.length; at += 1) {
    if (isQuote(characters[at])) {
      if (!isQuote(characters[at + 1])) return { value, rest: characters.slice(at + 1).join('') }
      at += 1
    }
    value += characters[at] ?? ''
  }
  throw new Error(`No end: ${text}`)
}
