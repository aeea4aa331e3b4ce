/** The lock as it looks, for people to look at: out/screens/<theme>-lock….png. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppWindow } from '../support/app-window'
import { expect, test } from '../support/electron-app'
import { setLock, tryPassphrase } from '../support/lock'
import { capture, FOLDER, resize, settled, SIZES } from '../support/screens'

for (const theme of ['light', 'dark'] as const) {
  test(`the lock looks right at every size, ${theme}`, async ({ launch, profile }) => {
    test.setTimeout(120_000)
    mkdirSync(FOLDER, { recursive: true })
    const first = await launch()
    const { window } = first
    await window.emulateMedia({ colorScheme: theme })
    const pictures = async ({ app, window: page }: typeof first, state: string): Promise<void> => {
      for (const size of SIZES) {
        await resize(app, page, size)
        await settled(page)
        writeFileSync(join(FOLDER, `${theme}-${state}-${size.name}.png`), await capture(app))
      }
      await resize(app, page, SIZES[0])
    }

    const appWindow = new AppWindow(window)
    await setLock(appWindow)
    const settings = await appWindow.openSettings('Lock')
    await settings.getByRole('button', { name: 'Remove lock' }).waitFor()
    await pictures(first, 'lock-settings')
    await window.keyboard.press('Escape')
    await pictures(first, 'lock-rail')
    await window.getByRole('button', { name: 'Lock', exact: true }).click()
    await window.getByRole('textbox', { name: 'Passphrase' }).waitFor()
    await pictures(first, 'lock')
    await tryPassphrase(window, 'wrong')
    await expect(window.getByRole('alert')).toContainText('Incorrect passphrase.')
    await pictures(first, 'lock-refused')
    // The third one in a row makes the next one wait.
    await tryPassphrase(window, 'wrong')
    await expect(window.getByRole('button', { name: 'Unlock', exact: true })).toBeEnabled()
    await tryPassphrase(window, 'wrong')
    await window.getByText('Try again in').waitFor()
    await pictures(first, 'lock-waiting')
    await window.getByRole('button', { name: 'Forgot passphrase?' }).click()
    await window.getByRole('alertdialog').waitFor()
    await pictures(first, 'lock-forgotten')
    await first.quit()

    writeFileSync(join(profile, 'lock.json'), 'damaged')
    const again = await launch()
    await again.window.emulateMedia({ colorScheme: theme })
    await again.window.getByRole('alert').waitFor()
    await pictures(again, 'lock-damaged')
  })
}
