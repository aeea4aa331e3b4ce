import { describe, expect, test } from 'vitest'
import { statusOf } from '../../../../electron/shared/status'
import { DEFAULT_POLICY } from '../../../../electron/shared/policy'
import { DEFAULT_SETTINGS, type Settings } from '../../../../electron/shared/settings'
import * as wording from '../../../../electron/shared/wording'
import { aJwt, anAccount, aPartner, aRefreshToken, NOW } from '../../../support/builders'

const { SECOND, MINUTE, HOUR, DAY } = wording
const ZONE = 'UTC'
const clocks = { here: NOW, server: NOW }

describe('durations', () => {
  test.each([
    [0, '00:00:00'],
    [999, '00:00:00'],
    [1000, '00:00:01'],
    [HOUR - 1, '00:59:59'],
    [DAY, '24:00:00'],
    [1000 * HOUR, '41 d'],
    [-5, '00:00:00'],
  ])('countdown(%i) is %s', (ms, words) => {
    expect(wording.countdown(ms)).toBe(words)
  })

  test.each([
    [30 * SECOND, 'less than a minute'],
    [MINUTE, '1 min'],
    [HOUR, '1 h'],
    [23 * HOUR + 41 * MINUTE, '23 h 41 min'],
    [2 * DAY - 1, '47 h 59 min'],
    [29 * DAY, '29 days'],
  ])('lifeInWords(%i) is %s', (ms, words) => {
    expect(wording.lifeInWords(ms)).toBe(words)
  })

  test.each([
    [400, '1 s'],
    [24_900, '24 s'],
    [60_000, '1 min'],
    [HOUR, '1 h'],
  ])('waitInWords(%i) is %s', (ms, words) => {
    expect(wording.waitInWords(ms)).toBe(words)
  })
})

describe('dates', () => {
  test.each([
    [NOW, 'today at 09:00'],
    [NOW + DAY, 'tomorrow at 09:00'],
    [NOW - DAY, 'yesterday at 09:00'],
    [NOW + 29 * DAY, '23 Dec at 09:00'],
    [NOW + 60 * DAY, '23 Jan 2027 at 09:00'],
  ])('moment(%i) is %s', (at, words) => {
    expect(wording.moment(at, NOW, ZONE)).toBe(words)
  })

  test.each([
    [NOW - HOUR, 'expired 08:00'],
    [NOW - DAY, 'expired 23 Nov'],
    [NOW - 400 * DAY, 'expired 20 Oct 2025'],
  ])('endedAt(%i) is %s', (at, words) => {
    expect(wording.endedAt(at, NOW, ZONE)).toBe(words)
  })

  test('the day is that of the reader’s zone', () => {
    const lateEvening = Date.UTC(2026, 10, 24, 23, 30)
    expect(wording.moment(lateEvening, NOW, 'Europe/Lisbon')).toBe('today at 23:30')
    expect(wording.moment(lateEvening, NOW, 'Europe/Berlin')).toBe('tomorrow at 00:30')
  })
})

describe('the health line', () => {
  type Account = Parameters<typeof wording.healthLine>[0]
  const health = (account: Account, settings: Partial<Settings> = {}): string => {
    const { headline, rest } = wording.healthLine(account, { ...DEFAULT_SETTINGS, ...settings }, clocks, ZONE)
    return `${headline} ${rest}`
  }
  const partner = (parts: Partial<Account> = {}): Account =>
    aPartner({ jwt: aJwt(23 * HOUR + 41 * MINUTE), refreshToken: aRefreshToken(29 * DAY), ...parts })

  test('of a partner, as it is when nothing was decided', () => {
    expect(health(partner())).toBe(
      'Live for 23 h 41 min. Renews when copied. The refresh token expires on 23 Dec 2026. Reminders: 7 days, 3 days, and 1 day before.',
    )
  })

  test.each<[string, Partial<Account>, Partial<Settings>, string]>([
    [
      'whose JWT is kept live',
      { policy: { ...DEFAULT_POLICY, jwt: 'keep-live' } },
      {},
      'Renews automatically 5 minutes before it expires, together with the refresh token.',
    ],
    [
      'whose refresh token is renewed automatically',
      {},
      { refreshTokenPolicy: 'renew' },
      'Renews when copied. The refresh token expires on 23 Dec 2026 and is renewed automatically in its last 7 days.',
    ],
    [
      'that is muted',
      { policy: { ...DEFAULT_POLICY, muted: true } },
      {},
      'Notifications are muted for this account.',
    ],
    ['without lead times', {}, { reminderLeadsMs: [] }, 'You’ll be notified when it expires.'],
    [
      'without desktop notifications',
      {},
      { desktopNotifications: false },
      'It appears under Needs attention 7 days before.',
    ],
    [
      'some of whose reminders have passed',
      { refreshToken: aRefreshToken(2 * DAY) },
      {},
      'expires on 26 Nov 2026. Reminders: 1 day before.',
    ],
  ])('of a partner %s', (_whose, parts, settings, words) => {
    expect(health(partner(parts), settings)).toContain(words)
  })

  test('promises no reminder that has passed', () => {
    expect(health(partner({ refreshToken: aRefreshToken(5 * HOUR) }))).toMatch(/expires on 24 Nov 2026\.$/u)
  })

  test('of a company that remembers its key', () => {
    const company = anAccount({ jwt: aJwt(6 * HOUR), remembersApiKey: true })
    expect(health(company)).toBe(
      'Live for 6 h. No refresh token. Renews with the saved API key when you copy.',
    )
    expect(health(company, { jwtPolicy: 'keep-live' })).toBe(
      'Live for 6 h. No refresh token. Renews automatically 5 minutes before it expires, with the saved API key.',
    )
  })

  test.each(['when-used', 'keep-live'] as const)(
    'of a company that lives on time alone, whatever is decided (%s)',
    (jwtPolicy) => {
      expect(health(anAccount({ jwt: aJwt(6 * HOUR) }), { jwtPolicy })).toBe(
        'Live for 6 h. No refresh token and no saved API key. You’ll need to enter the API key after the JWT expires.',
      )
    },
  )

  test('of one with an expired JWT', () => {
    const ended = partner({ jwt: aJwt(-HOUR) })
    expect(health(ended)).toBe(
      'The JWT expired today at 08:00. Copying renews it first. The refresh token expires on 23 Dec 2026. Reminders: 7 days, 3 days, and 1 day before.',
    )
    expect(health(ended, { jwtPolicy: 'keep-live' })).toBe(
      'The JWT expired today at 08:00. Renews automatically in a moment.',
    )
  })

  test('of one with a scheduled retry, by this computer’s clock', () => {
    const account = anAccount({ jwt: aJwt(HOUR), renewal: { phase: 'waiting', retryAt: NOW + 42 * SECOND } })
    const ahead = { here: NOW, server: NOW + 10 * MINUTE }
    const { rest } = wording.healthLine(account, DEFAULT_SETTINGS, ahead, ZONE)
    expect(rest).toBe('The last renewal failed. Retrying in 42 s.')
  })

  test('of one that is locked calls nothing live, however much of its JWT is left', () => {
    const locked = anAccount({ secretsIn: 'locked', problem: { code: 'locked', reason: 'other-keyring' } })
    expect(statusOf(locked, NOW)).toBe('locked')
    expect(health(locked)).toMatch(/^Locked\. /u)
  })

  test('of one that needs its key', () => {
    expect(health(anAccount({ jwt: aJwt(-HOUR) }))).toBe(
      'API key needed. The JWT expired today at 08:00. Enter the API key to get a new JWT.',
    )
  })
})

describe('what a row says', () => {
  const row = (
    account: Parameters<typeof wording.rowLine>[0],
    facts: Partial<Parameters<typeof wording.rowLine>[1]> = {},
  ) =>
    wording.rowLine(account, {
      kind: 'Partner',
      status: statusOf(account, NOW),
      tokenEnds: false,
      failure: null,
      settings: DEFAULT_SETTINGS,
      clocks,
      ...facts,
    })
  const failure = { what: 'This computer is offline.', todo: '' }

  test('its kind, when there is nothing else to say', () => {
    expect(row(aPartner())).toEqual({ text: 'Partner', tone: null })
  })

  test('that it ends for good, before a kind that may be long', () => {
    expect(row(anAccount(), { kind: 'Company of Harbor' }).text).toBe(
      'API key needed after expiry · Company of Harbor',
    )
    expect(row(anAccount({ remembersApiKey: true })).text).toBe('Partner')
  })

  test('that it ends for good though it has a refresh token, when that ends before', () => {
    expect(row(aPartner({ refreshToken: aRefreshToken(HOUR) })).text).toContain('API key needed after expiry')
  })

  test('how it renews, once its JWT has ended', () => {
    const ended = aPartner({ jwt: aJwt(-HOUR) })
    expect(row(ended).text).toBe('Partner · renews when copied')
    const keptLive = { ...DEFAULT_SETTINGS, jwtPolicy: 'keep-live' } as const
    expect(row(ended, { settings: keptLive }).text).toBe('Partner · renews automatically')
  })

  test('that its refresh token ends, unless something is worse', () => {
    const account = aPartner({ refreshToken: aRefreshToken(6.9 * DAY) })
    expect(row(account, { tokenEnds: true })).toEqual({
      text: 'Refresh token expires in 6 days',
      tone: 'soon',
    })
    expect(row(account, { tokenEnds: true, failure }).text).toBe('This computer is offline.')
    const busy = { ...account, problem: { code: 'service-unavailable', status: 503 } } as const
    expect(row(busy, { tokenEnds: true }).text).toBe('Service unavailable')
    expect(row(account, { tokenEnds: true, status: 'renewing' }).text).toBe('Partner · Renewing…')
  })
})

describe('the end of a refresh token', () => {
  test.each([
    [6.9 * DAY, 'Refresh token expires in 6 days, on 1 Dec 2026.'],
    [31 * HOUR + MINUTE, 'Refresh token expires in 31 h, tomorrow at 16:01.'],
    [-DAY, 'Refresh token expired on 23 Nov 2026.'],
  ])('with %i ms left', (left, words) => {
    expect(wording.tokenEnds(aRefreshToken(left), NOW, ZONE)).toBe(words)
  })

  test('above the list names the one, or counts them', () => {
    const token = (name: string, left: number) =>
      ({ id: name as never, name, expiresAt: NOW + left, isEstimate: false, remembersApiKey: false }) as const
    expect(wording.endingsInWords([token('ACME', 6.9 * DAY)], NOW)).toBe(
      'ACME: refresh token expires in 6 days',
    )
    expect(wording.endingsInWords([token('ACME', 2 * DAY), token('Beta', 5 * DAY)], NOW)).toBe(
      '2 refresh tokens expire this week',
    )
  })

  test.each([
    [[7 * DAY, 3 * DAY, DAY], '7 days, 3 days, and 1 day before'],
    [[DAY], '1 day before'],
    [[12 * HOUR, 3 * DAY], '3 days and 12 hours before'],
    [[HOUR], '1 hour before'],
    [[90 * MINUTE], '1 h 30 min before'],
  ])('leads of %j ms are %s', (leads, words) => {
    expect(wording.leadsInWords(leads)).toBe(words)
  })
})

describe('a renewal of several', () => {
  const failed = (...names: string[]) =>
    names.map((name) => ({ name, words: { what: 'No answer.', todo: 'Wait.' } }))

  test.each([
    [['ACME'], [], 'ACME renewed'],
    [['ACME', 'Beta'], [], '2 accounts renewed'],
    [[], ['ACME'], 'ACME: No answer. Wait.'],
    [['ACME'], ['Beta'], 'ACME renewed. Beta: No answer. Wait.'],
    [
      ['ACME', 'Beta'],
      ['Gamma', 'Delta'],
      '2 accounts renewed. 2 couldn’t be renewed. Gamma, Delta: No answer.',
    ],
  ])('%j well and %j badly', (renewed, bad, words) => {
    const outcome = { done: renewed, failed: failed(...bad), total: renewed.length + bad.length }
    expect(wording.manyDone({ action: 'renew', ...outcome })).toBe(words)
  })
})
