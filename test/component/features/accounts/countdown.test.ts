import { describe, expect, test } from 'vitest'
import { createTick } from '../../../../src/base/clock/tick'
import { aJwt, anAccount, anEnvironment, aPartner, aRefreshToken, NOW } from '../../../support/builders'
import { openApp, settle } from '../../support/app'
import { FakeWindowTime } from '../../support/fake-window-time'
import { row, rowNames, text } from '../../support/queries'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

function countdown(name: string, which: 'jwt' | 'refresh' = 'jwt'): HTMLTimeElement {
  const element = row(name).querySelector<HTMLTimeElement>(`time[data-deadline=${which}]`)
  if (element === null) throw new Error(`No ${which} countdown`)
  return element
}

const NOTHING = { jumped: () => undefined, moved: () => undefined }

describe('the JWT’s countdown', () => {
  test('names the instant and counts to it, second by second', async () => {
    const { time } = await openApp({
      accounts: [anAccount({ jwt: aJwt(23 * HOUR + 41 * MINUTE + 7 * SECOND) })],
    })
    expect(countdown('ACME').dateTime).toBe('2026-11-25T08:41:07.000Z')
    expect(text(countdown('ACME'))).toBe('23:41:07')
    time.advance(SECOND)
    await settle()
    expect(text(countdown('ACME'))).toBe('23:41:06')
  })

  test('is written into the same node, so that nothing is made anew each second', async () => {
    const { time } = await openApp({ accounts: [anAccount({ jwt: aJwt(HOUR) })] })
    const node = countdown('ACME').firstChild
    time.advance(SECOND)
    await settle()
    expect(text(countdown('ACME'))).toBe('00:59:59')
    expect(countdown('ACME').firstChild).toBe(node)
    expect(countdown('ACME').childNodes).toHaveLength(1)
  })

  test('counts minutes out of view', async () => {
    const many = Array.from({ length: 100 }, (_, nth) =>
      anAccount({ name: `Company ${String(nth).padStart(2, '0')}`, jwt: aJwt(HOUR) }),
    )
    const { time } = await openApp({ accounts: many })
    const last = rowNames().at(-1) ?? ''
    const before = text(countdown(last))
    time.advance(SECOND)
    await settle()
    expect(text(countdown('Company 00'))).toBe('00:59:59')
    expect(text(countdown(last))).toBe(before)
    time.advance(MINUTE)
    await settle()
    expect(text(countdown('Company 00'))).toBe('00:58:59')
    expect(text(countdown(last))).toBe('00:59:00')
  })

  test.each([
    ['a day', DAY, '100%'],
    ['more than a day', 40 * HOUR, '100%'],
    ['half a day', 12 * HOUR, '50%'],
    ['an hour', HOUR, '4%'],
    ['the last minute', MINUTE, '2%'],
  ])('has a bar that can be compared with the others: %s', async (_, left, width) => {
    // Whatever its own whole life: this one is as new as can be.
    const jwt = { ...aJwt(left), receivedAt: NOW }
    await openApp({ accounts: [anAccount({ jwt })] })
    expect(countdown('ACME').parentElement?.querySelector<HTMLElement>('.left')?.style.width).toBe(width)
  })

  test('is right after a thousand late timers: it reads the clock and never counts', async () => {
    const { time } = await openApp({ accounts: [anAccount({ jwt: aJwt(HOUR) })] })
    time.advance(1000 * SECOND + 130, 130)
    await settle()
    expect(text(countdown('ACME'))).toBe('00:43:20')
  })

  test('goes by the server’s clock when that differs by more than 30 s', async () => {
    await openApp({
      accounts: [anAccount({ jwt: aJwt(HOUR) })],
      environments: [anEnvironment({ clockSkewMs: 5 * MINUTE })],
    })
    expect(text(countdown('ACME'))).toBe('00:55:00')
    expect(countdown('ACME').dateTime).toBe(new Date(NOW + HOUR).toISOString())
  })

  test.each([
    [5 * MINUTE, false],
    [5 * MINUTE - SECOND, true],
  ])('warns under the least life of a copied JWT (%i ms: %s)', async (left, warns) => {
    await openApp({ accounts: [anAccount({ jwt: aJwt(left) })] })
    expect(countdown('ACME').closest('.tone-soon') !== null).toBe(warns)
  })

  test('ends at nought, and then says when', async () => {
    const { time } = await openApp({ accounts: [anAccount({ jwt: aJwt(SECOND) })] })
    expect(text(countdown('ACME'))).toBe('00:00:01')
    time.advance(SECOND)
    await settle()
    expect(text(countdown('ACME'))).toMatch(/^expired \d\d:\d\d$/u)
  })

  test('of an account that renews automatically says so', async () => {
    await openApp({ accounts: [aPartner({ name: 'Atlas', jwt: aJwt(-HOUR) })] })
    expect(text(countdown('Atlas'))).toBe('Renews on copy')
  })
})

describe('the refresh token’s remaining life', () => {
  test.each([
    [30 * DAY, '30 d'],
    [30 * DAY - SECOND, '29 d'],
    [2 * DAY, '2 d'],
    [2 * DAY - SECOND, '47 h'],
    [HOUR, '1 h'],
    [HOUR - SECOND, '59 min'],
    [MINUTE - SECOND, '< 1 min'],
    [0, 'expired'],
  ])('with %i ms left is %s', async (left, words) => {
    await openApp({ accounts: [aPartner({ name: 'Harbor', refreshToken: aRefreshToken(left) })] })
    expect(text(countdown('Harbor', 'refresh'))).toBe(words)
  })

  test.each([
    [7 * DAY + SECOND, 'tone-muted'],
    [7 * DAY, 'tone-soon'],
    [0, 'tone-danger'],
  ])('with %i ms left is shown %s', async (left, tone) => {
    await openApp({ accounts: [aPartner({ name: 'Harbor', refreshToken: aRefreshToken(left) })] })
    expect(countdown('Harbor', 'refresh').className).toBe(tone)
  })
})

describe('the tick', () => {
  test('falls on whole seconds whatever the start', () => {
    const time = new FakeWindowTime(NOW + 340)
    const tick = createTick(time, NOTHING)
    expect(tick.second.value).toBe(NOW)
    time.advance(659)
    expect(tick.second.value).toBe(NOW)
    time.advance(1)
    expect(tick.second.value).toBe(NOW + SECOND)
  })

  test('rests while the window is hidden, and is right at once when it is shown', () => {
    const time = new FakeWindowTime()
    const tick = createTick(time, NOTHING)
    time.hide()
    expect(time.waiting).toBe(0)
    time.advance(HOUR)
    expect(tick.second.value).toBe(NOW)
    time.show()
    expect(tick.second.value).toBe(NOW + HOUR)
    time.advance(SECOND)
    expect(tick.second.value).toBe(NOW + HOUR + SECOND)
  })

  test('tells of a clock that was set, in either direction, and not of a beat that is late', () => {
    const time = new FakeWindowTime()
    let jumps = 0
    const tick = createTick(time, { ...NOTHING, jumped: () => (jumps += 1) })
    time.advance(10 * SECOND, 900)
    expect(jumps).toBe(0)
    time.set(NOW - HOUR)
    time.fire()
    expect(jumps).toBe(1)
    expect(tick.second.value).toBe(NOW - HOUR)
    time.set(NOW + 24 * HOUR)
    time.fire()
    expect(jumps).toBe(2)
    time.advance(SECOND)
    expect(tick.second.value).toBe(NOW + 24 * HOUR + SECOND)
  })
})
