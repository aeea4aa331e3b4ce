import { describe, expect, it } from 'vitest'
import type { ProxyLogin } from '../../../../electron/core/base/ports'
import { createProxyGate } from '../../../../electron/main/adapters/proxy-gate'
import type { ProxyQuestion } from '../../../../electron/shared/proxy'
import { Secret } from '../../../../electron/shared/secret'

type Gate = ReturnType<typeof createProxyGate>

const HOST = 'proxy.example.com:3128'
const login = (password: string, host = HOST): ProxyLogin => ({
  host,
  userName: 'ada',
  password: new Secret(password),
})

function opened(): { gate: Gate; questions: (ProxyQuestion | null)[] } {
  const gate = createProxyGate()
  const questions: (ProxyQuestion | null)[] = []
  gate.whenAsked((question) => questions.push(question))
  return { gate, questions }
}

async function passwordFor(gate: Gate, host = HOST): Promise<string | null> {
  const pass = gate.enter()
  const given = await pass.asked(host)
  pass.over(given !== null)
  return given?.password.reveal() ?? null
}

describe('a proxy that asks', () => {
  it('gets nothing while nobody has entered anything, and that is told', async () => {
    const { gate, questions } = opened()
    const pass = gate.enter()
    expect(await pass.asked(HOST)).toBeNull()
    expect(pass.isTurnedAway).toBe(true)
    expect(questions).toEqual([{ host: HOST, isRefused: false }])
  })

  it('gets what was entered for it, and no other proxy does', async () => {
    const { gate, questions } = opened()
    gate.use(login('right'))
    expect(await passwordFor(gate)).toBe('right')
    expect(await passwordFor(gate, 'other.example.com:3128')).toBeNull()
    expect(questions).toEqual([{ host: 'other.example.com:3128', isRefused: false }])
  })

  it('gets a refused password from no request any more', async () => {
    const { gate, questions } = opened()
    gate.use(login('wrong'))
    const pass = gate.enter()
    expect((await pass.asked(HOST))?.password.reveal()).toBe('wrong')
    expect(await pass.asked(HOST)).toBeNull()
    pass.over(false)
    expect(await passwordFor(gate)).toBeNull()
    expect(questions).toEqual([
      { host: HOST, isRefused: true },
      { host: HOST, isRefused: true },
    ])
    gate.use(login('right'))
    expect(await passwordFor(gate)).toBe('right')
  })

  it('gets a new password from one request alone, until it has accepted that', async () => {
    const { gate } = opened()
    gate.use(login('new'))
    const first = gate.enter()
    await first.asked(HOST)
    const given: (string | null)[] = []
    const others = [1, 2, 3].map(async () => given.push(await passwordFor(gate)))
    await Promise.resolve()
    expect(given).toEqual([])
    first.over(true)
    await Promise.all(others)
    expect(given).toEqual(['new', 'new', 'new'])
  })

  it('gets a wrong one once, however many requests wait', async () => {
    const { gate } = opened()
    gate.use(login('wrong'))
    const first = gate.enter()
    await first.asked(HOST)
    const others = Promise.all([1, 2, 3].map(() => passwordFor(gate)))
    await first.asked(HOST)
    first.over(false)
    expect(await others).toEqual([null, null, null])
  })

  it('waits for the request that tries it, not for one that is long over', async () => {
    const { gate } = opened()
    gate.use(login('wrong'))
    const first = gate.enter()
    await first.asked(HOST)
    first.over(false)
    gate.use(login('new'))
    const second = gate.enter()
    await second.asked(HOST)
    first.over(false)
    let given: string | null = null
    const third = passwordFor(gate).then((password) => (given = password))
    await Promise.resolve()
    expect(given).toBeNull()
    second.over(true)
    await third
    expect(given).toBe('new')
  })

  it('is forgotten by the question when requests pass again', async () => {
    const { gate, questions } = opened()
    await passwordFor(gate)
    gate.enter().over(true)
    gate.enter().over(true)
    expect(questions).toEqual([{ host: HOST, isRefused: false }, null])
  })

  it('is not asked again for what sessions have kept of another password', () => {
    const { gate } = opened()
    let replaced = 0
    gate.whenReplaced(() => (replaced += 1))
    gate.use(login('new'))
    gate.use(null)
    expect(replaced).toBe(2)
  })
})
