import { describe, expect, it } from 'vitest'
import { AT_EXPIRY, leadReached, nextLeadAt, wantsAttention } from '../../../electron/shared/reminders'
import { DEFAULT_POLICY } from '../../../electron/shared/policy'
import { DEFAULT_SETTINGS } from '../../../electron/shared/settings'
import type { AccountSummary } from '../../../electron/shared/account'
import { aJwt, anAccount, aPartner, aRefreshToken, NOW } from '../../support/builders'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** An unused partner: its JWT has long expired, its refresh token has `leftMs` left. */
function idle(leftMs: number, parts: Partial<AccountSummary> = {}): AccountSummary {
  return aPartner({ jwt: aJwt(-DAY), refreshToken: aRefreshToken(leftMs), ...parts })
}

function lead(account: AccountSummary, settings = DEFAULT_SETTINGS): number | null {
  const reached = leadReached(account, settings, NOW)
  return reached === null ? null : reached.lead / DAY
}

describe('the lead that is reached', () => {
  it.each([
    [29, null],
    [7.001, null],
    [7, 7],
    [3.5, 7],
    [3, 3],
    [1, 1],
    [0.001, 1],
    [0, 0],
    [-400, 0],
  ])('with %d days left is %s', (left, expected) => {
    expect(lead(idle(left * DAY))).toBe(expected)
  })

  it('follows the settings, and expiry is notified in any case', () => {
    const none = { ...DEFAULT_SETTINGS, reminderLeadsMs: [] }
    expect(lead(idle(DAY), none)).toBeNull()
    expect(lead(idle(0), none)).toBe(AT_EXPIRY)
    expect(lead(idle(13 * DAY), { ...DEFAULT_SETTINGS, reminderLeadsMs: [14 * DAY] })).toBe(14)
  })

  it('is none without a refresh token, with a refused one, or when the account is muted', () => {
    expect(lead(anAccount())).toBeNull()
    expect(lead(idle(DAY, { refreshToken: { ...aRefreshToken(DAY), refused: true } }))).toBeNull()
    expect(lead(idle(DAY, { policy: { ...DEFAULT_POLICY, muted: true } }))).toBeNull()
  })

  it('is none where the token is replaced in time without the user', () => {
    expect(lead(idle(2 * DAY, { policy: { ...DEFAULT_POLICY, refreshToken: 'renew' } }))).toBeNull()
    expect(
      lead(idle(2 * DAY, { policy: { ...DEFAULT_POLICY, jwt: 'keep-live' }, jwt: aJwt(DAY) })),
    ).toBeNull()
  })

  it('is there when renewing automatically has failed, but not for the days in which it was to be done', () => {
    const failing = {
      policy: { ...DEFAULT_POLICY, refreshToken: 'renew' },
      problem: { code: 'service-unavailable', status: 503 },
    } as const
    expect(lead(idle(6 * DAY, failing))).toBeNull()
    expect(lead(idle(2 * DAY, failing))).toBe(3)
  })
})

describe('the next lead', () => {
  it.each([
    [29, 22],
    [7, 4],
    [2, 1],
    [0.5, 0.5],
  ])('with %d days left is in %d days', (left, expected) => {
    expect(nextLeadAt(idle(left * DAY), DEFAULT_SETTINGS, NOW)).toBe(NOW + expected * DAY)
  })

  it('is none when the token has expired', () => {
    expect(nextLeadAt(idle(-1), DEFAULT_SETTINGS, NOW)).toBeNull()
  })
})

describe('attention', () => {
  const here = NOW
  const wants = (account: AccountSummary, at = here): boolean =>
    wantsAttention(account, DEFAULT_SETTINGS, { here: at, server: NOW })

  it('is wanted by whom only a person can help, and by tokens that end soon', () => {
    expect(wants(idle(20 * DAY))).toBe(false)
    expect(wants(idle(6 * DAY))).toBe(true)
    expect(wants(anAccount({ jwt: aJwt(-1) }))).toBe(true)
  })

  it('is not wanted by a snoozed account, until then', () => {
    const putOff = idle(6 * DAY, { remindAgainAt: NOW + HOUR })
    expect(wants(putOff)).toBe(false)
    expect(wants(putOff, NOW + HOUR)).toBe(true)
  })

  it('is not wanted by an expired token when the account continues with its API key', () => {
    expect(wants(idle(-DAY, { remembersApiKey: true }))).toBe(false)
    expect(wants(idle(-DAY))).toBe(true)
  })
})
