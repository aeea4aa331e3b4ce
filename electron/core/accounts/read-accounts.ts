/** How the accounts are read at a start: those that the list begins with first, and what they know of environments. */
import type { AccountId } from '../../shared/account'
import { copyOf } from '../vault/account-record'
import type { AccountUsage } from '../activity/account-usage'
import type { AppEmitter } from '../base/app-events'
import type { SettingsStore } from '../settings/settings-store'
import type { EnvironmentStore } from '../settings/environment-store'
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
  readonly settingsStore: SettingsStore
  readonly environmentStore: EnvironmentStore
  readonly startupRows: StartupRowsCache
  readonly usage: AccountUsage
  readonly events: AppEmitter
}

/** Rejects when the accounts' folder can't be read. */
export async function readAccounts(
  { vault, settingsStore, environmentStore, startupRows, usage, events }: ReadAccountsDeps,
  { firstAreRead, allAreRead }: StartSteps,
): Promise<LoadReport> {
  startupRows.load()
  usage.load()
  const isKnown = ([, profile]: readonly [AccountId, Profile]): boolean =>
    isWithoutEnvironment(profile) || environmentStore.get(profile.environment.id) !== undefined
  return await vault.load(settingsStore.current.unprotectedStorage === 'accepted', {
    first: settingsStore.current.sortBy === 'name' ? startupRows.ids : [],
    firstAreRead: async () => {
      // An environment that was lost comes back when all records are read.
      if (Array.from(vault.profiles()).every(isKnown)) await firstAreRead()
    },
    usedBefore: usage.takeOver.bind(usage),
    allAreRead: async () => {
      usage.keepOnly(vault.ids())
      const copies = Array.from(vault.profiles(), ([, { environment }]) => environment)
      const isCorrected = environmentStore.correctAddresses(copies)
      const isRestored = environmentStore.restore(copies)
      if (isCorrected || isRestored)
        events.emit('environmentsChanged', { environments: environmentStore.all })
      // Records that were not written since an environment was changed.
      for (const environment of environmentStore.all) vault.environmentChanged(copyOf(environment))
      environmentStore.learnGranted(() =>
        vault.accounts().flatMap(({ session, environment }) => (session?.jwt == null ? [] : [environment])),
      )
      await allAreRead()
    },
  })
}
