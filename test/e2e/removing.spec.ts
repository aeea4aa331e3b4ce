/** Removing in the built app: undone, quit before that was over, killed before that was over; and what the mouse does in the list. */
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { AppWindow } from '../support/app-window'
import { addPartner, expect, test } from '../support/served-app'

test('a removal is undone, is survived by the account in a crash, and is finished by quitting', async ({
  launch,
  server,
}) => {
  test.setTimeout(120_000)
  const first = await launch()
  const { profile } = first
  const files = (): string[] =>
    readdirSync(join(profile, 'accounts')).filter((name) => name.endsWith('.json'))
  const remove = async (appWindow: AppWindow): Promise<void> => {
    await appWindow.row('ACME').focus()
    await appWindow.page.keyboard.press('Delete')
    await appWindow.alertDialog('Remove ACME?').getByRole('button', { name: 'Remove' }).click()
    await expect(appWindow.row('ACME')).toBeHidden()
  }
  const before = new AppWindow(first.window)
  await addPartner(server, before, { name: 'ACME' })
  await remove(before)
  expect(files()).toHaveLength(1)
  await before.page.getByRole('button', { name: 'Undo' }).click()
  await expect(before.row('ACME')).toBeFocused()

  await remove(before)
  const child = first.app.process()
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
  const second = await launch()
  const after = new AppWindow(second.window)
  await expect(after.row('ACME')).toBeVisible()
  await remove(after)
  await second.quit()
  expect(files()).toEqual([])
})

test('the list: a double click opens details and nothing else, typing searches, heads sort, widths are kept', async ({
  launch,
  server,
}) => {
  test.setTimeout(120_000)
  const first = await launch()
  const page = first.window
  page.setDefaultTimeout(20_000)
  const appWindow = new AppWindow(page)
  for (const name of ['ACME', 'Beta']) await addPartner(server, appWindow, { name })
  const cells = appWindow.row('Beta').getByRole('gridcell')
  for (let nth = 0; nth < 4; nth += 1) {
    await cells.nth(nth).dblclick()
    await expect(appWindow.details.getByRole('heading', { name: 'Beta' })).toBeVisible()
    await expect(page.getByRole('dialog')).toBeHidden()
    await page.keyboard.press('Escape')
    await expect(appWindow.details).toBeHidden()
  }

  // In a narrow window the details come to lie above the right part of the row.
  await first.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setSize(800, 500)
  })
  await expect.poll(() => page.evaluate('innerWidth')).toBe(800)
  await appWindow.row('ACME').dblclick({ position: { x: 540, y: 20 } })
  await expect(appWindow.details.getByRole('heading', { name: 'ACME' })).toBeVisible()
  await expect(appWindow.row('ACME')).toBeFocused()
  await page.keyboard.press('Escape')
  await first.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setSize(1240, 760)
  })
  await expect.poll(() => page.evaluate('innerWidth')).toBe(1240)

  await appWindow.row('ACME').focus()
  await page.keyboard.type('bet')
  const search = page.getByRole('searchbox', { name: 'Search accounts' })
  await expect(search).toBeFocused()
  await expect(search).toHaveValue('bet')
  await page.keyboard.press('Escape')

  const columns = page.getByRole('toolbar', { name: 'Columns' })
  await columns.getByRole('button', { name: /^Account/u }).click()
  await expect(appWindow.list.getByRole('row').first()).toHaveAccessibleName(/^Beta/u)

  const chip = cells.nth(1)
  const width = async (): Promise<number> => (await chip.boundingBox())?.width ?? 0
  const before = await width()
  const grip = await columns.locator('.grip').first().boundingBox()
  if (grip === null) throw new Error('no grip')
  const at = { x: grip.x + grip.width / 2, y: grip.y + grip.height / 2 }
  await page.mouse.move(at.x, at.y)
  await page.mouse.down()
  await page.mouse.move(at.x - 50, at.y, { steps: 5 })
  await page.mouse.up()
  await expect.poll(width).toBe(before + 50)
  await first.quit()
  const { window: again } = await launch()
  await expect
    .poll(async () => (await again.getByRole('gridcell').nth(1).boundingBox())?.width)
    .toBe(before + 50)
})
