/** Reads the accounts at a start, the first rows of the list first, and repairs environments by their copies. */
import type { AccountId } from '../../shared/account'
import { isByName } from '../../shared/sort-order'
import { copyOf } from '../vault/account-record'
import type { AccountUsage } from '../activity/account-usage'
import type { AppEmitter } from '../base/app-events'
import type { SettingsStore } from '../settings/settings-store'
import type { EnvironmentStore } from '../settings/environment-store'
import type { StartupRowsCache } from './startup-rows-cache'
import type { LoadReport } from '../vault/record-intake'
import type { Vault } from '../vault/vault'
import { isWithoutEnvironment, type Profile } from '../vault/vault-entry'

/** The steps of reading; each is awaited before the next begins. */
export interface StartSteps {
  /** The first rows can be shown. Skipped where an account's environment isn't known yet. */
  readonly firstAreRead: () => Promise<unknown>
  /** All accounts can be shown; the keyring is asked after that. */
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
    first: isByName(settingsStore.current) ? startupRows.ids : [],
    firstAreRead: async () => {
      // A lost environment is restored only when all records are read.
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
      // Records may have an older copy of an environment.
      for (const environment of environmentStore.all) vault.environmentChanged(copyOf(environment))
      environmentStore.learnGranted(() =>
        vault.accounts().flatMap(({ session, environment }) => (session?.jwt == null ? [] : [environment])),
      )
      await allAreRead()
    },
  })
}
