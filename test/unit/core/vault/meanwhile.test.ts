/** What comes between two steps of something: removals, decisions, other requests, a disk that fills up. */
import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../../electron/shared/account'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, unwrap } from '../../../support/back-office'
import { settle } from '../../../support/fakes/fake-time'

const UNPROTECTED = { backend: 'basic_text', protected: false }
const HOUR = 3_600_000

/** Holds the cipher's next `doing` until it is let go. */
function hold(office: BackOffice, doing: 'seal' | 'open'): () => void {
  let go: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (go = resolve))
  let first = true
  office.cipher.meanwhile = async (what) => {
    if (what !== doing || !first) return
    first = false
    await gate
  }
  return go
}

async function unprotectedOffice(): Promise<{ office: BackOffice; id: AccountId }> {
  const office = await BackOffice.open({ keyring: UNPROTECTED })
  const { id } = await office.add()
  unwrap(await office.storage.choose('accepted'))
  return { office, id }
}

describe('while secrets are being encrypted', () => {
  it('a gateway that is given another address keeps that, and the account its new token', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const { gateways } = office.useCases
    unwrap(await gateways.setOpen(id, true))
    const go = hold(office, 'seal')
    const renewal = office.accounts.renew(id)
    await settle()
    const address = unwrap(await gateways.newAddress(id))
    go()
    unwrap(await renewal)
    const again = await office.restart()
    expect(unwrap(await again.useCases.gateways.address(id))).toBe(address)
    unwrap(await again.accounts.renew(id))
  })

  it('an account that is removed stays removed', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const go = hold(office, 'seal')
    const renewal = office.accounts.renew(id)
    await settle()
    unwrap(await office.removals.removeNow(id))
    go()
    expect(await renewal).toEqual({ ok: false, error: { code: 'not-found', what: 'account' } })
    expect(office.records.files.size).toBe(0)
  })

  it('the user who decides against storing them is obeyed', async () => {
    const { office, id } = await unprotectedOffice()
    const go = hold(office, 'seal')
    const renewal = office.accounts.renew(id)
    await settle()
    unwrap(await office.storage.choose('memory-only'))
    go()
    unwrap(await renewal)
    expect(office.records.files.get(id)).not.toContain('basic_text:')
    expect(await office.sessions.liveJwt(id, 0)).toMatchObject({
      ok: true,
      value: { jwt: new Secret('jwt-2') },
    })
  })
})

describe('while secrets move to memory', () => {
  it('a renewal that ends meanwhile is the one that counts', async () => {
    const { office, id } = await unprotectedOffice()
    office.service.hold()
    const renewal = office.accounts.renew(id)
    await settle()
    const go = hold(office, 'open')
    const choice = office.storage.choose('memory-only')
    await settle()
    office.service.release()
    await settle()
    go()
    unwrap(await choice)
    unwrap(await renewal)
    expect(await office.vault.secrets(id)).toMatchObject({
      ok: true,
      secrets: { refreshToken: new Secret('refresh-token-2') },
    })
    expect(office.records.files.get(id)).not.toContain('basic_text:')
  })

  it('two decisions at once end with the second', async () => {
    const { office, id } = await unprotectedOffice()
    const both = [office.storage.choose('memory-only'), office.storage.choose('accepted')]
    for (const choice of both) unwrap(await choice)
    expect(office.summary(id).secretsIn).toBe('unprotected-file')
    expect(office.settingsStore.current.unprotectedStorage).toBe('accepted')
  })

  it('a disk that refuses leaves the decision as it was', async () => {
    const { office, id } = await unprotectedOffice()
    office.records.full = true
    expect(await office.storage.choose('memory-only')).toMatchObject({
      error: { problem: { code: 'storage-unwritable' } },
    })
    expect(office.storage.status.mode).toBe('unprotected-file')
    office.records.full = false
    expect(await office.accounts.renew(id)).toMatchObject({ ok: true })
    expect((await office.restart({ keyring: UNPROTECTED })).status(id)).toBe('live')
  })
})

describe('a decision about storage', () => {
  it.each(['accounts', 'settings'] as const)('that stops half way (%s) loses no session', async (refused) => {
    const { office, id } = await unprotectedOffice()
    const other = await office.add({ name: 'Beta' })
    const { records, stateStore } = office
    const write = records.write.bind(records)
    let writes = 0
    if (refused === 'settings') stateStore.full = true
    records.write = (each, record) => {
      if (refused === 'accounts' && ++writes > 1) records.full = true
      write(each, record)
    }
    expect(await office.storage.choose('memory-only')).toMatchObject({
      error: { problem: { code: 'storage-unwritable' } },
    })
    expect(office.settingsStore.current.unprotectedStorage).toBe('accepted')
    records.write = write
    records.full = false
    stateStore.full = false
    const restarted = await office.restart({ keyring: UNPROTECTED })
    expect(restarted.status(id)).toBe('live')
    expect(restarted.status(other.id)).toBe('live')
  })

  it('to store without protection that can not be saved stores nothing', async () => {
    const office = await BackOffice.open({ keyring: UNPROTECTED })
    const { id } = await office.add()
    office.stateStore.full = true
    expect(await office.storage.choose('accepted')).toMatchObject({ ok: false })
    expect(office.records.files.get(id)).not.toContain('basic_text:')
    expect(office.storage.status.mode).toBe('memory')
  })
})

describe('while a renewal is under way', () => {
  it('a copy gets the stored JWT at once, if that has the life', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.hold()
    office.service.mishap = (_, index) => (index === 1 ? { lose: 'answer' } : null)
    const renewal = office.accounts.renew(id)
    await settle()
    expect(await office.jwts.copy(id, null)).toMatchObject({ ok: true })
    office.service.release()
    expect(await renewal).toMatchObject({ ok: false })
  })

  it('two keys that are entered are both tried, and each gets its own answer', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.addKey('good-key')
    office.service.hold()
    const renewal = office.accounts.renew(id)
    await settle()
    const good = office.accounts.enterApiKey(id, new Secret('good-key'), false)
    const wrong = office.accounts.enterApiKey(id, new Secret('wrong-key'), false)
    office.service.release()
    unwrap(await renewal)
    unwrap(await good)
    expect(await wrong).toMatchObject({ error: { problem: { code: 'key-refused' } } })
  })
})

describe('while a key is checked for a new account', () => {
  it('a name that is taken meanwhile is refused', async () => {
    const office = await BackOffice.open()
    const environmentId = await office.environment()
    office.service.addKey('good-key')
    const typed = {
      name: 'ACME',
      environmentId,
      apiKey: new Secret('good-key'),
      kind: 'detect',
      partnerId: null,
      rememberApiKey: false,
    } as const
    const both = await Promise.all([office.accounts.add(typed), office.accounts.add(typed)])
    expect(both.filter((each) => each.ok)).toHaveLength(1)
    expect(office.accounts.summaries()).toHaveLength(1)
  })

  it('a partner that is removed meanwhile is reported', async () => {
    const office = await BackOffice.open()
    const partner = await office.add({ name: 'Partner' })
    office.service.hold()
    const company = office.accounts.add({
      name: 'Company',
      environmentId: partner.environmentId,
      apiKey: new Secret(office.service.addKey('company-key', { refreshes: false })),
      kind: 'company',
      partnerId: partner.id,
      rememberApiKey: false,
    })
    await settle()
    unwrap(await office.removals.removeNow(partner.id))
    office.service.release()
    expect(await company).toMatchObject({ error: { fields: [{ field: 'partnerId', reason: 'unknown' }] } })
  })
})

describe('when the disk fills up', () => {
  it('after a login by a new key, what was granted is stored as soon as there is room', async () => {
    const office = await BackOffice.open({ random: () => 0.5 })
    const { id } = await office.add()
    office.service.mishap = () => {
      office.records.full = true
      return null
    }
    expect(await office.accounts.enterApiKey(id, new Secret('api-key-of-ACME'), false)).toMatchObject({
      error: { problem: { code: 'storage-unwritable', afterAnswer: true } },
    })
    expect(office.status(id)).toBe('retrying')
    office.service.mishap = () => null
    office.records.full = false
    await office.time.advance(HOUR)
    expect(office.status(id)).toBe('live')
    expect(await (await office.restart()).sessions.liveJwt(id, 0)).toMatchObject({
      ok: true,
      value: { jwt: new Secret('jwt-2') },
    })
  })

  it('what was granted is stored at the latest when the app quits', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.mishap = () => {
      queueMicrotask(() => (office.records.full = true))
      return null
    }
    await office.accounts.renew(id)
    office.records.full = false
    await office.sessions.close()
    expect(await (await office.restart()).sessions.liveJwt(id, 0)).toMatchObject({
      ok: true,
      value: { jwt: new Secret('jwt-2') },
    })
  })

  it('and the answer is lost, the doubt is remembered all the same', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.mishap = (_, index) => {
      if (index === 1) office.records.full = true
      return index === 1 ? { lose: 'answer' } : null
    }
    await office.sessions.renew(id, { force: false })
    office.records.full = false
    expect(await office.sessions.renew(id, { force: false })).toMatchObject({
      problem: { reason: 'refresh-token-maybe-replaced' },
    })
  })

  it('and the refresh token is refused, the remembered key is tried when there is room', async () => {
    const office = await BackOffice.open({ random: () => 0.5 })
    const { id } = await office.add({ rememberApiKey: true })
    office.service.revokeTokens()
    office.service.mishap = ({ call }) => {
      if (call === 'refresh') office.records.full = true
      return null
    }
    expect(await office.sessions.renew(id, { force: false })).toMatchObject({
      problem: { code: 'storage-unwritable' },
    })
    office.service.mishap = () => null
    office.records.full = false
    await office.time.advance(HOUR)
    expect(office.status(id)).toBe('live')
  })

  it('sessions in memory renew all the same: nothing of them would be stored', async () => {
    const office = await BackOffice.open({ keyring: UNPROTECTED })
    const { id } = await office.add()
    office.records.full = true
    expect(await office.accounts.renew(id)).toMatchObject({ ok: true })
  })
})

describe('when the app quits', () => {
  it('what waits in the queue is not sent any more, and what is in flight is stored', async () => {
    const office = await BackOffice.open()
    const ids: AccountId[] = []
    for (let n = 0; n < 12; n += 1) ids.push((await office.add({ name: `Account ${String(n)}` })).id)
    office.service.requests.length = 0
    office.service.hold()
    const renewals = ids.map((id) => office.sessions.renew(id, { force: true }))
    await settle()
    const closed = office.sessions.close()
    office.service.release()
    await closed
    expect(office.service.requests).toHaveLength(8)
    expect((await Promise.all(renewals)).filter((each) => each.ok)).toHaveLength(8)
  })
})
