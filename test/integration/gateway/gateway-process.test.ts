/** The gateway's process on a real Electron: what it forwards, how it dies and comes back, and pages that mean no good. */
import { readFile } from 'node:fs/promises'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeCertificate } from '../../support/certificate'
import { CAPABILITY, ask, codeIn, listen, routeTo, startService } from '../../support/gateway'
import { startGatewayElectron, type GatewayElectron } from '../../support/gateway-electron'
import { ATTEMPTS, PAGE, WORKER } from '../../support/gateway-page'

const MIB = 1_048_576
/** Of what it holds more while a body passes (issue 24, "Cost"). */
const MORE_MEMORY_AT_MOST = 64 * MIB

let electron: GatewayElectron

beforeAll(async () => {
  electron = await startGatewayElectron()
}, 120_000)

afterAll(async () => {
  await electron.quit()
})

async function goneAll(): Promise<void> {
  await vi.waitFor(async () => {
    expect(await electron.pids()).toEqual([])
  }, 10_000)
}

afterEach(async () => {
  await electron.closeAll()
  await goneAll()
})

async function open(baseUrl: string): Promise<{ readonly address: string; readonly port: number }> {
  const port = await electron.open([routeTo(baseUrl)])
  return { port, address: `http://127.0.0.1:${String(port)}/g/${CAPABILITY}` }
}

async function onePid(): Promise<number> {
  const pids = await vi.waitFor(async () => {
    const found = await electron.pids()
    expect(found).toHaveLength(1)
    return found
  }, 10_000)
  return pids[0] ?? 0
}

/** Most that it has had in memory so far, in bytes. */
async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/u.exec(status)?.[1]) * 1024
}

it('forwards with the JWT of main, and once more with a newer one after a 401', async () => {
  const service = await startService((req, res) => {
    res.statusCode = req.headers['r-auth'] === 'newer' ? 200 : 401
    res.end(String(req.headers['r-auth']))
  })
  const { address } = await open(service.url)
  const reply = await ask(`${address}/x`, { method: 'POST', body: 'y' })
  expect([reply.status, reply.body.toString()]).toEqual([200, 'newer'])
  expect((await electron.told()).renewals).toEqual(['live'])
})

it('knows its address and the JWT from messages alone', async () => {
  const { url } = await startService()
  const { address } = await open(url)
  expect((await ask(address)).status).toBe(200)
  const pid = String(await onePid())
  const [args, environment] = await Promise.all(
    ['cmdline', 'environ'].map((name) => readFile(`/proc/${pid}/${name}`, 'utf8')),
  )
  expect(args).toContain('utility')
  for (const seen of [args, environment]) expect(seen).not.toMatch(new RegExp(`${CAPABILITY}|live`, 'u'))
  expect(environment).not.toContain('NODE_')
  expect((await electron.told()).logged.join('\n')).not.toContain(CAPABILITY)
})

it('starts again when it is killed, at the same address; what was under way is broken off', async () => {
  const service = await startService((req, res) => {
    if (req.url === '/streams') res.write('begun')
    else res.end('ok')
  })
  const { address, port } = await open(service.url)
  const streaming = ask(`${address}/streams`)
  const broken = streaming.then(
    () => 'whole',
    () => 'broken off',
  )
  await vi.waitFor(() => {
    expect(service.arrived).toHaveLength(1)
  })
  const before = (await electron.told()).listened.length
  const killed = await onePid()
  process.kill(killed, 'SIGKILL')
  expect(await broken).toBe('broken off')
  await vi.waitFor(async () => {
    expect((await electron.told()).listened).toHaveLength(before + 1)
  }, 20_000)
  expect((await electron.told()).listened.at(-1)).toBe(port)
  expect((await ask(`${address}/again`)).body.toString()).toBe('ok')
  expect(await onePid()).not.toBe(killed)
})

it('is there only while a gateway is open or something is checked', async () => {
  const service = await startService((_, res) => res.writeHead(403, { Date: 'now' }).end())
  await open(service.url)
  await electron.closeAll()
  await goneAll()
  expect(await electron.check(service.url, '/me')).toMatchObject({
    kind: 'answered',
    status: 403,
    date: 'now',
  })
  expect(service.arrived[0]?.headers['r-auth']).toBe('live')
  expect(await electron.check(service.url, '/../x')).toMatchObject({ kind: 'failed', code: 'bad-target' })
  expect(await electron.check('http://127.0.0.1:1', '/')).toMatchObject({ reason: 'connection-refused' })
})

it('says that it can’t trust a certificate, and bypasses nothing', async () => {
  const server = https.createServer(await makeCertificate(), (_, res) => res.end('reached'))
  const { port } = new URL(await listen(server))
  const { address } = await open(`https://localhost:${port}`)
  const reply = await ask(address)
  expect([reply.status, codeIn(reply)]).toEqual([502, 'unreachable'])
  expect(reply.body.toString()).toContain('certificate isn’t trusted')
})

it.each(['up', 'down'] as const)('streams 64 MiB %s in bounded memory', async (direction) => {
  const chunk = Buffer.alloc(MIB, 'x')
  const pour = (to: NodeJS.WritableStream): void => {
    let left = 64
    const more = (): void => {
      while (left > 0) {
        left -= 1
        if (!to.write(chunk)) {
          to.once('drain', more)
          return
        }
      }
      to.end()
    }
    more()
  }
  const count = async (from: IncomingMessage): Promise<number> => {
    let bytes = 0
    for await (const part of from) bytes += (part as Buffer).length
    return bytes
  }
  const service = await startService((req: IncomingMessage, res: ServerResponse) => {
    if (req.method === 'GET') pour(res)
    else void count(req).then((bytes) => res.end(String(bytes)))
  })
  const { address } = await open(service.url)
  expect((await ask(address, { method: 'HEAD' })).status).toBe(200)
  const pid = await onePid()
  const before = await peakOf(pid)
  const request = http.request(address, { method: direction === 'up' ? 'PUT' : 'GET' })
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject)
  })
  if (direction === 'up') pour(request)
  else request.end()
  const received = await response
  expect(direction === 'up' ? Number(await text(received)) : await count(received)).toBe(64 * MIB)
  expect((await peakOf(pid)) - before).toBeLessThan(MORE_MEMORY_AT_MOST)
})

describe('a page on another origin that knows the address', () => {
  it(`tries ${String(ATTEMPTS.length)} ways, and nothing reaches the service`, async () => {
    expect(ATTEMPTS.length).toBeGreaterThanOrEqual(30)
    const evil = await startService((req, res) => {
      const isWorker = req.url?.startsWith('/worker.js') === true
      res.writeHead(200, { 'Content-Type': isWorker ? 'text/javascript' : 'text/html' })
      res.end(isWorker ? WORKER : PAGE)
    })
    // Answers everybody, to see that each attempt would have been one.
    const control = await startService((_, res) => {
      res.writeHead(200, {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': '*',
        'Access-Control-Allow-Headers': '*',
        Connection: 'close',
      })
      res.end()
    })
    const service = await startService()
    const { address, port } = await open(service.url)
    const page = (base: string, at: number): string =>
      `${evil.url}/?${new URLSearchParams({ base, rebound: `http://rebound.example:${String(at)}/g/${CAPABILITY}`, worker: '' }).toString()}`

    await electron.visit(page(address, port))
    await electron.visit(page(control.url, (control.server.address() as AddressInfo).port))
    await vi.waitFor(() => {
      const tried = new Set(
        control.arrived.map(({ url = '' }) => url.replace(/\?.*$/u, '').split('/').at(-1)),
      )
      expect(ATTEMPTS.filter((name) => !tried.has(name))).toEqual([])
    }, 10_000)
    expect(service.arrived).toEqual([])
    expect((await ask(address)).status).toBe(200)
    expect(service.arrived).toHaveLength(1)
  }, 60_000)
})
