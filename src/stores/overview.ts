import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import type { EpochMs } from '../../electron/shared/brand'
import type { EnvironmentId } from '../../electron/shared/environment'
import { nextLeadAt, wantsAttention } from '../../electron/shared/reminders'
import { renewsAt } from '../../electron/shared/renewal-policy'
import type { Settings } from '../../electron/shared/settings'
import type { EndingToken } from '../../electron/shared/wording'
import { useDesk } from '../desk'
import { useAccounts } from './accounts'
import { dependOn } from './depend-on'
import { endingOf } from './ending'
import { useEnvironments } from './environments'
import { useSettings } from './settings'

interface Coming {
  readonly id: AccountId
  /** By this machine's clock. */
  readonly at: EpochMs
}

interface Overview {
  readonly attention: ReadonlySet<AccountId>
  /** Those of them whose refresh token ends soon, the most urgent first; times by this machine's clock. */
  readonly ending: readonly EndingToken[]
  readonly byEnvironment: ReadonlyMap<EnvironmentId, number>
  /** Which account renews next by itself. */
  readonly nextRenewal: Coming | null
  /** Whose JWT ends next. */
  readonly nextToEnd: Coming | null
  /** When something here changes by time alone. */
  readonly changesAt: EpochMs
}

/** Counts and what comes next, over all accounts: looked at when something changed or a deadline has passed, not each second. */
export const useOverview = defineStore('overview', () => {
  const { time, tick } = useDesk()
  const accounts = useAccounts()
  const environments = useEnvironments()
  const settings = useSettings()
  const lookedAgain = shallowRef(0)

  const overview = computed<Overview>(() => {
    dependOn(lookedAgain)
    if (settings.settings === null) return NOTHING
    const look = new Look(settings.settings, time.now())
    for (const account of accounts.current) {
      look.at(account, environments.serverNow(account.environmentId, look.here))
    }
    return look.seen()
  })

  watch(tick.second, (second) => {
    if (second >= overview.value.changesAt) lookedAgain.value += 1
  })

  return {
    attention: computed(() => overview.value.attention),
    ending: computed(() => overview.value.ending),
    byEnvironment: computed(() => overview.value.byEnvironment),
    nextRenewal: computed(() => overview.value.nextRenewal),
    nextToEnd: computed(() => overview.value.nextToEnd),
  }
})

const NOTHING: Overview = {
  attention: new Set(),
  ending: [],
  byEnvironment: new Map(),
  nextRenewal: null,
  nextToEnd: null,
  changesAt: Number.POSITIVE_INFINITY,
}

/** One look over all accounts. */
class Look {
  readonly #attention = new Set<AccountId>()
  readonly #ending: EndingToken[] = []
  readonly #byEnvironment = new Map<EnvironmentId, number>()
  #nextRenewal: Coming | null = null
  #nextToEnd: Coming | null = null
  #changesAt = Number.POSITIVE_INFINITY

  constructor(
    private readonly settings: Settings,
    readonly here: EpochMs,
  ) {}

  at(account: AccountSummary, server: EpochMs): void {
    const { id, environmentId, jwt, refreshToken } = account
    const { settings, here } = this
    const clocks = { here, server }
    const hereOf = (at: EpochMs): EpochMs => at - (server - here)

    this.#byEnvironment.set(environmentId, (this.#byEnvironment.get(environmentId) ?? 0) + 1)
    if (wantsAttention(account, settings, clocks)) this.#attention.add(id)
    if (refreshToken !== null && endingOf(account, settings, clocks) === 'due') {
      const { name, remembersApiKey } = account
      this.#ending.push({ id, name, expiresAt: hereOf(refreshToken.expiresAt), remembersApiKey })
    }

    const renews = renewsAt(account, settings)
    if (renews !== null) this.#nextRenewal = this.#sooner(this.#nextRenewal, id, hereOf(renews))
    if (jwt !== null) this.#nextToEnd = this.#sooner(this.#nextToEnd, id, hereOf(jwt.expiresAt))
    if (refreshToken !== null) this.#changes(hereOf(refreshToken.expiresAt))
    const lead = nextLeadAt(account, settings, server)
    if (lead !== null) this.#changes(hereOf(lead))
    if (account.remindAgainAt !== null) this.#changes(account.remindAgainAt)
  }

  seen(): Overview {
    return {
      attention: this.#attention,
      ending: this.#ending.sort((a, b) => a.expiresAt - b.expiresAt),
      byEnvironment: this.#byEnvironment,
      nextRenewal: this.#nextRenewal,
      nextToEnd: this.#nextToEnd,
      changesAt: this.#changesAt,
    }
  }

  #sooner(known: Coming | null, id: AccountId, at: EpochMs): Coming | null {
    this.#changes(at)
    return at > this.here && (known === null || at < known.at) ? { id, at } : known
  }

  #changes(at: EpochMs): void {
    if (at > this.here) this.#changesAt = Math.min(this.#changesAt, at)
  }
}
