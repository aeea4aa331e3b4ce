/** Rows and what is there already -> what an import would do with each row. Nothing is sent, nothing is changed. */
import { accountNameKey, checkName, checkTags, nameKey, NAME_MAX_LENGTH } from '../../shared/account-fields'
import { checkApiKey } from '../../shared/api-key'
import { unwrapKey, type Wrapping } from '../../shared/pasted-key'
import type { AccountId, AccountSummary, KindChoice } from '../../shared/account'
import type { Environment, EnvironmentId } from '../../shared/environment'
import type { ImportFile, ImportRow } from './import-rows'
import { Secret } from '../../shared/secret'
import { inSlices, UNITS_PER_ROW, type Pause, type Work } from '../base/slices'
import type {
  ImportEnvironment,
  PartnerProblem,
  PlanCounts,
  PreviewRow,
  RowProblem,
  ShownRow,
  UnknownEnvironment,
} from '../../shared/transfer'

/** The accounts and environments that exist. */
export interface Known {
  readonly accounts: readonly AccountSummary[]
  readonly environments: readonly Environment[]
}

/** An account to be added. It holds its API key: not for the window, not for any file. */
export interface ImportedAccount {
  readonly name: string
  readonly environmentId: EnvironmentId
  readonly apiKey: Secret
  readonly kind: KindChoice
  readonly rememberApiKey: boolean
  readonly tags: readonly string[]
}

/** The partner of a row: an account that is there, or another row of the plan, by its index. */
export type PlannedPartner =
  { readonly is: 'known'; readonly id: AccountId } | { readonly is: 'row'; readonly index: number }

export type PlannedRow = { readonly shown: ShownRow } & (
  | {
      readonly plan: 'add'
      readonly account: ImportedAccount
      readonly partner: PlannedPartner | null
      /** What was taken off the pasted key. */
      readonly removed: readonly Wrapping[]
    }
  /** An account of this name is there in this environment; that one stays as it is. */
  | { readonly plan: 'skip' }
  | { readonly plan: 'leave-out'; readonly problems: readonly RowProblem[] }
)

export interface ImportPlan {
  /** In the order of the file. */
  readonly rows: readonly PlannedRow[]
  /** Adding these and planning again would let their rows in. */
  readonly unknownEnvironments: readonly UnknownEnvironment[]
  readonly counts: PlanCounts
}

/** A planned row as the window may see it. */
export function previewOf(row: PlannedRow): PreviewRow {
  return {
    ...row.shown,
    plan: row.plan,
    problems: row.plan === 'leave-out' ? row.problems : [],
    removed: row.plan === 'add' ? row.removed : [],
  }
}

/** Takes time in proportion to rows and accounts. */
export function planImport(file: ImportFile, known: Known, pause: Pause): Promise<ImportPlan> {
  return inSlices(planning(file, known), pause)
}

interface Draft {
  readonly row: ImportRow
  readonly environment: Environment | null
  readonly key: string | null
  /** Of the row itself; what is wrong with its partner shows only when all rows are read. */
  readonly problems: readonly RowProblem[]
  readonly account: ImportedAccount | null
  readonly kind: KindChoice | null
  readonly isThere: boolean
}

function* planning(file: ImportFile, known: Known): Work<ImportPlan> {
  const index = yield* indexed(known)
  const drafts: Draft[] = []
  for (const row of file.rows) {
    const draft = drafted(row, index)
    if (draft.key !== null && !index.rows.has(draft.key)) {
      index.rows.set(draft.key, { index: drafts.length, draft })
      if (mayBePartner(draft)) index.partnerNames.add(nameKey(row.name))
    }
    drafts.push(draft)
    yield UNITS_PER_ROW + lengthOf(row)
  }

  const environments = new UnknownEnvironments(file.environments)
  const rows: PlannedRow[] = []
  const counts = { add: 0, skip: 0, 'leave-out': 0 }
  for (const draft of drafts) {
    const row = planned(draft, index)
    counts[row.plan] += 1
    if (row.plan === 'leave-out') environments.add(draft.row.environment, row.problems)
    rows.push(row)
    yield UNITS_PER_ROW
  }
  return { rows, unknownEnvironments: environments.found, counts }
}

interface Index {
  readonly environments: ReadonlyMap<string, Environment>
  readonly accounts: ReadonlyMap<string, AccountSummary>
  /** The first row for each key. */
  readonly rows: Map<string, { readonly index: number; readonly draft: Draft }>
  /** Names of partners, wherever they are. */
  readonly partnerNames: Set<string>
}

function* indexed({ accounts, environments }: Known): Work<Index> {
  const byName = new Map<string, AccountSummary>()
  const partnerNames = new Set<string>()
  for (const account of accounts) {
    byName.set(accountNameKey(account.environmentId, account.name), account)
    if (account.kind === 'partner') partnerNames.add(nameKey(account.name))
    yield UNITS_PER_ROW
  }
  return {
    environments: new Map(environments.map((each) => [nameKey(each.name), each])),
    accounts: byName,
    rows: new Map(),
    partnerNames,
  }
}

function lengthOf(row: ImportRow): number {
  return row.name.length + row.environment.length + row.apiKey.length + row.partner.length
}

function drafted(row: ImportRow, index: Index): Draft {
  const nothing = { row, environment: null, key: null, account: null, kind: null, isThere: false }
  // Which cell is which can't be told, so that what they say means nothing.
  if (row.problems.some((problem) => problem.field === 'row')) return { ...nothing, problems: row.problems }

  const problems = [...row.problems]
  const found = (problem: RowProblem): void => {
    if (!row.problems.some((known) => known.field === problem.field)) problems.push(problem)
  }
  const name = checkName(row.name)
  const environment = index.environments.get(nameKey(row.environment)) ?? null
  const key = name.ok && environment !== null ? accountNameKey(environment.id, name.value) : null
  const apiKey = checkApiKey(row.apiKey)
  const kind = kindOf(row.type)
  const rememberApiKey = flagOf(row.remember)
  const tags = checkTags(row.tags)

  if (!name.ok) found({ field: 'name', reason: name.reason })
  const twin = key === null ? undefined : index.rows.get(key)
  if (twin !== undefined) found({ field: 'name', reason: 'repeated', line: twin.draft.row.line })
  if (environment === null) {
    found({ field: 'environment', reason: row.environment.trim() === '' ? 'empty' : 'unknown' })
  }
  if (!apiKey.ok) found(apiKey.reason)
  if (kind === null) found({ field: 'type', reason: 'unknown' })
  if (rememberApiKey === null) found({ field: 'remember', reason: 'unknown' })
  if (!tags.ok) found({ field: 'tags', reason: tags.reason })

  const isWhole =
    name.ok && tags.ok && environment !== null && apiKey.ok && kind !== null && rememberApiKey !== null
  return {
    row,
    environment,
    key,
    problems,
    kind,
    isThere: key !== null && index.accounts.has(key),
    account: isWhole
      ? {
          name: name.value,
          environmentId: environment.id,
          apiKey: new Secret(apiKey.value),
          kind,
          rememberApiKey,
          tags: tags.value,
        }
      : null,
  }
}

function planned(draft: Draft, index: Index): PlannedRow {
  const { row, environment, kind, account } = draft
  const partner = partnerOf(draft, index)
  const shown: ShownRow = {
    line: row.line,
    name: cut(row.name.trim()),
    environment: environment?.name ?? null,
    kind,
    partner: partner === null || typeof partner === 'string' ? null : row.partner.trim(),
  }
  if (draft.isThere) return { shown, plan: 'skip' }
  const problems: RowProblem[] = [...draft.problems]
  if (typeof partner === 'string') problems.push({ field: 'partner', reason: partner })
  else if (problems.length === 0 && account !== null) {
    return { shown, plan: 'add', account, partner, removed: unwrapKey(row.apiKey).removed }
  }
  return { shown, plan: 'leave-out', problems }
}

/** Null: it names none, or it can't be told where to look for it. */
function partnerOf(draft: Draft, index: Index): PlannedPartner | PartnerProblem | null {
  const { row, environment, key, kind } = draft
  if (environment === null || row.partner.trim() === '') return null
  if (kind === 'partner') return 'of-a-partner'
  const wanted = accountNameKey(environment.id, row.partner)
  if (wanted === key) return 'itself'

  const account = index.accounts.get(wanted)
  if (account !== undefined) {
    return account.kind === 'partner' ? { is: 'known', id: account.id } : 'not-a-partner'
  }
  const other = index.rows.get(wanted)
  if (other === undefined) {
    return index.partnerNames.has(nameKey(row.partner)) ? 'other-environment' : 'unknown'
  }
  // So partners never wait for partners, and two rounds are enough to add everything.
  if (!mayBePartner(other.draft)) return 'not-a-partner'
  return other.draft.problems.length > 0 ? 'not-added' : { is: 'row', index: other.index }
}

function mayBePartner({ kind, row }: Draft): boolean {
  return kind !== 'company' && row.partner.trim() === ''
}

/** Null: a word that means nothing here. */
function kindOf(typed: string): KindChoice | null {
  switch (typed.trim().toLowerCase()) {
    case '':
    case 'detect':
      return 'detect'
    case 'partner':
      return 'partner'
    case 'company':
      return 'company'
    default:
      return null
  }
}

/** Null: a word that means nothing here. */
function flagOf(typed: string): boolean | null {
  switch (typed.trim().toLowerCase()) {
    case 'yes':
    case 'true':
    case '1':
      return true
    case '':
    case 'no':
    case 'false':
    case '0':
      return false
    default:
      return null
  }
}

function cut(name: string): string {
  if (name.length <= NAME_MAX_LENGTH) return name
  const start = Array.from(name.slice(0, 2 * NAME_MAX_LENGTH + 2))
  return start.length > NAME_MAX_LENGTH ? `${start.slice(0, NAME_MAX_LENGTH).join('')}…` : name
}

class UnknownEnvironments {
  readonly #found = new Map<string, UnknownEnvironment>()
  readonly #described: ReadonlyMap<string, ImportEnvironment>

  constructor(described: readonly ImportEnvironment[]) {
    this.#described = new Map(described.map((each) => [nameKey(each.name), each]))
  }

  get found(): readonly UnknownEnvironment[] {
    return [...this.#found.values()]
  }

  /** Of rows with other problems only names that the file itself describes: others may be anything (`ShownRow`). */
  add(name: string, problems: readonly RowProblem[]): void {
    if (!problems.some(({ field, reason }) => field === 'environment' && reason === 'unknown')) return
    const key = nameKey(name)
    const described = this.#described.get(key) ?? null
    const checked = checkName(name)
    if (!checked.ok || (described === null && problems.length > 1)) return
    const before = this.#found.get(key) ?? { name: checked.value, rows: 0, described }
    this.#found.set(key, { ...before, rows: before.rows + 1 })
  }
}
