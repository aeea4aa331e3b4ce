/** Carries a plan out: logs in row by row, partners before their companies, until done or cancelled. */
import type { AccountId, AccountSummary } from '../../shared/account'
import type { CallError, Result } from '../../shared/ipc/contract'
import type { Pause } from '../base/slices'
import type { ImportProgress, RowOutcome } from '../../shared/transfer'
import type { Twin } from '../../shared/twin'
import { errorFacts } from '../base/error-facts'
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
  /** Called at the start, and after each row. */
  readonly progressed: (progress: ImportProgress) => void
  readonly pause: Pause
  readonly log: Log
}

type Outcome = RowOutcome['outcome']
type RowToAdd = Extract<PlannedRow, { readonly plan: 'add' }>

/**
 * Resolves with an outcome for each row, in the order of the file. After `signal` is aborted nothing new is started;
 * what is under way ends as it will.
 */
export async function runImport(
  plan: ImportPlan,
  deps: ImportRunDeps,
  signal: AbortSignal,
): Promise<readonly RowOutcome[]> {
  const run = new ImportRun(plan, deps, signal)
  return await run.toItsEnd()
}

class ImportRun {
  readonly #outcomes: Outcome[] = []
  readonly #added = new Map<number, AccountSummary>()
  #counts = { added: 0, failed: 0, skipped: 0 }
  #sinceTurn = 0

  constructor(
    private readonly plan: ImportPlan,
    private readonly deps: ImportRunDeps,
    private readonly signal: AbortSignal,
  ) {}

  async toItsEnd(): Promise<readonly RowOutcome[]> {
    const { rows } = this.plan
    const first: number[] = []
    const second: number[] = []
    rows.forEach((row, index) => {
      this.#outcomes.push(outcomeWithoutTry(row))
      if (row.plan !== 'add') this.#counts.skipped += 1
      else (row.partner?.is === 'row' ? second : first).push(index)
    })
    this.#tell()
    await this.#addAll(first)
    await this.#addAll(second)
    return rows.map(({ shown: { line, name } }, index) => ({
      line,
      name,
      outcome: this.#outcomes[index] ?? { kind: 'cancelled' },
    }))
  }

  async #addAll(indexes: readonly number[]): Promise<void> {
    const queue = indexes.values()
    await Promise.all(Array.from({ length: ROWS_AT_ONCE }, () => this.#work(queue)))
  }

  async #work(queue: Iterator<number, unknown>): Promise<void> {
    while (!this.signal.aborted) {
      const next = queue.next()
      if (next.done === true) return
      const row = this.plan.rows[next.value]
      if (row?.plan === 'add') this.#note(next.value, await this.#add(row, next.value))
      await this.#giveTurn()
    }
  }

  async #add(row: RowToAdd, index: number): Promise<Outcome> {
    const partner = this.#partnerOf(row)
    if (typeof partner === 'object' && partner !== null) return partner
    const result = await this.#answer(row, partner)
    if (result.ok) {
      this.#added.set(index, result.value)
      const { twin } = result.value
      return twin == null ? { kind: 'added' } : { kind: 'added', sameKeyAs: twin.name }
    }
    return isTaken(result.error) ? { kind: 'already-there' } : { kind: 'refused', error: result.error }
  }

  /** Its id, null for none, or why the row can't be added. */
  #partnerOf({ partner }: RowToAdd): AccountId | null | Outcome {
    if (partner === null) return null
    if (partner.is === 'known') return partner.id
    const added = this.#added.get(partner.index)
    if (added === undefined) return { kind: 'partner-not-added' }
    return added.kind === 'partner' ? added.id : { kind: 'partner-is-company' }
  }

  /** A defect in one row doesn't cost the others, nor what is known of them. */
  async #answer(row: RowToAdd, partnerId: AccountId | null): ReturnType<ImportRunDeps['add']> {
    try {
      return await this.deps.add(row.account, partnerId)
    } catch (error) {
      this.deps.log.error('a row could not be imported', { line: row.shown.line, ...errorFacts(error) })
      return { ok: false, error: { code: 'internal' } }
    }
  }

  #note(index: number, outcome: Outcome): void {
    this.#outcomes[index] = outcome
    if (outcome.kind === 'added') this.#counts.added += 1
    else if (outcome.kind === 'already-there') this.#counts.skipped += 1
    else this.#counts.failed += 1
    this.#tell()
  }

  #tell(): void {
    const { added, failed, skipped } = this.#counts
    const done = added + failed + skipped
    this.deps.progressed({ total: this.plan.rows.length, done, added, failed, skipped })
  }

  async #giveTurn(): Promise<void> {
    this.#sinceTurn += 1
    if (this.#sinceTurn < ROWS_PER_TURN) return
    this.#sinceTurn = 0
    await this.deps.pause()
  }
}

function outcomeWithoutTry(row: PlannedRow): Outcome {
  switch (row.plan) {
    case 'skip':
      return { kind: 'already-there' }
    case 'leave-out':
      return { kind: 'has-problems', problems: row.problems }
    case 'add':
      return { kind: 'cancelled' }
  }
}

/** Somebody has added an account of that name since the plan was made. */
function isTaken(error: CallError): boolean {
  return (
    error.code === 'bad-fields' &&
    error.fields.every(({ field, reason }) => field === 'name' && reason === 'duplicate')
  )
}
