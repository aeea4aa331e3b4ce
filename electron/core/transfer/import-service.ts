/** Importing accounts: preview, run, retry, and what became of it until somebody has seen that. */
import type { AccountId, AccountSummary } from '../../shared/account'
import type { Result } from '../../shared/ipc/contract'
import type { ImportPreview } from '../../shared/ipc/transfer-schemas'
import {
  ACCOUNT_CHANGES,
  IMPORT_ROWS_AT_ONCE,
  type AccountChange,
  type ChosenChanges,
  type ColumnMatching,
  type EnvironmentAlias,
  type ImportFailure,
  type ImportResult,
  type ImportState,
  type PreviewRow,
  type RowOutcome,
} from '../../shared/transfer'
import type { AccountService } from '../accounts/account-service'
import type { AppEmitter } from '../base/app-events'
import { yieldToEventLoop } from '../base/yield-to-event-loop'
import type { FileDialogs, Log, Timers } from '../base/ports'
import { done, notFound, toResult } from '../base/results'
import type { Pause } from '../base/slices'
import type { SessionService } from '../session/session-service'
import type { EnvironmentStore } from '../settings/environment-store'
import type { PlannedChanges } from './account-changes'
import type { ColumnMatchings } from './column-matchings'
import { masked } from './masked-cells'
import { planImport, previewOf, type ImportPlan } from './import-plan'
import { resultsCsv } from './import-results'
import { readImport } from './import-rows'
import { ImportRun, type ChosenUpdates } from './import-run'

export interface ImportServiceDeps {
  readonly accounts: AccountService
  readonly sessions: SessionService
  readonly environmentStore: EnvironmentStore
  readonly matchings: ColumnMatchings
  readonly dialogs: FileDialogs
  readonly timers: Timers
  readonly log: Log
  readonly newId: () => string
  readonly events: AppEmitter
}

export interface ImportChoices {
  readonly matching?: ColumnMatching | undefined
  readonly aliases?: readonly EnvironmentAlias[] | undefined
}

export class ImportService {
  #plan: { readonly id: string; readonly plan: ImportPlan } | null = null
  #running: AbortController | null = null
  /** The running import, or the last one until its result was seen. It holds the API keys of rows that can be retried. */
  #run: ImportRun | null = null
  /** What is left of the last import when the app has locked: no key. */
  #outcomes: readonly RowOutcome[] = []
  /** Rises when the app locks: what was begun before then keeps nothing after. */
  #generation = 0

  readonly #pause: Pause

  constructor(private readonly deps: ImportServiceDeps) {
    this.#pause = yieldToEventLoop(deps.timers)
  }

  /** Reads and checks; nothing is sent and nothing changed. The plan is kept for `run`. */
  async preview(
    input: string | Uint8Array,
    { matching, aliases }: ImportChoices = {},
  ): Promise<Result<ImportPreview>> {
    const { accounts, environmentStore, matchings } = this.deps
    const generation = this.#generation
    const environments = environmentStore.all
    const names = environments.map(({ name }) => name)
    const read = await readImport(input, this.#pause, { matching, environmentNames: names })
    if (!read.ok) return done<ImportPreview>({ ok: false, failure: this.#asMatchedBefore(read.reason) })
    const known = { accounts: accounts.summaries(), environments }
    const choices = { environmentId: matching?.environmentId ?? null, aliases: aliases ?? [] }
    const plan = await planImport(read.value, known, this.#pause, choices)
    if (generation !== this.#generation) return notFound('import')
    if (matching !== undefined) matchings.remember(matching)
    const planId = this.deps.newId()
    this.#plan = { id: planId, plan }
    return done({
      ok: true,
      planId,
      counts: plan.counts,
      changes: plan.changes,
      rows: rowsOf(plan, 0),
      unknownColumns: read.value.unknownColumns,
      unknownEnvironments: plan.unknownEnvironments,
      otherEnvironments: plan.otherEnvironments,
    })
  }

  /** Those of a preview that waits for `run`, from the one at index `from`; as many as cross at once. */
  rows(planId: string, from: number): Result<readonly PreviewRow[]> {
    return this.#plan?.id === planId ? done(rowsOf(this.#plan.plan, from)) : notFound('import')
  }

  /** Logs in row by row. */
  async run(planId: string, updates: ChosenChanges = {}): Promise<Result<ImportResult>> {
    const { accounts, sessions, log, events } = this.deps
    // A plan is carried out once, and one at a time.
    if (this.#plan?.id !== planId || this.#running !== null) return notFound('import')
    const { plan } = this.#plan
    this.#plan = null
    const run = new ImportRun(plan, byRow(updates), {
      add: (account, partnerId) => accounts.add({ ...account, partnerId }),
      update: (account, changes, partnerId) => this.#update(account, changes, partnerId),
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
    if (this.#run === null || this.#running !== null || this.#run.retryable === 0) return notFound('import')
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

  /** The app locks: no key is kept of what was read. An import continues, and its result can be seen after unlocking. */
  locked(): void {
    this.#generation += 1
    this.#plan = null
    if (this.#running === null) this.#run = null
  }

  /** All secrets are forgotten: nothing new is started either. */
  forget(): void {
    this.locked()
    this.cancel()
    this.#outcomes = []
  }

  /** Whether the last import's outcomes were saved; false when the user thought better of it. */
  async saveOutcomes(): Promise<Result<boolean>> {
    const generation = this.#generation
    const isStillWanted = (): boolean => generation === this.#generation
    return await toResult('file', async () => {
      const text = await resultsCsv(this.#outcomes, this.#pause)
      const { dialogs } = this.deps
      return done(isStillWanted() && (await dialogs.save('tokendesk-import.csv', text, isStillWanted)))
    })
  }

  async #carryOut(run: ImportRun): Promise<Result<ImportResult>> {
    const generation = this.#generation
    const running = new AbortController()
    this.#run = run
    this.#running = running
    try {
      this.#outcomes = await run.run(running.signal)
    } finally {
      this.#running = null
      if (generation !== this.#generation) this.#run = null
    }
    this.deps.events.emit('importEnded', undefined)
    return done(this.#result())
  }

  #result(): ImportResult {
    return { outcomes: this.#outcomes, retryable: this.#run?.retryable ?? 0 }
  }

  /** The key first, which the service may refuse: of a row that failed nothing is changed. */
  async #update(
    { id, remembersApiKey }: AccountSummary,
    { apiKey, rememberApiKey, partner, tags, note }: PlannedChanges,
    partnerId: AccountId | null,
  ): Promise<Result<unknown>> {
    const { accounts } = this.deps
    if (apiKey !== undefined) {
      const entered = await accounts.enterApiKey(id, apiKey, rememberApiKey ?? remembersApiKey)
      // A row can't be asked whose key it has: the account stays as it was.
      if (!entered.ok && entered.error.code === 'whose-key') {
        await accounts.answerWhoseKey(entered.error.question.id, false)
      }
      if (!entered.ok) return entered
    }
    return await accounts.edit(id, {
      ...(partner !== undefined && { partnerId }),
      ...(tags !== undefined && { tags }),
      ...(note !== undefined && { note }),
    })
  }

  /** As this set of headings was matched the last time; with one environment there is nothing to choose. */
  #asMatchedBefore(failure: ImportFailure): ImportFailure {
    if (failure.code !== 'unmatched-columns') return failure
    const { unmatched } = failure
    const before = unmatched.hasHeadings ? this.deps.matchings.of(unmatched.id) : null
    const environments = this.deps.environmentStore.all
    const wanted = before?.environmentId ?? (environments.length === 1 ? environments[0]?.id : null) ?? null
    return {
      ...failure,
      unmatched: {
        ...unmatched,
        environmentId: environments.some(({ id }) => id === wanted) ? wanted : null,
        columns: unmatched.columns.map((column, index) => {
          if (before === null) return column
          const guess = before.columns[index] ?? null
          return {
            ...column,
            guess,
            samples: guess === 'apiKey' ? column.samples.map(masked) : column.samples,
          }
        }),
      },
    }
  }
}

function rowsOf(plan: ImportPlan, from: number): readonly PreviewRow[] {
  return plan.rows.slice(from, from + IMPORT_ROWS_AT_ONCE).map(previewOf)
}

function byRow(chosen: ChosenChanges): ChosenUpdates {
  const updates = new Map<number, Set<AccountChange>>()
  for (const change of ACCOUNT_CHANGES) {
    for (const index of chosen[change] ?? []) {
      updates.set(index, (updates.get(index) ?? new Set<AccountChange>()).add(change))
    }
  }
  return updates
}
