import type { Status } from '../status'

/** Always shown beside its shape and color. */
export function statusWord(status: Status): string {
  switch (status) {
    case 'live':
      return 'Live'
    case 'renewable':
      return 'Renews on copy'
    case 'renewing':
      return 'Renewing'
    case 'retrying':
      return 'Retrying soon'
    case 'needs-key':
      return 'API key needed'
    case 'key-rejected':
      return 'API key rejected'
    case 'locked':
      return 'Locked'
  }
}

/** What a status means for someone who needs a JWT now. */
export function statusMeaning(status: Status): string {
  switch (status) {
    case 'live':
      return 'The JWT works.'
    case 'renewable':
      return 'The JWT has expired. Copying renews it automatically.'
    case 'renewing':
      return 'TokenDesk is requesting a new JWT from the service.'
    case 'retrying':
      return 'TokenDesk couldn’t reach the service and will retry automatically. Renew now retries immediately.'
    case 'needs-key':
      return 'This account can’t renew. Enter its API key.'
    case 'key-rejected':
      return 'The service rejected the API key. Enter another one.'
    case 'locked':
      return 'The saved session can’t be decrypted or is damaged. Enter the API key to restore it.'
  }
}

/** A live JWT with less time left than a copied one must have. */
export const ENDS_SOON_MEANING = 'The JWT expires soon. Copying renews it first.'
