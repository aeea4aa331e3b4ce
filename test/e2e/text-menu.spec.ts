/** The context menu of fields and selected text, with the real mouse of the X server. */
import { AppWindow } from '../support/app-window'
import { readClipboard, writeClipboard } from '../support/desktop'
import type { RunningApp } from '../support/electron-app'
import { expect, test } from '../support/served-app'
import { clickOn, giveKeyboard, pressKey } from '../support/x-input'

/** Each item of the latest menu: its label, in brackets where it can't be used. */
type Shown = readonly string[] | null

/** Records the native menus that open, which no test can see into. */
async function watchMenus({ app }: RunningApp): Promise<() => Promise<Shown>> {
  await app.evaluate(({ Menu }) => {
    const build = Menu.buildFromTemplate.bind(Menu)
    Menu.buildFromTemplate = (template) => {
      const menu = build(template)
      menu.on('menu-will-show', () => {
        const labels = menu.items
          .filter(({ type }) => type !== 'separator')
          .map(({ label, enabled }) => (enabled ? label : `[${label}]`))
        Object.assign(globalThis, { shownMenu: labels })
      })
      menu.on('menu-will-close', () => {
        Object.assign(globalThis, { shownMenu: null })
      })
      return menu
    }
  })
  return () => app.evaluate(() => (globalThis as unknown as { shownMenu?: Shown }).shownMenu ?? null)
}

test('text is pasted, copied and cut by mouse in a text field', async ({ launch }) => {
  const running = await launch()
  const { window } = running
  const shown = await watchMenus(running)
  const search = window.getByRole('searchbox', { name: 'Search accounts' })
  await giveKeyboard(running)

  await test.step('paste', async () => {
    await writeClipboard('from elsewhere')
    await clickOn(running, search, 'right')
    await expect.poll(shown).toEqual(['[Cut]', '[Copy]', 'Paste', '[Select all]'])
    await pressKey('ArrowDown')
    await pressKey('Enter')
    await expect(search).toHaveValue('from elsewhere')
  })

  await test.step('select all, then cut', async () => {
    await writeClipboard('')
    await window.keyboard.press('Control+A')
    await clickOn(running, search, 'right')
    await expect.poll(shown).toEqual(['Cut', 'Copy', 'Paste', 'Select all'])
    await pressKey('ArrowDown')
    await pressKey('Enter')
    await expect(search).toHaveValue('')
    await expect.poll(readClipboard).toBe('from elsewhere')
  })
})

test('an API key is pasted by mouse, trimmed as one by key is, and never copied from its field', async ({
  launch,
}) => {
  const running = await launch()
  const appWindow = new AppWindow(running.window)
  const shown = await watchMenus(running)
  await giveKeyboard(running)
  const add = await appWindow.openAddAccount()
  const field = add.getByRole('textbox', { name: 'API key' })
  await writeClipboard('  canary-key-pasted-0123\n')
  await clickOn(running, field, 'right')
  await expect.poll(shown).toContain('Paste')
  await pressKey('ArrowDown')
  await pressKey('Enter')
  await expect(field).toHaveValue('canary-key-pasted-0123')
  await field.focus()
  await running.window.keyboard.press('Control+A')
  await clickOn(running, field, 'right')
  await expect.poll(shown).toEqual(['[Cut]', '[Copy]', 'Paste', 'Select all'])
  await pressKey('Escape')
  await expect.poll(shown).toBeNull()
})
