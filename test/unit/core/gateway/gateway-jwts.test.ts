/** JWTs for the gateway's requests. */
import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../../electron/shared/account'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, unwrap } from '../../../support/back-office'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

async function withOpen(): Promise<{ office: BackOffice; id: AccountId }> {
  const office = await BackOffice.open()
  const { id } = await office.add()
  unwrap(await office.useCases.gateways.setOpen(id, true))
  return { office, id }
}

async function jwtOf(office: BackOffice, id: AccountId): Promise<string> {
  const answer = await office.gateway.host.jwtFor(id)
  return answer.ok ? answer.jwt.reveal() : answer.code
}

async function newer(office: BackOffice, id: AccountId, rejected: string): Promise<string> {
  const answer = await office.gateway.host.renewed(id, new Secret(rejected))
  return answer.ok ? answer.jwt.reveal() : answer.code
}

describe('a JWT for a request', () => {
  it('has the least time left that copying asks for', async () => {
    const { office, id } = await withOpen()
    expect(await jwtOf(office, id)).toBe('jwt-1')
    await office.time.advance(DAY - MINUTE)
    expect(await jwtOf(office, id)).toBe('jwt-2')
  })

  it('is one renewal for however many ask, and for a copy at that moment', async () => {
    const { office, id } = await withOpen()
    await office.time.advance(DAY)
    const asked = office.service.requests.length
    const all = await Promise.all([
      ...Array.from({ length: 50 }, () => jwtOf(office, id)),
      office.jwts.copy(id, null).then(() => office.clipboard.text),
    ])
    expect(new Set(all)).toEqual(new Set(['jwt-2']))
    expect(office.service.requests).toHaveLength(asked + 1)
  })

  it('is given for open gateways only', async () => {
    const { office, id } = await withOpen()
    unwrap(await office.useCases.gateways.setOpen(id, false))
    expect(await jwtOf(office, id)).toBe('internal-error')
    expect(await newer(office, id, 'jwt-1')).toBe('internal-error')
  })

  it('that the service does not grant is not asked for with each request', async () => {
    const { office, id } = await withOpen()
    await office.time.advance(DAY)
    office.service.mishap = () => ({
      answer: {
        kind: 'transient',
        problem: { code: 'service-unavailable', status: 503 },
        retryAfterMs: 30_000,
        mayHaveArrived: false,
      },
    })
    expect(await office.gateway.host.jwtFor(id)).toEqual({
      ...{ ok: false, code: 'service-unavailable', retryAfterMs: 30_000 },
    })
    const asked = office.service.requests.length
    for (let nth = 0; nth < 20; nth += 1) await jwtOf(office, id)
    expect(office.service.requests).toHaveLength(asked)
    office.service.mishap = () => null
    office.useCases.networkIsBack()
    expect(await jwtOf(office, id)).toBe('jwt-2')
    expect(office.gateway.networkChanges).toBe(1)
  })

  it('needs the API key where there is nothing to renew with', async () => {
    const { office, id } = await withOpen()
    office.service.revokeTokens()
    await office.time.advance(DAY)
    expect(await jwtOf(office, id)).toBe('api-key-needed')
  })
})

describe('a JWT that the service has rejected', () => {
  it('is replaced by one that is newer already, without a renewal', async () => {
    const { office, id } = await withOpen()
    unwrap(await office.accounts.renew(id))
    const asked = office.service.requests.length
    expect(await newer(office, id, 'jwt-1')).toBe('jwt-2')
    expect(office.service.requests).toHaveLength(asked)
  })

  it('is renewed once a minute at most', async () => {
    const { office, id } = await withOpen()
    expect(await Promise.all([newer(office, id, 'jwt-1'), newer(office, id, 'jwt-1')])).toEqual([
      'jwt-2',
      'jwt-2',
    ])
    expect(await newer(office, id, 'jwt-2')).toBe('jwt-2')
    await office.time.advance(MINUTE)
    expect(await newer(office, id, 'jwt-2')).toBe('jwt-3')
  })
})
