/** Natively on sway, a tiling compositor that minimises nothing, and lets `wl-paste` look into its clipboard. */
import { notifications, startTray, watchNotifications } from '../support/desktop'
import { AppWindow } from '../support/app-window'
import { startAgain } from '../support/electron-app'
import { addPartner, expect, isLive, test } from '../support/served-app'
import {
  focusedTitle,
  openOtherWindow,
  pressKeys,
  startWatched,
  typeText,
  wlCopy,
  wlPaste,
} from '../support/wayland'
import { windowsCome } from '../support/wayland-windows'

test.use({ wayland: 'sway' })

windowsCome()

test('what is said to be copied, or cleared, is so for every other program', async ({ launch, server }) => {
  const tray = await startTray()
  const watch = await watchNotifications()
  const { window } = await launch()
  const appWindow = new AppWindow(window)
  await addPartner(server, appWindow, { name: 'ACME' })
  await addPartner(server, appWindow, { name: 'Beta' })

  await test.step('by a key in our window: it is there', async () => {
    await wlCopy('theirs')
    await appWindow.row('ACME').focus()
    await pressKeys('Return')
    await appWindow.message('JWT of ACME copied').waitFor()
    expect(await isLive(server, await wlPaste())).toBe(true)
  })

  await test.step('without one after another program has copied: not there, and said', async () => {
    await wlCopy('theirs')
    // Without a key of the keyboard, as an assistive program does it.
    await appWindow.row('Beta').getByRole('button', { name: 'Copy JWT' }).click()
    await expect(window.getByRole('alert')).toHaveText(/^Couldn’t copy/u)
    expect(await wlPaste()).toBe('theirs')
  })

  const closeOther = await openOtherWindow()

  await test.step('from the tray, while another window has the keyboard: not there, and said', async () => {
    await appWindow.pin('Beta')
    await expect.poll(() => tray.menu()).toContain('Beta · Sandbox')
    await tray.choose('Beta · Sandbox')
    await expect
      .poll(() => watch.received.at(-1))
      .toMatchObject({ title: 'Couldn’t copy the JWT of Beta', body: 'Open TokenDesk to copy it.' })
    expect(await wlPaste()).toBe('theirs')
    await notifications.closeAll()
  })

  await closeOther()
  await expect.poll(focusedTitle).toBe('TokenDesk')

  await test.step('it is emptied at its time, also while another window has the keyboard', async () => {
    await window.evaluate('tokenDesk.changeSettings({ clipboardClearMs: 10_000 })')
    await appWindow.row('ACME').focus()
    await pressKeys('Return')
    await appWindow.message('JWT of ACME copied').waitFor()
    expect(await wlPaste()).not.toBe('')
    const closeAnother = await openOtherWindow()
    await expect.poll(wlPaste, { timeout: 15_000 }).toBe('')
    await closeAnother()
  })
  await watch.stop()
  await tray.stop()
})

const QUICK_PICK = 'TokenDesk quick pick'

test('a start with --quick-pick opens the quick pick over any program, which copies and is gone', async ({
  launch,
  profile,
  server,
}) => {
  const first = await launch()
  await addPartner(server, new AppWindow(first.window), { name: 'ACME' })
  const closeOther = await openOtherWindow()
  await wlCopy('theirs')

  expect(await startAgain(profile, ['--quick-pick'])).toBe(0)
  await expect.poll(focusedTitle).toBe(QUICK_PICK)
  await typeText('acm')
  await pressKeys('Return')
  await expect.poll(wlPaste).toMatch(/^eyJ/u)
  expect(await isLive(server, await wlPaste())).toBe(true)
  await expect.poll(focusedTitle).toBe('Wayland Terminal')

  expect(await startAgain(profile, ['--quick-pick'])).toBe(0)
  await expect.poll(focusedTitle).toBe(QUICK_PICK)
  await pressKeys('Escape')
  await expect.poll(focusedTitle).toBe('Wayland Terminal')
  await first.quit()

  const started = startWatched(profile, ['--quick-pick'])
  await expect.poll(focusedTitle).toBe(QUICK_PICK)
  await started.end()
  await closeOther()
})
