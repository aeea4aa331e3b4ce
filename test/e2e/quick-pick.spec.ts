/** The small window of the global shortcut: it opens from anywhere, copies, and is gone. */
import { startAuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { readClipboard } from '../support/desktop'
import { expect, test } from '../support/electron-app'
import { openQuickPick } from '../support/quick-pick'

const API_KEY = 'canary-key-of-the-partner-0123'

test('the quick pick finds an account, copies its JWT and hides', async ({ launch }) => {
  const server = await startAuthServer()
  server.addApiKey({ apiKey: API_KEY, kind: 'partner', name: 'ACME' })
  const running = await launch()
  const { app, window } = running
  const appWindow = new AppWindow(window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.addAccount({ name: 'ACME', apiKey: API_KEY })

  const quickPick = await openQuickPick(running)
  await quickPick.getByRole('combobox').fill('acm')
  await expect(quickPick.getByRole('option', { name: /ACME/u }).first()).toBeVisible()
  await quickPick.keyboard.press('Enter')
  await expect.poll(readClipboard).toMatch(/^eyJ/u)
  await expect
    .poll(() =>
      app.evaluate(
        ({ BrowserWindow }) =>
          BrowserWindow.getAllWindows().filter(
            (each) => each.isVisible() && each.webContents.getURL().endsWith('#quick-pick'),
          ).length,
      ),
    )
    .toBe(0)
  await server.close()
})
