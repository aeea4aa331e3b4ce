/** Whether secrets may be stored where no keyring protects them: asked once, remembered in the settings. */
import type { AccountId } from '../shared/account'
import type { Result } from '../shared/ipc/contract'
import type { StorageChoice, StorageStatus } from '../shared/storage'
import type { AppState } from './app-state'
import { answering, done } from './results'
import type { Vault } from './vault'

export interface StorageServiceDeps {
  readonly vault: Vault
  readonly state: AppState
  readonly changed: (status: StorageStatus) => void
  readonly accountChanged: (id: AccountId) => void
}

export class StorageService {
  /** One decision after another. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(private readonly deps: StorageServiceDeps) {}

  get status(): StorageStatus {
    return this.deps.vault.storage
  }

  /** Tells how secrets are stored now, and of all accounts, since each may stand differently for it. */
  tell(): void {
    this.deps.changed(this.status)
    for (const id of this.deps.vault.ids()) this.deps.accountChanged(id)
  }

  choose(choice: StorageChoice): Promise<Result<StorageStatus>> {
    const next = this.#last.then(() => this.#choose(choice))
    this.#last = next.catch(() => undefined)
    return next
  }

  async #choose(choice: StorageChoice): Promise<Result<StorageStatus>> {
    const { vault, state } = this.deps
    return await answering(async () => {
      const before = state.settings.unprotectedStorage
      // First, so that nothing is moved on a decision that can't be kept.
      state.changeSettings({ unprotectedStorage: choice })
      try {
        await vault.allowUnprotected(choice === 'accepted')
      } catch (error) {
        state.changeSettings({ unprotectedStorage: before })
        throw error
      }
      this.tell()
      return done(this.status)
    })
  }
}
