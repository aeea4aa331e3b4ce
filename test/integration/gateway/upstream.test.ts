/** The way to the service: the system's proxy, certificates, and names of this computer (issue 24, rule 7). */
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import net from 'node:net'
import type { Duplex } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import type { GatewayProxy } from '../../../electron/shared/gateway'
import { makeAuthority } from '../../support/certificate'
import {
  ask,
  codeIn,
  FakeGatewayMain,
  listen,
  routeTo,
  startGateway,
  startService,
} from '../../support/gateway'

class BehindProxy extends FakeGatewayMain {
  constructor(readonly proxy: GatewayProxy) {
    super()
  }

  override proxyFor(): Promise<GatewayProxy> {
    return Promise.resolve(this.proxy)
  }
}

/** Answers CONNECT with that status, and is a tunnel where it is 200. */
async function startProxy(
  status: number,
): Promise<{ readonly connects: IncomingMessage[]; readonly port: number }> {
  const connects: IncomingMessage[] = []
  const server = http.createServer((req, res) => {
    connects.push(req)
    res.end('a request without CONNECT')
  })
  server.on('connect', (req: IncomingMessage, socket: Duplex) => {
    connects.push(req)
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${String(status)} No\r\nContent-Length: 4\r\n\r\npage`)
      return
    }
    const [, host = '', port = ''] = /^(.*):(\d+)$/u.exec(req.url ?? '') ?? []
    const target = net.connect(Number(port), host, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'))
    for (const [from, to] of [
      [socket, target],
      [target, socket],
    ] as const) {
      from.on('error', () => to.destroy()).pipe(to)
    }
  })
  return { connects, port: Number(new URL(await listen(server)).port) }
}

describe('a proxy', () => {
  const login = { userName: 'who', password: 'p:w@' }

  it('gets a CONNECT with its own password, and nothing of the request', async () => {
    const service = await startService()
    const { connects, port } = await startProxy(200)
    const main = new BehindProxy({ kind: 'http', host: '127.0.0.1', port, login })
    const { address } = await startGateway([routeTo(service.url)], { main })
    expect((await ask(`${address}/secret-path`)).body.toString()).toBe('ok')
    expect(connects.map(({ method, url }) => [method, url])).toEqual([['CONNECT', new URL(service.url).host]])
    const [connect] = connects
    expect(connect?.headers['proxy-authorization']).toBe(
      `Basic ${Buffer.from('who:p:w@').toString('base64')}`,
    )
    expect(JSON.stringify(connect?.rawHeaders)).not.toMatch(/r-auth|secret-path/iu)
    expect(service.arrived[0]?.headers).not.toHaveProperty('proxy-authorization')
  })

  it.each([
    [407, 'asks for a password'],
    [403, 'didn’t let the request through'],
    [502, 'didn’t let the request through'],
  ])('that answers %i itself is no service', async (status, said) => {
    const { connects, port } = await startProxy(status)
    const main = new BehindProxy({ kind: 'http', host: '127.0.0.1', port, login: null })
    const { address } = await startGateway([routeTo('http://service.example')], { main })
    const reply = await ask(address)
    expect([reply.status, codeIn(reply)]).toEqual([502, 'unreachable'])
    expect(reply.body.toString()).toContain(said)
    expect(connects).toHaveLength(1)
  })
})

describe('a certificate', () => {
  const { env } = process
  afterEach(() => {
    delete env['NODE_TLS_REJECT_UNAUTHORIZED']
  })

  it.each([
    ['by an authority that is trusted', 'localhost', false, true],
    ['by one that isn’t', 'localhost', false, false],
    ['that has expired', 'localhost', true, true],
    ['for another name', 'other.example', false, true],
  ])('%s', async (_, name, isExpired, isTrusted) => {
    // What would turn checks off is not heard.
    env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    const authority = await makeAuthority()
    const server = https.createServer(await authority.issue(name, { isExpired }), (_req, res) =>
      res.end('reached'),
    )
    const url = new URL(await listen(server))
    const { address } = await startGateway([routeTo(`https://localhost:${url.port}`)], {
      extraCAs: isTrusted ? [authority.cert] : [],
    })
    const reply = await ask(address)
    const isGood = isTrusted && !isExpired && name === 'localhost'
    expect([reply.status, isGood ? reply.body.toString() : codeIn(reply)]).toEqual(
      isGood ? [200, 'reached'] : [502, 'unreachable'],
    )
    if (!isGood) expect(reply.body.toString()).toContain('certificate isn’t trusted')
  })
})

it('names below localhost are this computer, whatever DNS says', async () => {
  const service = await startService()
  const { address } = await startGateway([routeTo(`http://api.localhost:${new URL(service.url).port}`)])
  expect((await ask(address)).status).toBe(200)
  expect(service.arrived[0]?.headers.host).toContain('api.localhost')
})
