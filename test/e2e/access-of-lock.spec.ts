/** The lock as axe finds it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findNothing } from '../support/axe'
import { AppWindow } from '../support/app-window'
import { test } from '../support/electron-app'
import { setLock, tryPassphrase } from '../support/lock'

test('axe finds nothing in the lock view and the settings of the lock', async ({ launch, profile }) => {
  test.setTimeout(120_000)
  const first = await launch()
  const { window } = first
  const appWindow = new AppWindow(window)
  const settings = await appWindow.openSettings('Lock')
  await findNothing(window, 'settings of the lock, not set')
  await window.keyboard.press('Escape')
  await setLock(appWindow)
  await appWindow.openSettings('Lock')
  await settings.getByRole('button', { name: 'Remove lock' }).click()
  await settings.getByRole('alert').waitFor()
  await findNothing(window, 'settings of the lock, refused')
  await window.keyboard.press('ControlOrMeta+L')
  await window.getByRole('textbox', { name: 'Passphrase' }).waitFor()
  await findNothing(window, 'locked')
  await tryPassphrase(window, 'wrong')
  await window.getByRole('alert').waitFor()
  await findNothing(window, 'locked, refused')
  await window.getByRole('button', { name: 'Forgot passphrase?' }).click()
  await window.getByRole('alertdialog').waitFor()
  await findNothing(window, 'forgotten')
  await first.quit()

  writeFileSync(join(profile, 'lock.json'), 'damaged')
  const again = await launch()
  await again.window.getByRole('alert').waitFor()
  await findNothing(again.window, 'damaged')
})
