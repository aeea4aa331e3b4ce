import type { RegisteredClaim } from '../claims'

/** A registered claim's meaning, shown beside its name. */
export function claimMeaning(claim: RegisteredClaim): string {
  switch (claim) {
    case 'iss':
      return 'Issuer'
    case 'sub':
      return 'Subject'
    case 'aud':
      return 'Audience'
    case 'exp':
      return 'Expires'
    case 'nbf':
      return 'Not valid before'
    case 'iat':
      return 'Issued'
    case 'jti':
      return 'JWT ID'
  }
}
