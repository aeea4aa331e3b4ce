import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { AccountId } from '../../electron/shared/account'
import type { EpochMs } from '../../electron/shared/brand'
import type { EnvironmentId } from '../../electron/shared/environment'
import { needsAttention, standingOf } from '../../electron/shared/expiry'
import { useDesk } from '../desk'
import { useAccounts } from './accounts'
import { dependOn } from './depend-on'
import { useEnvironments } from './environments'

interface Overview {
  readonly attention: ReadonlySet<AccountId>
  readonly byEnvironment: ReadonlyMap<EnvironmentId, number>
  /** Whose JWT ends next, and when by this machine's clock. */
  readonly nextToEnd: { readonly id: AccountId; readonly at: EpochMs } | null
  /** When something here changes by time alone. */
  readonly changesAt: EpochMs
}

/** Counts and what comes next, over all accounts: looked at when something changed or a deadline has passed, not each second. */
export const useOverview = defineStore('overview', () => {
  const { time, tick } = useDesk()
  const accounts = useAccounts()
  const environments = useEnvironments()
  const lookedAgain = shallowRef(0)

  const overview = computed<Overview>(() => {
    dependOn(lookedAgain)
    const now = time.now()
    const attention = new Set<AccountId>()
    const byEnvironment = new Map<EnvironmentId, number>()
    let nextToEnd: Overview['nextToEnd'] = null
    let changesAt = Number.POSITIVE_INFINITY
    for (const account of accounts.current) {
      const serverNow = environments.serverNow(account.environmentId, now)
      const skew = serverNow - now
      byEnvironment.set(account.environmentId, (byEnvironment.get(account.environmentId) ?? 0) + 1)
      if (needsAttention(standingOf(account, serverNow))) attention.add(account.id)
      const jwtEnds = account.jwt === null ? null : account.jwt.expiresAt - skew
      if (jwtEnds !== null && jwtEnds > now) {
        if (nextToEnd === null || jwtEnds < nextToEnd.at) nextToEnd = { id: account.id, at: jwtEnds }
        changesAt = Math.min(changesAt, jwtEnds)
      }
      const refreshEnds = account.refreshToken === null ? null : account.refreshToken.expiresAt - skew
      if (refreshEnds !== null && refreshEnds > now) changesAt = Math.min(changesAt, refreshEnds)
    }
    return { attention, byEnvironment, nextToEnd, changesAt }
  })

  watch(tick.second, (second) => {
    if (second >= overview.value.changesAt) lookedAgain.value += 1
  })

  return {
    attention: computed(() => overview.value.attention),
    byEnvironment: computed(() => overview.value.byEnvironment),
    nextToEnd: computed(() => overview.value.nextToEnd),
  }
})
