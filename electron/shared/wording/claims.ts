import type { RegisteredClaim } from '../claims'

/** What a registered claim says, in a few words to stand beside its name. */
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
