import type { ActivityEntry } from '../activity'
import { copyFormatName } from './copy-formats'
import { gatewayUse } from './gateway'
import { isolated } from './messages'
import { leadInWords } from './policies'

/** `Renewed`, `Copied as curl (bash)`, `Renewal failed: service unavailable`. */
export function describeActivity({ what }: Pick<ActivityEntry, 'what'>): string {
  switch (what.kind) {
    case 'added':
      return 'Added'
    case 'logged-in':
      return 'Logged in with API key'
    case 'refreshed':
      return 'Renewed'
    case 'removed':
      return 'Removed'
    case 'revealed':
      return 'JWT revealed'
    case 'gateway-opened':
      return 'Gateway opened'
    case 'gateway-closed':
      return 'Gateway closed'
    case 'gateway-renamed':
      return 'Gateway address replaced'
    case 'gateway-armed':
      return 'Changes in production allowed for 15 minutes'
    case 'gateway-used':
      return gatewayUse(what.counts)
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
      return what.of === 'key-needed' ? 'Notified: API key needed' : 'Notified: API key rejected'
  }
}

function failure(code: Extract<ActivityEntry['what'], { kind: 'failed' }>['problem']): string {
  switch (code) {
    case 'unreachable':
      return 'service couldn’t be reached'
    case 'no-answer':
      return 'no response'
    case 'service-unavailable':
      return 'service unavailable'
    case 'unexpected-status':
      return 'unexpected status'
    case 'not-the-service':
      return 'proxy or sign-in page in the way'
    case 'invalid-response':
      return 'invalid response'
    case 'redirected':
      return 'redirected'
    case 'environment-changed':
      return 'environment changed in the meantime'
    case 'address-to-confirm':
      return 'base URL not confirmed'
    case 'wrong-address':
      return 'the address doesn’t answer like the service'
    case 'refused-together':
      return 'rejected together with other accounts'
    case 'key-refused':
      return 'API key rejected'
    case 'key-needed':
      return 'API key needed'
    case 'locked':
      return 'secrets couldn’t be decrypted'
    case 'storage-unwritable':
      return 'couldn’t be saved'
  }
}
