import { describe, expect, it } from 'vitest'
import { Cancellation } from '../../../../electron/core/base/cancelling'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'
import { settle } from '../../../support/fakes/fake-time'

const CANCELLED = { ok: false, error: { code: 'cancelled' } }
const NEW_KEY = 'another-key-of-the-same-partner'

async function typed(office: BackOffice) {
  return {
    name: 'ACME',
    environmentId: await office.environment(),
    apiKey: new Secret(office.service.addKey(keyOf('ACME'))),
    kind: 'detect',
    partnerId: null,
    rememberApiKey: false,
  } as const
}

describe('Add account, cancelled while it waits', () => {
  it('ends at once; a login that is granted later is neither kept nor shown', async () => {
    const office = await BackOffice.open()
    const logins = new Cancellation()
    office.service.hold()
    const added = office.accounts.add(await typed(office), logins.signal)
    await settle()
    logins.cancel()
    expect(await added).toEqual(CANCELLED)
    expect(office.useCases.work.isEmpty).toBe(true)
    office.service.release()
    await settle()
    expect(office.accounts.summaries()).toEqual([])
    expect(office.changes).toEqual([])
    expect(office.records.files.size).toBe(0)
    expect(await office.useCases.activity.entries(null)).toEqual([])
  })

  it('can be tried again at once, with the same name', async () => {
    const office = await BackOffice.open()
    const logins = new Cancellation()
    office.service.hold()
    const first = office.accounts.add(await typed(office), logins.signal)
    await settle()
    logins.cancel()
    await first
    const second = office.accounts.add(await typed(office), logins.signal)
    office.service.release()
    expect(unwrap(await second).name).toBe('ACME')
    expect(office.accounts.summaries()).toHaveLength(1)
  })

  it('sends nothing where it still waited for its turn', async () => {
    const office = await BackOffice.open()
    const logins = new Cancellation()
    const form = await typed(office)
    office.sessions.suspended()
    const added = office.accounts.add(form, logins.signal)
    await settle()
    logins.cancel()
    expect(await added).toEqual(CANCELLED)
    office.sessions.resumed()
    await settle()
    expect(office.service.requests).toEqual([])
  })

  it('is not what an import waits for', async () => {
    const office = await BackOffice.open()
    const logins = new Cancellation()
    const form = await typed(office)
    office.service.hold()
    const imported = office.accounts.add(form)
    await settle()
    logins.cancel()
    office.service.release()
    expect(unwrap(await imported).name).toBe('ACME')
  })
})

describe('Enter API key, cancelled while it waits', () => {
  it('leaves the old session as it was, and the account is free at once', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const before = await office.vault.secrets(id)
    const summary = office.summary(id)
    office.service.addKey(NEW_KEY)
    const logins = new Cancellation()
    office.service.hold()
    const entered = office.accounts.enterApiKey(id, new Secret(NEW_KEY), true, logins.signal)
    await settle()
    expect(office.summary(id).renewal.phase).toBe('renewing')
    logins.cancel()
    expect(await entered).toEqual(CANCELLED)
    expect(office.summary(id)).toEqual(summary)
    office.service.release()
    await settle()
    expect(office.summary(id)).toEqual(summary)
    expect(await office.vault.secrets(id)).toEqual(before)
    expect((await office.accounts.renew(id)).ok).toBe(true)
  })

  it('does not fail a copy that waits for the same login: it renews for itself', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.time.advance(25 * 3_600_000)
    office.service.addKey(NEW_KEY)
    const logins = new Cancellation()
    office.service.hold()
    const entered = office.accounts.enterApiKey(id, new Secret(NEW_KEY), true, logins.signal)
    await settle()
    const copied = office.jwts.copy(id, null)
    await settle()
    logins.cancel()
    expect(await entered).toEqual(CANCELLED)
    office.service.release()
    unwrap(await copied)
    expect(office.clipboard.text).not.toBe('')
  })
})
