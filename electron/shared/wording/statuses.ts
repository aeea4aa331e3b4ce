import type { Status } from '../status'

/** One word or two for a status; always beside its shape and colour. */
export function statusWord(status: Status): string {
  switch (status) {
    case 'live':
      return 'Live'
    case 'renewable':
      return 'Renewable'
    case 'renewing':
      return 'Renewing'
    case 'waiting':
      return 'Waiting to try again'
    case 'needs-key':
      return 'Needs its API key'
    case 'key-refused':
      return 'API key refused'
    case 'locked':
      return 'Locked'
  }
}

/** What a status means for whoever wants a JWT now. */
export function statusMeaning(status: Status): string {
  switch (status) {
    case 'live':
      return 'The JWT works.'
    case 'renewable':
      return 'The JWT has ended. The next copy renews it by itself.'
    case 'renewing':
      return 'The service is being asked for a new JWT.'
    case 'waiting':
      return 'The service was not reached or is busy. TokenDesk tries again by itself, and at once when you ask.'
    case 'needs-key':
      return 'Nothing is left to renew with. Enter the API key once.'
    case 'key-refused':
      return 'The service says that the API key is wrong. Enter another one.'
    case 'locked':
      return 'The keyring can’t open what it sealed, or the record is damaged. Entering the API key makes it work again.'
  }
}

/** A live JWT with less life than a copied one must have. */
export const ENDS_SOON_MEANING =
  'The JWT works, but has less left than a copied one must have. Copying renews it first.'
