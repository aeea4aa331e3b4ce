/** What TokenDesk does when the ground moves: keyrings that are gone, networks that come back, files that are damaged. */
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bridge } from '../../electron/shared/ipc/contract'
import { startAuthServer, type AuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { readClipboard } from '../support/desktop'
import { expect, test as base } from '../support/electron-app'

const KEY = 'canary-partner-key-5a0be91c77'

const test = base.extend<{ server: AuthServer }>({
  // Playwright reads a fixture's needs from this pattern.
  // eslint-disable-next-line no-empty-pattern
  server: async ({}, use) => {
    const server = await startAuthServer()
    server.addApiKey({ apiKey: KEY, kind: 'partner' })
    await use(server)
    await server.close()
  },
})

function recordFile(profile: string): string {
  const [name = ''] = readdirSync(join(profile, 'accounts'))
  return join(profile, 'accounts', name)
}

test('a keyring that is gone is reported and asked about; what it encrypted is left alone until it is back', async ({
  launch,
  server,
}) => {
  const first = await launch()
  const appWindow = new AppWindow(first.window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.addAccount({ name: 'ACME', apiKey: KEY })
  await first.quit()
  const before = readFileSync(recordFile(first.profile), 'utf8')

  const second = await launch({ keyring: false })
  const without = new AppWindow(second.window)
  await without.alertDialog('Keyring changed').getByRole('button', { name: 'Continue' }).click()
  await expect(without.row('ACME')).toHaveAttribute('data-status', 'locked')
  await second.quit()
  expect(readFileSync(recordFile(first.profile), 'utf8')).toBe(before)

  const third = await launch()
  await new AppWindow(third.window).copyJwt('ACME')
  expect(server.report(KEY).logins).toBe(1)
})

test('a network that comes back makes waiting accounts retry at once', async ({ launch, server }) => {
  const { window } = await launch()
  const appWindow = new AppWindow(window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.addAccount({ name: 'ACME', apiKey: KEY })
  server.nextReply({ kind: 'reply', status: 503, headers: { 'retry-after': '600' } }, '/auth/refresh')
  await appWindow.act('ACME', 'Renew now')
  await expect(appWindow.row('ACME')).toHaveAttribute('data-status', 'retrying')
  await window.context().setOffline(true)
  await window.context().setOffline(false)
  await expect(appWindow.row('ACME')).toHaveAttribute('data-status', 'live')
  expect(server.report(KEY).rotations).toBe(1)
})

test('damaged files are kept and reported, and the account works again with its key', async ({
  launch,
  server,
}) => {
  const first = await launch()
  const appWindow = new AppWindow(first.window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.addAccount({ name: 'ACME', apiKey: KEY })
  await first.quit()
  const file = recordFile(first.profile)
  const damaged = readFileSync(file, 'utf8').slice(0, -60)
  writeFileSync(file, damaged)
  writeFileSync(join(first.profile, 'tokendesk.json'), '\0\0\0\0')

  const second = await launch()
  const again = new AppWindow(second.window)
  await expect(again.row('ACME')).toHaveAttribute('data-status', 'locked')
  const notices = second.window.getByRole('complementary', { name: 'Notices at startup' })
  await expect(notices).toContainText('The old file is kept as tokendesk.json.damaged-1')
  await expect(notices).toContainText('Couldn’t read ACME. Nothing was deleted')
  await expect(notices).toContainText('Enter the API key of the account to restore it')
  expect(readFileSync(`${file}.damaged-1`, 'utf8')).toBe(damaged)
  await again.confirmAddress('Sandbox')

  await again.act('ACME', 'Enter API key')
  const dialog = again.dialog('Enter API key')
  await dialog.getByRole('textbox', { name: 'API key' }).fill(KEY)
  await dialog.getByRole('button', { name: 'Log in' }).click()
  await expect(again.row('ACME')).toHaveAttribute('data-status', 'live')
  await again.copyJwt('ACME')
  expect(await readClipboard()).toMatch(/^ey/u)
})

test('a start that can not read the accounts says so, changes nothing, and can be restarted', async ({
  launch,
  profile,
}) => {
  const first = await launch()
  const passphrase = 'four plain words suffice'
  await first.window.evaluate((wanted) => {
    const { tokenDesk } = globalThis as unknown as { tokenDesk: Pick<Bridge, 'setPassphrase'> }
    return tokenDesk.setPassphrase({ wanted, current: '' })
  }, passphrase)
  await first.quit()
  const folder = join(profile, 'accounts')
  rmSync(folder, { recursive: true, force: true })
  writeFileSync(folder, 'no folder')

  const second = await launch()
  await expect(second.window.getByText('Couldn’t load accounts')).toBeVisible()
  expect(readFileSync(folder, 'utf8')).toBe('no folder')
  // A test has no hold on what it would start.
  await second.app.evaluate(({ app }) => {
    app.relaunch = () => undefined
  })
  const gone = once(second.app.process(), 'exit')
  await second.window.getByRole('button', { name: 'Restart TokenDesk' }).click()
  await gone
})
