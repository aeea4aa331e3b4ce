/** What a JWT says of itself, to be read by people. As in jwt.ts, nothing is verified. */
import type { EpochMs } from './brand'
import { bytesOfPart, decodeJwt, expiryOf } from './jwt'

/** RFC 7519, section 4.1. */
export const REGISTERED_CLAIMS = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'] as const
export type RegisteredClaim = (typeof REGISTERED_CLAIMS)[number]

export interface Claim {
  readonly name: string
  /** A string's content; anything else as JSON on one line, with its digits as they stand in the token. */
  readonly value: string
  /** Which registered claim it is; null for others. */
  readonly meaning: RegisteredClaim | null
  /** What its NumericDate names, `exp` as `expiryClaim` reads it; null without a sensible one, or for other claims. */
  readonly instant: EpochMs | null
}

export interface JwtContents {
  /** JSON on lines with indents; numbers, duplicates and escapes as they stand in the token. */
  readonly header: string
  readonly payload: string
  /** In the token's order. Of claims with one name only the last counts (RFC 7519, section 4). */
  readonly claims: readonly Claim[]
}

/** `auth_time` is OpenID Connect's (Core 1.0, section 2). */
const DATES: readonly string[] = ['exp', 'nbf', 'iat', 'auth_time']
/** 9999-12-31T23:59:59Z, as in jwt.ts. */
const LATEST_SECONDS = 253_402_300_799
/** What is nested deeper stays on one line: indents of a hostile payload would grow with its square. */
const INDENTED_DEPTH = 10

/** Of text that `JSON.parse` has taken: a string, a mark, or a number or word. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s{}[\]:,"]+/gu

/** What stands in the token; null for what `decodeJwt` doesn't take. */
export function claimsOf(jwt: string): JwtContents | null {
  if (decodeJwt(jwt) === null) return null
  const [header = '', payload = ''] = jwt.split('.')
  const payloadTokens = tokensOf(payload)
  return { header: pretty(tokensOf(header)), payload: pretty(payloadTokens), claims: claimsIn(payloadTokens) }
}

/** Not the parsed value: that has rounded long numbers and dropped duplicates. */
function tokensOf(part: string): readonly string[] {
  return new TextDecoder().decode(bytesOfPart(part)).match(TOKEN) ?? []
}

function pretty(tokens: readonly string[]): string {
  let text = ''
  let depth = 0
  let before = ''
  for (const token of tokens) {
    const closes = isClosing(token)
    const depthHere = depth
    if (closes) depth -= 1
    const isItem = before === ',' || (isOpening(before) && !closes)
    const endsItems = closes && !isOpening(before)
    if ((isItem || endsItems) && depthHere <= INDENTED_DEPTH) text += `\n${'  '.repeat(depth)}`
    text += token === ':' ? ': ' : token
    if (isOpening(token)) depth += 1
    before = token
  }
  return text
}

/** `tokens` are those of one object. */
function claimsIn(tokens: readonly string[]): readonly Claim[] {
  const claims = new Map<string, Claim>()
  let name = ''
  let value = ''
  let depth = 0
  for (const token of tokens.slice(1)) {
    if (depth === 0 && token === ':') {
      name = contentOf(value)
      value = ''
    } else if (depth === 0 && (token === ',' || token === '}')) {
      if (value !== '') claims.set(name, claim(name, value))
      value = ''
    } else {
      if (isOpening(token)) depth += 1
      if (isClosing(token)) depth -= 1
      value += token
    }
  }
  return [...claims.values()]
}

/** `json` is the claim's value. */
function claim(name: string, json: string): Claim {
  return {
    name,
    value: contentOf(json),
    meaning: REGISTERED_CLAIMS.find((registered) => registered === name) ?? null,
    instant: instantIn(name, json),
  }
}

function instantIn(name: string, json: string): EpochMs | null {
  // Of JSON only a number is one to `Number`, too.
  const seconds = Number(json)
  if (name === 'exp') return expiryOf(seconds)
  return DATES.includes(name) && seconds > 0 && seconds <= LATEST_SECONDS ? Math.floor(seconds * 1000) : null
}

function contentOf(json: string): string {
  return json.startsWith('"') ? String(JSON.parse(json)) : json
}

function isOpening(token: string): boolean {
  return token === '{' || token === '['
}

function isClosing(token: string): boolean {
  return token === '}' || token === ']'
}
