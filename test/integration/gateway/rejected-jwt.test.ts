/** What a tool sees of a JWT that the service rejects, or that there is none (issue 24, rules 3 and 6). */
import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, it, vi } from 'vitest'
import type { GatewayJwt } from '../../../electron/shared/gateway'
import {
  ask,
  codeIn,
  FakeGatewayMain,
  JWT,
  listen,
  routeTo,
  startGateway,
  startService,
} from '../../support/gateway'

describe('a 401', () => {
  const NEWER: GatewayJwt = { ok: true, jwt: 'newer' }

  /** Takes `newer` alone. */
  function wants(req: IncomingMessage, res: ServerResponse): void {
    void text(req).then((body) => {
      res.statusCode = req.headers['r-auth'] === 'newer' ? 200 : 401
      res.end(`${String(res.statusCode)} ${body}`)
    })
  }

  async function start(renewal: GatewayJwt, respond = wants) {
    const service = await startService(respond)
    const main = new FakeGatewayMain()
    main.renewal = renewal
    return { service, ...(await startGateway([routeTo(service.url)], { main })) }
  }

  it('is not seen where a renewal brings a newer JWT: the request is sent once more', async () => {
    const { address, main, service, gateway } = await start(NEWER)
    const reply = await ask(address, { method: 'POST', body: 'x'.repeat(1_048_576) })
    expect([reply.status, reply.body.length]).toEqual([200, 1_048_580])
    expect(main.rejected).toEqual([JWT])
    expect(service.arrived).toHaveLength(2)
    await vi.waitFor(() => {
      expect(gateway.keptJwts).toBe(0)
    })
  })

  it('is passed on where nothing newer comes, or the same again', async () => {
    const { address, main, service } = await start({ ok: false, code: 'unreachable', retryAfterMs: null })
    for (const renewal of [main.renewal, { ok: true, jwt: JWT } as const]) {
      main.renewal = renewal
      const reply = await ask(address, { method: 'POST', body: 'x' })
      expect([reply.status, reply.body.toString(), reply.headers['x-tokendesk']]).toEqual([
        401,
        '401 x',
        undefined,
      ])
    }
    expect(service.arrived).toHaveLength(2)
  })

  it('is passed on the second time', async () => {
    const { address, service } = await start({ ok: true, jwt: 'neither' })
    expect((await ask(address)).status).toBe(401)
    expect(service.arrived).toHaveLength(2)
  })

  it.each(['announced', 'chunked'])('is passed on, marked, when the body is over 1 MiB: %s', async (how) => {
    const { address, main, service } = await start(NEWER)
    const body = 'x'.repeat(1_048_577)
    const headers =
      how === 'announced' ? { 'Content-Length': body.length } : { 'Transfer-Encoding': 'chunked' }
    const reply = await ask(address, { method: 'POST', headers, body })
    expect([reply.status, reply.headers['x-tokendesk']]).toEqual([401, 'renewed-not-replayed'])
    expect(reply.body.toString()).toBe(`401 ${body}`)
    expect([main.rejected.length, service.arrived.length]).toEqual([1, 1])
  })

  it('before the body has come: what has come and what comes is sent to the next', async () => {
    const { address, service } = await start(NEWER, (req, res) => {
      if (req.headers['r-auth'] === 'newer') wants(req, res)
      else res.writeHead(401, { Connection: 'close' }).end('early')
    })
    const request = http.request(address, { method: 'POST', headers: { 'Content-Length': 8 } })
    request.write('half')
    await vi.waitFor(() => {
      expect(service.arrived).toHaveLength(1)
    })
    request.end('rest')
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect(await text(response)).toBe('200 halfrest')
  })

  it('instead of "100 Continue": the tool is asked for the body by the second', async () => {
    const server = http.createServer()
    server.on('checkContinue', (req: IncomingMessage, res: ServerResponse) => {
      if (req.headers['r-auth'] === 'newer') {
        res.writeContinue()
        wants(req, res)
      } else res.writeHead(401).end()
    })
    const main = new FakeGatewayMain()
    main.renewal = NEWER
    const { address } = await startGateway([routeTo(await listen(server))], { main })
    const request = http.request(address, {
      method: 'PUT',
      headers: { Expect: '100-continue', 'Content-Length': 4 },
    })
    request.flushHeaders()
    await once(request, 'continue')
    request.end('body')
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect(await text(response)).toBe('200 body')
  })

  it('of 200 requests at the same time makes one renewal, and none is seen', async () => {
    const { address, main, service } = await start(NEWER)
    const atOnce = 60
    main.renewed = async (_, rejected) => {
      main.rejected.push(rejected)
      // Until all that can be under way have met their 401.
      await vi.waitFor(
        () => {
          expect(service.arrived).toHaveLength(atOnce)
        },
        { timeout: 20_000 },
      )
      main.jwt = NEWER
      return NEWER
    }
    const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce })
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        ask(`${address}/${String(index)}`, { agent, method: 'POST', body: String(index) }),
      ),
    )
    agent.destroy()
    expect(replies.map(({ body }) => body.toString())).toEqual(
      Array.from({ length: 200 }, (_, index) => `200 ${String(index)}`),
    )
    expect(main.rejected).toEqual([JWT])
    expect(service.arrived).toHaveLength(200 + atOnce)
  })
})

describe('without a JWT', () => {
  it.each<[number, GatewayJwt & { ok: false }]>([
    [423, { ok: false, code: 'locked', retryAfterMs: null }],
    [409, { ok: false, code: 'api-key-needed', retryAfterMs: null }],
    [502, { ok: false, code: 'unreachable', retryAfterMs: null }],
    [503, { ok: false, code: 'service-unavailable', retryAfterMs: 90_500 }],
    [504, { ok: false, code: 'timed-out', retryAfterMs: null }],
    [500, { ok: false, code: 'internal-error', retryAfterMs: null }],
  ])('%i %o, and nothing is sent', async (status, refusal) => {
    const service = await startService()
    const main = new FakeGatewayMain()
    main.jwt = refusal
    const { address } = await startGateway([routeTo(service.url)], { main })
    const reply = await ask(address, { method: 'POST', body: 'x' })
    expect([reply.status, codeIn(reply), reply.headers['x-tokendesk']]).toEqual([
      status,
      refusal.code,
      refusal.code,
    ])
    expect(reply.headers['retry-after']).toBe(refusal.retryAfterMs === null ? undefined : '91')
    expect(service.arrived).toHaveLength(0)
  })

  it('that a header can carry', async () => {
    const service = await startService()
    const main = new FakeGatewayMain()
    main.jwt = { ok: true, jwt: 'a\r\nX-Evil: 1' }
    const { address } = await startGateway([routeTo(service.url)], { main })
    expect(codeIn(await ask(address))).toBe('internal-error')
    expect(service.arrived).toHaveLength(0)
  })
})
