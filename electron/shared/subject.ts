/** The subject of a JWT, by its own claims. Nothing is verified: a difference is a reason to ask, not proof. */
import { decodeJwt } from './jwt'

export interface JwtSubject {
  /** Claim `sub` (RFC 7519, section 4.1.2). */
  readonly subject: string
  /** Claim `iss`; null where it is absent. */
  readonly issuer: string | null
  /** Its display name, where it has one. */
  readonly name: string | null
}

/** Null where the JWT can't be read or names no subject. */
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

/** Whether both name a subject, and these differ. */
export function isOtherSubject(a: JwtSubject | null, b: JwtSubject | null): boolean {
  return a !== null && b !== null && !isSameSubject(a, b)
}

/** Asked before an entered API key replaces a session (auth-api.md, rule 7). */
export interface KeyQuestion {
  /** Identifies the question in `answerWhoseKey`. */
  readonly id: string
  readonly reason: 'other-subject' | 'no-refresh-token'
  /** Of the stored JWT; null where it is unknown. */
  readonly stored: JwtSubject | null
  /** Of the JWT just granted for the key. */
  readonly answered: JwtSubject | null
  /** The new session has no refresh token, while the stored one is still valid. */
  readonly losesRefreshToken: boolean
}
