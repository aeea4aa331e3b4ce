/** Responses with unreadable dates: no token is lost because of them, and unknown is shown as unknown. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppWindow } from '../support/app-window'
import { readClipboard } from '../support/desktop'
import { capture, FOLDER, settled } from '../support/screens'
import { addPartner, expect, isLive, keyOf, test } from '../support/served-app'

/** As they stand in the JSON of an answer; `undefined` leaves the field out. */
const ODD_DATES: readonly unknown[] = [
  '2126-07-01 12:00:00+00:00',
  '2126-07-01t12:00:00+00:00',
  '2126-07-01T12:00:00z',
  '2126-07-01T11:59:60Z',
  '2126-07-01T12:00:00.123456789012345Z',
  undefined,
  null,
  '',
  4_938_000_000_000,
  'Mon, 01 Jul 2126 12:00:00 GMT',
  '2126-02-30T00:00:00',
  'soon',
]

test('no rotated token is lost for the date beside it', async ({ launch, server }) => {
  const first = await launch()
  const appWindow = new AppWindow(first.window)
  await addPartner(server, appWindow, { name: 'ACME' })
  const activity = () => server.report(keyOf('ACME'))
  for (const [index, date] of ODD_DATES.entries()) {
    const change = { expirationDate: date, refreshTokenExpiration: date }
    server.nextReply({ kind: 'fields', change, afterProcessing: true }, '/auth/refresh')
    await appWindow.act('ACME', 'Renew now')
    await expect.poll(() => activity().rotations).toBe(index + 1)
    await expect(appWindow.row('ACME')).toHaveAttribute('data-status', 'live')
  }
  await first.quit()

  const second = await launch()
  const again = new AppWindow(second.window)
  await again.act('ACME', 'Renew now')
  await expect.poll(() => activity().rotations).toBe(ODD_DATES.length + 1)
  await again.copyJwt('ACME')
  expect(await isLive(server, await readClipboard())).toBe(true)
  expect(activity()).toMatchObject({ logins: 1, olderTokensSent: 0 })
})

test('an unknown expiry is said to be unknown, in the row and in the details', async ({ launch, server }) => {
  const { app, window } = await launch()
  const appWindow = new AppWindow(window)
  const change = { jwt: 'an-opaque-jwt', expirationDate: 'soon', refreshTokenExpiration: null }
  await addPartner(server, appWindow, { name: 'Known' })
  server.nextReply({ kind: 'fields', change, afterProcessing: true }, '/auth/login')
  await addPartner(server, appWindow, { name: 'Undated' })

  const row = appWindow.row('Undated')
  await expect(row).toHaveAttribute('data-status', 'live')
  for (const which of ['jwt', 'refresh']) {
    const time = row.locator(`time[data-deadline=${which}]`)
    await expect(time).toHaveText('Unknown')
    expect(await time.getAttribute('datetime')).toBeNull()
    expect(
      await appWindow.row('Known').locator(`time[data-deadline=${which}]`).getAttribute('datetime'),
    ).toMatch(/^\d{4}-\d\d-\d\dT/u)
  }
  await appWindow.copyJwt('Undated')
  expect(await readClipboard()).toBe('an-opaque-jwt')

  await appWindow.act('Undated', 'Details')
  await expect(appWindow.details).toContainText('Live. Its expiry is unknown.')
  await expect(appWindow.details).toContainText('Estimated: ')
  mkdirSync(FOLDER, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme })
    await settled(window)
    writeFileSync(join(FOLDER, `${colorScheme}-unknown-expiry.png`), await capture(app))
  }
})
