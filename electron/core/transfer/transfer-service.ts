/** Accounts on their way in and out: import with a preview, plain export, sealed backup and its restoring. */
import { readImport } from './import-rows'
import type { Result } from '../../shared/ipc/contract'
import type { ImportPreview } from '../../shared/ipc/transfer-schemas'
import { checkPassphrase } from '../../shared/passphrase'
import type { Secret } from '../../shared/secret'
import type { Pause } from '../base/slices'
import {
  IMPORT_ROWS_AT_ONCE,
  type BackupRefusal,
  type BackupResult,
  type ImportResult,
  type ImportState,
  type PreviewRow,
  type RestoreResult,
  type RowOutcome,
} from '../../shared/transfer'
import { exportCsv, exportJson } from './account-export'
import type { AccountService } from '../accounts/account-service'
import type { AccountUsage } from '../activity/account-usage'
import type { Activity } from '../activity/activity'
import type { AppEmitter } from '../base/app-events'
import type { SessionService } from '../session/session-service'
import type { SettingsStore } from '../settings/settings-store'
import type { EnvironmentStore } from '../settings/environment-store'
import { openBackup, sealBackup } from './backup'
import { backupContent } from './backup-content'
import { everybodysTurn } from '../base/everybodys-turn'
import { planImport, previewOf, type ImportPlan, type Known } from './import-plan'
import { resultsCsv } from './import-results'
import { ImportRun } from './import-run'
import type { Clock, FileDialogs, Log, PassphraseSealer, Timers } from '../base/ports'
import { toResult, badField, done, nothingOpens, notFound } from '../base/results'
import { restore } from './restore'
import type { Vault } from '../vault/vault'

export interface TransferServiceDeps {
  readonly accounts: AccountService
  readonly sessions: SessionService
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
  #plan: { readonly id: string; readonly plan: ImportPlan } | null = null
  #running: AbortController | null = null
  /** The running import, or the last one until its result was seen. It holds the API keys of rows that can be retried. */
  #run: ImportRun | null = null
  /** What is left of the last import when the app has locked: no key. */
  #outcomes: readonly RowOutcome[] = []
  /** Chosen by the user, waiting for its passphrase. */
  #backup: Uint8Array | null = null
  /** Rises when the app locks: what was begun before then neither saves nor keeps anything after. */
  #turn = 0

  readonly #pause: Pause

  constructor(private readonly deps: TransferServiceDeps) {
    this.#pause = everybodysTurn(deps.timers)
  }

  /** Reads and checks; nothing is sent and nothing changed. The plan is kept for `run`. */
  async preview(input: string | Uint8Array): Promise<Result<ImportPreview>> {
    const turn = this.#turn
    const read = await readImport(input, this.#pause)
    if (!read.ok) return done<ImportPreview>({ ok: false, failure: read.reason })
    const plan = await planImport(read.value, this.#known(), this.#pause)
    if (turn !== this.#turn) return notFound
    const planId = this.deps.newId()
    this.#plan = { id: planId, plan }
    return done({
      ok: true,
      planId,
      counts: plan.counts,
      rows: rowsOf(plan, 0),
      unknownColumns: read.value.unknownColumns,
      unknownEnvironments: plan.unknownEnvironments,
    })
  }

  /** Those of a preview that waits for `run`, from the one at index `from`; as many as cross at once. */
  rows(planId: string, from: number): Result<readonly PreviewRow[]> {
    return this.#plan?.id === planId ? done(rowsOf(this.#plan.plan, from)) : notFound
  }

  /** Logs in row by row. */
  async run(planId: string): Promise<Result<ImportResult>> {
    const { accounts, sessions, log, events } = this.deps
    // A plan is carried out once, and one at a time.
    if (this.#plan?.id !== planId || this.#running !== null) return notFound
    const { plan } = this.#plan
    this.#plan = null
    const run = new ImportRun(plan, {
      add: (account, partnerId) => accounts.add({ ...account, partnerId }),
      pausedUntil: (id) => sessions.pauses.until(id),
      unpaused: (id, signal) => sessions.pauses.over(id, signal),
      progressed: (progress) => {
        events.emit('importProgressed', progress)
      },
      pause: this.#pause,
      log,
    })
    return await this.#carryOut(run)
  }

  /** Runs what failed for a reason that may pass once more. */
  async retry(): Promise<Result<ImportResult>> {
    if (this.#run === null || this.#running !== null || this.#run.retryable === 0) return notFound
    return await this.#carryOut(this.#run)
  }

  /** What there is to see of the last import: its result is kept until the window has shown it. */
  get state(): ImportState {
    if (this.#running !== null && this.#run !== null) return { is: 'running', progress: this.#run.progress }
    return this.#outcomes.length === 0 ? { is: 'none' } : { is: 'done', ...this.#result() }
  }

  /** Starts no row until it is continued. */
  pause(paused: boolean): void {
    if (this.#running === null) return
    if (paused) this.#run?.hold()
    else this.#run?.resume()
  }

  /**
   * Nothing new is started, what is under way ends as it will. A plan that waits and a result that was seen are
   * discarded, with their keys.
   */
  cancel(): void {
    this.#plan = null
    if (this.#running !== null) {
      this.#running.abort()
      return
    }
    this.#run = null
    this.#outcomes = []
  }

  /**
   * The app locks: no key is kept of what was read or chosen, and no open dialog saves. An import continues, and its
   * result can be seen after unlocking.
   */
  locked(): void {
    this.#turn += 1
    this.#plan = null
    if (this.#running === null) this.#run = null
    this.#backup = null
  }

  /** All secrets are forgotten: nothing new is started either. */
  forget(): void {
    this.locked()
    this.cancel()
    this.#outcomes = []
  }

  async #carryOut(run: ImportRun): Promise<Result<ImportResult>> {
    const turn = this.#turn
    const running = new AbortController()
    this.#run = run
    this.#running = running
    try {
      this.#outcomes = await run.run(running.signal)
    } finally {
      this.#running = null
      if (turn !== this.#turn) this.#run = null
    }
    this.deps.events.emit('importEnded', undefined)
    return done(this.#result())
  }

  #result(): ImportResult {
    return { outcomes: this.#outcomes, retryable: this.#run?.retryable ?? 0 }
  }

  /** Whether the last import's outcomes were saved; false when the user thought better of it. */
  async saveOutcomes(): Promise<Result<boolean>> {
    const turn = this.#turn
    return await toResult(async () =>
      done(await this.#save(turn, 'tokendesk-import.csv', await resultsCsv(this.#outcomes, this.#pause))),
    )
  }

  /** A file without any secret. */
  async export(format: 'csv' | 'json'): Promise<Result<boolean>> {
    const turn = this.#turn
    return await toResult(async () => {
      const known = this.#known()
      const write = format === 'csv' ? exportCsv : exportJson
      const text = await write(known.accounts, known, this.#pause)
      return done(await this.#save(turn, `tokendesk-accounts.${format}`, text))
    })
  }

  /** Everything, sealed; null when the user thought better of it. */
  async backUp(passphrase: Secret): Promise<Result<BackupResult | null>> {
    const checked = checkPassphrase(passphrase.reveal())
    if (!checked.ok) return badField('passphrase', checked.reason)
    const { sealer } = this.deps
    const turn = this.#turn
    return await toResult(async () => {
      const gathered = await backupContent(this.deps)
      if (!gathered.ok) return nothingOpens(gathered.reason)
      const { withoutSecrets, leftOut, ...content } = gathered.value
      const bytes = await sealBackup(content, passphrase, { sealer, pause: this.#pause })
      const isSaved = await this.#save(turn, 'tokendesk-backup.tokendesk', bytes)
      return done(isSaved ? { withoutSecrets, leftOut } : null)
    })
  }

  /** Lets the user choose a backup; its name, or null when none was chosen. */
  async chooseBackup(): Promise<Result<{ name: string } | null>> {
    return await toResult(async () => {
      const turn = this.#turn
      const chosen = await this.deps.dialogs.open()
      if (turn !== this.#turn) return done(null)
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
    if (file === null) return notFound
    const { sealer, vault } = this.deps
    const { generation } = vault
    const opened = await openBackup(file, passphrase, { sealer, pause: this.#pause })
    if (!opened.ok) return backupRefused(opened.reason)
    return await toResult(async () => {
      const result = await restore(opened.value, generation, this.deps)
      this.#backup = null
      return done(result)
    })
  }

  async #save(turn: number, name: string, content: string | Uint8Array): Promise<boolean> {
    const isStillWanted = (): boolean => turn === this.#turn
    return isStillWanted() && (await this.deps.dialogs.save(name, content, isStillWanted))
  }

  #known(): Known {
    return { accounts: this.deps.accounts.summaries(), environments: this.deps.environmentStore.all }
  }
}

function rowsOf(plan: ImportPlan, from: number): readonly PreviewRow[] {
  return plan.rows.slice(from, from + IMPORT_ROWS_AT_ONCE).map(previewOf)
}

function backupRefused(reason: BackupRefusal): Result<never> {
  return { ok: false, error: { code: 'backup-refused', reason } }
}
