/** What tests of the import do in its dialog. */
import { click, get, queryAll, text } from './queries'
import { openApp, settle, type OpenedApp } from './app'

export async function openImport(start: Parameters<typeof openApp>[0] = {}): Promise<OpenedApp> {
  const app = await openApp(start)
  await click(get('button', 'Settings'))
  await click(get('button', 'Import accounts…'))
  return app
}

export function dialog(): HTMLElement {
  return get('dialog', 'Import accounts')
}

export async function paste(content: string): Promise<void> {
  const area = document.querySelector('textarea')
  if (area === null) throw new Error('Nothing to paste into.')
  area.value = content
  area.dispatchEvent(new Event('input', { bubbles: true }))
  area.dispatchEvent(new Event('paste', { bubbles: true }))
  await settle()
}

/** What the table says, row by row. */
export function lines(table: string): string[] {
  return queryAll('row', undefined, get('table', table))
    .slice(1)
    .map((row) =>
      queryAll('cell', undefined, row)
        .map((cell) => text(cell))
        .join(' | '),
    )
}
