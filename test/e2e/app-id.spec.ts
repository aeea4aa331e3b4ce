/** Desktops know the app, its windows and its notifications by the name of its desktop file. */
import { closeWindow, expect, test, windowState } from '../support/electron-app'
import { startTray, watchNotifications } from '../support/desktop'
import { APP_ID } from '../../scripts/packaging/identity.mjs'

test('its notifications and its windows carry the id of the app', async ({ launch }) => {
  const tray = await startTray()
  const watch = await watchNotifications()
  const running = await launch()
  await expect.poll(() => windowState(running)).toBe('shown')
  // Of it Electron makes Wayland's app id and, since version 42, X11's WM_CLASS.
  expect(await running.app.evaluate(() => process.env['CHROME_DESKTOP'])).toBe(`${APP_ID}.desktop`)
  // It tells that it stays in the background.
  await expect.poll(() => tray.menu()).not.toEqual([])
  await closeWindow(running)
  await expect.poll(() => watch.senders).toEqual([APP_ID])
  await watch.stop()
  await tray.stop()
})
