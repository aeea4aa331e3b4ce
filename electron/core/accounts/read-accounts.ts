/** How the accounts are read at a start: those that the list begins with first, and what they know of environments. */
import type { AccountId } from '../../shared/account'
import { copyOf } from '../vault/account-record'
import type { AccountUsage } from '../activity/account-usage'
import type { AppEmitter } from '../base/app-events'
import type { AppState } from '../settings/app-state'
import type { StartupRowsCache } from './startup-rows-cache'
import type { LoadReport } from '../vault/record-intake'
import type { Vault } from '../vault/vault'
import { isWithoutEnvironment, type Profile } from '../vault/vault-entry'

/** What a start tells on its way. */
export interface StartSteps {
  /** What the list begins with can be looked at; the others are read when it resolves. Not told where that isn't known. */
  readonly firstAreRead: () => Promise<unknown>
  /** All accounts can be looked at; the keyring is asked when it resolves. */
  readonly allAreRead: () => Promise<unknown>
}

export interface ReadAccountsDeps {
  readonly vault: Vault
  readonly state: AppState
  readonly startupRows: StartupRowsCache
  readonly usage: AccountUsage
  readonly events: AppEmitter
}

/** Rejects when the accounts' folder can't be read. */
export async function readAccounts(
  { vault, state, startupRows, usage, events }: ReadAccountsDeps,
  { firstAreRead, allAreRead }: StartSteps,
): Promise<LoadReport> {
  startupRows.load()
  usage.load()
  const isKnown = ([, profile]: readonly [AccountId, Profile]): boolean =>
    isWithoutEnvironment(profile) || state.environment(profile.environment.id) !== undefined
  return await vault.load(state.settings.unprotectedStorage === 'accepted', {
    first: state.settings.sortBy === 'name' ? startupRows.ids : [],
    firstAreRead: async () => {
      // An environment that was lost comes back when all records are read.
      if (Array.from(vault.profiles()).every(isKnown)) await firstAreRead()
    },
    usedBefore: usage.takeOver.bind(usage),
    allAreRead: async () => {
      usage.keepOnly(vault.ids())
      const copies = Array.from(vault.profiles(), ([, { environment }]) => environment)
      const isCorrected = state.correctAddresses(copies)
      const isRestored = state.restoreEnvironments(copies)
      if (isCorrected || isRestored) events.emit('environmentsChanged', { environments: state.environments })
      // Records that were not written since an environment was changed.
      for (const environment of state.environments) vault.environmentChanged(copyOf(environment))
      state.learnGranted(() =>
        vault.accounts().flatMap(({ session, environment }) => (session?.jwt == null ? [] : [environment])),
      )
      await allAreRead()
    },
  })
}
