/**
 * Accounts are imported from a file, exported without secrets, and moved to another computer in an encrypted backup.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Locator } from '@playwright/test'
import { startAuthServer, type AuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { readClipboard } from '../support/desktop'
import { expect, makeProfile, test, type RunningApp } from '../support/electron-app'

const PASSPHRASE = 'four plain words suffice'
const PARTNER = 'Harbor; Payroll "Group"'
const FORMULA = '=HYPERLINK("http://example.com")'
const UNKNOWN_KEY = 'canary-key-that-nobody-knows'

/** 20 rows as a spreadsheet program of Central Europe saves them; the last two are of no use. */
function csv(): string {
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`
  const rows = [
    'name;type;environment;apiKey;partner;tags;remember;department',
    `${quoted(PARTNER)};partner;Sandbox;${keyOf(0)};;"payroll, vip";yes;x`,
    ...Array.from({ length: 16 }, (_, index) => {
      const nth = index + 1
      return `Company ${String(nth)};;sandbox;${keyOf(nth)};${quoted(PARTNER)};;no;`
    }),
    `${quoted(FORMULA)};company;Sandbox;${keyOf(17)};;;;`,
    `Nobody;;Sandbox;${UNKNOWN_KEY};;;;`,
    'Keyless;;Sandbox;;;;;',
  ]
  return `\uFEFF${rows.join('\r\n')}\r\n`
}

function keyOf(nth: number): string {
  return `canary-imported-key-${String(nth).padStart(2, '0')}`
}

test('20 rows are imported; an export has no secret; a backup brings all back on another computer', async ({
  launch,
}, testInfo) => {
  test.setTimeout(180_000)
  const server = await startAuthServer()
  for (let nth = 0; nth <= 17; nth += 1)
    server.addApiKey({ apiKey: keyOf(nth), kind: nth === 0 ? 'partner' : 'company' })
  // Not in the profile, where no secret may be.
  const file = (name: string): string => testInfo.outputPath(name)
  writeFileSync(file('accounts.csv'), csv())

  const first = await launch()
  const appWindow = new AppWindow(first.window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await first.window.keyboard.press('Escape')

  // Preview: nothing is sent before it is agreed to.
  const dialog = await openFromSettings(appWindow, 'Import accounts')
  await dialog.getByLabel('File with accounts').setInputFiles(file('accounts.csv'))
  await expect(dialog.getByRole('status')).toContainText(
    '19 accounts will be added, 1 has errors and will be skipped',
  )
  await expect(dialog).toContainText('The column department is ignored.')
  await dialog.getByRole('button', { name: '1 has errors' }).click()
  await expect(dialog.getByRole('row')).toHaveCount(2)
  await expect(dialog.getByRole('row', { name: /Keyless/u })).toContainText('The API key is missing.')
  expect(server.requests).toEqual([])

  await dialog.getByRole('button', { name: 'Import 19 accounts' }).click()
  await expect(dialog.getByRole('status')).toContainText('18 accounts added, 1 skipped, 1 failed', {
    timeout: 60_000,
  })
  await saveAs(first, file('results.csv'))
  await dialog.getByRole('button', { name: 'Save results…' }).click()
  await expect.poll(() => read(file('results.csv'))).toMatch(/^20,Nobody,Failed,/mu)
  await dialog.getByRole('button', { name: 'Done' }).click()

  // Once more: what is there stays as it is.
  const again = await openFromSettings(appWindow, 'Import accounts')
  await again.getByLabel('File with accounts').setInputFiles(file('accounts.csv'))
  await expect(again.getByRole('status')).toContainText('1 account will be added, 18 already exist')
  await first.window.keyboard.press('Escape')
  await expect(again).toBeHidden()

  const exporting = await openFromSettings(appWindow, 'Export accounts')
  await saveAs(first, file('exported.csv'))
  await exporting.getByRole('button', { name: 'Export…' }).click()
  await expect(exporting).toBeHidden()
  const exported = read(file('exported.csv'))
  expect(exported).toContain(`"'${FORMULA.replaceAll('"', '""')}"`)
  expect(exported).toContain('payroll; vip')

  const backingUp = await openFromSettings(appWindow, 'Back up')
  await backingUp.getByRole('textbox', { name: 'Passphrase', exact: true }).fill(PASSPHRASE)
  await backingUp.getByRole('textbox', { name: 'Confirm passphrase' }).fill(PASSPHRASE)
  await saveAs(first, file('all.backup'))
  await backingUp.getByRole('button', { name: 'Save backup…' }).click()
  await expect(backingUp).toBeHidden({ timeout: 30_000 })

  await closeAll(appWindow)
  await expect(appWindow.row(PARTNER)).toHaveAttribute('aria-level', '1')
  await expect(appWindow.row('Company 16')).toHaveAttribute('aria-level', '2')
  await appWindow.copyJwt('Company 16')
  const jwt = await readClipboard()
  const secrets = [jwt, ...secretsSent(server), server.report(keyOf(0)).newestRefreshToken ?? jwt]
  for (const name of ['results.csv', 'exported.csv', 'all.backup'])
    expect(secrets.filter((secret) => read(file(name)).includes(secret))).toEqual([])
  await first.quit()

  // The other computer.
  const other = await makeProfile()
  const second = await launch({ profile: other })
  const there = new AppWindow(second.window)
  const restoring = await openFromSettings(there, 'Restore a backup')
  await second.app.evaluate(({ dialog: system }, path) => {
    system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, file('all.backup'))
  await restoring.getByRole('button', { name: 'Select a backup…' }).click()
  await restoring.getByRole('textbox', { name: 'Passphrase' }).fill('not the right words')
  await restoring.getByRole('button', { name: 'Restore' }).click()
  await expect(restoring.getByRole('alert')).toContainText(/passphrase/iu, { timeout: 30_000 })
  await expect(there.list).toHaveCount(0)

  await restoring.getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE)
  await restoring.getByRole('button', { name: 'Restore' }).click()
  await expect(restoring.getByRole('status')).toContainText('18 accounts restored', { timeout: 30_000 })
  await restoring.getByRole('button', { name: 'Done' }).click()
  await closeAll(there)
  server.forgetRequests()
  await there.copyJwt('Company 16')
  expect(await readClipboard()).toBe(jwt)
  expect(server.requests).toEqual([])
  await second.quit()
  await server.close()
})

async function openFromSettings(appWindow: AppWindow, title: string): Promise<Locator> {
  const settings = await appWindow.openSettings('Import, export, and backup')
  await settings.getByRole('button', { name: `${title}…` }).click()
  return appWindow.dialog(title)
}

async function closeAll(appWindow: AppWindow): Promise<void> {
  await appWindow.dialog('Settings').waitFor()
  await appWindow.page.keyboard.press('Escape')
  await appWindow.dialog('Settings').waitFor({ state: 'hidden' })
}

/** What the user chooses in the system's dialog, which no test can reach. */
async function saveAs({ app }: RunningApp, path: string): Promise<void> {
  await app.evaluate(({ dialog: system }, filePath) => {
    system.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, path)
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

/** API keys and refresh tokens as they went over the wire so far. */
function secretsSent(server: AuthServer): string[] {
  return server.requests.flatMap((each) =>
    each.body === '' ? [] : Object.values(JSON.parse(each.body) as Record<string, string>),
  )
}
