/** Reads a JWT's claims. Nothing here verifies a signature: claims are hints, never proof. */
import type { EpochMs } from './brand'

type JwtClaims = Readonly<Record<string, unknown>>

export interface DecodedJwt {
  readonly header: JwtClaims
  readonly payload: JwtClaims
}

/** The service's responses are limited to this length, so every JWT of theirs can be read. Real ones are below 8 kB. */
const MAX_LENGTH = 1_048_576
/** Without trailing `=`, as in RFC 7515, or with. */
const BASE64URL = /^[A-Za-z0-9_-]+={0,2}$/u
/** 9999-12-31T23:59:59Z. A claim in ms instead of seconds is later than this. */
const LATEST_SECONDS = 253_402_300_799

/** Longer texts are not searched for JWTs. */
export const PASTED_AT_MOST = 20_000_000

/** 1970-01-01T00:00:00Z: in the past by any clock. */
export const LONG_PAST = 0

/** Reads a JWT in compact form (RFC 7519, section 3.1); null for anything else. */
export function decodeJwt(token: string): DecodedJwt | null {
  if (token.length > MAX_LENGTH) return null
  const first = token.indexOf('.')
  const second = token.indexOf('.', first + 1)
  if (first < 1 || second < 0 || token.includes('.', second + 1)) return null
  const header = decodePart(token.slice(0, first))
  if (header === null) return null
  const payload = decodePart(token.slice(first + 1, second))
  return payload === null ? null : { header, payload }
}

/** The claim `exp` (RFC 7519, section 4.1.4); null where it is absent or implausible. */
export function expiryClaim(token: string): EpochMs | null {
  return expiryOf(decodeJwt(token)?.payload['exp'])
}

/** Any number in the past means expired (auth-api.md, rule 3), even one before 1970. */
export function expiryOf(seconds: unknown): EpochMs | null {
  return typeof seconds === 'number' && seconds <= LONG_PAST ? LONG_PAST : instantOf(seconds)
}

/** The claim `iat` (RFC 7519, section 4.1.6); null like `exp`. */
export function issuedAtClaim(token: string): EpochMs | null {
  return instantOf(decodeJwt(token)?.payload['iat'])
}

function instantOf(seconds: unknown): EpochMs | null {
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return null
  return seconds <= 0 || seconds > LATEST_SECONDS ? null : Math.floor(seconds * 1000)
}

function decodePart(part: string): JwtClaims | null {
  if (!BASE64URL.test(part)) return null
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytesOfPart(part)))
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** Throws for what isn't base64url. */
export function bytesOfPart(part: string): Uint8Array {
  const unpadded = part.replace(/=+$/u, '')
  const binary = atob(unpadded.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}

function isObject(value: unknown): value is JwtClaims {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
