import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../../electron/shared/account'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice, keyOf, unwrap } from '../../../support/back-office'
import { settle } from '../../../support/fakes/fake-time'
import { busy } from '../../../support/fakes/fake-service'

const HOUR = 3_600_000

/** The end, as long as the service takes. */
async function endWhileAsked(office: BackOffice): Promise<() => Promise<BackOffice>> {
  await settle()
  const closed = office.useCases.close()
  return async () => {
    office.service.release()
    await closed
    return await BackOffice.open({ after: office })
  }
}

async function tokenOf(office: BackOffice, id: AccountId): Promise<string | undefined> {
  const opened = await office.vault.secrets(id)
  return opened.ok ? opened.secrets.refreshToken?.reveal() : undefined
}

function importOf(count: number): string {
  const rows = Array.from(
    { length: count },
    (_, index) => `A${String(index)},Sandbox,key-of-row-${String(index)}`,
  )
  return ['name,environment,apiKey', ...rows].join('\n')
}

describe('the end of the app', () => {
  it('waits for a renewal that is in flight, and keeps the token that it brings', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.hold()
    const renewed = office.accounts.renew(id)
    const answered = await endWhileAsked(office)
    expect(office.useCases.work.counts).toEqual({ renewal: 1, login: 0, saving: 0 })
    const next = await answered()
    expect(unwrap(await renewed).id).toBe(id)
    expect(await tokenOf(next, id)).toBe(office.service.newestToken(keyOf('ACME')))
  })

  it('waits for an account that is being added, and for a key that was entered', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.hold()
    const added = office.add({ name: 'Beta' })
    const entered = office.accounts.enterApiKey(id, new Secret(keyOf('ACME')), false)
    const answered = await endWhileAsked(office)
    expect(office.useCases.work.counts).toEqual({ renewal: 0, login: 2, saving: 0 })
    const next = await answered()
    await Promise.all([added, entered])
    expect(next.accounts.summaries().map(({ name }) => name)).toEqual(['ACME', 'Beta'])
    expect(await tokenOf(next, id)).toBe(office.service.newestToken(keyOf('ACME')))
  })

  it('waits until all secrets are gone where the passphrase was forgotten', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.useCases.lock.setPassphrase(new Secret('correct horse battery staple'), new Secret(''))
    const forgotten = office.useCases.lock.resetLock()
    expect(office.useCases.work.counts).toEqual({ renewal: 0, login: 0, saving: 1 })
    const next = await office.restart()
    await forgotten
    expect(next.status(id)).toBe('needs-key')
    expect(next.useCases.lock.isSet).toBe(false)
  })

  it('keeps what an import that it cuts off was granted, and sends nothing more', async () => {
    const office = await BackOffice.open()
    await office.environment()
    for (let row = 0; row < 20; row += 1) office.service.addKey(`key-of-row-${String(row)}`)
    const preview = unwrap(await office.useCases.imports.preview(importOf(20)))
    office.service.hold()
    const ran = office.useCases.imports.run(preview.ok ? preview.planId : '')
    const answered = await endWhileAsked(office)
    const next = await answered()
    const outcomes = unwrap(await ran).outcomes.map(({ outcome }) => outcome.kind)
    expect(outcomes.filter((kind) => kind === 'added')).toHaveLength(8)
    expect(outcomes.filter((kind) => kind === 'cancelled')).toHaveLength(12)
    expect(office.service.requests).toHaveLength(8)
    expect(next.accounts.summaries()).toHaveLength(8)
  })

  it('begins nothing any more: neither what waits for its place nor what is asked for now', async () => {
    const office = await BackOffice.open()
    const ids: AccountId[] = []
    for (let n = 0; n < 10; n += 1) ids.push((await office.add({ name: `A${String(n)}` })).id)
    const sent = office.service.requests.length
    office.service.hold()
    const renewals = ids.map((id) => office.accounts.renew(id))
    const answered = await endWhileAsked(office)
    const late = office.add({ name: 'Late' }).then(
      () => 'added',
      () => 'not added',
    )
    await answered()
    expect((await Promise.all(renewals)).filter(({ ok }) => ok)).toHaveLength(8)
    expect(await late).toBe('not added')
    expect(office.service.requests).toHaveLength(sent + 8)
  })

  it('in the middle of a start leaves all secrets where they lie: where they belong is not known yet', async () => {
    const before = await BackOffice.open({ keyring: { backend: 'basic_text', protected: false } })
    const { id } = await before.add()
    unwrap(await before.storage.choose('accepted'))
    await before.quit()
    // What they say about storage is learned from the records once all are read.
    before.stateStore.text = 'damaged'
    const stored = before.records.files.get(id)
    await BackOffice.open({
      after: before,
      look: async (office) => {
        await office.useCases.close()
        expect(before.records.files.get(id)).toBe(stored)
      },
    })
    expect(stored).toContain('basic_text:')
  })

  it('leaves no JWT in the clipboard that was asked for before and comes meanwhile', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    await office.time.advance(25 * HOUR)
    office.service.hold()
    const copied = office.jwts.copy(id, null).catch(() => null)
    const answered = await endWhileAsked(office)
    await answered()
    await copied
    expect(office.clipboard.text).toBe('')
  })
})

describe('a machine that is about to sleep', () => {
  it('starts no renewal that falls due; what is in flight continues, and the rest after it woke', async () => {
    const office = await BackOffice.open()
    const { id: due } = await office.add({ name: 'Due' })
    const { id: flying } = await office.add({ name: 'Flying' })
    unwrap(await office.accounts.edit(due, { policy: { jwt: 'keep-live' } }))
    await office.time.advance(23.5 * HOUR)
    const sent = office.service.requests.length
    office.service.hold()
    const renewed = office.accounts.renew(flying)
    await settle()
    office.sessions.suspended()
    // The machine sleeps at once, so that its timers stand still: it only seems to be later.
    office.time.jump(HOUR)
    office.useCases.reevaluate()
    await office.time.advance(1_000)
    office.service.release()
    unwrap(await renewed)
    expect(office.service.requests).toHaveLength(sent + 1)

    office.useCases.networkIsBack()
    await office.time.advance(1_000)
    expect(office.service.requests).toHaveLength(sent + 2)
    expect(office.status(due)).toBe('live')
  })

  it('leaves what waits for its next try until it woke, also what a person asks for', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.mishap = () => busy(null)
    await office.accounts.renew(id)
    office.service.mishap = () => null
    const sent = office.service.requests.length
    office.sessions.suspended()
    await office.time.advance(30_000)
    const asked = office.add({ name: 'Beta' })
    await settle()
    expect(office.service.requests).toHaveLength(sent)
    office.useCases.networkIsBack()
    await office.time.advance(1_000)
    expect((await asked).name).toBe('Beta')
    expect(office.status(id)).toBe('live')
  })

  it('that then stays awake continues after a minute', async () => {
    const office = await BackOffice.open()
    office.sessions.suspended()
    const added = office.add()
    await office.time.advance(59_000)
    expect(office.service.requests).toHaveLength(0)
    await office.time.advance(1_000)
    expect((await added).name).toBe('ACME')
  })

  it('ends at once where it is to end instead', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const sent = office.service.requests.length
    office.sessions.suspended()
    const renewed = office.accounts.renew(id)
    await office.useCases.close()
    expect((await renewed).ok).toBe(false)
    expect(office.service.requests).toHaveLength(sent)
  })

  it('while the app ends keeps nothing waiting that is in flight', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add({ rememberApiKey: true })
    // The refresh token is refused, so that the API key would be next.
    office.service.revokeTokens()
    office.service.hold()
    const renewed = office.accounts.renew(id)
    await settle()
    let hasEnded = false
    const closed = office.useCases.close().then(() => (hasEnded = true))
    office.sessions.suspended()
    office.service.release()
    await office.time.advance(10_000)
    expect(hasEnded).toBe(true)
    await Promise.all([closed, renewed])
  })
})
