import { describe, expect, it } from 'vitest'
import type { AccountId } from '../../../../electron/shared/account'
import { Secret } from '../../../../electron/shared/secret'
import { describeActivity } from '../../../../electron/shared/wording'
import { BackOffice, unwrap } from '../../../support/back-office'
import { VisibleSealer } from '../../../support/fakes/visible-sealer'
import { settle } from '../../../support/fakes/fake-time'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const PASSPHRASE = new Secret('correct horse battery staple')

async function withAccount(): Promise<{ office: BackOffice; id: AccountId }> {
  const office = await BackOffice.open()
  const { id } = await office.add()
  return { office, id }
}

async function withOpen(): Promise<{ office: BackOffice; id: AccountId }> {
  const { office, id } = await withAccount()
  unwrap(await office.useCases.gateways.setOpen(id, true))
  return { office, id }
}

async function withProduction(): Promise<{ office: BackOffice; id: AccountId }> {
  const opened = await withOpen()
  const [environment] = opened.office.environmentStore.all
  if (environment === undefined) throw new Error('no environment')
  unwrap(await opened.office.environments.edit(environment.id, { production: true }))
  return opened
}

describe('a gateway', () => {
  it('is closed, and needs no process, until somebody opens it', async () => {
    const { office, id } = await withAccount()
    expect(office.summary(id).gateway).toEqual({ isOpen: false, armedUntil: null })
    expect(office.gateway.state.routes).toEqual([])
    expect(await office.useCases.gateways.address(id)).toEqual({
      ok: false,
      error: { code: 'not-found', what: 'gateway' },
    })
  })

  it('has one address, without a slash at its end, that survives closing and restarts', async () => {
    const { office, id } = await withOpen()
    const address = unwrap(await office.useCases.gateways.address(id))
    expect(address).toBe('http://127.0.0.1:50123/g/ccccccccccccccccccccc1')
    expect(office.gateway.route).toEqual({
      ...{ accountId: id, capability: 'ccccccccccccccccccccc1', baseUrl: 'https://api.example.com' },
      ...{ production: false, armedUntil: null },
    })
    unwrap(await office.useCases.gateways.setOpen(id, false))
    expect(office.gateway.state.routes).toEqual([])
    expect(office.summary(id).gateway.isOpen).toBe(false)
    unwrap(await office.useCases.gateways.setOpen(id, true))
    const again = await office.restart()
    again.gateway.freePort = 50_999
    expect(again.summary(id).gateway.isOpen).toBe(true)
    expect(unwrap(await again.useCases.gateways.address(id))).toBe(address)
    await again.useCases.gateways.setOpen(id, false)
    const closed = await again.restart()
    expect(closed.gateway.state.routes).toEqual([])
    unwrap(await closed.useCases.gateways.setOpen(id, true))
    expect(unwrap(await closed.useCases.gateways.address(id))).toBe(address)
  })

  it('keeps its address through renewals, a new key and one that was not opened before', async () => {
    const { office, id } = await withOpen()
    const address = unwrap(await office.useCases.gateways.address(id))
    const again = await office.restart()
    again.service.addKey('another-key')
    unwrap(await again.accounts.enterApiKey(id, new Secret('another-key'), true))
    unwrap(await again.accounts.renew(id))
    expect(unwrap(await (await again.restart()).useCases.gateways.address(id))).toBe(address)
  })

  it('keeps a token that is renewed while an address is stored, and the address', async () => {
    const { office, id } = await withAccount()
    await Promise.all([
      office.useCases.gateways.setOpen(id, true),
      office.accounts.renew(id),
      office.useCases.gateways.setOpen(id, true),
    ])
    const address = unwrap(await office.useCases.gateways.address(id))
    const again = await office.restart()
    expect(unwrap(await again.useCases.gateways.address(id))).toBe(address)
    unwrap(await again.accounts.renew(id))
  })

  it('gets another address when asked, and the one before leads nowhere', async () => {
    const { office, id } = await withOpen()
    const before = unwrap(await office.useCases.gateways.address(id))
    const after = unwrap(await office.useCases.gateways.newAddress(id))
    expect(after).not.toBe(before)
    expect(office.gateway.state.routes.map(({ capability }) => capability)).toEqual([after.split('/').at(-1)])
  })

  it('has its address in no file but sealed, in no log, no activity and no summary', async () => {
    const { office, id } = await withOpen()
    const capability = 'ccccccccccccccccccccc1'
    unwrap(await office.useCases.gateways.copy(id, 'curl-posix'))
    await office.useCases.activity.settled()
    const record = JSON.parse(office.records.files.get(id) ?? '') as { session: { sealed: string } }
    expect(Buffer.from(record.session.sealed.split(':')[1] ?? '', 'hex').toString()).toContain(capability)
    const { sealed: _, ...session } = record.session
    const elsewhere = [
      JSON.stringify({ ...record, session }),
      JSON.stringify(office.log.lines),
      office.activityFile.text,
      JSON.stringify(office.summary(id)),
      office.stateStore.text,
    ]
    for (const text of elsewhere) expect(text).not.toContain(capability)
  })

  it('is not in a backup, which may be restored on any computer', async () => {
    const office = await BackOffice.open({ ports: { sealer: new VisibleSealer() } })
    const { id } = await office.add()
    unwrap(await office.useCases.gateways.setOpen(id, true))
    unwrap(await office.useCases.transfer.backUp(PASSPHRASE))
    const [saved] = Array.from(office.dialogs.saved.values(), (each) =>
      typeof each === 'string' ? each : new TextDecoder().decode(each),
    )
    expect(saved).toContain('jwt-1')
    expect(saved).not.toContain('ccccc1')
    expect(saved).not.toContain('gatewayOpen')
  })

  it('follows its environment, and goes and comes back with its account', async () => {
    const { office, id } = await withOpen()
    const [environment] = office.environmentStore.all
    unwrap(await office.environments.edit(environment?.id as never, { baseUrl: 'https://other.example' }))
    expect(office.gateway.route?.baseUrl).toBe('https://other.example')
    unwrap(office.removals.begin(id))
    expect(office.gateway.state.routes).toEqual([])
    office.removals.undo([id])
    expect(office.gateway.state.routes).toHaveLength(1)
    unwrap(await office.removals.removeNow(id))
    expect(office.gateway.state.routes).toEqual([])
  })

  it('closes with all others, and notes it', async () => {
    const { office, id } = await withOpen()
    const other = await office.add({ name: 'Other' })
    unwrap(await office.useCases.gateways.setOpen(other.id, true))
    expect(office.useCases.gateways.view).toEqual({ open: 2, armed: [] })
    unwrap(await office.useCases.gateways.closeAll())
    expect(office.gateway.state.routes).toEqual([])
    expect(office.useCases.gateways.view.open).toBe(0)
    const entries = await office.useCases.activity.entries(id)
    expect(entries.map(describeActivity).slice(0, 2)).toEqual(['Gateway closed', 'Gateway opened'])
  })

  it('closes also where the disk refuses to note it, which is said', async () => {
    const { office, id } = await withOpen()
    office.records.full = true
    const closed = await office.useCases.gateways.setOpen(id, false)
    expect(closed).toMatchObject({ ok: false, error: { problem: { code: 'storage-unwritable' } } })
    expect(office.gateway.state.routes).toEqual([])
  })

  it('is not opened where its address can not be stored', async () => {
    const { office, id } = await withAccount()
    office.records.full = true
    expect((await office.useCases.gateways.setOpen(id, true)).ok).toBe(false)
    expect(office.gateway.state.routes).toEqual([])
    expect(office.summary(id).gateway.isOpen).toBe(false)
  })

  it('tells the process nothing that it knows', async () => {
    const { office, id } = await withOpen()
    const { updates } = office.gateway
    unwrap(await office.jwts.copy(id, null))
    unwrap(office.removals.begin((await office.add({ name: 'Other' })).id))
    expect(office.gateway.updates).toBe(updates)
  })

  it('ends with the app and is open at the next start', async () => {
    const { office, id } = await withOpen()
    await office.quit()
    expect(office.gateway.state.routes).toEqual([])
    expect((await BackOffice.open({ after: office })).summary(id).gateway.isOpen).toBe(true)
  })
})

describe('the port', () => {
  it('is chosen at first use and kept, also when settings are reset', async () => {
    const { office } = await withOpen()
    expect(office.settingsStore.current.gatewayPort).toBe(50_123)
    expect(office.settingsStore.reset().gatewayPort).toBe(50_123)
  })

  it('that is taken is said, and another one used only when somebody asks', async () => {
    const { office, id } = await withOpen()
    await office.quit()
    const again = await BackOffice.open({
      after: office,
      look: (next) => {
        next.gateway.problems.set(50_123, 'taken')
        return Promise.resolve()
      },
    })
    await settle()
    expect(again.notifier.shown.map(({ title }) => title)).toContain('The gateway isn’t available')
    expect(await again.useCases.gateways.address(id)).toEqual({
      ok: false,
      error: { code: 'gateway-port', port: 50_123, problem: 'taken' },
    })
    expect(again.settingsStore.current.gatewayPort).toBe(50_123)
    unwrap(await again.useCases.gateways.usePort(null))
    const port = again.settingsStore.current.gatewayPort
    expect(port).toBe(57_344)
    expect(unwrap(await again.useCases.gateways.address(id))).toContain(`:${String(port)}/g/`)
  })

  it('that has become free works when the gateway is asked for again', async () => {
    const { office, id } = await withAccount()
    office.settingsStore.change({ gatewayPort: 4711 })
    office.gateway.problems.set(4711, 'taken')
    expect(await office.useCases.gateways.setOpen(id, true)).toMatchObject({
      error: { code: 'gateway-port', port: 4711 },
    })
    expect(office.summary(id).gateway.isOpen).toBe(true)
    office.gateway.problems.clear()
    expect(unwrap(await office.useCases.gateways.address(id))).toContain(':4711/g/')
  })

  it('of a process that says nothing is given up after a while', async () => {
    const { office, id } = await withAccount()
    office.gateway.isMute = true
    const opened = office.useCases.gateways.setOpen(id, true)
    await office.time.advance(10_000)
    expect(await opened).toMatchObject({ error: { code: 'gateway-port', problem: 'other' } })
  })
})

describe('production', () => {
  it('is armed for 15 minutes', async () => {
    const { office, id } = await withProduction()
    expect(office.gateway.route).toMatchObject({ production: true, armedUntil: null })
    const until = office.time.now() + 15 * MINUTE
    unwrap(office.useCases.gateways.arm(id))
    expect(office.gateway.route?.armedUntil).toBe(until)
    expect(office.summary(id).gateway.armedUntil).toBe(until)
    expect(office.useCases.gateways.view).toEqual({ open: 1, armed: ['ACME'] })
    await office.time.advance(15 * MINUTE)
    expect(office.gateway.route?.armedUntil).toBeNull()
    expect(office.useCases.gateways.view.armed).toEqual([])
  })

  it.each<[string, (office: BackOffice, id: AccountId) => unknown]>([
    [
      'a lock',
      (office) => {
        office.useCases.lock.lock()
      },
    ],
    [
      'a sleep',
      (office) => {
        office.settingsStore.change({ locksOnSuspend: false })
        office.useCases.suspended()
      },
    ],
    [
      'another base URL',
      (office) =>
        office.environments.edit(office.environmentStore.all[0]?.id as never, {
          baseUrl: 'https://other.example',
        }),
    ],
    [
      'closing',
      async (office, id) => {
        await office.useCases.gateways.setOpen(id, false)
        await office.useCases.gateways.setOpen(id, true)
      },
    ],
  ])('is disarmed by %s', async (_, act) => {
    const { office, id } = await withProduction()
    await office.useCases.lock.setPassphrase(PASSPHRASE, new Secret(''))
    unwrap(office.useCases.gateways.arm(id))
    await act(office, id)
    await office.useCases.lock.unlock(PASSPHRASE)
    expect(office.gateway.route).toMatchObject({ production: true, armedUntil: null })
  })

  it('is not armed where nothing is production, nor where the gateway is closed', async () => {
    const { office, id } = await withOpen()
    unwrap(office.useCases.gateways.arm(id))
    expect(office.gateway.route?.armedUntil).toBeNull()
    await office.useCases.gateways.setOpen(id, false)
    expect(office.useCases.gateways.arm(id)).toMatchObject({ error: { code: 'not-found', what: 'gateway' } })
  })

  it('that was to be changed is told of once a minute, with a button that arms', async () => {
    const { office, id } = await withProduction()
    office.gateway.host.productionRefused(id)
    office.gateway.host.productionRefused(id)
    expect(office.notifier.shown.map(({ title }) => title)).toEqual(['ACME: a change in Sandbox was stopped'])
    const notice = office.notifier.shown.at(-1)
    expect(notice?.buttons).toEqual(['Allow changes for 15 minutes'])
    notice?.pressed(0)
    expect(office.gateway.route?.armedUntil).toBe(office.time.now() + 15 * MINUTE)
  })
})

describe('a locked app', () => {
  it('says so to the process, and gives out neither JWT nor address', async () => {
    const { office, id } = await withOpen()
    await office.useCases.lock.setPassphrase(PASSPHRASE, new Secret(''))
    office.useCases.lock.lock()
    expect(office.gateway.state).toMatchObject({ locked: true })
    expect(await office.gateway.host.jwtFor(id)).toEqual({ ok: false, code: 'locked', retryAfterMs: null })
    await office.useCases.lock.unlock(PASSPHRASE)
    expect(office.gateway.state.locked).toBe(false)
  })

  it('that is reset forgets all addresses', async () => {
    const { office, id } = await withOpen()
    await office.useCases.lock.setPassphrase(PASSPHRASE, new Secret(''))
    office.useCases.lock.lock()
    await office.useCases.lock.resetLock()
    expect(office.gateway.state.routes).toEqual([])
    expect(office.summary(id).gateway.isOpen).toBe(false)
    expect([...office.records.files.values()].join('\n')).not.toContain('ccccc1')
    expect((await office.restart()).gateway.state.routes).toEqual([])
  })
})

describe('what went through a gateway', () => {
  it('is noted once for an hour, without anything but counts', async () => {
    const { office, id } = await withOpen()
    const hour = office.time.now() - (office.time.now() % HOUR)
    const count = { hour, accountId: id, method: 'GET', result: '2xx', count: 2 } as const
    office.gateway.host.counted([count])
    office.gateway.host.counted([count, { ...count, method: 'POST', result: 'refused', count: 1 }])
    await office.time.advance(HOUR + MINUTE)
    const [latest] = await office.useCases.activity.entries(id)
    expect(latest && describeActivity(latest)).toBe(
      '5 requests through the gateway in an hour: GET 2xx 4, POST refused 1',
    )
    office.gateway.host.counted([{ ...count, hour: hour + HOUR }])
    await office.quit()
    const noted = (await office.useCases.activity.entries(id)).filter(
      ({ what }) => what.kind === 'gateway-used',
    )
    expect(noted).toHaveLength(2)
  })
})
