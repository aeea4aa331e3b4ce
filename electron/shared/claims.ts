/** A JWT's claims, for people to read. As in jwt.ts, nothing is verified. */
import type { EpochMs } from './brand'
import { bytesOfPart, decodeJwt, expiryOf } from './jwt'

/** RFC 7519, section 4.1. */
export const REGISTERED_CLAIMS = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'] as const
export type RegisteredClaim = (typeof REGISTERED_CLAIMS)[number]

export interface Claim {
  readonly name: string
  /** A string's content; anything else as JSON on one line, with numbers written as in the token. */
  readonly value: string
  /** Null for other claims. */
  readonly meaning: RegisteredClaim | null
  /**
   * The instant of a NumericDate, with `exp` as `expiryClaim` reads it; null for an implausible one and for other
   * claims.
   */
  readonly instant: EpochMs | null
}

export interface JwtContents {
  /** Indented JSON; numbers, duplicates and escapes as in the token. */
  readonly header: string
  readonly payload: string
  /** In the token's order. Of claims with the same name only the last counts (RFC 7519, section 4). */
  readonly claims: readonly Claim[]
}

/** `auth_time` is OpenID Connect's (Core 1.0, section 2). */
const DATES: readonly string[] = ['exp', 'nbf', 'iat', 'auth_time']
/** 9999-12-31T23:59:59Z, as in jwt.ts. */
const LATEST_SECONDS = 253_402_300_799
/** Deeper nesting stays on one line: the indentation of a hostile payload would grow with its square. */
const INDENTED_DEPTH = 10

/** The tokens of text that `JSON.parse` accepts: a string, a punctuation mark, or a number or word. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s{}[\]:,"]+/gu

/** Null for anything that `decodeJwt` refuses. */
export function claimsOf(jwt: string): JwtContents | null {
  if (decodeJwt(jwt) === null) return null
  const [header = '', payload = ''] = jwt.split('.')
  const payloadTokens = tokensOf(payload)
  return { header: pretty(tokensOf(header)), payload: pretty(payloadTokens), claims: claimsIn(payloadTokens) }
}

/** Not the parsed value: parsing has rounded long numbers and dropped duplicates. */
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

function claim(name: string, json: string): Claim {
  return {
    name,
    value: contentOf(json),
    meaning: REGISTERED_CLAIMS.find((registered) => registered === name) ?? null,
    instant: instantIn(name, json),
  }
}

function instantIn(name: string, json: string): EpochMs | null {
  // JSON that isn't a number becomes NaN here.
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
