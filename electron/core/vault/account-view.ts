/** An account as the other parts see it, without its secrets. */
import type { AccountId, AccountSummary } from '../../shared/account'
import type { LockedReason } from '../../shared/problem'
import type { SessionFacts } from './account-record'
import type { AccountEntries } from './account-entries'
import { doubtfulStatusOf, withoutDoubtful } from './refusals'
import { isUnprotected } from './sealed-text'
import { isBehind, sealedOf, type Entry, type Profile } from './vault-entry'

export interface Account extends Profile {
  readonly id: AccountId
  /** Null when its session was kept in memory only and the app has been restarted since. */
  readonly session: SessionFacts | null
  /** One of its refusals doesn't count (`withoutDoubtful`), so its token or key is sent once more. */
  readonly triesOnceMore: boolean
  /** The HTTP status of such a refusal, where it is about the environment. */
  readonly doubtfulStatus: number | null
  readonly secretsIn: AccountSummary['secretsIn']
  readonly locked: LockedReason | null
}

export function accountOf(id: AccountId, entry: Entry, entries: AccountEntries): Account {
  const { profile, locked } = entry
  const { session, doubtfulStatus } = counted(entry)
  // A company without a (valid) partner is listed on its own.
  const hasPartner = profile.partnerId !== null && entries.isPartner(profile.partnerId)
  const partnerId = hasPartner ? profile.partnerId : null
  const triesOnceMore = session !== (entry.session?.facts ?? null)
  const secretsIn = placeOfSecrets(entry)
  return { id, ...profile, partnerId, session, triesOnceMore, doubtfulStatus, locked, secretsIn }
}

/** Cached, since it is read often and changes only with the session or the address. */
function counted(entry: Entry): Pick<Account, 'session' | 'doubtfulStatus'> {
  const { profile } = entry
  const session = entry.session?.facts ?? null
  const { baseUrl } = profile.environment
  if (session === null) return { session, doubtfulStatus: null }
  if (entry.counted?.of !== session || entry.counted.baseUrl !== baseUrl) {
    const facts = withoutDoubtful(session, baseUrl)
    const doubtfulStatus = facts === session ? null : doubtfulStatusOf(session, baseUrl)
    entry.counted = { of: session, baseUrl, facts, doubtfulStatus }
  }
  return { session: entry.counted.facts, doubtfulStatus: entry.counted.doubtfulStatus }
}

function placeOfSecrets(entry: Entry): AccountSummary['secretsIn'] {
  const sealed = sealedOf(entry)
  if (entry.locked !== null) return 'locked'
  if (sealed === null || entry.session?.inMemory !== null || isBehind(entry)) return 'memory'
  return isUnprotected(sealed.sealed) ? 'unprotected-file' : 'keyring'
}
