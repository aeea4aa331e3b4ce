/** The computer moves to another time zone while the window is open. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anAccount, aPartner, aRefreshToken, NOW } from '../../support/builders'
import { openApp, settle, type OpenedApp } from '../support/app'
import { get, press, row, text } from '../support/queries'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const before = process.env['TZ']

beforeEach(() => {
  process.env['TZ'] = 'UTC'
})
afterEach(() => {
  if (before === undefined) delete process.env['TZ']
  else process.env['TZ'] = before
})

async function openDetails(): Promise<OpenedApp> {
  // It expires at 21:00 UTC, which is the next day in Tokyo.
  const refreshToken = aRefreshToken(20.5 * DAY)
  const app = await openApp({
    accounts: [aPartner({ name: 'ACME', refreshToken }), anAccount({ name: 'B' })],
  })
  row('ACME').focus()
  await press(' ')
  return app
}

function details(): string {
  return text(get('complementary', 'Details'))
}

test('its dates and times are written anew within a minute', async () => {
  const { time } = await openDetails()
  expect(new Date(NOW + 20.5 * DAY).toISOString()).toBe('2026-12-14T21:00:00.000Z')
  expect(details()).toContain('14 Dec')
  process.env['TZ'] = 'Asia/Tokyo'
  time.advance(MINUTE)
  await settle()
  expect(details()).toContain('15 Dec')
  expect(details()).not.toContain('14 Dec')
})

test('they are right as soon as a hidden window is shown, as after a sleep', async () => {
  const { time } = await openDetails()
  time.hide()
  process.env['TZ'] = 'Asia/Tokyo'
  time.advance(2 * MINUTE)
  time.show()
  await settle()
  expect(details()).toContain('15 Dec')
})

test('the zone is looked up once a minute, not each second', async () => {
  const { time } = await openDetails()
  let lookedUp = 0
  const { zone } = time
  time.zone = () => {
    lookedUp += 1
    return zone()
  }
  time.advance(10 * MINUTE)
  expect(lookedUp).toBe(10)
})
