/** The app without its window in sight: closed, started hidden, reached through the tray, and idle. */
import { once } from 'node:events'
import { cp } from 'node:fs/promises'
import { setTimeout as passes } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { AppWindow } from '../support/app-window'
import { notifications, readClipboard, startTray, writeClipboard } from '../support/desktop'
import {
  closeWindow,
  launchUnwatched,
  makeProfile,
  removeProfile,
  startAgain,
  windowState,
  type RunningApp,
  type UnwatchedState,
} from '../support/electron-app'
import { openQuickPick } from '../support/quick-pick'
import { addPartner, expect, isLive, keyOf, test } from '../support/served-app'

const DAY = 86_400_000

/** Starts the app; resolves when its window is visible, as it is before a user can close it. */
async function launchShown(launch: () => Promise<RunningApp>): Promise<RunningApp> {
  const running = await launch()
  await expect.poll(() => windowState(running)).toBe('shown')
  return running
}

test('closing the window minimises it where there is no tray; a second start shows it again', async ({
  launch,
  profile,
  received,
}) => {
  const running = await launchShown(launch)
  await closeWindow(running)
  await expect.poll(() => windowState(running)).toBe('minimised')

  // One that the system starts at a login wants no window.
  expect(await startAgain(profile, ['--hidden'])).toBe(0)
  expect(await windowState(running)).toBe('minimised')
  expect(await startAgain(profile)).toBe(0)
  await expect.poll(() => windowState(running)).toBe('shown')
  expect(received).toEqual([])

  await running.window.evaluate('tokenDesk.changeSettings({ staysInBackground: false })')
  const gone = once(running.app.process(), 'exit')
  await closeWindow(running)
  expect(await gone).toEqual([0, null])
})

test('closing the window ends the app where it is to stay nowhere, also after the quick pick was used', async ({
  launch,
}) => {
  const running = await launchShown(launch)
  await openQuickPick(running)
  await running.window.evaluate('tokenDesk.changeSettings({ staysInBackground: false })')
  const gone = once(running.app.process(), 'exit')
  await running.app.evaluate(({ BrowserWindow }) => {
    for (const each of BrowserWindow.getAllWindows())
      if (!each.webContents.getURL().endsWith('#quick-pick')) each.close()
  })
  expect(await gone).toEqual([0, null])
})

test('the tray copies, opens and quits; closing the window hides it there, which is said once', async ({
  launch,
  server,
  received,
  tray,
}) => {
  const running = await launch()
  const appWindow = new AppWindow(running.window)
  await addPartner(server, appWindow, { name: 'R&D_1' })
  await expect.poll(() => tray.menu()).toContain('Open')
  const unmarked = await tray.icon()
  await addPartner(server, appWindow, { name: 'Beta', refreshLifeMs: 6.5 * DAY })
  await appWindow.act('R&D_1', 'Pin')
  await expect
    .poll(() => tray.menu())
    .toEqual(['Copy JWT', 'R&D_1 · Sandbox', '—', 'Needs attention (1)', 'Add account…', 'Open', '—', 'Quit'])
  expect(await tray.tooltip()).toBe('TokenDesk: 1 account needs attention')
  expect(await tray.icon()).not.toBe(unmarked)
  await expect.poll(() => received).toHaveLength(1)

  await closeWindow(running)
  await expect.poll(() => windowState(running)).toBe('hidden')
  await expect.poll(() => received[1]?.title).toBe('TokenDesk is still running')

  await writeClipboard('something else')
  await tray.choose('R&D_1 · Sandbox')
  await expect.poll(() => received[2]?.title).toBe('JWT of R&D_1 copied')
  expect(await isLive(server, await readClipboard())).toBe(true)
  expect(await windowState(running)).toBe('hidden')

  await tray.choose('Needs attention (1)')
  await expect.poll(() => windowState(running)).toBe('shown')
  await expect(running.window.getByRole('button', { name: 'Needs attention' })).toHaveAttribute(
    'aria-current',
    'true',
  )
  await closeWindow(running)
  await expect.poll(() => windowState(running)).toBe('hidden')
  await tray.click()
  await expect.poll(() => windowState(running)).toBe('shown')
  expect(received).toHaveLength(3)

  const gone = once(running.app.process(), 'exit')
  await tray.choose('Quit')
  expect(await gone).toEqual([0, null])
})

test('a tray that starts later than the app is found when it is needed', async ({ launch }) => {
  const running = await launchShown(launch)
  const tray = await startTray()
  expect(await tray.menu()).toEqual([])
  await closeWindow(running)
  await expect.poll(() => windowState(running)).toBe('hidden')
  await expect.poll(() => tray.menu()).toContain('Open')
  await tray.stop()
  await notifications.closeAll()
})

test('started hidden, it shows no window, sleeps until the next deadline, and reminds', async ({
  launch,
  profile,
  server,
  received,
}) => {
  const first = await launch()
  // Long enough to start once more before it is due, also on a busy machine.
  test.setTimeout(120_000)
  await addPartner(server, new AppWindow(first.window), { name: 'ACME', refreshLifeMs: 7 * DAY + 30_000 })
  await first.quit()

  const tray = await startTray()
  const hidden = launchUnwatched(profile, ['--hidden'])
  try {
    await expect.poll(() => tray.menu()).toContain('Open')
    expect(received).toEqual([])
    await expect.poll(() => received, { timeout: 60_000 }).toHaveLength(1)
    expect(received[0]?.title).toContain('ACME')
    // The one timer is that to the next deadline; the window's clocks stand still.
    await expect.poll(() => hidden.state()).toMatchObject({ pageIsHidden: true, timers: 1 })
    await tray.choose('Quit')
    expect(await hidden.ended).toBe(0)
  } finally {
    await hidden.end()
    await tray.stop()
  }
})

test('idle and out of sight, started so or closed, it runs nothing of its own for a minute', async ({
  launch,
  profile,
  server,
}) => {
  test.setTimeout(180_000)
  const first = await launch()
  await addPartner(server, new AppWindow(first.window), { name: 'ACME' })
  await first.quit()
  const other = await makeProfile()
  await cp(profile, other, { recursive: true })

  const tray = await startTray()
  const hidden = launchUnwatched(profile, ['--hidden'])
  const closed = launchUnwatched(other)
  const both = (): Promise<UnwatchedState[]> => Promise.all([hidden.state(), closed.state()])
  try {
    await expect.poll(() => closed.state()).toMatchObject({ isShown: true, pageIsHidden: false })
    // Its clocks tick, and are counted.
    await expect.poll(async () => (await closed.state()).ranInPage).toBeGreaterThan(0)
    await closed.close()
    // At rest the one timer is that to the next deadline, hours away.
    const atRest = { isShown: false, pageIsHidden: true, timers: 1 }
    await expect.poll(both, { timeout: 30_000 }).toMatchObject([atRest, atRest])
    let before = await both()
    // What was begun before has ended when some seconds change nothing any more.
    const isSettled = async (): Promise<boolean> => {
      const earlier = before
      await passes(3_000)
      before = await both()
      return isDeepStrictEqual(before, earlier)
    }
    await expect.poll(isSettled, { timeout: 30_000 }).toBe(true)
    // Main's are counted from its start.
    expect(Math.min(...before.map(({ ran }) => ran))).toBeGreaterThan(0)
    // Nothing is waited for: this is the minute in which nothing is to happen.
    await passes(60_000)
    expect(await both()).toEqual(before)
  } finally {
    await Promise.all([hidden.end(), closed.end()])
    await tray.stop()
    await removeProfile(other)
    await notifications.closeAll()
  }
})

test('started hidden where there is no tray, it is minimised, so that it can be reached', async ({
  launch,
}) => {
  const running = await launch({ args: ['--hidden'] })
  expect(await windowState(running)).toBe('hidden')
  await expect.poll(() => windowState(running), { timeout: 20_000 }).toBe('minimised')
})

test('the end of the session ends the app, after a renewal that is under way', async ({ launch, server }) => {
  const first = await launch()
  const appWindow = new AppWindow(first.window)
  await addPartner(server, appWindow, { name: 'ACME' })
  server.nextReply({ kind: 'none', delayMs: 1_000 }, '/auth/refresh')
  await appWindow.act('ACME', 'Renew now')
  await expect(appWindow.row('ACME')).toHaveAttribute('data-status', 'renewing')
  const child = first.app.process()
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await gone).toEqual([0, null])

  // The new refresh token is the one in use.
  const second = await launch()
  await new AppWindow(second.window).act('ACME', 'Renew now')
  await expect.poll(() => server.report(keyOf('ACME'))).toMatchObject({ rotations: 2, olderTokensSent: 0 })
})

test('a second start brings back a minimised window, and ends', async ({ launch }) => {
  const running = await launch()
  const { app, profile, window } = running
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.minimize()
  })
  expect(await startAgain(profile)).toBe(0)
  await expect.poll(() => windowState(running)).toBe('shown')
  await expect(window).toHaveTitle('TokenDesk')
})
