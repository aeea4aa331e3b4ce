import type { ActivityEntry } from '../activity'
import { copyFormatName } from './copy-formats'
import { isolated } from './messages'
import { leadInWords } from './policies'

/** `Refreshed`, `Copied as curl (bash)`, `Renewal failed: service busy`. */
export function describeActivity({ what }: Pick<ActivityEntry, 'what'>): string {
  switch (what.kind) {
    case 'added':
      return 'Added'
    case 'logged-in':
      return 'Logged in by API key'
    case 'refreshed':
      return 'Refreshed'
    case 'removed':
      return 'Removed'
    case 'revealed':
      return 'JWT revealed'
    case 'copied':
      return what.format === 'jwt' ? 'JWT copied' : `Copied as ${copyFormatName(what.format)}`
    case 'copied-claim':
      return `Claim ${isolated(what.claim)} copied`
    case 'failed':
      return `Renewal failed: ${failure(what.problem)}`
    case 'reminded':
      return what.leadMs === 0
        ? 'Reminded: the refresh token has expired'
        : `Reminded ${leadInWords(what.leadMs)} before the refresh token expires`
    case 'told':
      return what.of === 'key-needed' ? 'Told: needs its API key' : 'Told: API key refused'
  }
}

function failure(code: Extract<ActivityEntry['what'], { kind: 'failed' }>['problem']): string {
  switch (code) {
    case 'unreachable':
      return 'service not reached'
    case 'no-answer':
      return 'no answer'
    case 'service-unavailable':
      return 'service busy'
    case 'unexpected-status':
      return 'unexpected status'
    case 'not-the-service':
      return 'a proxy answered'
    case 'invalid-response':
      return 'the answer made no sense'
    case 'redirected':
      return 'redirected'
    case 'environment-changed':
      return 'the environment was changed meanwhile'
    case 'address-to-confirm':
      return 'its base URL must be confirmed'
    case 'wrong-address':
      return 'the address does not answer like the service'
    case 'refused-together':
      return 'refused together with other accounts'
    case 'key-refused':
      return 'API key refused'
    case 'key-needed':
      return 'API key needed'
    case 'locked':
      return 'secrets could not be opened'
    case 'storage-unwritable':
      return 'could not be stored'
  }
}
