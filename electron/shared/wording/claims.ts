import type { RegisteredClaim } from '../claims'

/** What a registered claim says, in a few words to stand beside its name. */
export function claimMeaning(claim: RegisteredClaim): string {
  switch (claim) {
    case 'iss':
      return 'Issued by'
    case 'sub':
      return 'Who it stands for'
    case 'aud':
      return 'Who it is meant for'
    case 'exp':
      return 'Ends'
    case 'nbf':
      return 'Not valid before'
    case 'iat':
      return 'Issued'
    case 'jti':
      return 'ID of this JWT'
  }
}
