import type { Standing } from '../expiry'

/** One word or two for a standing; always beside its shape and colour. */
export function standingWord(standing: Standing): string {
  switch (standing) {
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
