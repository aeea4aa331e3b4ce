import { describe, expect, it } from 'vitest'
import {
  canRenew,
  jwtLifeLeft,
  needsAttention,
  statusOf,
  STATUSES,
  type StatusFacts,
} from '../../../electron/shared/status'

const NOW = Date.parse('2026-06-01T12:00:00Z')

function facts(change: Partial<StatusFacts> = {}): StatusFacts {
  return {
    jwt: { receivedAt: NOW - 1_000, expiresAt: NOW + 1_000, claimDifferenceMs: null },
    refreshToken: { receivedAt: NOW - 1_000, expiresAt: NOW + 1_000, refused: false },
    remembersApiKey: false,
    renewal: { phase: 'idle' },
    problem: null,
    secretsIn: 'keyring',
    ...change,
  }
}

describe('where an account stands', () => {
  it('is live until the millisecond in which the JWT expires', () => {
    const account = facts({ refreshToken: null })
    expect(statusOf(account, NOW + 999)).toBe('live')
    expect(statusOf(account, NOW + 1_000)).toBe('needs-key')
  })

  it('is renewable until the refresh token expires, and not at that millisecond', () => {
    const account = facts({ jwt: null })
    expect(statusOf(account, NOW + 999)).toBe('renewable')
    expect(statusOf(account, NOW + 1_000)).toBe('needs-key')
  })

  it('is renewable by a remembered API key for ever', () => {
    expect(statusOf(facts({ jwt: null, refreshToken: null, remembersApiKey: true }), NOW * 2)).toBe(
      'renewable',
    )
  })

  it('is not renewable by a refresh token that was refused', () => {
    const refreshToken = { receivedAt: NOW - 1_000, expiresAt: NOW + 1_000, refused: true }
    const account = facts({ jwt: null, refreshToken })
    expect(statusOf(account, NOW)).toBe('needs-key')
  })

  it.each<[Partial<StatusFacts>, string]>([
    [{ renewal: { phase: 'renewing' }, secretsIn: 'locked' }, 'renewing'],
    [{ secretsIn: 'locked', problem: { code: 'locked', reason: 'cannot-decrypt' } }, 'locked'],
    [{ problem: { code: 'key-refused', status: 401 } }, 'key-rejected'],
    [{ problem: { code: 'key-needed', reason: 'refresh-token-refused' } }, 'needs-key'],
    [
      { problem: { code: 'key-refused', status: 401 }, renewal: { phase: 'waiting', retryAt: NOW } },
      'key-rejected',
    ],
    [{ renewal: { phase: 'waiting', retryAt: NOW } }, 'retrying'],
  ])('with %j is %s, though its JWT is live', (change, status) => {
    expect(statusOf(facts(change), NOW)).toBe(status)
  })

  it('needs attention when only a person can help', () => {
    expect(STATUSES.filter(needsAttention)).toEqual(['needs-key', 'key-rejected', 'locked'])
  })
})

describe('what is left', () => {
  it('of a JWT is never less than nothing', () => {
    expect(jwtLifeLeft(facts(), NOW)).toBe(1_000)
    expect(jwtLifeLeft(facts(), NOW + 5_000)).toBe(0)
    expect(jwtLifeLeft(facts({ jwt: null }), NOW)).toBe(0)
  })

  it('to renew with is a living refresh token or a remembered key', () => {
    expect(canRenew(facts(), NOW)).toBe(true)
    expect(canRenew(facts({ refreshToken: null }), NOW)).toBe(false)
    expect(canRenew(facts({ refreshToken: null, remembersApiKey: true }), NOW)).toBe(true)
  })
})
