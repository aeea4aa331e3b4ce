/** What a support ticket gets: the log and Copy diagnostics, which know neither a secret nor a name. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { startAuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { readClipboard } from '../support/desktop'
import { expect, test } from '../support/electron-app'

const KEY = 'canary-partner-key-77c1d0aa42'
const NAME = 'Canary Payroll'

test('diagnostics hold the end of the log, and neither hold a secret or a name', async ({ launch }) => {
  const server = await startAuthServer()
  server.addApiKey({ apiKey: KEY, kind: 'partner' })
  const running = await launch()
  const appWindow = new AppWindow(running.window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.addAccount({ name: NAME, apiKey: KEY, remember: true })
  await appWindow.copyJwt(NAME)
  const jwt = await readClipboard()
  await appWindow.act(NAME, 'Renew now')
  await expect.poll(() => server.report(KEY).rotations).toBe(1)
  server.nextReply({ kind: 'reply', status: 503, headers: { 'retry-after': '600' } }, '/auth/refresh')
  await appWindow.act(NAME, 'Renew now')
  await expect(appWindow.row(NAME)).toHaveAttribute('data-status', 'retrying')

  const settings = await appWindow.openSettings('About TokenDesk')
  await settings.getByRole('button', { name: 'Copy diagnostics' }).click()
  await expect.poll(readClipboard).toContain('"message":"a renewal failed"')
  const diagnostics = await readClipboard()
  await running.quit()

  const path = join(running.profile, 'logs', 'tokendesk.log')
  const log = readFileSync(path, 'utf8')
  expect(log).toContain('"message":"renewed"')
  expect(log.trimEnd().split('\n').at(-1)).toContain('"message":"ended"')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const token = server.report(KEY).newestRefreshToken ?? ''
  await server.close()
  for (const canary of [KEY, jwt, token, NAME, 'Sandbox', server.url, running.profile]) {
    expect(canary).not.toBe('')
    expect(diagnostics).not.toContain(canary)
    expect(log).not.toContain(canary)
  }
})
