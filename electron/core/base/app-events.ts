/** What happens in the app, with what changed. Who reacts: `core/app/reactions.ts`, and `main/reactions.ts` for the windows. */
import type { AccountId } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import type { Environment, EnvironmentId } from '../../shared/environment'
import type { NavigationTarget } from '../../shared/navigation'
import type { ProxyStatus } from '../../shared/proxy'
import type { Settings } from '../../shared/settings'
import type { StorageStatus } from '../../shared/storage'
import type { ImportProgress } from '../../shared/transfer'
import type { AvailableUpdate } from '../../shared/update-feed'
import type { Emitter } from './emitter'

export interface AppEvents {
  /** Their summaries are no longer what they were, or they are new. */
  readonly accountsChanged: { readonly ids: readonly AccountId[] }
  /** For good. */
  readonly accountRemoved: { readonly id: AccountId }
  /** A removal can no longer be undone. It has not been carried out where the disk refused it. */
  readonly removalEnded: { readonly id: AccountId; readonly name: string; readonly isDeleted: boolean }
  /** Accounts stay, without their sessions. */
  readonly secretsForgotten: { readonly ids: readonly AccountId[] }
  readonly settingsChanged: { readonly settings: Settings }
  readonly environmentsChanged: { readonly environments: readonly Environment[] }
  readonly storageChanged: { readonly status: StorageStatus }
  /** It has locked or unlocked, or has a passphrase now, or none any more. */
  readonly lockChanged: { readonly isLocked: boolean }
  /**
   * `clearsAt`: when the clipboard will be cleared of what we put there; null when there is nothing (any more).
   * `couldNotClear`: it should be clear of that by now, and isn't.
   */
  readonly clipboardChanged: { readonly clearsAt: EpochMs | null; readonly couldNotClear: boolean }
  /** The clipboard couldn't be cleared for so long that the user should know; false when that is over. */
  readonly clipboardStuck: { readonly isStuck: boolean }
  readonly importProgressed: ImportProgress
  /** Its result is there, to be fetched once. */
  readonly importEnded: undefined
  /** `until`: when a service that limits may be asked again, by this machine's clock; null: it may be now. */
  readonly servicePaused: { readonly environmentId: EnvironmentId; readonly until: EpochMs | null }
  readonly proxyChanged: { readonly proxy: ProxyStatus }
  /** A proxy gets a user name and a password now that it has turned requests away for. */
  readonly proxyAnswered: undefined
  readonly traySummaryChanged: TraySummaryView
  /** A request through its gateway would have changed production, where that is not allowed now. */
  readonly productionRefused: { readonly id: AccountId }
  /** Others are open, or may change production. */
  readonly gatewaysChanged: undefined
  readonly updateFound: AvailableUpdate
  /** The window is to be shown, there. */
  readonly navigationWanted: { readonly target: NavigationTarget }
  /** The global shortcut was pressed. */
  readonly quickPickWanted: undefined
}

export type AppEmitter = Emitter<AppEvents>

export interface TrayAccount {
  readonly id: AccountId
  readonly name: string
  readonly environmentId: EnvironmentId
}

export interface TraySummaryView {
  readonly attention: number
  /** In the order of their names. */
  readonly pinned: readonly TrayAccount[]
  /** The latest first, without those that are pinned. */
  readonly recent: readonly TrayAccount[]
}
