/**
 * Carries a plan out: logs in row by row, partners before their companies, until done or cancelled. A service that
 * limits is waited for. What failed for a reason that may pass can be run once more.
 */
import type { AccountId, AccountSummary } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import type { EnvironmentId } from '../../shared/environment'
import type { CallError, Result } from '../../shared/ipc/contract'
import type { Pause } from '../base/slices'
import type { AccountChange, ImportProgress, RowOutcome } from '../../shared/transfer'
import type { Twin } from '../../shared/twin'
import { errorFacts } from '../base/error-facts'
import { chosenChanges, type PlannedChanges, type PlannedPartner } from './account-changes'
import type { ImportedAccount, ImportPlan, PlannedRow } from './import-plan'
import type { Log } from '../base/ports'

/** As many as the service may be asked at once (auth-api.md, rule 5); more would only queue. */
const ROWS_AT_ONCE = 8
/** Rows that fail without a request (a full disk, say) would keep the event loop busy. */
const ROWS_PER_TURN = 16

export interface ImportRunDeps {
  /** Logs in and keeps the account only if that succeeds: `AccountService.add`. */
  readonly add: (
    account: ImportedAccount,
    partnerId: AccountId | null,
  ) => Promise<Result<AccountSummary & { readonly twin?: Twin | null }>>
  /** Changes an account that exists, as the row says. A key is logged in with first. */
  readonly update: (
    account: AccountSummary,
    changes: PlannedChanges,
    partnerId: AccountId | null,
  ) => Promise<Result<unknown>>
  /** When a service that limits may be asked again; null when it may be now. */
  readonly pausedUntil: (id: EnvironmentId) => EpochMs | null
  /** Resolves then, or as soon as `signal` is aborted. */
  readonly unpaused: (id: EnvironmentId, signal: AbortSignal) => Promise<void>
  /** Called at the start, after each row, and when it begins or ceases to wait. */
  readonly progressed: (progress: ImportProgress) => void
  readonly pause: Pause
  readonly log: Log
}

type Outcome = RowOutcome['outcome']

/** What is to be done for a row. */
type Task =
  | { readonly is: 'add'; readonly account: ImportedAccount; readonly partner: PlannedPartner | null }
  | { readonly is: 'update'; readonly account: AccountSummary; readonly changes: PlannedChanges }

/** Which changes of accounts that exist were chosen, by the index of the row. */
export type ChosenUpdates = ReadonlyMap<number, ReadonlySet<AccountChange>>

export class ImportRun {
  readonly #outcomes: Outcome[] = []
  /** Null where nothing is to be done. */
  readonly #tasks: readonly (Task | null)[]
  readonly #counts = { added: 0, updated: 0, failed: 0, skipped: 0 }
  readonly #added = new Map<number, AccountSummary>()
  /** How many rows wait for each service that limits. */
  readonly #waiting = new Map<EnvironmentId, number>()
  #asking = 0
  /** Rows that this run has not come to yet. */
  #left = 0
  #sinceTurn = 0
  /** Until the user continues it. */
  #held: { readonly until: Promise<void>; readonly release: () => void } | null = null

  constructor(
    private readonly plan: ImportPlan,
    updates: ChosenUpdates,
    private readonly deps: ImportRunDeps,
  ) {
    this.#tasks = plan.rows.map((row, index) => taskOf(row, updates.get(index) ?? NO_CHANGES))
    plan.rows.forEach((row, index) => {
      this.#set(index, this.#tasks[index] === null ? outcomeWithoutTry(row) : NOT_RUN)
    })
  }

  /**
   * Runs what has not been run yet, or may be run once more; resolves with an outcome for each row, in the order of the
   * file. After `signal` is aborted nothing new is started; what is under way ends as it will.
   */
  async run(signal: AbortSignal): Promise<readonly RowOutcome[]> {
    const indexes = this.#retryable()
    const before = indexes.map((index) => this.#outcomes[index])
    for (const index of indexes) this.#set(index, NOT_RUN)
    this.#left = indexes.length
    this.#tell()
    await this.#addAll(
      indexes.filter((index) => !this.#waitsForPartner(index)),
      signal,
    )
    await this.#addAll(
      indexes.filter((index) => this.#waitsForPartner(index)),
      signal,
    )
    // A second run that is cancelled leaves what the first one found.
    indexes.forEach((index, place) => {
      if (this.#outcomes[index]?.kind === 'cancelled') this.#set(index, before[place] ?? NOT_RUN)
    })
    return this.outcomes
  }

  get outcomes(): readonly RowOutcome[] {
    return this.plan.rows.map(({ shown: { line, name } }, index) => ({
      line,
      name,
      outcome: this.#outcomes[index] ?? NOT_RUN,
    }))
  }

  /** How many rows failed for a reason that may pass, or were not run. */
  get retryable(): number {
    return this.#retryable().length
  }

  get progress(): ImportProgress {
    const total = this.plan.rows.length
    return {
      total,
      done: total - this.#left,
      ...this.#counts,
      isPaused: this.#held !== null,
      waitsUntil: this.#asking > 0 ? null : this.#waitsUntil(),
    }
  }

  /** Starts no row until `resume`; logins under way are finished. */
  hold(): void {
    if (this.#held !== null) return
    let release = (): void => undefined
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    this.#held = { until, release }
    this.#tell()
  }

  resume(): void {
    this.#held?.release()
    this.#held = null
    this.#tell()
  }

  #retryable(): readonly number[] {
    return this.#outcomes.flatMap((_, index) => (this.#mayRun(index) ? [index] : []))
  }

  #mayRun(index: number): boolean {
    const task = this.#tasks[index] ?? null
    const outcome = this.#outcomes[index]
    if (task === null || outcome === undefined) return false
    if (outcome.kind === 'refused') return mayPass(outcome.error)
    if (outcome.kind !== 'partner-not-added') return outcome.kind === 'cancelled'
    const partner = partnerIn(task)
    return partner?.is === 'row' && this.#mayRun(partner.index)
  }

  #waitsForPartner(index: number): boolean {
    const task = this.#tasks[index] ?? null
    return task !== null && partnerIn(task)?.is === 'row'
  }

  async #addAll(indexes: readonly number[], signal: AbortSignal): Promise<void> {
    const queue = indexes.values()
    await Promise.all(Array.from({ length: ROWS_AT_ONCE }, () => this.#work(queue, signal)))
  }

  async #work(queue: Iterator<number, unknown>, signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.#released(signal)
      if (signal.aborted) return
      const next = queue.next()
      if (next.done === true) return
      const task = this.#tasks[next.value] ?? null
      const outcome = task === null ? null : await this.#carryOut(task, next.value, signal)
      if (outcome !== null) {
        this.#left -= 1
        this.#set(next.value, outcome)
        this.#tell()
      }
      await this.#giveTurn()
    }
  }

  /** Null: it was cancelled while it waited. */
  async #carryOut(task: Task, index: number, signal: AbortSignal): Promise<Outcome | null> {
    const partner = this.#partnerOf(partnerIn(task))
    if (typeof partner === 'object' && partner !== null) return partner
    const { environmentId } = task.account
    for (;;) {
      await this.#mayAsk(environmentId, signal)
      if (signal.aborted) return null
      this.#asking += 1
      const outcome = await this.#answer(task, index, partner)
      this.#asking -= 1
      if (outcome.kind !== 'refused' || !this.#isLimited(environmentId, outcome.error)) return outcome
    }
  }

  /** The service has said when to ask again. */
  #isLimited(id: EnvironmentId, error: CallError): boolean {
    const isBusy = error.code === 'problem' && error.problem.code === 'service-unavailable'
    return isBusy && this.deps.pausedUntil(id) !== null
  }

  async #mayAsk(id: EnvironmentId, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (this.#held !== null || this.deps.pausedUntil(id) !== null)) {
      this.#waiting.set(id, (this.#waiting.get(id) ?? 0) + 1)
      this.#tell()
      await this.deps.unpaused(id, signal)
      this.#waiting.set(id, (this.#waiting.get(id) ?? 1) - 1)
      await this.#released(signal)
      this.#tell()
    }
  }

  /** The earliest time at which one of the services waited for may be asked. */
  #waitsUntil(): EpochMs | null {
    const times = [...this.#waiting].flatMap(([id, rows]) =>
      rows > 0 ? (this.deps.pausedUntil(id) ?? []) : [],
    )
    return times.length === 0 ? null : Math.min(...times)
  }

  /** The user has not paused it, or has cancelled it. */
  async #released(signal: AbortSignal): Promise<void> {
    while (this.#held !== null && !signal.aborted) {
      const { until } = this.#held
      await new Promise<void>((resolve) => {
        void until.then(resolve)
        signal.addEventListener(
          'abort',
          () => {
            resolve()
          },
          { once: true },
        )
      })
    }
  }

  /** Its id, null for none, or why the row can't be added. */
  #partnerOf(partner: PlannedPartner | null): AccountId | null | Outcome {
    if (partner === null) return null
    if (partner.is === 'known') return partner.id
    const added = this.#added.get(partner.index)
    if (added === undefined) return { kind: 'partner-not-added' }
    return added.kind === 'partner' ? added.id : { kind: 'partner-is-company' }
  }

  /** A defect in one row doesn't cost the others, nor what is known of them. */
  async #answer(task: Task, index: number, partnerId: AccountId | null): Promise<Outcome> {
    try {
      return task.is === 'add'
        ? await this.#add(task.account, index, partnerId)
        : await this.#update(task, partnerId)
    } catch (error) {
      this.deps.log.error('a row could not be imported', {
        line: this.plan.rows[index]?.shown.line ?? 0,
        ...errorFacts(error),
      })
      return { kind: 'refused', error: { code: 'internal' } }
    }
  }

  async #add(account: ImportedAccount, index: number, partnerId: AccountId | null): Promise<Outcome> {
    const result = await this.deps.add(account, partnerId)
    if (!result.ok)
      return isTaken(result.error) ? { kind: 'already-there' } : { kind: 'refused', error: result.error }
    this.#added.set(index, result.value)
    const { twin } = result.value
    return twin == null ? { kind: 'added' } : { kind: 'added', sameKeyAs: twin.name }
  }

  async #update(
    { account, changes }: Extract<Task, { is: 'update' }>,
    partnerId: AccountId | null,
  ): Promise<Outcome> {
    const result = await this.deps.update(account, changes, partnerId)
    return result.ok ? { kind: 'updated' } : { kind: 'refused', error: result.error }
  }

  #set(index: number, outcome: Outcome): void {
    const before = this.#outcomes[index]
    if (before !== undefined) this.#count(before, -1)
    this.#outcomes[index] = outcome
    this.#count(outcome, 1)
  }

  #count({ kind }: Outcome, by: number): void {
    if (kind === 'cancelled') return
    if (kind === 'added' || kind === 'updated') this.#counts[kind] += by
    else if (kind === 'already-there' || kind === 'has-problems') this.#counts.skipped += by
    else this.#counts.failed += by
  }

  #tell(): void {
    this.deps.progressed(this.progress)
  }

  async #giveTurn(): Promise<void> {
    this.#sinceTurn += 1
    if (this.#sinceTurn < ROWS_PER_TURN) return
    this.#sinceTurn = 0
    await this.deps.pause()
  }
}

const NOT_RUN: Outcome = { kind: 'cancelled' }
const NO_CHANGES: ReadonlySet<AccountChange> = new Set()

function taskOf(row: PlannedRow, chosen: ReadonlySet<AccountChange>): Task | null {
  if (row.plan === 'add') return { is: 'add', account: row.account, partner: row.partner }
  if (row.plan !== 'skip') return null
  const changes = chosenChanges(row.changes, chosen)
  return Object.keys(changes).length === 0 ? null : { is: 'update', account: row.account, changes }
}

function partnerIn(task: Task): PlannedPartner | null {
  return task.is === 'add' ? task.partner : (task.changes.partner ?? null)
}

function outcomeWithoutTry(row: PlannedRow): Outcome {
  switch (row.plan) {
    case 'skip':
      return { kind: 'already-there' }
    case 'leave-out':
      return { kind: 'has-problems', problems: row.problems }
    case 'add':
      return NOT_RUN
  }
}

/** Somebody has added an account of that name since the plan was made. */
function isTaken(error: CallError): boolean {
  return (
    error.code === 'bad-fields' &&
    error.fields.every(({ field, reason }) => field === 'name' && reason === 'duplicate')
  )
}

/** Not what the service has said of a key, or what is wrong with the row: the same row may succeed later. */
function mayPass(error: CallError): boolean {
  if (error.code !== 'problem') return error.code === 'internal' || error.code === 'not-found'
  const { code } = error.problem
  return code !== 'key-refused' && code !== 'key-needed' && code !== 'locked'
}
