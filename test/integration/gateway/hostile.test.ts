/**
 * Requests that must not reach the service, over raw sockets: none of them arrives, and each gets a clear answer
 * (issue 24, "Hostile" and "Bad input"). Those from a real page are in `gateway-process.test.ts`.
 */
import net from 'node:net'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import http, { type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Gateway } from '../../../electron/gateway/server'
import { HOSTILE, MALFORMED, type RawCase } from '../../support/gateway-hostile'
import {
  CAPABILITY,
  codeIn,
  FakeGatewayMain,
  OTHER_ACCOUNT,
  OTHER_CAPABILITY,
  routeTo,
  sendRaw,
  startGateway,
} from '../../support/gateway'

const arrived: IncomingMessage[] = []
const service = http.createServer((req, res) => {
  arrived.push(req)
  req
    .on('error', () => undefined)
    .on('end', () => res.end('reached'))
    .resume()
})
const main = new FakeGatewayMain()
const gateway = new Gateway({ main, now: () => Date.now(), monotonic: () => performance.now() })

beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${String((service.address() as AddressInfo).port)}/v1`
  const production = routeTo(baseUrl, {
    ...{ accountId: OTHER_ACCOUNT, capability: OTHER_CAPABILITY, production: true },
  })
  await new Promise<void>((resolve) => {
    main.onListening = resolve
    gateway.update({ port: 0, routes: [routeTo(baseUrl), production], locked: false })
  })
})

afterAll(() => {
  gateway.stop()
  service.close()
})

function bytesOf({ head }: RawCase): string {
  return head
    .replaceAll('PORT', String(main.port))
    .replaceAll('CAP', CAPABILITY)
    .replaceAll('PRODUCTION', OTHER_CAPABILITY)
}

it('a request as it should be arrives, so that the others could', async () => {
  const reply = await sendRaw(
    main.port,
    bytesOf({ name: '', code: '', head: 'GET /g/CAP/x HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n' }),
  )
  expect([reply.status, reply.body]).toEqual([200, 'reached'])
  expect(arrived.splice(0)).toHaveLength(1)
})

it('there are at least 60', () => {
  expect(HOSTILE.length + MALFORMED.length).toBeGreaterThanOrEqual(60)
})

describe('does not arrive, and is refused in JSON without CORS', () => {
  it.each(HOSTILE)('$name: $code', async (each) => {
    const reply = await sendRaw(main.port, bytesOf(each))
    expect(reply.status).toBeGreaterThanOrEqual(400)
    expect(codeIn(reply)).toBe(each.code)
    expect(reply.head).toContain('Content-Type: application/json')
    expect(reply.head).not.toMatch(/access-control|set-cookie/iu)
    expect(arrived).toEqual([])
  })
})

describe('does not arrive, and the connection is closed after a word', () => {
  it.each(MALFORMED)('$name: $code', async (each) => {
    const reply = await sendRaw(main.port, bytesOf(each))
    expect(codeIn(reply)).toBe(each.code)
    expect(reply.head).toMatch(/^Connection: close$/imu)
    expect(reply.head).not.toMatch(/access-control/iu)
    expect(arrived).toEqual([])
  })
})

it('a wrong address is answered like any other place', async () => {
  const at = (target: string) =>
    sendRaw(main.port, `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${String(main.port)}\r\n\r\n`)
  const [wrong, nothing] = await Promise.all([at(`/g/${CAPABILITY.replace('Z', 'Y')}/x`), at('/favicon.ico')])
  expect(wrong).toEqual(nothing)
})

it('a body shorter than announced never counts as whole', async () => {
  const socket = net.connect(main.port, '127.0.0.1')
  socket.end(
    bytesOf({
      name: '',
      code: '',
      head: 'POST /g/CAP/x HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 9\r\n\r\nhalf',
    }),
  )
  await new Promise((resolve) => socket.on('close', resolve).resume())
  for (const req of arrived.splice(0)) {
    if (!req.destroyed) await new Promise((resolve) => req.on('close', resolve))
    expect(req.complete).toBe(false)
  }
  expect(arrived).toEqual([])
})

it('what follows a body longer than announced is no request', async () => {
  const reply = await sendAll(
    main.port,
    bytesOf({
      name: '',
      code: '',
      head: 'POST /g/CAP/x HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 4\r\n\r\nbody and more',
    }),
  )
  expect(reply).toContain('malformed-request')
  expect(arrived.splice(0).map(({ url }) => url)).toEqual(['/v1/x'])
})

async function sendAll(port: number, bytes: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (chunk) => (text += chunk.toString('latin1')))
  socket.write(bytes)
  await new Promise((resolve) => socket.on('close', resolve))
  return text
}

describe('limits', () => {
  it('headers have their time, and the connection is closed', async () => {
    const slow = await startGateway([routeTo('http://127.0.0.1:1')], { headersWithinMs: 200 })
    const reply = await sendRaw(slow.port, 'GET / HTTP/1.1\r\nHost: x\r\n')
    expect([reply.status, codeIn(reply)]).toEqual([408, 'headers-too-slow'])
  })

  it('the 65th connection is told so, unless another one is idle', async () => {
    const started = await startGateway([routeTo('http://127.0.0.1:1')])
    const sockets: net.Socket[] = []
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy()
    })
    for (let count = 0; count < 64; count += 1) {
      const socket = net.connect(started.port, '127.0.0.1')
      sockets.push(socket)
      await new Promise((resolve) => socket.on('connect', resolve))
      socket.write('GET / HTTP/1.1\r\n')
    }
    const complete = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${String(started.port)}\r\n\r\n`
    const reply = await sendRaw(started.port, complete)
    expect([reply.status, codeIn(reply)]).toEqual([503, 'too-many-connections'])
    expect(reply.head).toMatch(/^Connection: close$/imu)
    const [first] = sockets
    first?.write('Host: x\r\n\r\n')
    await new Promise((resolve) => first?.once('data', resolve))
    expect((await sendRaw(started.port, complete)).status).toBe(404)
  })

  it('of ports: one that is taken is said to be', async () => {
    const { port } = main
    const other = new FakeGatewayMain()
    const second = new Gateway({ main: other, now: () => 0, monotonic: () => 0 })
    await new Promise<void>((resolve) => {
      other.onListening = resolve
      second.update({ port, routes: [routeTo('http://127.0.0.1:1')], locked: false })
    })
    expect(other.portProblems).toEqual(['taken'])
    second.stop()
  })

  it('of this computer: only the IPv4 loopback is listened on', async () => {
    const ended = (host: string) =>
      new Promise((resolve) => {
        net
          .connect(main.port, host)
          .on('error', () => {
            resolve('refused')
          })
          .on('connect', () => {
            resolve('connected')
          })
      })
    expect(await ended('127.0.0.1')).toBe('connected')
    expect(await Promise.all(['::1', '127.0.0.2'].map(ended))).toEqual(['refused', 'refused'])
  })
})
