/** The app lock on the real app: what is to be seen, copied and asked for while it is locked, and what opens it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { AppWindow } from '../support/app-window'
import { readClipboard, startTray } from '../support/desktop'
import type { RunningApp } from '../support/electron-app'
import { passWithoutInput, setLock, tryPassphrase, unlock, LOCK_PASSPHRASE } from '../support/lock'
import { addPartner, expect, isLive, test } from '../support/served-app'

const NAMES = ['Harbor Payroll', 'Sandbox'] as const

/** All that a window has to read, with what is only told to screen readers. */
async function namesIn(page: Page): Promise<string[]> {
  const seen = `${await page.content()} ${await page.title()}`
  return NAMES.filter((name) => seen.includes(name))
}

function titles({ app }: RunningApp): Promise<string[]> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.getTitle()))
}

test('on a display that counts as idle, setting the passphrase and unlocking do not lock at once', async ({
  launch,
}) => {
  const running = await launch()
  const { window } = running
  const appWindow = new AppWindow(window)
  const field = window.getByRole('textbox', { name: 'Passphrase' })
  // Longer than the limit, which is 15 minutes.
  await passWithoutInput(running, 60)
  await setLock(appWindow)
  // As at a resume, and when the screen is unlocked.
  await window.evaluate('tokenDesk.reevaluate()')
  await expect(field).toBeHidden()

  await passWithoutInput(running, 60)
  await window.evaluate('tokenDesk.reevaluate()')
  await expect(field).toBeVisible()
  await tryPassphrase(window, LOCK_PASSPHRASE)
  await expect(field).toBeHidden()
  await window.evaluate('tokenDesk.reevaluate()')
  await expect(field).toBeHidden()

  for (const use of [() => window.keyboard.press('Shift'), () => window.mouse.move(300, 300)]) {
    await passWithoutInput(running, 60)
    await use()
    await window.evaluate('tokenDesk.reevaluate()')
    await expect(field).toBeHidden()
  }
})

test('a suspend that comes while the passphrase is checked wins', async ({ launch }) => {
  const running = await launch()
  const { app, window } = running
  const appWindow = new AppWindow(window)
  await setLock(appWindow)
  await window.keyboard.press('ControlOrMeta+L')
  await window.getByRole('textbox', { name: 'Passphrase' }).fill(LOCK_PASSPHRASE)
  // Asked for in the page, so that the suspend comes as soon as main has the passphrase.
  await window.evaluate(`void (globalThis.unlocked = tokenDesk.unlock({ passphrase: '${LOCK_PASSPHRASE}' }))`)
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'))
  expect(await window.evaluate('unlocked')).toEqual({ ok: false, error: { code: 'locked' } })
  const field = window.getByRole('textbox', { name: 'Passphrase' })
  await expect(field).toBeVisible()
  await tryPassphrase(window, LOCK_PASSPHRASE)
  await expect(field).toBeHidden()
  // It was opened in the last moments before the machine slept.
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'))
  await expect(field).toBeVisible()
})

test('a locked app shows no name, copies nothing, and opens by its passphrase alone', async ({
  launch,
  profile,
  server,
}) => {
  test.setTimeout(120_000)
  const tray = await startTray()
  try {
    const running = await launch()
    const { window } = running
    window.setDefaultTimeout(20_000)
    const appWindow = new AppWindow(window)
    await addPartner(server, appWindow, { name: 'Harbor Payroll' })
    const id = String(await appWindow.row('Harbor Payroll').getAttribute('data-account-id'))
    await appWindow.pin('Harbor Payroll')
    await setLock(appWindow)
    await appWindow.copyJwt('Harbor Payroll')
    expect(await isLive(server, await readClipboard())).toBe(true)
    await expect.poll(() => tray.menu()).toContain('Harbor Payroll · Sandbox')
    await window.getByRole('searchbox', { name: 'Search accounts' }).fill('harbor')

    await test.step('Ctrl+L locks it, from within a dialog too', async () => {
      await window.keyboard.press('ControlOrMeta+K')
      await appWindow.dialog('Commands').waitFor()
      await window.keyboard.press('ControlOrMeta+L')
      await expect(window.getByRole('textbox', { name: 'Passphrase' })).toBeFocused()
      expect(await namesIn(window)).toEqual([])
      expect(await titles(running)).toEqual(['TokenDesk'])
      await expect.poll(() => tray.menu()).toEqual(['Unlock…', '—', 'Quit'])
      expect(await tray.tooltip()).not.toContain('Harbor')
      await expect.poll(readClipboard).toBe('')
    })

    await test.step('a window in wrong hands gets nothing either', async () => {
      for (const call of [
        `copyJwt({ id: '${id}' })`,
        `revealJwt({ id: '${id}' })`,
        `getActivity({ id: null })`,
        `exportAccounts({ format: 'csv' })`,
      ]) {
        expect(await window.evaluate(`tokenDesk.${call}`), call).toEqual({
          ok: false,
          error: { code: 'locked' },
        })
      }
      const snapshot = JSON.stringify(await window.evaluate('tokenDesk.getSnapshot()'))
      expect(NAMES.filter((name) => snapshot.includes(name))).toEqual([])
      expect(await readClipboard()).toBe('')
    })

    await test.step('a wrong passphrase is said to be wrong, the right one brings all back', async () => {
      await tryPassphrase(window, 'not the passphrase')
      await expect(window.getByRole('alert')).toContainText('Incorrect passphrase.')
      await expect(window.getByText('Try again in')).toBeHidden()
      expect(await namesIn(window)).toEqual([])
      await unlock(appWindow)
      await expect(appWindow.row('Harbor Payroll')).toBeVisible()
      await expect(window.getByRole('searchbox', { name: 'Search accounts' })).toHaveValue('')
      await expect(appWindow.dialog('Commands')).toBeHidden()
      await appWindow.copyJwt('Harbor Payroll')
      expect(await isLive(server, await readClipboard())).toBe(true)
      await expect.poll(() => tray.menu()).toContain('Harbor Payroll · Sandbox')
    })

    await test.step('a restart starts locked', async () => {
      await running.quit()
      const again = await launch()
      await expect(again.window.getByRole('textbox', { name: 'Passphrase' })).toBeFocused()
      expect(await namesIn(again.window)).toEqual([])
      await unlock(new AppWindow(again.window))
      await expect(new AppWindow(again.window).row('Harbor Payroll')).toBeVisible()
      await again.quit()
    })

    await test.step('a damaged lock stays locked; removing it costs the secrets and no account', async () => {
      writeFileSync(join(profile, 'lock.json'), '{"version":1,"veri')
      const again = await launch()
      const page = again.window
      await expect(page.getByRole('alert')).toContainText('no passphrase can unlock TokenDesk')
      expect(await namesIn(page)).toEqual([])
      expect(await page.evaluate(`tokenDesk.unlock({ passphrase: '${LOCK_PASSPHRASE}' })`)).toMatchObject({
        ok: false,
      })
      await page.getByRole('button', { name: 'Remove lock…' }).click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
      const row = new AppWindow(page).row('Harbor Payroll')
      await expect(row).toHaveAttribute('data-status', 'needs-key')
    })
  } finally {
    await tray.stop()
  }
})
