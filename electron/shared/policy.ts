/** What the user can decide about renewing an account, for it or for all. */
/** `when-used`: a JWT is renewed when somebody copies it. `keep-live`: shortly before it expires. */
export const JWT_POLICIES = ['when-used', 'keep-live'] as const
export type JwtPolicy = (typeof JWT_POLICIES)[number]

/**
 * `remind`: the user is reminded before a refresh token expires. `renew`: it is renewed automatically in its last days.
 */
export const REFRESH_TOKEN_POLICIES = ['remind', 'renew'] as const
export type RefreshTokenPolicy = (typeof REFRESH_TOKEN_POLICIES)[number]

/** What an account says for itself; null is "as the settings say". */
export interface AccountPolicy {
  readonly jwt: JwtPolicy | null
  readonly refreshToken: RefreshTokenPolicy | null
  /** No notifications about this account. */
  readonly muted: boolean
}

export const DEFAULT_POLICY: AccountPolicy = { jwt: null, refreshToken: null, muted: false }
