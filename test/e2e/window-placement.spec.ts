/** A window comes back as it was left, and never where nobody sees it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppWindow } from '../support/app-window'
import { closeWindow, REPOSITORY, windowState, type RunningApp } from '../support/electron-app'
import { addPartner, expect, test } from '../support/served-app'

function placeOf({ app }: RunningApp) {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    return { ...window?.getNormalBounds(), isMaximized: window?.isMaximized() }
  })
}

test('size, place, view, collapsed partners, open details and the theme come back with the next start', async ({
  launch,
  server,
}) => {
  const first = await launch()
  const appWindow = new AppWindow(first.window)
  await addPartner(server, appWindow, { name: 'ACME' })
  server.addApiKey({ apiKey: 'canary-key-of-a-company', kind: 'company' })
  await appWindow.addAccount({
    ...{ name: 'Quayside', apiKey: 'canary-key-of-a-company', type: 'Company', partner: 'ACME' },
  })
  await appWindow.row('ACME').getByRole('button', { name: 'Collapse companies' }).click()
  await expect(appWindow.row('Quayside')).toBeHidden()
  await appWindow.row('ACME').click()
  await first.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 140, y: 90, width: 1000, height: 600 })
  })
  await expect.poll(() => placeOf(first)).toMatchObject({ width: 1000, height: 600 })
  const left = await placeOf(first)
  await first.window.evaluate("tokenDesk.changeSettings({ theme: 'dark' })")
  await first.quit()

  const second = await launch({ directory: join(REPOSITORY, 'test/support/first-ground-main.mjs') })
  // Not light for a moment, before the settings are read.
  expect(await second.app.evaluate(() => (globalThis as { firstGround?: object }).firstGround)).toEqual({
    isDark: true,
    color: '#16181D',
  })
  const again = new AppWindow(second.window)
  await expect.poll(() => windowState(second)).toBe('shown')
  await expect(again.details).toContainText('ACME')
  await expect(again.row('ACME')).toHaveAttribute('aria-expanded', 'false')
  await expect.poll(() => placeOf(second)).toEqual(left)
  await second.window.getByRole('button', { name: /^Partners/u }).click()
  await second.quit()

  // Not a pixel further with each start.
  const third = await launch()
  await expect.poll(() => windowState(third)).toBe('shown')
  await expect(third.window.getByRole('button', { name: /^Partners/u })).toHaveAttribute(
    'aria-current',
    'true',
  )
  expect(await placeOf(third)).toEqual(left)
})

test('a maximized window comes back maximized, also out of the tray, and has its size from before', async ({
  launch,
  tray,
}) => {
  const first = await launch()
  await expect.poll(() => windowState(first)).toBe('shown')
  await first.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setBounds({ x: 140, y: 90, width: 900, height: 600 })
    window?.maximize()
  })
  await expect.poll(() => placeOf(first)).toMatchObject({ isMaximized: true })
  await expect.poll(() => tray.menu()).toContain('Open')
  await closeWindow(first)
  await expect.poll(() => windowState(first)).toBe('hidden')
  await tray.choose('Open')
  await expect.poll(() => windowState(first)).toBe('shown')
  await expect.poll(() => placeOf(first)).toMatchObject({ isMaximized: true })
  await closeWindow(first)
  await expect.poll(() => windowState(first)).toBe('hidden')
  await first.quit()

  const second = await launch()
  await expect.poll(() => placeOf(second)).toMatchObject({ isMaximized: true, width: 900, height: 600 })
  await second.quit()

  const hidden = await launch({ args: ['--hidden'] })
  await expect.poll(() => tray.menu()).toContain('Open')
  expect(await windowState(hidden)).toBe('hidden')
  await tray.choose('Open')
  await expect.poll(() => placeOf(hidden)).toMatchObject({ isMaximized: true })
})

test('a window on a monitor that is gone comes into sight', async ({ launch, profile }) => {
  const bounds = { x: 1280 + 1211, y: 200, width: 1000, height: 600 }
  writeFileSync(join(profile, 'window.json'), JSON.stringify({ version: 1, bounds, isMaximized: false }))
  // Before it is shown, since this window manager brings back what it is given.
  const running = await launch({ args: ['--hidden'] })
  expect(await windowState(running)).toBe('hidden')
  expect(await placeOf(running)).toMatchObject({ x: 140, width: 1000, height: 600 })

  await test.step('also when the monitor goes while it is there', async () => {
    await running.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.show()
      window?.setPosition(1280 + 1211, 200)
    })
    await expect.poll(async () => (await placeOf(running)).x).toBeGreaterThan(1280)
    // No display of a test can be unplugged.
    await running.app.evaluate(({ screen }) => screen.emit('display-removed'))
    await expect.poll(async () => (await placeOf(running)).x).toBeLessThanOrEqual(280)
  })
})
