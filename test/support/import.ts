/** Files to import, and a counter of yields during long work. */
import {
  planImport,
  type ImportPlan,
  type Known,
  type PlannedRow,
} from '../../electron/core/transfer/import-plan'
import type { ImportFile, ImportRow } from '../../electron/core/transfer/import-row'
import { readImport } from '../../electron/core/transfer/import-rows'
import type { ImportFailure } from '../../electron/shared/transfer'
import { anEnvironment } from './builders'

/** Yields at once and counts. `meanwhile` runs in each yield. */
export class Turns {
  given = 0

  constructor(private readonly meanwhile: () => void = () => undefined) {}

  readonly pause = (): Promise<void> => {
    this.given += 1
    this.meanwhile()
    return Promise.resolve()
  }
}

export const HEADER = 'name,type,environment,apiKey,partner,tags,remember'

/** A CSV file with all columns: `lines` follow the header. */
export function csv(...lines: readonly string[]): string {
  return [HEADER, ...lines, ''].join('\r\n')
}

export async function fileOf(input: string | Uint8Array): Promise<ImportFile> {
  const read = await readImport(input, new Turns().pause)
  if (!read.ok) throw new Error(`refused: ${JSON.stringify(read.reason)}`)
  return read.value
}

export async function failureOf(input: string | Uint8Array): Promise<ImportFailure | null> {
  const read = await readImport(input, new Turns().pause)
  return read.ok ? null : read.reason
}

/** By default a row that can be added to the environment of `anEnvironment`. */
export function aRow(parts: Partial<ImportRow> = {}): ImportRow {
  return {
    line: 2,
    name: 'ACME',
    type: '',
    environment: 'Sandbox',
    apiKey: 'key-of-acme',
    partner: '',
    tags: [],
    remember: '',
    note: '',
    problems: [],
    ...parts,
  }
}

/** A file with these rows, one per line beneath its header. */
export function aFile(rows: readonly Partial<ImportRow>[], parts: Partial<ImportFile> = {}): ImportFile {
  return {
    format: 'csv',
    rows: rows.map((row, index) => aRow({ line: index + 2, ...row })),
    unknownColumns: [],
    environments: [],
    ...parts,
  }
}

export const NOTHING_YET: Known = { accounts: [], environments: [anEnvironment()] }

export async function planOf(
  rows: readonly Partial<ImportRow>[],
  known: Known = NOTHING_YET,
): Promise<ImportPlan> {
  return await planImport(aFile(rows), known, new Turns().pause)
}

/** A plan's decision for each row, in short: `add`, `skip`, or its problems as `field: reason`. */
export function inShort(plan: ImportPlan): string[] {
  return plan.rows.map(problemsOf)
}

function problemsOf(row: PlannedRow): string {
  if (row.plan !== 'leave-out') return row.plan
  return row.problems.map(({ field, reason }) => `${field}: ${reason}`).join(', ')
}
