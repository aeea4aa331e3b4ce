/** Uncaught errors and crashes: logged without their text, reported in plain words, and the app keeps running. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppWindow } from '../support/app-window'
import { readClipboard } from '../support/desktop'
import type { RunningApp } from '../support/electron-app'
import { openQuickPick } from '../support/quick-pick'
import { addPartner, expect, isLive, test } from '../support/served-app'

const SECRET = 'canary-text-of-an-error'
const TOLD = 'Something went wrong in TokenDesk, but it keeps running'

function logOf({ profile }: RunningApp): string {
  return readFileSync(join(profile, 'logs/tokendesk.log'), 'utf8')
}

/** Whether the main window's page has its list. Playwright gives a page up once it has crashed. */
function hasList({ app }: RunningApp): Promise<boolean> {
  return app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (contents === undefined || contents.isCrashed() || contents.isLoading()) return false
    return (await contents.executeJavaScript("document.querySelector('[role=treegrid]') !== null")) as boolean
  })
}

test('an uncaught error in main is logged without its text and reported once, and the app keeps running', async ({
  launch,
  server,
}) => {
  const running = await launch()
  const { app, window } = running
  const appWindow = new AppWindow(window)
  await addPartner(server, appWindow, { name: 'ACME' })
  await app.evaluate((_, text) => {
    setTimeout(() => {
      throw new TypeError(text)
    })
    void Promise.reject(new RangeError(text))
  }, SECRET)
  await expect(window.getByRole('alert').filter({ hasText: TOLD })).toHaveCount(1)
  await expect.poll(() => logOf(running)).toMatch(/"how":"exception","error":"TypeError"/u)
  await expect.poll(() => logOf(running)).toMatch(/"how":"rejection","error":"RangeError"/u)
  const notice = window.getByRole('button', { name: 'Dismiss' }).filter({ hasText: 'Dismiss' })
  await notice.click()
  await appWindow.copyJwt('ACME')
  expect(await isLive(server, await readClipboard())).toBe(true)
  expect(logOf(running) + running.output.join('\n')).not.toContain(SECRET)
})

test('an uncaught error in the window is logged without its text and reported once', async ({ launch }) => {
  const running = await launch()
  const { window } = running
  await window.evaluate((text) => {
    setTimeout(() => {
      throw new TypeError(text)
    })
    void Promise.reject(new RangeError(text))
  }, SECRET)
  await expect(window.getByRole('alert').filter({ hasText: TOLD })).toHaveCount(1)
  await expect.poll(() => logOf(running)).toMatch(/"in":"page","how":"error","error":"TypeError"/u)
  await expect.poll(() => logOf(running)).toMatch(/"in":"page","how":"rejection","error":"RangeError"/u)
  await expect(window.locator('body')).not.toContainText(SECRET)
  expect(logOf(running) + running.output.join('\n')).not.toContain(SECRET)
})

test('a window with a crashed page comes back with its list, and says that something went wrong', async ({
  launch,
  server,
}) => {
  const running = await launch()
  await addPartner(server, new AppWindow(running.window), { name: 'ACME' })
  await running.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
  })
  await expect.poll(() => logOf(running)).toContain('"message":"a process is gone"')
  await expect.poll(() => hasList(running)).toBe(true)
  const alert = (): Promise<string> =>
    running.app.evaluate(async ({ BrowserWindow }) => {
      const [open] = BrowserWindow.getAllWindows()
      const words: unknown = await open?.webContents.executeJavaScript(
        "document.querySelector('.uncaught')?.textContent ?? ''",
      )
      return String(words)
    })
  await expect.poll(alert).toContain(TOLD)
})

test('a window that crashes again and again is given up after some tries, with a question what to do', async ({
  launch,
}) => {
  test.setTimeout(120_000)
  const running = await launch()
  await running.app.evaluate(({ BrowserWindow, dialog }) => {
    const state = { loads: 0, crashes: true, asked: [] as object[] }
    Object.assign(globalThis, { crashState: state })
    dialog.showMessageBox = (options: unknown) => {
      state.asked.push(Object.assign({ loads: state.loads }, options))
      state.crashes = false
      return Promise.resolve({ response: 0, checkboxChecked: false })
    }
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    contents?.on('dom-ready', () => {
      state.loads += 1
      if (state.crashes) contents.forcefullyCrashRenderer()
    })
    contents?.forcefullyCrashRenderer()
  })
  const seen = (): Promise<{ loads: number; asked: object[] }> =>
    running.app.evaluate(() => (globalThis as unknown as { crashState: never }).crashState)
  await expect
    .poll(async () => (await seen()).asked, { timeout: 60_000 })
    .toMatchObject([
      { message: 'TokenDesk’s window keeps crashing.', buttons: ['Try again', 'Quit'], loads: 4 },
    ])
  // Trying again, which has an end to the crashes here.
  await expect.poll(async () => (await seen()).loads).toBe(5)
  await expect
    .poll(() =>
      running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isCrashed()),
    )
    .toBe(false)
})

test('a quick pick whose page has crashed in sight comes back', async ({ launch, server }) => {
  const running = await launch()
  await addPartner(server, new AppWindow(running.window), { name: 'ACME' })
  await openQuickPick(running)
  const opened = running.app.waitForEvent('window')
  await running.app.evaluate(({ BrowserWindow }) => {
    for (const each of BrowserWindow.getAllWindows())
      if (each.webContents.getURL().endsWith('#quick-pick')) each.webContents.forcefullyCrashRenderer()
  })
  const again = await opened
  await again.getByRole('combobox').fill('acm')
  await expect(again.getByRole('option', { name: /ACME/u }).first()).toBeVisible()
})
