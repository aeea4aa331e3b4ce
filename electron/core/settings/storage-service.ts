/**
 * Decides where secrets go: into the keyring, or, while none is open, to where the user wants them. Settings, disk and
 * the reported status agree after each decision, also after one that the disk has interrupted.
 */
import type { Result } from '../../shared/ipc/contract'
import type { Settings } from '../../shared/settings'
import type { StorageChoice, StorageStatus } from '../../shared/storage'
import type { AppEmitter } from '../base/app-events'
import type { SettingsStore } from './settings-store'
import { errorFacts } from '../base/error-facts'
import { StorageUnwritableError } from '../base/errors'
import type { Log } from '../base/ports'
import { toResult, done } from '../base/results'
import type { Vault } from '../vault/vault'

export interface StorageServiceDeps {
  readonly vault: Vault
  readonly settingsStore: SettingsStore
  readonly log: Log
  readonly events: AppEmitter
}

type Decision = Settings['unprotectedStorage']

export class StorageService {
  /** One decision after another. */
  #last: Promise<unknown> = Promise.resolve()
  /** How many accounts were last reported as having misplaced secrets. */
  #announcedMisplaced = 0

  constructor(private readonly deps: StorageServiceDeps) {
    deps.vault.onKeyringChange(() => {
      this.#giveUpAcceptance()
      this.announce()
    })
    deps.vault.whenKeyringAppears(() => {
      void this.askKeyring(false)
    })
  }

  get status(): StorageStatus {
    return this.deps.vault.storage
  }

  /** Announces the status of storage, and all accounts, since each one's status may depend on it. */
  announce(): void {
    this.#announceStatus()
    this.deps.events.emit('accountsChanged', { ids: this.deps.vault.ids() })
  }

  /** Accounts have changed: secrets that could not be moved before may have been moved by now. */
  followAccounts(): void {
    if (this.#announcedMisplaced > 0 && misplacedIn(this.status) !== this.#announcedMisplaced)
      this.#announceStatus()
  }

  /**
   * To be called once the accounts are read and the keyring was asked: finishes what an earlier run could not, and
   * applies the stored decision.
   */
  async settle(): Promise<void> {
    const { vault, settingsStore } = this.deps
    const decision = settingsStore.current.unprotectedStorage
    if (vault.storage.mode === 'keyring') {
      await vault.storeWhatBelongsOnDisk()
      this.#giveUpAcceptance()
    } else if (decision === 'memory-only') {
      await vault.storeWhatBelongsOnDisk()
      this.#tidyCopies()
    } else {
      this.#checkDecision(decision)
    }
    // Also where nothing has changed since the last run.
    if (vault.storage.misplaced !== undefined) this.announce()
  }

  /** Asks once more for a keyring that was not open. With `mayPrompt` the system may ask the user to unlock it. */
  async askKeyring(mayPrompt: boolean): Promise<void> {
    await this.deps.vault.askKeyring(mayPrompt)
  }

  /** The user asks to retry what could not be done. */
  async retry(): Promise<StorageStatus> {
    const { vault, settingsStore } = this.deps
    await vault.askKeyring(true)
    if (vault.storage.misplaced === undefined) return this.status
    await vault.storeWhatBelongsOnDisk()
    if (settingsStore.current.unprotectedStorage === 'memory-only') this.#tidyCopies()
    this.#giveUpAcceptance()
    this.announce()
    return this.status
  }

  choose(choice: StorageChoice): Promise<Result<StorageStatus>> {
    const next = this.#last.then(() => this.#choose(choice))
    this.#last = next.catch(() => undefined)
    return next
  }

  #announceStatus(): void {
    const { status } = this
    this.#announcedMisplaced = misplacedIn(status)
    this.deps.events.emit('storageChanged', { status })
  }

  async #choose(choice: StorageChoice): Promise<Result<StorageStatus>> {
    const { vault, settingsStore } = this.deps
    return await toResult('storage-choice', async () => {
      const before = settingsStore.current.unprotectedStorage
      // First, so that nothing moves by a decision that can't be stored, and a start after a crash knows what to
      // finish.
      settingsStore.change({ unprotectedStorage: choice })
      try {
        await vault.allowUnprotected(choice === 'accepted')
      } catch (error) {
        const isBack = await this.#goBack(before, choice)
        this.announce()
        if (isBack || !(error instanceof StorageUnwritableError)) throw error
        return done(this.status)
      }
      this.announce()
      return done(this.status)
    })
  }

  /**
   * A decision can't be carried out: restores the one before. If the settings can't be written either, the new one
   * holds, carried out in part, and the misplaced secrets are reported by account.
   */
  async #goBack(before: Decision, choice: StorageChoice): Promise<boolean> {
    const { vault } = this.deps
    const isBack = this.#save(before)
    vault.decideUnprotected((isBack ? before : choice) === 'accepted')
    await vault.storeWhatBelongsOnDisk()
    // A start that finds unprotected secrets without a decision would assume that the user had agreed.
    if (before === 'undecided' && isBack && vault.stored.unprotected > 0) this.#save('memory-only')
    return isBack
  }

  /** For a start without an open keyring: checks the stored decision against what is on disk. */
  #checkDecision(decision: 'undecided' | 'accepted'): void {
    const { vault } = this.deps
    const { unprotected, sealed } = vault.stored
    if (decision === 'accepted' && unprotected === 0 && sealed > 0) {
      // A keyring has sealed everything since: its absence now is no reason to store plain text.
      vault.decideUnprotected(false)
      this.#save('undecided')
    } else if (decision === 'undecided' && unprotected > 0) {
      // Nothing is stored unprotected unasked: the user's answer was lost with the settings.
      vault.decideUnprotected(true)
      this.#save('accepted')
    }
  }

  /**
   * Once the keyring holds everything, an earlier consent to plain text ends; the next time the user is asked again.
   */
  #giveUpAcceptance(): void {
    const { vault, settingsStore } = this.deps
    if (vault.storage.mode !== 'keyring' || settingsStore.current.unprotectedStorage !== 'accepted') return
    if (vault.stored.unprotected > 0) return
    this.#tidyCopies()
    vault.decideUnprotected(false)
    this.#save('undecided')
  }

  #tidyCopies(): void {
    try {
      this.deps.vault.removeUnprotectedCopies()
    } catch (error) {
      this.deps.log.warn('copies of records can not be removed yet', errorFacts(error))
    }
  }

  #save(decision: Decision): boolean {
    try {
      this.deps.settingsStore.change({ unprotectedStorage: decision })
      return true
    } catch (error) {
      this.deps.log.warn('what was decided about storage can not be saved', errorFacts(error))
      return false
    }
  }
}

function misplacedIn({ misplaced }: StorageStatus): number {
  return misplaced?.accounts.length ?? 0
}
