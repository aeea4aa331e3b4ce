import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../electron/shared/secret'
import { BackOffice } from '../../../support/back-office'
import { busy } from '../../../support/fakes/fake-service'
import { settle } from '../../../support/fakes/fake-time'

const HOST = 'proxy.example.com:3128'
const ANSWER = { host: HOST, userName: 'ada', password: new Secret('canary-proxy-password') }
const GIVEN = { host: HOST, userName: 'ada', password: 'canary-proxy-password' }
const NOTHING_PROTECTS = { backend: 'basic_text', protected: false }

async function asked(office: BackOffice, isRefused = false): Promise<void> {
  office.proxyGate.asks({ host: HOST, isRefused })
  await settle()
}

describe('a proxy’s user name and password', () => {
  it('are asked for once, and given to the proxy', async () => {
    const office = await BackOffice.open()
    const { proxy } = office.useCases
    await asked(office)
    await asked(office)
    expect(proxy.status.asks).toEqual({ host: HOST, isRefused: false })
    await proxy.answer({ ...ANSWER, remember: false })
    expect(office.proxyGate.gets).toEqual(GIVEN)
    expect(proxy.status).toEqual({ asks: null, uses: HOST, isSaved: false, canSave: true })
  })

  it('once given, what the proxy has turned away is retried at once', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    const problem = { code: 'unreachable', reason: 'proxy-password', detail: 'HTTP 407' } as const
    const answer = { kind: 'transient', problem, retryAfterMs: null, mayHaveArrived: false } as const
    office.service.mishap = () => ({ answer })
    await office.accounts.renew(id)
    expect(office.status(id)).toBe('retrying')
    office.service.mishap = () => null
    await office.useCases.proxy.answer({ ...ANSWER, remember: false })
    await settle()
    expect(office.status(id)).toBe('live')
  })

  it('once given, leave alone what a service wants to wait', async () => {
    const office = await BackOffice.open()
    const { id } = await office.add()
    office.service.mishap = () => busy(3_600_000)
    await office.accounts.renew(id)
    await office.useCases.proxy.answer({ ...ANSWER, remember: false })
    await settle()
    expect(office.service.requests).toHaveLength(2)
  })

  it('are gone with a restart where they are not to be remembered', async () => {
    const office = await BackOffice.open()
    await asked(office)
    await office.useCases.proxy.answer({ ...ANSWER, remember: false })
    const again = await office.restart()
    expect(again.proxyGate.gets).toBeNull()
    expect(again.proxyStore.text).toBeNull()
  })

  it('are saved encrypted where they are, and used after a restart without a question', async () => {
    const office = await BackOffice.open()
    await asked(office)
    await office.useCases.proxy.answer({ ...ANSWER, remember: true })
    expect(office.proxyStore.text).toContain(HOST)
    const again = await office.restart()
    expect(again.proxyGate.gets).toEqual(GIVEN)
    expect(again.useCases.proxy.status).toMatchObject({ asks: null, uses: HOST, isSaved: true })
  })

  it('are never written where nothing protects them', async () => {
    const office = await BackOffice.open({ keyring: NOTHING_PROTECTS })
    await office.storage.choose('accepted')
    expect(office.useCases.proxy.status.canSave).toBe(false)
    await office.useCases.proxy.answer({ ...ANSWER, remember: true })
    expect(office.proxyGate.gets).toEqual(GIVEN)
    expect(office.proxyStore.writes).toBe(0)
  })

  it('are not logged, nor in what the window is told', async () => {
    const office = await BackOffice.open()
    await asked(office)
    await office.useCases.proxy.answer({ ...ANSWER, remember: true })
    const told = JSON.stringify([office.log.lines, office.useCases.proxy.status])
    expect(told).not.toContain('canary-proxy-password')
    expect(told).not.toContain('ada')
  })

  it('that the proxy refuses are asked for again', async () => {
    const office = await BackOffice.open()
    await office.useCases.proxy.answer({ ...ANSWER, remember: false })
    await asked(office, true)
    expect(office.useCases.proxy.status.asks).toEqual({ host: HOST, isRefused: true })
  })

  it('are forgotten when asked to, on the disk as well', async () => {
    const office = await BackOffice.open()
    await office.useCases.proxy.answer({ ...ANSWER, remember: true })
    await office.useCases.proxy.forget()
    expect(office.proxyGate.gets).toBeNull()
    expect(office.proxyStore.text).toBeNull()
    expect(office.useCases.proxy.status).toMatchObject({ uses: null, isSaved: false })
  })

  it('are forgotten with all secrets when the lock’s passphrase is', async () => {
    const office = await BackOffice.open()
    await office.useCases.proxy.answer({ ...ANSWER, remember: true })
    await office.useCases.lock.setPassphrase(new Secret('correct horse battery'), new Secret(''))
    office.useCases.lock.lock()
    await office.useCases.lock.resetLock()
    await settle()
    expect(office.proxyGate.gets).toBeNull()
    expect(office.proxyStore.text).toBeNull()
  })

  it('that can not be saved are used all the same, and that is said', async () => {
    const office = await BackOffice.open()
    office.proxyStore.full = true
    const answered = await office.useCases.proxy.answer({ ...ANSWER, remember: true })
    expect(answered).toMatchObject({
      error: { problem: { code: 'storage-unwritable', what: 'proxy-password' } },
    })
    expect(office.proxyGate.gets).toEqual(GIVEN)
  })

  it('of a damaged file are asked for again', async () => {
    const office = await BackOffice.open()
    await office.useCases.proxy.answer({ ...ANSWER, remember: true })
    office.proxyStore.text = office.proxyStore.text?.slice(0, -20) ?? null
    const again = await office.restart()
    expect(again.proxyGate.gets).toBeNull()
    await asked(again)
    expect(again.useCases.proxy.status.asks).not.toBeNull()
  })

  it('are told of by a notification while nobody watches the window, which goes when answered', async () => {
    const office = await BackOffice.open()
    await asked(office)
    expect([...office.notifier.onScreen]).toMatchObject([{ title: 'The network’s proxy wants a password' }])
    await office.useCases.proxy.answer({ ...ANSWER, remember: false })
    expect([...office.notifier.onScreen]).toEqual([])
  })
})
