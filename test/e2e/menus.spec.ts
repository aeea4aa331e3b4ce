/** Menus and the focus as mouse and keys have them in the built window. */
import { AppWindow } from '../support/app-window'
import { readClipboard, writeClipboard } from '../support/desktop'
import { addPartner, expect, test } from '../support/served-app'

interface Look {
  readonly outlineColor: string
  readonly outlineWidth: string
  readonly ground: string
}

test('the click that closes a menu does nothing else, and its focus can be seen', async ({
  launch,
  server,
}) => {
  const { window: page } = await launch()
  page.setDefaultTimeout(20_000)
  const appWindow = new AppWindow(page)
  for (const name of ['ACME', 'Beta']) await addPartner(server, appWindow, { name })
  const menu = page.getByRole('menu')
  const focused = page.locator(':focus')

  await writeClipboard('what was copied before')
  await appWindow.row('ACME').click({ button: 'right' })
  await expect(menu).toBeVisible()
  await appWindow.row('Beta').getByRole('button', { name: 'Copy JWT' }).click({ force: true })
  await expect(menu).toBeHidden()
  await expect(focused).toHaveAccessibleName(/^ACME/u)
  // The menu opens to the right of that.
  await appWindow.row('ACME').click({ button: 'right', position: { x: 300, y: 20 } })
  await appWindow.row('Beta').click({ force: true, position: { x: 150, y: 20 } })
  await expect(menu).toBeHidden()
  await expect(appWindow.details).toBeHidden()
  expect(await readClipboard()).toBe('what was copied before')

  await page.keyboard.press('Shift+F10')
  await page.keyboard.press('ArrowDown')
  await expect(focused).toHaveRole('menuitem')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const seen = await page.evaluate<Look>(`(() => {
      const { outlineColor, outlineWidth } = getComputedStyle(document.activeElement)
      const { backgroundColor } = getComputedStyle(document.activeElement.closest('.popup'))
      return { outlineColor, outlineWidth, ground: backgroundColor }
    })()`)
    expect(Number.parseFloat(seen.outlineWidth)).toBeGreaterThanOrEqual(2)
    expect(contrast(seen.outlineColor, seen.ground)).toBeGreaterThanOrEqual(3)
  }
})

test('Settings is reached by Tab from the list, and gets the focus back', async ({ launch, server }) => {
  const { window: page } = await launch()
  page.setDefaultTimeout(20_000)
  const appWindow = new AppWindow(page)
  await addPartner(server, appWindow, { name: 'ACME' })
  await appWindow.row('ACME').click()
  const settings = page.getByRole('button', { name: 'Settings' })
  const isThere = (): Promise<boolean> =>
    page.evaluate<boolean>('document.activeElement.title === "Settings"')
  for (let stop = 0; stop < 60 && !(await isThere()); stop += 1) await page.keyboard.press('Tab')
  await expect(settings).toBeFocused()
  await page.keyboard.press('Enter')
  await appWindow.dialog('Settings').waitFor()
  await page.keyboard.press('Escape')
  await expect(settings).toBeFocused()
})

/** WCAG 2.2's ratio of two colors, as computed styles write them. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/gu) ?? []).slice(0, 3).map((part) => {
    const share = Number(part) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
