/** Accounts on their way out and back: plain export, sealed backup and its restoring. */
import type { Result } from '../../shared/ipc/contract'
import { checkPassphrase } from '../../shared/passphrase'
import type { Secret } from '../../shared/secret'
import type { Pause } from '../base/slices'
import type { BackupRefusal, BackupResult, RestoreResult } from '../../shared/transfer'
import { exportCsv, exportJson } from './account-export'
import type { AccountService } from '../accounts/account-service'
import type { AccountUsage } from '../activity/account-usage'
import type { Activity } from '../activity/activity'
import type { AppEmitter } from '../base/app-events'
import type { SettingsStore } from '../settings/settings-store'
import type { EnvironmentStore } from '../settings/environment-store'
import { openBackup, sealBackup } from './backup'
import { backupContent } from './backup-content'
import { yieldToEventLoop } from '../base/yield-to-event-loop'
import type { Known } from './import-plan'
import type { Clock, FileDialogs, Log, PassphraseSealer, Timers } from '../base/ports'
import { toResult, badField, done, nothingOpens, notFound } from '../base/results'
import { restore } from './restore'
import type { Vault } from '../vault/vault'

export interface TransferServiceDeps {
  readonly accounts: AccountService
  readonly vault: Vault
  readonly settingsStore: SettingsStore
  readonly environmentStore: EnvironmentStore
  readonly activity: Activity
  readonly usage: AccountUsage
  readonly sealer: PassphraseSealer
  readonly dialogs: FileDialogs
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly newId: () => string
  readonly events: AppEmitter
}

export class TransferService {
  /** Chosen by the user, waiting for its passphrase. */
  #backup: Uint8Array | null = null
  /** Rises when the app locks: what was begun before then neither saves nor keeps anything after. */
  #generation = 0

  readonly #pause: Pause

  constructor(private readonly deps: TransferServiceDeps) {
    this.#pause = yieldToEventLoop(deps.timers)
  }

  /** The app locks: nothing is kept of what was chosen, and no open dialog saves. */
  locked(): void {
    this.#generation += 1
    this.#backup = null
  }

  /** A file without any secret. */
  async export(format: 'csv' | 'json'): Promise<Result<boolean>> {
    const generation = this.#generation
    return await toResult('file', async () => {
      const known = this.#known()
      const write = format === 'csv' ? exportCsv : exportJson
      const text = await write(known.accounts, known, this.#pause)
      return done(await this.#save(generation, `tokendesk-accounts.${format}`, text))
    })
  }

  /** Everything, sealed; null when the user thought better of it. */
  async backUp(passphrase: Secret): Promise<Result<BackupResult | null>> {
    const checked = checkPassphrase(passphrase.reveal())
    if (!checked.ok) return badField('passphrase', checked.reason)
    const { sealer } = this.deps
    const generation = this.#generation
    return await toResult('file', async () => {
      const gathered = await backupContent(this.deps)
      if (!gathered.ok) return nothingOpens(gathered.reason)
      const { withoutSecrets, leftOut, ...content } = gathered.value
      const bytes = await sealBackup(content, passphrase, { sealer, pause: this.#pause })
      const isSaved = await this.#save(generation, 'tokendesk-backup.tokendesk', bytes)
      return done(isSaved ? { withoutSecrets, leftOut } : null)
    })
  }

  /** Lets the user choose a backup; its name, or null when none was chosen. */
  async chooseBackup(): Promise<Result<{ name: string } | null>> {
    return await toResult('file', async () => {
      const generation = this.#generation
      const chosen = await this.deps.dialogs.open()
      if (generation !== this.#generation) return done(null)
      this.#backup = chosen?.bytes ?? null
      return done(chosen === null ? null : { name: chosen.name })
    })
  }

  /**
   * Adds what the chosen backup holds and is not here yet; what is here stays as it is, and so do the settings unless
   * there is no account. With a wrong passphrase or a damaged file nothing is changed.
   */
  async restore(passphrase: Secret): Promise<Result<RestoreResult>> {
    const file = this.#backup
    if (file === null) return notFound('backup')
    const { sealer, vault } = this.deps
    const { generation } = vault
    const opened = await openBackup(file, passphrase, { sealer, pause: this.#pause })
    if (!opened.ok) return backupRefused(opened.reason)
    return await toResult('restore', async () => {
      const result = await restore(opened.value, generation, this.deps)
      this.#backup = null
      return done(result)
    })
  }

  async #save(generation: number, name: string, content: string | Uint8Array): Promise<boolean> {
    const isStillWanted = (): boolean => generation === this.#generation
    return isStillWanted() && (await this.deps.dialogs.save(name, content, isStillWanted))
  }

  #known(): Known {
    return { accounts: this.deps.accounts.summaries(), environments: this.deps.environmentStore.all }
  }
}

function backupRefused(reason: BackupRefusal): Result<never> {
  return { ok: false, error: { code: 'backup-refused', reason } }
}
