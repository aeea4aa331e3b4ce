/** Reminders as the desktop gets them: each once, gathered, clickable, and gone when they are over. */
import { date, writeDatesAs } from '../../electron/shared/wording'
import { AppWindow } from '../support/app-window'
import { notifications } from '../support/desktop'
import { closeWindow, windowState } from '../support/electron-app'
import { addPartner, expect, keyOf, test } from '../support/served-app'

const DAY = 86_400_000

test('a refresh token with 6.9 days left is notified once, and not again after a restart', async ({
  launch,
  server,
  received,
}) => {
  const first = await launch()
  writeDatesAs(
    await first.window.evaluate<string>('tokenDesk.getSnapshot().then(({ value }) => value.locale)'),
  )
  const appWindow = new AppWindow(first.window)
  await addPartner(server, appWindow, { name: 'R&D <Ltd>', refreshLifeMs: 6.9 * DAY })
  const end = await appWindow.row('R&D <Ltd>').locator('[data-deadline="refresh"]').getAttribute('datetime')
  await expect.poll(() => received).toHaveLength(1)
  const [reminder] = received
  expect(reminder?.title).toContain('Refresh token of R&D <Ltd> expires')
  expect(reminder?.body).toContain(date(Date.parse(end ?? '')))
  await first.quit()

  // What comes after the restart is about the other account, and that alone.
  const second = await launch()
  await addPartner(server, new AppWindow(second.window), { name: 'Beta', refreshLifeMs: 6.5 * DAY })
  await expect.poll(() => received).toHaveLength(2)
  expect(received[1]?.title).toContain('Beta')
})

test('three that are due together are one notification; a click on it shows what needs attention', async ({
  launch,
  server,
  received,
}) => {
  const running = await launch()
  const { window } = running
  const appWindow = new AppWindow(window)
  await window.evaluate('tokenDesk.changeSettings({ desktopNotifications: false })')
  for (const name of ['ACME', 'Beta', 'R&D <b>x</b>']) {
    await addPartner(server, appWindow, { name, refreshLifeMs: 6.5 * DAY })
  }
  await closeWindow(running)
  await expect.poll(() => windowState(running)).toBe('minimised')

  await window.evaluate('tokenDesk.changeSettings({ desktopNotifications: true })')
  await expect.poll(() => received).toHaveLength(1)
  expect(received[0]).toMatchObject({
    title: '3 refresh tokens expire this week',
    // This daemon says that it reads no markup (adapters/bus-notifier.ts).
    body: 'ACME, Beta, R&D <b>x</b>',
  })
  await notifications.click()
  await expect.poll(() => windowState(running)).toBe('shown')
  await expect(window.getByRole('button', { name: 'Needs attention' })).toHaveAttribute(
    'aria-current',
    'true',
  )
  await expect(appWindow.endings.getByRole('button', { name: 'Renew now' })).toBeFocused()
})

test('a click on one brings up its account, ready to renew', async ({ launch, server, received }) => {
  const running = await launch()
  const { window } = running
  const appWindow = new AppWindow(window)
  await addPartner(server, appWindow, { name: 'Other' })
  await addPartner(server, appWindow, { name: 'ACME', refreshLifeMs: 2.5 * DAY })
  await closeWindow(running)
  await expect.poll(() => windowState(running)).toBe('minimised')
  await expect.poll(() => received).toHaveLength(1)

  await notifications.click()
  await expect.poll(() => windowState(running)).toBe('shown')
  await expect(appWindow.row('ACME')).toHaveClass(/\bactive\b/u)
  await expect(window.getByRole('button', { name: 'Renew now' })).toBeFocused()
})

test('renewing takes the reminder off the screen, and none comes for the new token', async ({
  launch,
  server,
  received,
}) => {
  const { window } = await launch()
  const appWindow = new AppWindow(window)
  await addPartner(server, appWindow, { name: 'ACME', refreshLifeMs: 2.5 * DAY })
  await expect.poll(() => notifications.displayed()).toBe(1)
  server.setRefreshLife(keyOf('ACME'), 30 * DAY)
  await appWindow.act('ACME', 'Renew now')
  await expect.poll(() => notifications.displayed()).toBe(0)

  await addPartner(server, appWindow, { name: 'Beta', refreshLifeMs: 6.5 * DAY })
  await expect.poll(() => received).toHaveLength(2)
  expect(received[1]?.title).toContain('Beta')
})
