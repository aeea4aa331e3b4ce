/** Rows and what is there already -> what an import would do with each row. Nothing is sent, nothing is changed. */
import { accountNameKey, checkProfile, nameKey, NAME_MAX_LENGTH } from '../../shared/account-fields'
import { checkApiKey } from '../../shared/api-key'
import { unwrapKey, type Wrapping } from '../../shared/pasted-key'
import type { AccountSummary, KindChoice } from '../../shared/account'
import type { Environment, EnvironmentId } from '../../shared/environment'
import type { ImportFile, ImportRow } from './import-row'
import { Secret } from '../../shared/secret'
import { changeKinds, changesOf, type PlannedChanges, type PlannedPartner } from './account-changes'
import { flagOf, kindOf } from './row-words'
import { describedOtherwise, UnknownEnvironments } from './unknown-environments'
import { inSlices, UNITS_PER_ROW, type Pause, type Work } from '../base/slices'
import type {
  AccountChange,
  EnvironmentAlias,
  OtherEnvironment,
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

/** What the user has said of the file. */
export interface PlanChoices {
  /** For rows that name none. */
  readonly environmentId?: EnvironmentId | null
  /** For names that are none of ours. */
  readonly aliases?: readonly EnvironmentAlias[]
}

/** An account to be added. It holds its API key: not for the window, not for any file. */
export interface ImportedAccount {
  readonly name: string
  readonly environmentId: EnvironmentId
  readonly apiKey: Secret
  readonly kind: KindChoice
  readonly rememberApiKey: boolean
  readonly tags: readonly string[]
  readonly note: string
}

export type PlannedRow = { readonly shown: ShownRow } & (
  | {
      readonly plan: 'add'
      readonly account: ImportedAccount
      readonly partner: PlannedPartner | null
      /** What was taken off the pasted key. */
      readonly removed: readonly Wrapping[]
    }
  /** An account of this name is there in this environment; it stays as it is unless changes of it are chosen. */
  | {
      readonly plan: 'skip'
      readonly account: AccountSummary
      readonly changes: PlannedChanges
      readonly removed: readonly Wrapping[]
      /** What the row says of it that can't be used, so that nobody misses the change. */
      readonly problems: readonly RowProblem[]
    }
  | { readonly plan: 'leave-out'; readonly problems: readonly RowProblem[] }
)

export interface ImportPlan {
  /** In the order of the file. */
  readonly rows: readonly PlannedRow[]
  /** Adding these and planning again would let their rows in. */
  readonly unknownEnvironments: readonly UnknownEnvironment[]
  /** Environments that are there, and that the file describes otherwise. */
  readonly otherEnvironments: readonly OtherEnvironment[]
  readonly counts: PlanCounts
  /** In how many rows each change could be chosen. */
  readonly changes: Readonly<Record<AccountChange, number>>
}

/** A planned row as the window may see it. */
export function previewOf(row: PlannedRow): PreviewRow {
  return {
    ...row.shown,
    plan: row.plan,
    problems: row.plan === 'add' ? [] : row.problems,
    removed: row.plan === 'leave-out' ? [] : row.removed,
    changes: row.plan === 'skip' ? changeKinds(row.changes) : [],
  }
}

/** Takes time in proportion to rows and accounts. */
export function planImport(
  file: ImportFile,
  known: Known,
  pause: Pause,
  choices: PlanChoices = {},
): Promise<ImportPlan> {
  return inSlices(planning(file, known, choices), pause)
}

interface Draft {
  readonly row: ImportRow
  readonly environment: Environment | null
  readonly key: string | null
  /** Of the row itself; what is wrong with its partner shows only when all rows are read. */
  readonly problems: readonly RowProblem[]
  readonly account: ImportedAccount | null
  readonly kind: KindChoice | null
  /** The account of this name that is there, and what the row says of it. */
  readonly existing: AccountSummary | null
  /** An earlier row has this name and environment. */
  readonly isRepeated: boolean
}

function* planning(file: ImportFile, known: Known, choices: PlanChoices): Work<ImportPlan> {
  const index = yield* indexed(known, choices)
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

  const environments = new UnknownEnvironments(file.environments, known.environments)
  const rows: PlannedRow[] = []
  const counts = { add: 0, skip: 0, 'leave-out': 0 }
  const changes = { apiKey: 0, partner: 0, tags: 0, note: 0 }
  for (const draft of drafts) {
    const row = planned(draft, index)
    counts[row.plan] += 1
    if (row.plan === 'leave-out') environments.add(draft.row.environment, row.problems)
    if (row.plan === 'skip') for (const change of changeKinds(row.changes)) changes[change] += 1
    rows.push(row)
    yield UNITS_PER_ROW
  }
  return {
    rows,
    unknownEnvironments: environments.found,
    otherEnvironments: describedOtherwise(file.environments, known.environments),
    counts,
    changes,
  }
}

interface Index {
  readonly environments: ReadonlyMap<string, Environment>
  /** For rows that name none. */
  readonly environment: Environment | null
  readonly accounts: ReadonlyMap<string, AccountSummary>
  /** The first row for each key. */
  readonly rows: Map<string, { readonly index: number; readonly draft: Draft }>
  /** Names of partners, wherever they are. */
  readonly partnerNames: Set<string>
}

function* indexed(
  { accounts, environments }: Known,
  { environmentId = null, aliases = [] }: PlanChoices,
): Work<Index> {
  const byName = new Map<string, AccountSummary>()
  const partnerNames = new Set<string>()
  for (const account of accounts) {
    byName.set(accountNameKey(account.environmentId, account.name), account)
    if (account.kind === 'partner') partnerNames.add(nameKey(account.name))
    yield UNITS_PER_ROW
  }
  const byId = new Map(environments.map((each) => [each.id, each]))
  const meant = aliases.flatMap(({ name, environmentId: id }) => {
    const environment = byId.get(id)
    return environment === undefined ? [] : [[nameKey(name), environment] as const]
  })
  return {
    environments: new Map([...meant, ...environments.map((each) => [nameKey(each.name), each] as const)]),
    environment: environmentId === null ? null : (byId.get(environmentId) ?? null),
    accounts: byName,
    rows: new Map(),
    partnerNames,
  }
}

function lengthOf(row: ImportRow): number {
  return row.name.length + row.environment.length + row.apiKey.length + row.partner.length + row.note.length
}

function drafted(row: ImportRow, index: Index): Draft {
  const nothing = {
    environment: null,
    key: null,
    account: null,
    kind: null,
    existing: null,
    isRepeated: false,
  }
  // Which cell is which can't be told, so that what they say means nothing.
  if (row.problems.some((problem) => problem.field === 'row')) {
    return { ...nothing, row, problems: row.problems }
  }

  const problems = [...row.problems]
  const found = (problem: RowProblem): void => {
    if (!row.problems.some((known) => known.field === problem.field)) problems.push(problem)
  }
  const profile = checkProfile({ name: row.name, tags: row.tags, note: row.note })
  const named = checkProfile({ name: row.name })
  const environment = environmentOf(row, index)
  const key = named.ok && environment !== null ? accountNameKey(environment.id, named.value.name ?? '') : null
  const apiKey = checkApiKey(row.apiKey)
  const kind = kindOf(row.type)
  const rememberApiKey = flagOf(row.remember)

  if (!named.ok) for (const problem of named.reason) if (problem.field === 'name') found(problem)
  const twin = key === null ? undefined : index.rows.get(key)
  if (twin !== undefined) found({ field: 'name', reason: 'repeated', line: twin.draft.row.line })
  if (environment === null) {
    found({ field: 'environment', reason: row.environment.trim() === '' ? 'empty' : 'unknown' })
  }
  if (!apiKey.ok) found(apiKey.reason)
  if (kind === null) found({ field: 'type', reason: 'unknown' })
  if (rememberApiKey === null) found({ field: 'remember', reason: 'unknown' })
  if (!profile.ok) for (const problem of profile.reason) if (problem.field !== 'name') found(problem)

  const isWhole = profile.ok && environment !== null && apiKey.ok && kind !== null && rememberApiKey !== null
  return {
    row,
    environment,
    key,
    problems,
    kind,
    existing: (key === null ? null : index.accounts.get(key)) ?? null,
    isRepeated: twin !== undefined,
    account: isWhole
      ? {
          ...profile.value,
          environmentId: environment.id,
          apiKey: new Secret(apiKey.value),
          kind,
          rememberApiKey,
        }
      : null,
  }
}

function environmentOf(row: ImportRow, index: Index): Environment | null {
  if (row.environment.trim() === '') return index.environment
  return index.environments.get(nameKey(row.environment)) ?? null
}

function planned(draft: Draft, index: Index): PlannedRow {
  const { row, environment, kind, account, existing } = draft
  const partner = partnerOf(draft, index)
  const shown: ShownRow = {
    line: row.line,
    name: cut(row.name.trim()),
    environment: environment?.name ?? null,
    kind,
    partner: partner === null || typeof partner === 'string' ? null : row.partner.trim(),
  }
  const { removed } = unwrapKey(row.apiKey)
  if (existing !== null) {
    const changes = draft.isRepeated ? {} : changesOf(existing, saidBy(row, partner))
    return {
      shown,
      plan: 'skip',
      account: existing,
      changes,
      removed: changes.apiKey === undefined ? [] : removed,
      problems: unusable(draft, partner),
    }
  }
  const problems: RowProblem[] = [...draft.problems]
  if (typeof partner === 'string') problems.push({ field: 'partner', reason: partner })
  else if (problems.length === 0 && account !== null) return { shown, plan: 'add', account, partner, removed }
  return { shown, plan: 'leave-out', problems }
}

/** Of what a row says of an account that exists: what would be changed, but for this. */
function unusable(
  { problems, isRepeated, existing }: Draft,
  partner: PlannedPartner | PartnerProblem | null,
): readonly RowProblem[] {
  if (isRepeated) return problems.filter(({ reason }) => reason === 'repeated')
  const isPartner = partner !== null && typeof partner !== 'string' && existing?.kind === 'partner'
  const ofPartner = isPartner ? 'of-a-partner' : partner
  return [
    ...problems.filter(
      ({ field, reason }) =>
        field !== 'name' && field !== 'type' && !(field === 'apiKey' && reason === 'empty'),
    ),
    ...(typeof ofPartner === 'string' ? [{ field: 'partner', reason: ofPartner } as const] : []),
  ]
}

/** As far as it can be used; `unusable` says the rest. */
function saidBy(
  row: ImportRow,
  partner: PlannedPartner | PartnerProblem | null,
): Parameters<typeof changesOf>[1] {
  const apiKey = checkApiKey(row.apiKey)
  const tags = checkProfile({ tags: row.tags })
  const note = checkProfile({ note: row.note })
  return {
    apiKey: apiKey.ok ? new Secret(apiKey.value) : null,
    rememberApiKey: row.remember.trim() === '' ? null : flagOf(row.remember),
    partner: typeof partner === 'string' ? null : partner,
    tags: tags.ok ? (tags.value.tags ?? []) : [],
    note: note.ok ? (note.value.note ?? '') : '',
  }
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

function cut(name: string): string {
  if (name.length <= NAME_MAX_LENGTH) return name
  const start = Array.from(name.slice(0, 2 * NAME_MAX_LENGTH + 2))
  return start.length > NAME_MAX_LENGTH ? `${start.slice(0, NAME_MAX_LENGTH).join('')}…` : name
}
