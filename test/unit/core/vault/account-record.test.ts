import { describe, expect, it } from 'vitest'
import {
  parseRecord,
  RECORD_MIGRATIONS,
  RECORD_VERSION,
  salvage,
} from '../../../../electron/core/vault/account-record'

const DAY = 86_400_000
const RECEIVED = Date.UTC(2026, 10, 20)

/** A record as 0.1.0 writes it, but for what a case changes in its session. */
function ofVersion2(session: object | null): string {
  return JSON.stringify({
    version: 2,
    id: '00000000-0000-4000-8000-000000000001',
    name: 'ACME',
    kind: 'partner',
    kindChoice: 'detect',
    partnerId: null,
    createdAt: RECEIVED,
    policy: { jwt: null, refreshToken: null, muted: false },
    pinned: false,
    tags: [],
    note: '',
    copyFormat: null,
    usage: null,
    environment: {
      id: '00000000-0000-4000-8000-00000000e001',
      name: 'Sandbox',
      baseUrl: 'https://sandbox.example.com',
      production: false,
      colour: 'teal',
      zonelessTimesAre: 'Europe/Paris',
      revision: 0,
    },
    session: session && {
      jwt: { receivedAt: RECEIVED, expiresAt: RECEIVED + DAY, claimDifferenceMs: null },
      refreshToken: { expiresAt: RECEIVED + 30 * DAY, refused: false },
      remembersApiKey: false,
      apiKeyHint: null,
      keyRefused: null,
      maybeReplaced: false,
      journal: { state: 'settled' },
      sealed: 'test_keyring:c2VhbGVk',
      ...session,
    },
  })
}

function migrated(session: object | null) {
  const parsed = parseRecord(ofVersion2(session))
  if (parsed.kind !== 'migrated') throw new Error(parsed.kind)
  return parsed.record.session
}

describe('a record of 0.1.0', () => {
  it('is three versions older than ours', () => {
    expect(RECORD_VERSION).toBe(5)
    expect(RECORD_MIGRATIONS).toHaveLength(4)
  })

  it('keeps the zone in which the environment means its times', () => {
    const parsed = parseRecord(ofVersion2(null))
    expect(parsed).toMatchObject({ record: { environment: { defaultTimeZone: 'Europe/Paris' } } })
    // Damaged, too.
    const damaged = ofVersion2(null).replace('"kind"', '"kinds"')
    expect(salvage(damaged).environment?.defaultTimeZone).toBe('Europe/Paris')
  })

  it('keeps its tokens and dates; its refresh token came with its JWT', () => {
    expect(migrated({})).toEqual({
      jwt: { receivedAt: RECEIVED, expiresAt: RECEIVED + DAY, claimDifferenceMs: null },
      refreshToken: { receivedAt: RECEIVED, expiresAt: RECEIVED + 30 * DAY, refused: null },
      remembersApiKey: false,
      apiKeyHint: null,
      keyRefused: null,
      keyOfAnother: false,
      maybeReplaced: false,
      journal: { state: 'settled' },
      sealed: 'test_keyring:c2VhbGVk',
    })
  })

  it('without a JWT has had its refresh token for as long as tokens are usually valid', () => {
    expect(migrated({ jwt: null })?.refreshToken?.receivedAt).toBe(RECEIVED)
  })

  it('with a refused refresh token still needs its key; when and why it was refused, was not recorded', () => {
    const refreshToken = { expiresAt: RECEIVED + 30 * DAY, refused: true }
    expect(migrated({ refreshToken })?.refreshToken?.refused).toEqual({
      at: null,
      status: null,
      baseUrl: 'https://sandbox.example.com',
      isDoubtful: false,
    })
  })

  it('with a rejected API key still says with which status', () => {
    expect(migrated({ keyRefused: 403 })?.keyRefused).toEqual({
      at: null,
      status: 403,
      baseUrl: 'https://sandbox.example.com',
      isDoubtful: false,
    })
  })

  it('opens without a session, and without a refresh token', () => {
    expect(migrated(null)).toBeNull()
    expect(migrated({ refreshToken: null })?.refreshToken).toBeNull()
  })

  it('with a session that makes no sense is damaged, as it was before', () => {
    expect(parseRecord(ofVersion2({ refreshToken: { expiresAt: 'soon', refused: false } })).kind).toBe(
      'foreign',
    )
    expect(parseRecord(ofVersion2({ refreshToken: { expiresAt: 'soon' }, jwt: null })).kind).toBe('foreign')
    expect(parseRecord(ofVersion2({ jwt: 7 })).kind).toBe('foreign')
  })
})
