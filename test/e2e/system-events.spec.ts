/** Each word of the system reaches what it is for: sleep, resume, the screen's lock, the end of the session, a Dock click. */
import { once } from 'node:events'
import type { Locator } from '@playwright/test'
import { AppWindow } from '../support/app-window'
import { closeWindow, windowState, type RunningApp } from '../support/electron-app'
import { passWithoutInput, setLock, unlock } from '../support/lock'
import { addPartner, expect, keyOf, test } from '../support/served-app'

type SystemEvent = 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen'

function system({ app }: RunningApp, event: SystemEvent): Promise<unknown> {
  return app.evaluate(({ powerMonitor }, name) => (powerMonitor as NodeJS.EventEmitter).emit(name), event)
}

function passphraseField({ window }: RunningApp): Locator {
  return window.getByRole('textbox', { name: 'Passphrase' })
}

for (const event of ['suspend', 'lock-screen'] as const) {
  test(`${event} locks the app`, async ({ launch, server }) => {
    const running = await launch()
    const appWindow = new AppWindow(running.window)
    await addPartner(server, appWindow, { name: 'ACME' })
    await setLock(appWindow)
    await system(running, event)
    await expect(passphraseField(running)).toBeVisible()
    await unlock(appWindow)
    await appWindow.row('ACME').waitFor()
  })
}

for (const event of ['resume', 'unlock-screen'] as const) {
  test(`${event} looks at once whether the app was left for too long meanwhile`, async ({ launch }) => {
    const running = await launch()
    await setLock(new AppWindow(running.window))
    // Longer than the limit, which is 15 minutes; its timer is not due.
    await passWithoutInput(running, 60)
    await system(running, event)
    await expect(passphraseField(running)).toBeVisible()
  })
}

test('from suspend to resume nothing is sent, and then what was asked for', async ({ launch, server }) => {
  const running = await launch()
  const appWindow = new AppWindow(running.window)
  await addPartner(server, appWindow, { name: 'ACME' })
  await system(running, 'suspend')
  server.forgetRequests()
  await appWindow.act('ACME', 'Renew now')
  await expect(appWindow.row('ACME')).toHaveAttribute('data-status', 'renewing')
  // Sent meanwhile without waiting for the resume: a renewal would arrive before it.
  await running.window.evaluate(`tokenDesk.testConnection({ baseUrl: ${JSON.stringify(server.url)} })`)
  expect(server.requests.map(({ path }) => path)).not.toContain('/auth/refresh')
  await system(running, 'resume')
  await expect(appWindow.message('ACME renewed').first()).toBeVisible()
  expect(server.report(keyOf('ACME')).rotations).toBe(1)
})

test('the session’s end, as Windows tells of it, ends the app', async ({ launch }) => {
  const running = await launch()
  const gone = once(running.app.process(), 'exit')
  await running.app.evaluate(({ BrowserWindow }) => {
    // Later, so that this call has its answer before the app is gone.
    setImmediate(() =>
      (BrowserWindow.getAllWindows()[0] as unknown as NodeJS.EventEmitter).emit('session-end'),
    )
  })
  expect(await gone).toEqual([0, null])
})

test('a click on the Dock’s icon brings the window back', async ({ launch }) => {
  const running = await launch()
  await expect.poll(() => windowState(running)).toBe('shown')
  await closeWindow(running)
  await expect.poll(() => windowState(running)).not.toBe('shown')
  await running.app.evaluate(({ app }) => (app as NodeJS.EventEmitter).emit('activate'))
  await expect.poll(() => windowState(running)).toBe('shown')
})
