/** When the gateway's process runs, and what of its messages counts (issue 24, rule 7 and "Fault"). */
import { describe, expect, it, vi } from 'vitest'
import type { GatewayHost } from '../../../electron/core/base/gateway-port'
import { createGatewayProcess, type GatewayChild } from '../../../electron/main/adapters/gateway-process'
import type { ToGateway } from '../../../electron/shared/gateway'
import { Secret } from '../../../electron/shared/secret'
import { FakeTime } from '../../support/fakes/fake-time'
import { MemoryLog } from '../../support/fakes/memory-log'
import { ACCOUNT, routeTo } from '../../support/gateway'

vi.mock('electron', () => ({ utilityProcess: null }))

class FakeChild implements GatewayChild {
  readonly got: ToGateway[] = []
  isKilled = false
  readonly #message: ((message: unknown) => void)[] = []
  readonly #exit: ((code: number) => void)[] = []

  on(event: 'message' | 'exit', listener: ((message: unknown) => void) & ((code: number) => void)): void {
    if (event === 'message') this.#message.push(listener)
    else this.#exit.push(listener)
  }

  postMessage(message: ToGateway): void {
    this.got.push(message)
  }

  kill(): boolean {
    this.isKilled = true
    this.exit(0)
    return true
  }

  say(message: unknown): void {
    for (const listener of this.#message) listener(message)
  }

  exit(code: number): void {
    for (const listener of this.#exit) listener(code)
  }
}

const ROUTES = [routeTo('https://api.example')]

function start() {
  const children: FakeChild[] = []
  const time = new FakeTime()
  const log = new MemoryLog()
  const host = {
    jwtFor: vi.fn<GatewayHost['jwtFor']>(() => Promise.resolve({ ok: true, jwt: new Secret('live') })),
    renewed: vi.fn<GatewayHost['renewed']>(() => Promise.reject(new Error('no'))),
    listening: vi.fn<GatewayHost['listening']>(),
    notListening: vi.fn<GatewayHost['notListening']>(),
    counted: vi.fn<GatewayHost['counted']>(),
    productionRefused: vi.fn<GatewayHost['productionRefused']>(),
  }
  const gateway = createGatewayProcess({
    timers: time,
    log,
    resolveProxy: (url) => Promise.resolve(url.includes('direct') ? 'DIRECT' : 'PROXY p.example:3128'),
    proxyLogin: (at) =>
      at === 'p.example:3128' ? { host: at, userName: 'u', password: new Secret('w') } : null,
    fork: () => {
      const child = new FakeChild()
      children.push(child)
      return child
    },
  })
  gateway.serve(host)
  const update = (routes: typeof ROUTES, port = 0): void => {
    gateway.update({ port, routes, locked: false })
  }
  return { gateway, children, time, log, host, update }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('the process', () => {
  it('starts with the first route, hears of each change, and ends with the last one', () => {
    const { children, update } = start()
    update([])
    expect(children).toHaveLength(0)
    update(ROUTES)
    update([...ROUTES, routeTo('https://b.example', { capability: 'b' })])
    expect(children).toHaveLength(1)
    expect(children[0]?.got.map((each) => each.type === 'state' && each.state.routes.length)).toEqual([1, 2])
    update([])
    expect(children[0]?.got.at(-1)).toEqual({ type: 'stop' })
    children[0]?.say({ type: 'stopped' })
    expect(children[0]?.isKilled).toBe(true)
    expect(children).toHaveLength(1)
  })

  it('that doesn’t end is killed', async () => {
    const { children, time, update } = start()
    update(ROUTES)
    update([])
    await time.advance(1_000)
    expect(children[0]?.isKilled).toBe(true)
  })

  it('opened again at once waits for the other one’s port', () => {
    const { children, update } = start()
    update(ROUTES)
    update([])
    update(ROUTES)
    expect(children).toHaveLength(1)
    children[0]?.say({ type: 'stopped' })
    expect(children).toHaveLength(2)
  })

  it('that has died starts again at the same port, less and less often, until one has lived', async () => {
    const { children, host, time, update } = start()
    update(ROUTES)
    children[0]?.say({ type: 'listening', port: 4711 })
    await settled()
    expect(host.listening).toHaveBeenCalledWith(4711)
    for (const after of [0, 1_000, 5_000, 15_000, 15_000]) {
      const { length } = children
      children.at(-1)?.exit(139)
      // A change doesn't make it sooner.
      update(ROUTES)
      if (after > 0) await time.advance(after - 1)
      expect(children).toHaveLength(length)
      await time.advance(1)
      expect(children).toHaveLength(length + 1)
      expect(children.at(-1)?.got).toMatchObject([{ type: 'state', state: { port: 4711, routes: ROUTES } }])
    }
    const { length } = children
    await time.advance(60_000)
    children.at(-1)?.exit(139)
    await time.advance(0)
    expect(children).toHaveLength(length + 1)
  })

  it('that has died stays away when nothing is open any more', async () => {
    const { children, time, update } = start()
    update(ROUTES)
    children[0]?.exit(1)
    update([])
    await time.advance(60_000)
    expect(children).toHaveLength(1)
  })

  it('starts for a check alone; one that it dies of has an answer', async () => {
    const { children, gateway } = start()
    const first = gateway.check('https://api.example', '/me', new Secret('live'))
    expect(children[0]?.got.at(-1)).toMatchObject({ check: { path: '/me', jwt: 'live' } })
    const outcome = { kind: 'answered', status: 204, elapsedMs: 5, date: null }
    children[0]?.say({ type: 'checked', id: 1, outcome })
    expect(await first).toEqual(outcome)
    expect(children[0]?.got.at(-1)).toEqual({ type: 'stop' })
    const second = gateway.check('https://api.example', '/me', new Secret('live'))
    children[0]?.say({ type: 'stopped' })
    children[1]?.exit(1)
    expect(await second).toEqual({ kind: 'failed', code: 'internal-error', reason: null })
  })
})

describe('its questions', () => {
  it('get a JWT, or a code where main fails', async () => {
    const { children, host, update } = start()
    update(ROUTES)
    children[0]?.say({ type: 'jwt-for', id: 1, accountId: ACCOUNT })
    children[0]?.say({ type: 'renewed', id: 2, accountId: ACCOUNT, rejected: 'old' })
    await settled()
    expect(children[0]?.got.slice(1)).toEqual([
      { type: 'jwt', id: 1, answer: { ok: true, jwt: 'live' } },
      { type: 'jwt', id: 2, answer: { ok: false, code: 'internal-error', retryAfterMs: null } },
    ])
    expect(host.renewed.mock.calls[0]?.[1].reveal()).toBe('old')
  })

  it('about a proxy get the system’s, with what it is to get', async () => {
    const { children, update } = start()
    update(ROUTES)
    children[0]?.say({ type: 'proxy-for', id: 1, origin: 'https://api.example' })
    children[0]?.say({ type: 'proxy-for', id: 2, origin: 'https://direct.example' })
    await settled()
    const login = { userName: 'u', password: 'w' }
    expect(children[0]?.got.slice(1)).toEqual([
      { type: 'proxy', id: 1, proxy: { kind: 'http', host: 'p.example', port: 3128, login } },
      { type: 'proxy', id: 2, proxy: { kind: 'direct' } },
    ])
  })

  it('of a process that is gone are answered to nobody', async () => {
    const { children, update } = start()
    update(ROUTES)
    children[0]?.say({ type: 'jwt-for', id: 1, accountId: ACCOUNT })
    children[0]?.exit(1)
    await settled()
    expect(children[0]?.got).toHaveLength(1)
  })

  it.each([
    null,
    'text',
    { type: 'unknown' },
    { type: 'jwt-for', id: 1, accountId: '../../etc' },
    { type: 'jwt-for', id: 'x', accountId: ACCOUNT },
    { type: 'renewed', id: 1, accountId: ACCOUNT, rejected: 'x'.repeat(65_537) },
    { type: 'listening', port: 70_000 },
    { type: 'counts', counts: [{ hour: 0, accountId: ACCOUNT, method: '/secret', result: '2xx', count: 1 }] },
  ])('that make no sense end it: %j', async (message) => {
    const { children, host, log, update } = start()
    update(ROUTES)
    children[0]?.say(message)
    await settled()
    expect(children[0]?.isKilled).toBe(true)
    for (const called of Object.values(host)) expect(called).not.toHaveBeenCalled()
    expect(JSON.stringify(log)).not.toContain('secret')
  })
})
