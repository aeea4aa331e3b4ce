import { describe, expect, test } from 'vitest'
import { DEFAULT_SETTINGS, type Settings } from '../../../../electron/shared/settings'
import * as wording from '../../../../electron/shared/wording'
import {
  aJwt,
  anAccount,
  anUndatedJwt,
  anUndatedRefreshToken,
  aPartner,
  NOW,
} from '../../../support/builders'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ZONE = 'UTC'
const CLOCKS = { here: NOW, server: NOW }

type Account = Parameters<typeof wording.healthLine>[0]

function health(account: Account, settings: Partial<Settings> = {}): string {
  const { headline, rest } = wording.healthLine(account, { ...DEFAULT_SETTINGS, ...settings }, CLOCKS, ZONE)
  return `${headline} ${rest}`
}

describe('the health line', () => {
  test.each<[string, Account, Partial<Settings>, string]>([
    [
      'both unknown',
      aPartner({ jwt: anUndatedJwt(HOUR), refreshToken: anUndatedRefreshToken(HOUR) }),
      {},
      'Live. Its expiry is unknown. Renews when copied. The refresh token probably expires around 24 Dec 2026 (estimated from its age). Reminders: 7 days, 3 days, and 1 day before.',
    ],
    [
      'a JWT that is kept live',
      aPartner({ jwt: anUndatedJwt(HOUR), refreshToken: anUndatedRefreshToken(HOUR) }),
      { jwtPolicy: 'keep-live' },
      'Live. Its expiry is unknown. Renews automatically before the JWT is 24 hours old, together with the refresh token.',
    ],
    [
      'a refresh token that is replaced',
      aPartner({ jwt: aJwt(DAY), refreshToken: anUndatedRefreshToken(HOUR) }),
      { refreshTokenPolicy: 'renew' },
      'Live for 24 h. Renews when copied. The refresh token probably expires around 24 Dec 2026 (estimated from its age) and is renewed automatically in its last 7 days.',
    ],
    [
      'no reminders before',
      aPartner({ jwt: aJwt(DAY), refreshToken: anUndatedRefreshToken(HOUR) }),
      { reminderLeadsMs: [] },
      'Live for 24 h. Renews when copied. The refresh token probably expires around 24 Dec 2026 (estimated from its age). You’ll be notified when it’s 30 days old.',
    ],
    [
      'tokens that are older than tokens usually get',
      aPartner({ jwt: anUndatedJwt(31 * DAY), refreshToken: anUndatedRefreshToken(31 * DAY) }),
      {},
      'The JWT is over 24 hours old and its expiry is unknown. Copying renews it first. The refresh token is over 30 days old and its expiry is unknown.',
    ],
    [
      'a refused API key',
      anAccount({ jwt: anUndatedJwt(HOUR), problem: { code: 'key-refused', status: 401 } }),
      {},
      'Live. Its expiry is unknown. After it expires, you’ll need to enter the API key.',
    ],
  ])('of %s', (_name, account, settings, words) => {
    expect(health(account, settings)).toBe(words)
  })
})

describe('the end of a refresh token by its age', () => {
  test.each([
    [
      24 * DAY,
      'Refresh token probably expires in 6 days, around 30 Nov 2026. This is an estimate; the service didn’t say when.',
    ],
    [
      30 * DAY,
      'Refresh token has probably expired: it’s over 30 days old. The service didn’t say when it expires.',
    ],
  ])('%i ms after its receipt', (age, words) => {
    expect(wording.tokenEnds(anUndatedRefreshToken(age), NOW, ZONE)).toBe(words)
  })

  test('is to be tried rather than given up', () => {
    expect(wording.tokenEndMeans({ leftMs: -1, isEstimate: true }, false)).toBe(
      'Renew now to check whether it still works.',
    )
  })
})

describe('a notification', () => {
  const token = (name: string, left: number, isEstimate = true) => ({
    id: name as never,
    name,
    expiresAt: NOW + left,
    isEstimate,
    remembersApiKey: false,
  })
  const plain = ({ title, body }: { title: string; body: string }) =>
    `${title} | ${body}`.replaceAll(/[⁨⁩]/gu, '')

  test.each([
    [
      [token('ACME', 7 * DAY)],
      'Refresh token of ACME probably expires in 7 days | This is estimated from its age; the service didn’t say when it expires. Renew now with one click. After it expires, you’ll need the API key.',
    ],
    [
      [token('ACME', -1)],
      'Refresh token of ACME has probably expired | It’s 30 days old, and the service didn’t say when it expires. Renew now to check whether it still works.',
    ],
    [
      [token('ACME', DAY), token('Beta', 2 * DAY, false)],
      '2 refresh tokens expire this week | ACME, Beta. 1 estimated: the service didn’t say when.',
    ],
    [
      [token('ACME', DAY), token('Beta', 2 * DAY)],
      '2 refresh tokens expire this week | ACME, Beta. All estimated: the service didn’t say when.',
    ],
  ])('of %j', (tokens, words) => {
    expect(plain(wording.reminderText(tokens, NOW, ZONE))).toBe(words)
  })

  test('of a locked app says so without a name', () => {
    expect(wording.lockedReminderText([token('ACME', 7 * DAY)], NOW).title).toBe(
      '1 refresh token probably expires in 7 days',
    )
    expect(wording.lockedReminderText([token('ACME', -1)], NOW).title).toBe(
      '1 refresh token has probably expired',
    )
  })
})
