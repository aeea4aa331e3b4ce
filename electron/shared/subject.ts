/** Whom a JWT speaks of, by what it says of itself. Nothing is verified: two that differ are a reason to ask, no proof. */
import { decodeJwt } from './jwt'

export interface JwtSubject {
  /** Claim `sub` (RFC 7519, section 4.1.2). */
  readonly subject: string
  /** Claim `iss`; null where it doesn't say. */
  readonly issuer: string | null
  /** As it calls itself for people, where it does. */
  readonly name: string | null
}

/** Null for what isn't a JWT that can be read, or names nobody. */
export function subjectOf(jwt: string): JwtSubject | null {
  const claims = decodeJwt(jwt)?.payload
  const subject = claims?.['sub']
  if (claims === undefined || typeof subject !== 'string') return null
  const { iss: issuer, name } = claims
  return {
    subject,
    issuer: typeof issuer === 'string' ? issuer : null,
    name: typeof name === 'string' && name !== '' ? name : null,
  }
}

export function isSameSubject(a: JwtSubject, b: JwtSubject): boolean {
  return a.subject === b.subject && a.issuer === b.issuer
}

/** Whether both name somebody, and not the same. */
export function isOtherSubject(a: JwtSubject | null, b: JwtSubject | null): boolean {
  return a !== null && b !== null && !isSameSubject(a, b)
}

/** What is asked before an entered API key replaces a session (auth-api.md, rule 7). */
export interface KeyQuestion {
  /** For the answer. */
  readonly id: string
  readonly reason: 'other-subject' | 'no-refresh-token'
  /** Of the JWT that is stored; null where it can't be told. */
  readonly stored: JwtSubject | null
  /** Of the JWT that the key was granted. */
  readonly answered: JwtSubject | null
  /** The new session has no refresh token, and the stored one is still valid. */
  readonly losesRefreshToken: boolean
}
