import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../../electron/shared/account'
import { Secret } from '../../../../electron/shared/secret'
import { describeActivity } from '../../../../electron/shared/wording'
import { BackOffice, unwrap } from '../../../support/back-office'
import { aJwtOf } from '../../../support/builders'

const HOUR = 3_600_000
const MINUTE = 60_000
const DAY = 24 * HOUR

async function withJwts(...names: readonly string[]): Promise<{ office: BackOffice; ids: AccountId[] }> {
  const office = await BackOffice.open()
  const ids: AccountId[] = []
  for (const name of names) {
    office.service.jwtOf = () =>
      aJwtOf({ sub: name, iss: 'https://issuer.example', exp: (office.time.now() + DAY) / 1000 })
    ids.push((await office.add({ name })).id)
  }
  return { office, ids }
}

describe('a copy', () => {
  it('comes in the form that was asked for, and that is offered first from then on', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    unwrap(await office.jwts.copy(id, 'header'))
    expect(office.clipboard.text).toBe('R-Auth: jwt-1')
    expect(office.summary(id).copyFormat).toBe('header')
    unwrap(await office.jwts.copy(id, null))
    expect(office.clipboard.text).toBe('jwt-1')
    expect(office.summary(id).copyFormat).toBe('header')
    expect((await office.restart()).summary(id).copyFormat).toBe('header')
  })

  it('in any form is live by the same rule', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.time.advance(DAY - 60_000)
    unwrap(await office.jwts.copy(id, 'curl-posix'))
    expect(office.clipboard.text).toBe("curl --header 'R-Auth: jwt-2' 'https://api.example.com'")
  })

  it('is refused in a form that can not carry the JWT, and the clipboard stays as it is', async () => {
    const office = await BackOffice.open()
    office.service.jwtOf = () => 'line\nbreak'
    const { id } = await office.add()
    expect(await office.jwts.copy(id, 'header')).toEqual({
      ok: false,
      error: { code: 'cannot-copy', reason: 'not-a-header-value' },
    })
    expect(office.clipboard.text).toBe('')
    expect(office.summary(id).usage).toBeNull()
  })

  it('that has to be renewed first does not replace what was asked for later', async () => {
    const office = await BackOffice.open()
    const slow = await office.add({ name: 'Slow' })
    await office.time.advance(DAY - MINUTE)
    const quick = await office.add({ name: 'Quick' })
    office.service.hold()
    const first = office.jwts.copy(slow.id, null)
    await office.time.advance(0)
    unwrap(await office.jwts.copy(quick.id, null))
    const { text } = office.clipboard
    office.service.release()
    expect(await first).toEqual({ ok: false, error: { code: 'superseded' } })
    expect(office.clipboard.text).toBe(text)
    expect(office.summary(slow.id).usage).toBeNull()
    unwrap(await office.jwts.copy(slow.id, null))
    expect(office.clipboard.text).not.toBe(text)
  })

  it('is counted', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.jwts.copy(id, null)
    await office.time.advance(HOUR)
    await office.jwts.copy(id, 'httpie')
    expect(office.summary(id).usage).toEqual({ lastAt: office.time.now(), copies: 2 })
  })
})

describe('looking inside', () => {
  it('tells the claims, and never the JWT', async () => {
    const { office, ids } = await withJwts('ACME')
    const [id = '' as AccountId] = ids
    const inside = unwrap(await office.jwts.readClaims(id))
    expect(inside?.claims.map(({ name }) => name)).toEqual(['sub', 'iss', 'exp'])
    const stored = unwrap(await office.jwts.reveal(id)).jwt ?? ''
    expect(JSON.stringify(inside)).not.toContain(stored.split('.')[2])
    unwrap(await office.jwts.copyClaim(id, 'iss'))
    expect(office.clipboard.text).toBe('https://issuer.example')
    const [latest] = await office.useCases.activity.entries(id)
    expect(latest?.what).toEqual({ kind: 'copied-claim', claim: 'iss' })
    expect(latest && describeActivity(latest)).toBe('Claim iss copied')
  })

  it('tells nothing of what is no JWT, and asks the service for nothing', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    expect(unwrap(await office.jwts.readClaims(id))).toBeNull()
    expect(office.service.requests).toHaveLength(1)
  })
})

describe('the account of a pasted JWT', () => {
  const identify = async (office: BackOffice, text: string) =>
    unwrap(await office.jwts.identify(new Secret(text)))

  it('is found by the very one that is stored, however it was pasted', async () => {
    const { office, ids } = await withJwts('ACME', 'Beta')
    const [, beta = '' as AccountId] = ids
    const jwt = unwrap(await office.jwts.reveal(beta)).jwt ?? ''
    for (const pasted of [jwt, `  ${jwt}\n`, `R-Auth: ${jwt}`, `Authorization: Bearer ${jwt}`, `"${jwt}"`]) {
      expect(await identify(office, pasted)).toMatchObject({
        found: [{ id: beta, match: 'same', life: 'live' }],
      })
    }
    await office.time.advance(2 * DAY)
    expect(await identify(office, jwt)).toMatchObject({ found: [{ match: 'same', life: 'ended' }] })
  })

  it('is found in the curl line that was copied with it, and in a wrapped mail', async () => {
    const { office, ids } = await withJwts('ACME', 'Beta')
    const [, beta] = ids
    unwrap(await office.jwts.copy(beta as AccountId, null))
    const jwt = office.clipboard.text
    unwrap(await office.jwts.copy(beta as AccountId, 'curl-posix'))
    const wrapped = `> ${jwt.match(/.{1,60}/gu)?.join('\r\n> ') ?? ''}\r\n> \r\n> Thanks`
    for (const text of [office.clipboard.text, wrapped]) {
      expect(await identify(office, text)).toMatchObject({ found: [{ id: beta, match: 'same' }] })
    }
  })

  it('is told of each JWT in a text, those of accounts first', async () => {
    const { office, ids } = await withJwts('ACME', 'Beta')
    const [acme, beta] = ids
    const jwtOf = async (id?: AccountId) => unwrap(await office.jwts.reveal(id as AccountId)).jwt ?? ''
    const foreign = aJwtOf({ sub: 'nobody' })
    const text = `${foreign}\n\nfirst ${await jwtOf(beta)}\nthen ${await jwtOf(acme)} and ${await jwtOf(beta)}`
    expect(await identify(office, text)).toMatchObject({
      found: [
        { id: beta, match: 'same' },
        { id: acme, match: 'same' },
        { id: null, match: null },
      ],
      more: 0,
    })
    const many = Array.from({ length: 30 }, (_, index) => aJwtOf({ sub: `nobody-${String(index)}` }))
    const told = await identify(office, `${many.join(' ')} ${await jwtOf(beta)}`)
    expect(told.found).toHaveLength(20)
    expect(told.found[0]).toMatchObject({ id: beta })
    expect(told.more).toBe(11)
  })

  it('is found for a token that is no JWT, alone or among other text', async () => {
    const office = await BackOffice.open()
    office.service.jwtOf = () => 'an-opaque-token-of-the-service'
    const { id } = await office.add()
    for (const text of [
      'an-opaque-token-of-the-service',
      'R-Auth: an-opaque-token-of-the-service',
      "curl -H 'R-Auth: an-opaque-token-of-the-service' https://api.example.com",
    ]) {
      expect(await identify(office, text)).toMatchObject({ found: [{ id, match: 'same' }] })
    }
    expect(await identify(office, 'an-opaque-token-of-the-services')).toMatchObject({ found: [] })
  })

  it('is found with and without padding', async () => {
    const office = await BackOffice.open()
    const [header = '', payload = '', signature = ''] = aJwtOf({ sub: 'ACME', a: 1 }).split('.')
    const padded = `${header}=.${payload}==.${signature}`
    office.service.jwtOf = () => padded
    const { id } = await office.add()
    for (const text of [padded, padded.replaceAll('=', '')]) {
      expect(await identify(office, text)).toMatchObject({ found: [{ id, match: 'same' }] })
    }
  })

  it('is found by issuer and subject for an earlier one', async () => {
    const { office, ids } = await withJwts('ACME')
    const old = aJwtOf({ sub: 'ACME', iss: 'https://issuer.example', exp: 1_000_000_000 })
    expect(await identify(office, old)).toEqual({
      found: [{ id: ids[0], match: 'related', life: 'ended', expiresAt: 1_000_000_000_000, isWhole: true }],
      more: 0,
      hasUnreadable: false,
    })
  })

  it('is unknown for a foreign one, which can still be read', async () => {
    const { office } = await withJwts('ACME')
    const tomorrow = (office.time.now() + DAY) / 1000
    expect(await identify(office, aJwtOf({ sub: 'X', exp: tomorrow }))).toMatchObject({
      found: [{ id: null, match: null, life: 'live' }],
    })
    expect(await identify(office, aJwtOf({ nbf: tomorrow }))).toMatchObject({
      found: [{ life: 'not-yet' }],
    })
  })

  it('is not told of what is no JWT, or not all of one', async () => {
    const { office } = await withJwts('ACME')
    const jwt = aJwtOf({ sub: 'ACME', iss: 'https://issuer.example' })
    expect(await identify(office, 'hello')).toEqual({ found: [], more: 0, hasUnreadable: false })
    expect(await identify(office, jwt.slice(0, 50))).toEqual({ found: [], more: 0, hasUnreadable: true })
  })
})
