/** What the app asks about a file whose headings are not ours. */
import type { ColumnMatching, ImportColumn, UnmatchedColumns } from '../../electron/shared/transfer'
import { BackOffice, unwrap } from './back-office'

export const KEY = 'pk9aF3xYzQ2f2Lm'

export async function officeWith(...environments: readonly string[]): Promise<BackOffice> {
  const app = await BackOffice.open()
  let port = 1000
  for (const name of environments) {
    port += 1
    unwrap(
      await app.environments.add({
        name,
        baseUrl: `https://api.example.com:${String(port)}`,
        production: false,
      }),
    )
  }
  return app
}

export async function asked(app: BackOffice, text: string): Promise<UnmatchedColumns> {
  const preview = unwrap(await app.useCases.imports.preview(text))
  if (preview.ok || preview.failure.code !== 'unmatched-columns') throw new Error(JSON.stringify(preview))
  return preview.failure.unmatched
}

export function guesses(unmatched: UnmatchedColumns): Record<string, ImportColumn | null> {
  return Object.fromEntries(unmatched.columns.map(({ heading, guess }) => [heading, guess]))
}

export function asGuessed({ id, hasHeadings, columns, environmentId }: UnmatchedColumns): ColumnMatching {
  return { id, hasHeadings, environmentId, columns: columns.map(({ guess }) => guess) }
}
