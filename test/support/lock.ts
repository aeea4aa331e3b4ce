/** The app lock as its user meets it. */
import type { Page } from '@playwright/test'
import type { AppWindow } from './app-window'
import type { RunningApp } from './electron-app'

export const LOCK_PASSPHRASE = 'correct horse battery staple'

/** Sets the passphrase in Settings, and closes them. */
export async function setLock(appWindow: AppWindow, passphrase = LOCK_PASSPHRASE): Promise<void> {
  const settings = await appWindow.openSettings('Lock')
  await settings.getByRole('textbox', { name: 'Lock passphrase' }).fill(passphrase)
  await settings.getByRole('textbox', { name: 'Confirm passphrase' }).fill(passphrase)
  await settings.getByRole('button', { name: 'Set passphrase' }).click()
  await settings.getByRole('button', { name: 'Remove lock' }).waitFor()
  await appWindow.page.keyboard.press('Escape')
  await settings.waitFor({ state: 'hidden' })
}

export async function tryPassphrase(page: Page, passphrase: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase)
  await page.getByRole('button', { name: 'Unlock', exact: true }).click()
}

/** Resolves when the list is shown again. */
export async function unlock(appWindow: AppWindow, passphrase = LOCK_PASSPHRASE): Promise<void> {
  await tryPassphrase(appWindow.page, passphrase)
  await appWindow.list.waitFor()
}

/** Sets the system's idle time and advances time, as on a display without input. */
export async function passWithoutInput({ app }: RunningApp, minutes: number): Promise<void> {
  await app.evaluate(({ powerMonitor }, ms) => {
    const { now } = Date
    Date.now = () => now() + ms
    const idleS = (powerMonitor.getSystemIdleTime() || 0) + ms / 1000
    powerMonitor.getSystemIdleTime = () => idleS
  }, minutes * 60_000)
}
