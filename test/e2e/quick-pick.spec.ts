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

test('the quick pick is made ahead where there is a shortcut, dark where the theme is, and anew when it has crashed', async ({
  launch,
}) => {
  const running = await launch()
  const { app, window } = running
  const quickPicks = (): Promise<{ id: number; isVisible: boolean; color: string }[]> =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .filter((each) => each.webContents.getURL().endsWith('#quick-pick'))
        .map((each) => ({ id: each.id, isVisible: each.isVisible(), color: each.getBackgroundColor() })),
    )
  expect(await quickPicks()).toEqual([])
  await window.evaluate("tokenDesk.changeSettings({ theme: 'dark' })")
  const ahead = app.waitForEvent('window')
  await window.evaluate("tokenDesk.chooseShortcut({ shortcut: 'Control+Alt+J' })")
  const page = await ahead
  await expect(page.getByRole('combobox')).toBeAttached()
  const [made] = await quickPicks()
  expect(made).toMatchObject({ isVisible: false, color: '#1F2229' })

  await app.evaluate(({ BrowserWindow }, id) => {
    BrowserWindow.fromId(id)?.webContents.forcefullyCrashRenderer()
  }, made?.id ?? 0)
  await expect.poll(async () => (await quickPicks()).map(({ id }) => id === made?.id)).toEqual([false])

  await window.evaluate('tokenDesk.chooseShortcut({ shortcut: null })')
  await expect.poll(quickPicks).toEqual([])
})
