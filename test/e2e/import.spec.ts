/** What people really import: by a service that limits, from other programs, and for accounts that are there. */
import { writeFileSync } from 'node:fs'
import type { Locator } from '@playwright/test'
import { startAuthServer, type AuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { expect, test, type RunningApp } from '../support/electron-app'

const ROWS = 60

function keyOf(nth: number): string {
  return `canary-import-key-${String(nth).padStart(3, '0')}`
}

/** A later key of the same account: the service names an account by its key's last characters. */
function newKeyOf(nth: number): string {
  return keyOf(nth).replace('import', 'renewed')
}

/** Twenty logins in ten seconds; the others are told to come back in five. */
function limit(server: AuthServer): void {
  const taken: number[] = []
  server.script(() => {
    const now = Date.now()
    if (taken.filter((at) => at > now - 10_000).length < 20) {
      taken.push(now)
      return undefined
    }
    return { kind: 'reply', status: 429, headers: { 'Retry-After': '5' }, body: '{"error":"too many"}' }
  })
}

async function withEnvironment(launch: () => Promise<RunningApp>, server: AuthServer): Promise<AppWindow> {
  const { window } = await launch()
  const appWindow = new AppWindow(window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await window.keyboard.press('Escape')
  return appWindow
}

async function openImport(appWindow: AppWindow): Promise<Locator> {
  const settings = await appWindow.openSettings('Import, export, and backup')
  await settings.getByRole('button', { name: 'Import accounts…' }).click()
  return appWindow.dialog('Import accounts')
}

test('60 rows by a service that takes 20 logins in 10 s: it is waited for, and all are added', async ({
  launch,
}) => {
  test.setTimeout(120_000)
  const server = await startAuthServer()
  for (let nth = 0; nth < ROWS; nth += 1) server.addApiKey({ apiKey: keyOf(nth), kind: 'company' })
  limit(server)
  const appWindow = await withEnvironment(launch, server)
  const dialog = await openImport(appWindow)
  const rows = Array.from({ length: ROWS }, (_, nth) => `Company ${String(nth)},Sandbox,${keyOf(nth)}`)
  await dialog
    .getByRole('textbox', { name: 'Paste accounts' })
    .fill(['name,environment,apiKey', ...rows].join('\n'))
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await dialog.getByRole('button', { name: `Import ${String(ROWS)} accounts` }).click()
  await expect(dialog.getByRole('status')).toContainText(/20 of 60 rows\s+Waiting \d s, as the service asks/u)
  await dialog.getByRole('button', { name: 'Pause' }).click()
  await expect(dialog.getByRole('status')).toContainText('Paused.')
  await dialog.getByRole('button', { name: 'Resume' }).click()
  await expect(dialog.getByRole('status')).toContainText('60 accounts added.', { timeout: 60_000 })
  await expect(dialog.getByRole('button', { name: /Retry failed/u })).toBeHidden()
  await server.close()
})

test('Bitwarden’s export is matched, and later its new keys update the accounts', async ({
  launch,
}, testInfo) => {
  const server = await startAuthServer()
  for (const apiKey of [keyOf(0), keyOf(1), newKeyOf(0), newKeyOf(1)])
    server.addApiKey({ apiKey, kind: 'company' })
  const appWindow = await withEnvironment(launch, server)
  const bitwarden = (...rows: readonly string[]): string =>
    [
      'folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp',
      ...rows,
    ].join('\r\n')
  const file = testInfo.outputPath('bitwarden.txt')
  writeFileSync(file, bitwarden(`,,login,ACME,,,0,,joe,${keyOf(0)},`, `,,login,Beta,,,0,,joe,“${keyOf(1)}”,`))

  const dialog = await openImport(appWindow)
  await dialog.getByLabel('File with accounts').setInputFiles(file)
  const columns = dialog.getByRole('group', { name: 'Match columns' })
  await expect(columns.getByRole('combobox', { name: 'login_password' })).toHaveText('API key')
  await expect(columns).toContainText('••••-000')
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await expect(dialog.getByRole('row', { name: /Beta/u })).toContainText(
    'Removed around the API key: quotation marks.',
  )
  await dialog.getByRole('button', { name: 'Import 2 accounts' }).click()
  await expect(dialog.getByRole('status')).toContainText('2 accounts added.')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await appWindow.page.keyboard.press('Escape')

  // The same names and other keys, dropped on the list.
  const content = bitwarden(`,,login,ACME,,,0,,joe,${newKeyOf(0)},`, `,,login,Beta,,,0,,joe,${newKeyOf(1)},`)
  await dropOn(appWindow, content)
  await expect(dialog.getByRole('group', { name: 'Match columns' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Continue' }).click()
  server.forgetRequests()
  await dialog.getByRole('checkbox', { name: 'Update API keys (2)' }).check()
  await dialog.getByRole('checkbox', { name: 'Update API key of Beta' }).uncheck()
  await dialog.getByRole('button', { name: 'Update 1 account' }).click()
  await expect(dialog.getByRole('status')).toContainText('1 account updated')
  expect(server.requests.map(({ body }) => body)).toEqual([JSON.stringify({ apiKey: newKeyOf(0) })])
  await server.close()
})

/** A file as the system drops one: no test can reach its own drag. */
async function dropOn({ page }: AppWindow, content: string): Promise<void> {
  const data = await page.evaluateHandle(`(() => {
    const data = new DataTransfer()
    data.items.add(new File([${JSON.stringify(content)}], 'bitwarden.csv', { type: 'text/csv' }))
    return data
  })()`)
  const list = page.getByRole('treegrid', { name: 'Accounts' })
  await list.dispatchEvent('dragover', { dataTransfer: data })
  await list.dispatchEvent('drop', { dataTransfer: data })
}
