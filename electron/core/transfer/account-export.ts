/** Accounts as a file that can be imported elsewhere, once somebody has filled in the API keys: it holds no secret. */
import type { AccountSummary } from '../../shared/account'
import { CSV_START, csvLine } from './csv'
import { inSlices, UNITS_PER_ROW, type Pause, type Work } from '../base/slices'
import { ACCOUNTS_FORMAT, ACCOUNTS_VERSION, IMPORT_COLUMNS, type ImportColumn } from '../../shared/transfer'
import type { Known } from './import-plan'

/** A note is free text, and may hold a secret. */
type ExportedColumn = Exclude<ImportColumn, 'note'>

const EXPORTED_COLUMNS = IMPORT_COLUMNS.filter((column): column is ExportedColumn => column !== 'note')

/** `known` has the environments and partners by name, also those that aren't exported themselves. */
export function exportCsv(accounts: readonly AccountSummary[], known: Known, pause: Pause): Promise<string> {
  return inSlices(writtenAsCsv(accounts, new Names(known)), pause)
}

/** One account to a line; with the environments' base URLs, so that they can be set up elsewhere. */
export function exportJson(accounts: readonly AccountSummary[], known: Known, pause: Pause): Promise<string> {
  return inSlices(writtenAsJson(accounts, known), pause)
}

function* writtenAsCsv(accounts: readonly AccountSummary[], names: Names): Work<string> {
  const lines = [CSV_START, csvLine(EXPORTED_COLUMNS)]
  for (const account of accounts) {
    const cells = cellsOf(account, names)
    lines.push(csvLine(EXPORTED_COLUMNS.map((column) => cells[column])))
    yield UNITS_PER_ROW
  }
  return lines.join('')
}

function* writtenAsJson(accounts: readonly AccountSummary[], known: Known): Work<string> {
  const names = new Names(known)
  const used = new Set(accounts.map((account) => account.environmentId))
  const environments = known.environments
    .filter(({ id }) => used.has(id))
    .map(({ name, baseUrl, production }) => JSON.stringify({ name, baseUrl, production }))
  const items: string[] = []
  for (const account of accounts) {
    const { tags, remembersApiKey: remember } = account
    items.push(JSON.stringify({ ...cellsOf(account, names), tags, remember }))
    yield UNITS_PER_ROW
  }
  return [
    '{',
    `  "format": ${JSON.stringify(ACCOUNTS_FORMAT)},`,
    `  "version": ${String(ACCOUNTS_VERSION)},`,
    `  "environments": ${listOf(environments)},`,
    `  "accounts": ${listOf(items)}`,
    '}',
    '',
  ].join('\n')
}

function listOf(items: readonly string[]): string {
  return items.length === 0 ? '[]' : `[\n    ${items.join(',\n    ')}\n  ]`
}

/** Named one by one, so that nothing new gets out by accident. `type` is what the user chose, not what came of it. */
function cellsOf(account: AccountSummary, names: Names): Readonly<Record<ExportedColumn, string>> {
  return {
    name: account.name,
    type: account.kindChoice,
    environment: names.environment(account),
    apiKey: '',
    partner: names.partner(account),
    tags: account.tags.join('; '),
    remember: account.remembersApiKey ? 'yes' : 'no',
  }
}

class Names {
  readonly #environments: ReadonlyMap<string, string>
  readonly #accounts: ReadonlyMap<string, string>

  constructor({ accounts, environments }: Known) {
    this.#environments = new Map(environments.map(({ id, name }) => [id, name]))
    this.#accounts = new Map(accounts.map(({ id, name }) => [id, name]))
  }

  environment({ environmentId }: AccountSummary): string {
    return this.#environments.get(environmentId) ?? ''
  }

  partner({ partnerId }: AccountSummary): string {
    return partnerId === null ? '' : (this.#accounts.get(partnerId) ?? '')
  }
}
