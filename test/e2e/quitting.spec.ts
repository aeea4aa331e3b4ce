/** The app's end while the service is slow: what is in flight is waited for, and whoever waits is told. */
import { once } from 'node:events'
import { AppWindow } from '../support/app-window'
import { notifications, readClipboard } from '../support/desktop'
import { startAgain, windowState, type RunningApp } from '../support/electron-app'
import { addPartner, expect, isLive, keyOf, test } from '../support/served-app'

function isEnding({ output }: RunningApp): boolean {
  return output.some((line) => line.includes('"message":"ending"'))
}

for (const { signal, slowMs } of [
  // Nearly as long as a request may take.
  { signal: 'SIGTERM', slowMs: 8_000 },
  { signal: 'SIGINT', slowMs: 3_500 },
  { signal: 'SIGHUP', slowMs: 3_500 },
] as const) {
  test(`${signal} in the middle of a renewal waits for the answer, and a second one does not cut that off`, async ({
    launch,
    server,
  }) => {
    const first = await launch()
    const appWindow = new AppWindow(first.window)
    await addPartner(server, appWindow, { name: 'ACME' })
    server.nextReply({ kind: 'none', delayMs: slowMs }, '/auth/refresh')
    await appWindow.act('ACME', 'Renew now')
    await expect.poll(() => server.requests.some(({ path }) => path === '/auth/refresh')).toBe(true)

    const child = first.app.process()
    const gone = once(child, 'exit')
    child.kill(signal)
    await expect.poll(() => isEnding(first)).toBe(true)
    child.kill(signal)
    expect(await gone).toEqual([0, null])
    expect(server.report(keyOf('ACME'))).toMatchObject({ rotations: 1, olderTokensSent: 0 })

    const second = await launch()
    const again = new AppWindow(second.window)
    await again.act('ACME', 'Renew now')
    await expect(again.message('ACME renewed').first()).toBeVisible()
    await again.copyJwt('ACME')
    expect(await isLive(server, await readClipboard())).toBe(true)
    expect(server.report(keyOf('ACME'))).toMatchObject({ rotations: 2, logins: 1, olderTokensSent: 0 })
  })
}

test('a slow end hides the window, says so in the tray and by a notification, and a second start comes after it', async ({
  launch,
  server,
  tray,
  received,
  profile,
}) => {
  const running = await launch()
  const appWindow = new AppWindow(running.window)
  for (const name of ['ACME', 'Beta']) await addPartner(server, appWindow, { name })
  await expect.poll(() => tray.menu()).toContain('Open')
  await running.app.evaluate(({ app }) => {
    app.relaunch = (options) => {
      process.stdout.write(`relaunch ${String(options?.args?.includes('--hidden'))}\n`)
    }
  })
  server.script(({ path }) => (path === '/auth/refresh' ? { kind: 'none', delayMs: 7_000 } : undefined))
  for (const name of ['ACME', 'Beta']) await appWindow.act(name, 'Renew now')
  await expect.poll(() => server.stats.inFlight).toBe(2)

  const gone = once(running.app.process(), 'exit')
  await tray.choose('Quit')
  await expect.poll(() => windowState(running)).toBe('hidden')
  await expect.poll(() => tray.menu()).toEqual(['Finishing 2 renewals before quitting…'])
  expect(await tray.tooltip()).toBe('TokenDesk: Finishing 2 renewals before quitting…')
  await expect
    .poll(() => received.map(({ title }) => title))
    .toEqual(['Finishing 2 renewals before quitting…'])

  expect(await startAgain(profile)).toBe(0)
  await expect.poll(() => tray.menu()).toEqual(['Finishing 2 renewals before restarting…'])
  expect(await windowState(running)).toBe('hidden')
  expect(await gone).toEqual([0, null])
  expect(running.output).toContain('relaunch false')
  await expect.poll(() => notifications.displayed()).toBe(0)
  for (const name of ['ACME', 'Beta']) expect(server.report(keyOf(name)).rotations).toBe(1)
})

test('the end of the session is delayed for what is in flight, and only for that', async ({
  launch,
  server,
}) => {
  const running = await launch()
  const appWindow = new AppWindow(running.window)
  await addPartner(server, appWindow, { name: 'ACME' })
  /** Tells the app of it as the system would; whether the app asks to wait. */
  const sessionEnds = (event: 'shutdown' | 'query-session-end'): Promise<boolean> =>
    running.app.evaluate(({ powerMonitor, BrowserWindow }, name) => {
      let isDelayed = false
      const preventable = { preventDefault: () => (isDelayed = true) }
      const from = name === 'shutdown' ? powerMonitor : BrowserWindow.getAllWindows()[0]
      ;(from as unknown as NodeJS.EventEmitter).emit(name, preventable)
      return isDelayed
    }, event)
  for (const event of ['shutdown', 'query-session-end'] as const) expect(await sessionEnds(event)).toBe(false)
  expect(isEnding(running)).toBe(false)

  server.nextReply({ kind: 'none', delayMs: 3_500 }, '/auth/refresh')
  await appWindow.act('ACME', 'Renew now')
  await expect.poll(() => server.stats.inFlight).toBe(1)
  const gone = once(running.app.process(), 'exit')
  expect(await sessionEnds('query-session-end')).toBe(true)
  expect(await sessionEnds('shutdown')).toBe(true)
  expect(await gone).toEqual([0, null])

  const next = await launch()
  const again = new AppWindow(next.window)
  await again.act('ACME', 'Renew now')
  await expect(again.message('ACME renewed').first()).toBeVisible()
  expect(server.report(keyOf('ACME'))).toMatchObject({ rotations: 2, logins: 1, olderTokensSent: 0 })
})

test('an import that the end cuts off keeps every login that was granted', async ({ launch, server }) => {
  const running = await launch()
  const appWindow = new AppWindow(running.window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  await appWindow.dialog('Add account').getByRole('button', { name: 'Cancel' }).click()
  const names = Array.from({ length: 20 }, (_, index) => `Row ${String(index)}`)
  for (const name of names) server.addApiKey({ apiKey: keyOf(name), kind: 'partner', name })
  server.script(() => ({ kind: 'none', delayMs: 3_500 }))
  const rows = names.map((name) => `${name},Sandbox,${keyOf(name)}`)
  const content = ['name,environment,apiKey', ...rows].join('\n')
  await running.window.evaluate(
    `void tokenDesk.previewImport({ content: ${JSON.stringify(content)} })
      .then(({ value: { planId } }) => tokenDesk.runImport({ planId }))`,
  )
  await expect.poll(() => server.stats.inFlight).toBe(8)
  await running.quit()
  expect(server.requests).toHaveLength(8)

  server.healthy()
  const next = await launch()
  await expect(new AppWindow(next.window).row('Row ')).toHaveCount(8)
})

test('Add account can be cancelled while it waits, and what is granted then is not kept', async ({
  launch,
  server,
}) => {
  const running = await launch()
  const appWindow = new AppWindow(running.window)
  await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
  server.addApiKey({ apiKey: keyOf('ACME'), kind: 'partner', name: 'ACME' })
  server.nextReply({ kind: 'none', delayMs: 3_000 }, '/auth/login')
  const dialog = await appWindow.fillAccount({ name: 'ACME', apiKey: keyOf('ACME') })
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect.poll(() => server.stats.inFlight).toBe(1)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(
    dialog.getByRole('status').filter({ hasText: 'Canceled. No account was added.' }),
  ).toBeVisible()
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('ACME')
  await expect(dialog.getByRole('textbox', { name: 'API key' })).toHaveValue(keyOf('ACME'))
  // It has been granted, and not been received.
  await expect.poll(() => server.report(keyOf('ACME')).logins).toBe(1)
  await expect.poll(() => server.stats.inFlight).toBe(0)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(await running.window.evaluate('tokenDesk.getAccountIds()')).toEqual({ ok: true, value: [] })
})
