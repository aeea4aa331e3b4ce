import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import type { EpochMs } from '../../electron/shared/brand'
import type { EnvironmentId } from '../../electron/shared/environment'
import { expectedExpiry, liveUntil, needsAttention, statusOf } from '../../electron/shared/status'
import { nextLeadAt, wantsAttention, type ReminderSettings } from '../../electron/shared/reminders'
import { renewsAt } from '../../electron/shared/renewal-times'
import type { EndingToken } from '../../electron/shared/wording'
import { useApp } from '../base/app-context'
import { useAccounts } from './accounts'
import { dependOn } from '../base/depend-on'
import { endingOf } from './ending'
import { useEnvironments } from './environments'
import { useSettings } from './settings'

interface Coming {
  readonly id: AccountId
  /** By this computer's clock. */
  readonly at: EpochMs
}

interface Overview {
  readonly attention: ReadonlySet<AccountId>
  /** Those with a refresh token that expires soon, most urgent first; times by this computer's clock. */
  readonly ending: readonly EndingToken[]
  readonly byEnvironment: ReadonlyMap<EnvironmentId, number>
  /** The account that renews next automatically. */
  readonly nextRenewal: Coming | null
  /** The account whose JWT expires next. */
  readonly nextToEnd: Coming | null
  /** Increases when an account's urgency changes. */
  readonly urgencyRevision: number
  /** When something here next changes by time alone. */
  readonly changesAt: EpochMs
}

/** Counts and upcoming events of all accounts: each account is evaluated again after a change or a passed deadline. */
export const useOverview = defineStore('overview', () => {
  const { time, tick } = useApp()
  const accounts = useAccounts()
  const environments = useEnvironments()
  const settings = useSettings()
  const reevaluated = shallowRef(0)
  const known = new Map<AccountId, AccountFacts>()
  let urgencyRevision = 0

  accounts.follow((changes) => {
    for (const { id, after } of changes) if (after === null && known.delete(id)) urgencyRevision += 1
  })

  const overview = computed<Overview>((before) => {
    dependOn(reevaluated)
    if (settings.policies === null) return NOTHING
    const sum = new Sum(time.now())
    const skews = new Map(environments.all.map(({ id }) => [id, environments.serverNow(id, 0)]))
    for (const account of accounts.current) {
      const given = {
        settings: settings.policies,
        here: sum.here,
        skewMs: skews.get(account.environmentId) ?? 0,
      }
      let facts = known.get(account.id)
      if (facts === undefined || !isTrue(facts, account, given)) {
        const now = factsOf(account, given)
        if (facts?.urgency !== now.urgency) urgencyRevision += 1
        known.set(account.id, now)
        facts = now
      }
      sum.add(facts)
    }
    return sum.overview(urgencyRevision, before)
  })

  watch(tick.second, (second) => {
    if (second >= overview.value.changesAt) reevaluated.value += 1
  })

  const urgency = computed(() => overview.value.urgencyRevision)
  /** Most urgent first, and within that by name. */
  const sortedByUrgency = computed<readonly AccountSummary[]>(() => {
    dependOn(urgency)
    const byUrgency = URGENCIES.map((): AccountSummary[] => [])
    for (const account of accounts.sorted) byUrgency[known.get(account.id)?.urgency ?? 0]?.push(account)
    return byUrgency.flat()
  })

  return {
    attention: computed(() => overview.value.attention),
    ending: computed(() => overview.value.ending),
    byEnvironment: computed(() => overview.value.byEnvironment),
    nextRenewal: computed(() => overview.value.nextRenewal),
    nextToEnd: computed(() => overview.value.nextToEnd),
    sortedByUrgency,
  }
})

const NOTHING: Overview = {
  attention: new Set(),
  ending: [],
  byEnvironment: new Map(),
  nextRenewal: null,
  nextToEnd: null,
  urgencyRevision: -1,
  changesAt: Number.POSITIVE_INFINITY,
}

/** What the facts depend on; `skewMs` is the server's time minus this computer's. */
interface Given {
  readonly settings: ReminderSettings
  readonly here: EpochMs
  readonly skewMs: number
}

/** 0: needs the user; 1: its refresh token expires soon; 2: retrying soon; 3: can be renewed; 4: live. */
const URGENCIES = [0, 1, 2, 3, 4] as const
type Urgency = (typeof URGENCIES)[number]

/** What is known of one account. Times by this computer's clock. */
interface AccountFacts {
  readonly account: AccountSummary
  readonly given: Given
  readonly attention: boolean
  readonly urgency: Urgency
  readonly ending: EndingToken | null
  readonly renewsAt: EpochMs | null
  readonly jwtEndsAt: EpochMs | null
  /** Until then the facts hold, if nothing else changes. */
  readonly changesAt: EpochMs
}

function isTrue(facts: AccountFacts, account: AccountSummary, { settings, here, skewMs }: Given): boolean {
  return (
    facts.account === account &&
    facts.given.settings === settings &&
    facts.given.skewMs === skewMs &&
    // The clock may have been set back.
    here >= facts.given.here &&
    here < facts.changesAt
  )
}

function factsOf(account: AccountSummary, given: Given): AccountFacts {
  const { id, name, jwt, refreshToken, remembersApiKey } = account
  const { settings, here, skewMs } = given
  const clocks = { here, server: here + skewMs }
  const hereOf = (server: EpochMs | null): EpochMs | null => (server === null ? null : server - skewMs)

  const attention = wantsAttention(account, settings, clocks)
  const renewing = hereOf(renewsAt(account, settings))
  const tokenEndsAt = hereOf(refreshToken && expectedExpiry(refreshToken))
  const coming = [
    renewing,
    hereOf(jwt && liveUntil(jwt)),
    tokenEndsAt,
    hereOf(nextLeadAt(account, settings, clocks.server)),
    account.remindAgainAt,
  ].filter((at) => at !== null && at > here)
  return {
    account,
    given,
    attention,
    urgency: urgencyOf(account, attention, clocks.server),
    ending:
      tokenEndsAt !== null && endingOf(account, settings, clocks) === 'due'
        ? {
            id,
            name,
            expiresAt: tokenEndsAt,
            isEstimate: refreshToken?.expiresAt === null,
            remembersApiKey,
          }
        : null,
    renewsAt: renewing,
    // Unknown for a JWT of unknown expiry.
    jwtEndsAt: hereOf(jwt?.expiresAt ?? null),
    changesAt: coming.reduce<EpochMs>(
      (soonest, at) => Math.min(soonest, at ?? soonest),
      Number.POSITIVE_INFINITY,
    ),
  }
}

/** A renewal in progress doesn't change it: it would change back in a moment. */
function urgencyOf(account: AccountSummary, attention: boolean, serverNow: EpochMs): Urgency {
  const isRenewing = account.renewal.phase === 'renewing'
  const status = statusOf(isRenewing ? { ...account, renewal: { phase: 'idle' } } : account, serverNow)
  if (needsAttention(status)) return 0
  if (attention) return 1
  if (status === 'retrying') return 2
  return status === 'renewable' ? 3 : 4
}

/** The facts of all accounts, added up. */
class Sum {
  readonly #attention = new Set<AccountId>()
  readonly #ending: EndingToken[] = []
  readonly #byEnvironment = new Map<EnvironmentId, number>()
  #nextRenewal: Coming | null = null
  #nextToEnd: Coming | null = null
  #changesAt = Number.POSITIVE_INFINITY

  constructor(readonly here: EpochMs) {}

  add({ account, attention, ending, renewsAt, jwtEndsAt, changesAt }: AccountFacts): void {
    const { id, environmentId } = account
    this.#byEnvironment.set(environmentId, (this.#byEnvironment.get(environmentId) ?? 0) + 1)
    if (attention) this.#attention.add(id)
    if (ending !== null) this.#ending.push(ending)
    this.#nextRenewal = this.#sooner(this.#nextRenewal, id, renewsAt)
    this.#nextToEnd = this.#sooner(this.#nextToEnd, id, jwtEndsAt)
    this.#changesAt = Math.min(this.#changesAt, changesAt)
  }

  overview(urgencyRevision: number, before: Overview | undefined): Overview {
    const isSame = before !== undefined && sameMembers(before.attention, this.#attention)
    return {
      // The same set while its content is the same, so that rows don't render again.
      attention: isSame ? before.attention : this.#attention,
      ending: this.#ending.sort((a, b) => a.expiresAt - b.expiresAt),
      byEnvironment: this.#byEnvironment,
      nextRenewal: this.#nextRenewal,
      nextToEnd: this.#nextToEnd,
      urgencyRevision,
      changesAt: this.#changesAt,
    }
  }

  #sooner(known: Coming | null, id: AccountId, at: EpochMs | null): Coming | null {
    return at !== null && at > this.here && (known === null || at < known.at) ? { id, at } : known
  }
}

function sameMembers(a: ReadonlySet<AccountId>, b: ReadonlySet<AccountId>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id))
}
