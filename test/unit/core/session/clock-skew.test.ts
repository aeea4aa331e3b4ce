import { describe, expect, it } from 'vitest'
import { NOW, readReply, jwtOf } from '../../../support/auth-replies'

const COMPANY = { jwt: 'opaque', expirationDate: '2026-06-02T12:00:00' }

describe('the clock’s skew', () => {
  const date = 'Mon, 01 Jun 2026 12:10:00 GMT'
  const body = JSON.stringify(COMPANY)

  it('is measured at the middle of the exchange', () => {
    const times = { sentAt: NOW, receivedAt: NOW + 4000 }
    expect(readReply(200, body, { date }, times).clockSkewMs).toBe(600_000 + 500 - 2000)
  })

  it('may be behind', () => {
    const times = { sentAt: NOW + 1_200_000, receivedAt: NOW + 1_200_000 }
    expect(readReply(200, body, { date }, times).clockSkewMs).toBe(-599_500)
  })

  it.each([
    ['a refusal', 401, '{}', true],
    ['a gateway’s 5xx', 503, '', false],
    ['a gateway’s 5xx in JSON', 502, '{"error":"no upstream"}', false],
    ['who is asked too often', 429, '{}', false],
    ['invalid-response', 200, '{}', false],
    ['a page', 200, '<html>', false],
    ['a proxy’s page', 401, '<html>', false],
    ['a redirect', 302, '', false],
    ['a proxy’s question', 407, '{}', false],
  ])('of %s', (_name, status, text, counts) => {
    expect(readReply(status, text, { date }).clockSkewMs).toBe(counts ? 600_500 : null)
  })

  it.each([null, '', 'yesterday', '2026-06-01T12:10:00Z'])('is unknown with Date: %s', (text) => {
    expect(readReply(200, body, { date: text }).clockSkewMs).toBeNull()
  })

  it('is unknown when this machine’s clock was set back meanwhile', () => {
    const times = { sentAt: NOW, receivedAt: NOW - 3_600_000, elapsedMs: 100 }
    expect(readReply(200, body, { date }, times).clockSkewMs).toBeNull()
  })

  it('is unknown when the machine slept meanwhile, whether or not the other clock stood still', () => {
    const asleep = { sentAt: NOW, receivedAt: NOW + 7_200_000 }
    expect(readReply(200, body, { date }, { ...asleep, elapsedMs: 100 }).clockSkewMs).toBeNull()
    expect(readReply(200, body, { date }, { ...asleep, elapsedMs: 7_200_000 }).clockSkewMs).toBeNull()
  })

  it.each([
    ['a moment', 100, 100, true],
    ['10 seconds', 10_000, 10_000, true],
    ['longer: the date may be from its beginning or its end', 10_001, 10_001, false],
    ['two seconds that one clock has not counted', 2_000, 0, true],
    ['more of them', 2_001, 0, false],
  ])('of an exchange of %s', (_name, wall, elapsedMs, counts) => {
    const times = { sentAt: NOW, receivedAt: NOW + wall, elapsedMs }
    expect(readReply(200, body, { date }, times).clockSkewMs === null).toBe(!counts)
  })

  it.each([
    ['at the date', '2026-06-01T12:10:00Z', true],
    ['5 minutes before', '2026-06-01T12:05:00Z', true],
    ['longer before', '2026-06-01T12:04:59Z', false],
    ['longer after', '2026-06-01T12:15:01Z', false],
  ])('with a JWT issued %s', (_name, issued, counts) => {
    const jwt = jwtOf({ iat: Date.parse(issued) / 1000, exp: Date.parse('2026-06-02T12:00:00Z') / 1000 })
    expect(readReply(200, JSON.stringify({ ...COMPANY, jwt }), { date }).clockSkewMs === null).toBe(!counts)
  })
})
