import { describe, expect, it } from 'vitest'
import type { AccountSummary } from '../../../electron/shared/account'
import { DEFAULT_POLICY } from '../../../electron/shared/policy'
import { KEEP_LIVE_BEFORE_MS, RENEW_WITHIN_MS, renewsAt } from '../../../electron/shared/renewal-times'
import { DEFAULT_SETTINGS } from '../../../electron/shared/settings'
import { aJwt, anAccount, aPartner, aRefreshToken, NOW } from '../../support/builders'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const KEEP_LIVE = { ...DEFAULT_POLICY, jwt: 'keep-live' } as const
const RENEW = { ...DEFAULT_POLICY, refreshToken: 'renew' } as const

function renews(account: AccountSummary, settings = DEFAULT_SETTINGS): number | null {
  const at = renewsAt(account, settings)
  return at === null ? null : at - NOW
}

describe('an account renews automatically', () => {
  it('not at all, where nothing is said', () => {
    expect(renews(aPartner())).toBeNull()
  })

  it('5 minutes before its JWT expires, when that is kept live', () => {
    expect(renews(aPartner({ policy: KEEP_LIVE }))).toBe(23 * HOUR - KEEP_LIVE_BEFORE_MS)
  })

  it('in the last 7 days of its refresh token, when that is renewed automatically', () => {
    expect(renews(aPartner({ policy: RENEW }))).toBe(29.5 * DAY - RENEW_WITHIN_MS)
  })

  it('at the earlier of both', () => {
    const policy = { ...KEEP_LIVE, refreshToken: 'renew' } as const
    expect(renews(aPartner({ policy }))).toBe(23 * HOUR - KEEP_LIVE_BEFORE_MS)
    const old = { receivedAt: NOW - 23 * DAY, expiresAt: NOW + 2 * HOUR, claimDifferenceMs: null }
    expect(renews(aPartner({ policy, jwt: old, refreshToken: aRefreshToken(7 * DAY + HOUR) }))).toBe(HOUR)
  })

  it('by the settings where it says nothing itself, and by its own word where it does', () => {
    const settings = { ...DEFAULT_SETTINGS, jwtPolicy: 'keep-live' } as const
    expect(renews(aPartner(), settings)).toBe(23 * HOUR - KEEP_LIVE_BEFORE_MS)
    expect(renews(aPartner({ policy: { ...DEFAULT_POLICY, jwt: 'when-used' } }), settings)).toBeNull()
  })

  it('from a time that is past, when it was asleep then', () => {
    expect(renews(aPartner({ policy: KEEP_LIVE, jwt: aJwt(-2 * DAY) }))).toBe(-2 * DAY - KEEP_LIVE_BEFORE_MS)
  })

  it('as a company by its remembered API key, and without one never', () => {
    expect(renews(anAccount({ policy: KEEP_LIVE }))).toBeNull()
    expect(renews(anAccount({ policy: KEEP_LIVE, remembersApiKey: true }))).toBe(
      12 * HOUR - KEEP_LIVE_BEFORE_MS,
    )
  })

  it('not when its refresh token has expired by then or was refused', () => {
    expect(renews(aPartner({ policy: KEEP_LIVE, refreshToken: aRefreshToken(HOUR) }))).toBeNull()
    expect(
      renews(aPartner({ policy: KEEP_LIVE, refreshToken: { ...aRefreshToken(9 * DAY), refused: true } })),
    ).toBeNull()
  })

  it('not while it is in trouble: the next try is planned, or only the user can help', () => {
    expect(
      renews(aPartner({ policy: KEEP_LIVE, problem: { code: 'service-unavailable', status: 503 } })),
    ).toBeNull()
  })

  it('not in the first half of a life, so that short ones are not renewed without end', () => {
    const short = { receivedAt: NOW, expiresAt: NOW + 4 * MINUTE, claimDifferenceMs: null }
    expect(renews(aPartner({ policy: KEEP_LIVE, jwt: short }))).toBe(2 * MINUTE)
    const granted = { receivedAt: NOW, expiresAt: NOW + DAY, claimDifferenceMs: null }
    expect(
      renews(
        aPartner({
          policy: RENEW,
          jwt: granted,
          refreshToken: { ...aRefreshToken(5 * DAY), receivedAt: NOW },
        }),
      ),
    ).toBe(2.5 * DAY)
  })

  it('not when the service grants what has practically expired', () => {
    const dead = { receivedAt: NOW, expiresAt: NOW + 10_000, claimDifferenceMs: null }
    expect(renews(aPartner({ policy: KEEP_LIVE, jwt: dead }))).toBeNull()
  })
})
