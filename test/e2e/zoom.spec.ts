/** Zoom by the keys and the wheel of the X server. */
import type { Locator } from '@playwright/test'
import { AppWindow } from '../support/app-window'
import { windowState, type RunningApp } from '../support/electron-app'
import { resize } from '../support/screens'
import { addPartner, expect, test } from '../support/served-app'
import { giveKeyboard, pressKey, turnWheel } from '../support/x-input'

const zoomOf = ({ app }: RunningApp): Promise<number> =>
  app.evaluate(({ BrowserWindow }) =>
    Math.round((BrowserWindow.getAllWindows()[0]?.webContents.zoomFactor ?? 0) * 100),
  )

test('Ctrl with plus, minus, zero and the wheel zooms from 50 to 200 %, which the next start keeps', async ({
  launch,
}) => {
  const running = await launch()
  await expect.poll(() => windowState(running)).toBe('shown')
  await giveKeyboard(running)
  await pressKey('Equal', 'ctrl')
  await expect.poll(() => zoomOf(running)).toBe(110)
  await turnWheel(running, 'up', 'ctrl')
  await expect.poll(() => zoomOf(running)).toBe(125)
  await turnWheel(running, 'down', 'ctrl')
  await expect.poll(() => zoomOf(running)).toBe(110)
  await pressKey('Digit0', 'ctrl')
  await expect.poll(() => zoomOf(running)).toBe(100)
  for (const percent of [90, 80, 75, 67, 50, 50]) {
    await pressKey('Minus', 'ctrl')
    await expect.poll(() => zoomOf(running)).toBe(percent)
  }
  for (let nth = 0; nth < 12; nth += 1) await pressKey('Equal', 'ctrl', 'shift')
  await expect.poll(() => zoomOf(running)).toBe(200)
  await running.quit()

  const again = await launch()
  expect(await zoomOf(again)).toBe(200)
})

/** Elements whose content is wider than they are, though nothing can scroll or shorten it. */
const overflowing = `[...document.querySelectorAll('body *')]
  .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1)
  .filter((each) => ['auto', 'scroll'].includes(getComputedStyle(each).overflowX))
  .map((each) => each.outerHTML.slice(0, 100))`

/** Width and height in px, and the zoom, at which names as long as most are whole. */
const SIZES_OF_NAMES = [
  [1278, 798, 1],
  [800, 500, 1],
  [1278, 798, 2],
  [800, 500, 2],
] as const

/** Tags and what is said of an account come after its name. */
const TAG_ALL = `tokenDesk.getSnapshot().then(({ value }) => Promise.all(value.accounts.map(({ id }) =>
  tokenDesk.editAccount({ id, tags: ['onboarding', 'payroll'] }))))`

test('at 200 % on 1280×800 nothing is cut off: rail, rows, details and dialogs', async ({
  launch,
  server,
}) => {
  const running = await launch()
  const { app, window } = running
  const appWindow = new AppWindow(window)
  await addPartner(server, appWindow, { name: 'Harbor Payroll Group' })
  await addPartner(server, appWindow, { name: 'Meridian People Services' })
  server.addApiKey({ apiKey: 'canary-key-of-a-company-0123', kind: 'company' })
  await appWindow.addAccount({
    name: 'Quayside Logistics',
    apiKey: 'canary-key-of-a-company-0123',
    type: 'Company',
    partner: 'Harbor Payroll Group',
  })
  await window.evaluate(TAG_ALL)
  // The window manager leaves a pixel of the screen on each side.
  await resize(app, window, { name: 'zoomed', width: 1278, height: 798, zoom: 2 })
  const allInSight = async (...parts: readonly Locator[]): Promise<void> => {
    for (const part of parts) await expect(part).toBeInViewport({ ratio: 1 })
    expect(await window.evaluate(overflowing)).toEqual([])
  }
  const cutNames = (): Promise<unknown> =>
    window.evaluate(`[...document.querySelectorAll('[role=treegrid] strong')]
      .filter((each) => each.scrollWidth > each.clientWidth)
      .map((each) => each.textContent)`)
  const button = (name: string): Locator => window.getByRole('button', { name, exact: true })

  await test.step('rail and list', async () => {
    const row = appWindow.row('Meridian People Services')
    await allInSight(button('Settings'), button('Identify JWT…'), button('Add account'))
    await allInSight(row.getByRole('button', { name: 'Copy JWT' }), row.locator('[data-deadline=jwt]'))
    expect(await cutNames()).toEqual([])
  })

  await test.step('names, in each width and density, also beside details', async () => {
    await appWindow.row('Quayside').click()
    for (const density of ['comfortable', 'compact'] as const) {
      await window.evaluate(`tokenDesk.changeSettings({ density: '${density}' })`)
      await expect(window.locator(`[data-density=${density}]`)).toBeAttached()
      for (const [width, height, zoom] of SIZES_OF_NAMES) {
        await resize(app, window, { name: 'any', width, height, zoom })
        expect(await cutNames(), `${density}, ${String(width)} px, ${String(zoom * 100)} %`).toEqual([])
      }
    }
    await window.evaluate(`tokenDesk.changeSettings({ density: 'comfortable' })`)
    await window.keyboard.press('Escape')
    await resize(app, window, { name: 'zoomed', width: 1278, height: 798, zoom: 2 })
  })

  await test.step('details', async () => {
    await appWindow.row('Harbor').click()
    const { details } = appWindow
    await allInSight(
      details.getByRole('button', { name: 'Copy JWT' }),
      details.getByRole('button', { name: 'Renew now' }),
      details.getByRole('button', { name: 'Close' }),
    )
    await window.keyboard.press('Escape')
  })

  for (const [keys, name, parts] of [
    ['Control+N', 'Add account', ['Add', 'Cancel', 'Close']],
    ['Control+,', 'Settings', ['Close']],
    ['?', 'Keyboard shortcuts', ['Close']],
  ] as const) {
    await test.step(name, async () => {
      await appWindow.row('Harbor').focus()
      await window.keyboard.press(keys)
      const dialog = appWindow.dialog(name)
      await allInSight(...parts.map((part) => dialog.getByRole('button', { name: part, exact: true })))
      await window.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
    })
  }
})
