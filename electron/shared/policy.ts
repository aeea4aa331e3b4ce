/** What the user can decide about renewal, for one account or for all. */
/** `when-used`: a JWT is renewed when it is copied. `keep-live`: shortly before it expires. */
export const JWT_POLICIES = ['when-used', 'keep-live'] as const
export type JwtPolicy = (typeof JWT_POLICIES)[number]

/**
 * `remind`: the user is reminded before a refresh token expires. `renew`: it is renewed automatically in its last days.
 */
export const REFRESH_TOKEN_POLICIES = ['remind', 'renew'] as const
export type RefreshTokenPolicy = (typeof REFRESH_TOKEN_POLICIES)[number]

/** An account's own choices; null means "as in the settings". */
export interface AccountPolicy {
  readonly jwt: JwtPolicy | null
  readonly refreshToken: RefreshTokenPolicy | null
  readonly muted: boolean
}

export const DEFAULT_POLICY: AccountPolicy = { jwt: null, refreshToken: null, muted: false }
