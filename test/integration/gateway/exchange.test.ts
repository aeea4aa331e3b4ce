/** What a tool meets at the gateway, over real sockets (issue 24, rules 2, 3, 6 and 8). */
import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import net from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, vi } from 'vitest'
import { ask, codeIn, JWT, listen, routeTo, sendRaw, startGateway, startService } from '../../support/gateway'

function closed(req: IncomingMessage | undefined): Promise<unknown> {
  req?.on('error', () => undefined)
  return new Promise((resolve) => req?.on('close', resolve))
}

describe('forwarding', () => {
  it('sends method, path, query and body as they came, with the JWT, below the base URL', async () => {
    const bodies: Promise<string>[] = []
    const service = await startService((req, res) => {
      bodies.push(text(req))
      res.writeHead(201, 'Made', ['X-One', '1', 'x-one', '2', 'Date', 'Sun, 29 Nov 2026 00:00:00 GMT'])
      res.end('{"a":1}')
    })
    const { address, main, gateway } = await startGateway([routeTo(`${service.url}/v1`)])
    const reply = await ask(`${address}/a%2Fb/?q=%20x&q=//`, {
      method: 'PATCH',
      headers: { 'R-Auth': 'own', Cookie: 'c=1', Authorization: 'Bearer x', 'X-Own': ['1', '2'] },
      body: 'hello',
    })
    expect(reply).toMatchObject({ status: 201, body: Buffer.from('{"a":1}') })
    expect(reply.headers).toMatchObject({ 'x-one': '1, 2', date: 'Sun, 29 Nov 2026 00:00:00 GMT' })
    expect(reply.headers).not.toHaveProperty('access-control-allow-origin')
    const [arrived] = service.arrived
    expect(arrived).toMatchObject({ method: 'PATCH', url: '/v1/a%2Fb/?q=%20x&q=//' })
    expect(arrived?.headers).toMatchObject({
      host: new URL(service.url).host,
      'r-auth': JWT,
      authorization: 'Bearer x',
      'x-own': '1, 2',
      'content-length': '5',
    })
    expect(arrived?.headers).not.toHaveProperty('cookie')
    expect(await bodies[0]).toBe('hello')
    await vi.waitFor(() => {
      expect(gateway.keptJwts).toBe(0)
    })
    expect(main.asked).toHaveLength(1)
  })

  it.each(['', '/', '?a=1'])('the address itself: %j', async (rest) => {
    const service = await startService()
    const { address } = await startGateway([routeTo(service.url)])
    expect((await ask(address + rest)).status).toBe(200)
    expect(service.arrived[0]?.url).toBe(rest.startsWith('/') ? rest : `/${rest}`)
  })

  it('keeps connections to the service', async () => {
    const service = await startService()
    const { address } = await startGateway([routeTo(service.url)])
    await ask(address)
    await ask(address)
    expect(new Set(service.arrived.map(({ socket }) => socket)).size).toBe(1)
  })

  it('never follows a redirect, and points one to the same origin at itself', async () => {
    const service = await startService((_, res) => res.writeHead(302, { Location: '/next?x' }).end())
    const { address } = await startGateway([routeTo(service.url)])
    const { status, headers } = await ask(`${address}/first`)
    expect([status, headers.location]).toEqual([302, `${address}/next?x`])
    expect(service.arrived).toHaveLength(1)
  })

  it('forwards trailers in both directions', async () => {
    const seen: unknown[] = []
    const service = await startService((req, res) => {
      void text(req).then((body) => {
        seen.push(body, req.trailers)
        res.writeHead(200, { Trailer: 'X-Back' })
        res.write('part')
        res.addTrailers({ 'X-Back': 'sum' })
        res.end()
      })
    })
    const { address } = await startGateway([routeTo(service.url)])
    const request = http.request(address, { method: 'POST', headers: { Trailer: 'X-Sum', TE: 'trailers' } })
    request.write('body')
    request.addTrailers({ 'X-Sum': '1', 'R-Auth': 'own' })
    request.end()
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect(await text(response)).toBe('part')
    expect(response.trailers).toEqual({ 'x-back': 'sum' })
    expect(seen).toEqual(['body', { 'x-sum': '1' }])
    expect(service.arrived[0]?.headers).toMatchObject({ te: 'trailers', 'transfer-encoding': 'chunked' })
  })

  it('delivers events as they come, the head before the first of them', async () => {
    let stream: ServerResponse | null = null
    const service = await startService((_, res) => {
      res.writeHead(200, { 'Content-Type': 'text/event-stream' })
      res.flushHeaders()
      stream = res
    })
    const { address } = await startGateway([routeTo(service.url)])
    const request = http.get(address)
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    const events = stream as unknown as ServerResponse
    for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
      events.write(event)
      expect(String((await once(response, 'data'))[0])).toBe(event)
    }
    events.end()
    await once(response, 'end')
  })

  it('asks the tool for the body when the service does', async () => {
    const server = http.createServer()
    const steps: string[] = []
    server.on('checkContinue', (req: IncomingMessage, res: ServerResponse) => {
      steps.push('expected')
      res.writeContinue()
      void text(req).then((body) => res.end(body))
    })
    const { address } = await startGateway([routeTo(await listen(server))])
    const request = http.request(address, {
      method: 'PUT',
      headers: { Expect: '100-continue', 'Content-Length': 4 },
    })
    request.flushHeaders()
    await once(request, 'continue')
    steps.push('continued')
    request.end('body')
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect(await text(response)).toBe('body')
    expect(steps).toEqual(['expected', 'continued'])
  })

  it('passes on that the service refuses before the body', async () => {
    const server = http.createServer()
    server.on('checkContinue', (_req: IncomingMessage, res: ServerResponse) => res.writeHead(413).end('no'))
    const { address } = await startGateway([routeTo(await listen(server))])
    const request = http.request(address, {
      method: 'PUT',
      headers: { Expect: '100-continue', 'Content-Length': 10_000_000 },
    })
    request.flushHeaders()
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(413)
    expect(response.headers.connection).toBe('close')
    expect(await text(response)).toBe('no')
  })

  it('sends a safe request again when the service has closed an idle connection', async () => {
    const service = await startService()
    const { address } = await startGateway([routeTo(service.url)])
    await ask(address)
    // Answers no further request on the used connection.
    service.arrived[0]?.socket.removeAllListeners('data').on('data', function close(this: net.Socket) {
      this.destroy()
    })
    service.server.once('connection', () => undefined)
    const socket = service.arrived[0]?.socket
    service.server.closeIdleConnections()
    expect(socket?.destroyed).toBe(true)
    expect((await ask(address)).status).toBe(200)
  })
})

describe('an end that comes too early', () => {
  it('of the tool ends the request to the service', async () => {
    const service = await startService((_, res) => {
      res.write('begun')
    })
    const { address, main, gateway } = await startGateway([routeTo(service.url)])
    const request = http.get(address)
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    await once(response, 'data')
    const ended = closed(service.arrived[0])
    response.destroy()
    await ended
    await vi.waitFor(() => {
      expect(gateway.keptJwts).toBe(0)
    })
    gateway.stop()
    expect(main.counts).toMatchObject([{ method: 'GET', result: 'aborted', count: 1 }])
  })

  it('of the tool while it uploads', async () => {
    const service = await startService((req) => req.resume())
    const { address } = await startGateway([routeTo(service.url)])
    const request = http.request(address, { method: 'POST', headers: { 'Content-Length': 1000 } })
    request.on('error', () => undefined)
    request.write('half')
    await vi.waitFor(() => {
      expect(service.arrived).toHaveLength(1)
    })
    const [arrived] = service.arrived
    const ended = closed(arrived)
    request.destroy()
    await ended
    expect(arrived?.complete).toBe(false)
  })

  it.each<[string, (res: ServerResponse) => void]>([
    ['of known length', (res) => res.writeHead(200, { 'Content-Length': 100 }).write('half')],
    ['chunked', (res) => res.write('half')],
  ])('of the service breaks the tool’s connection: a body %s', async (_, begin) => {
    const service = await startService((req, res) => {
      begin(res)
      setImmediate(() => req.socket.destroy())
    })
    const { address } = await startGateway([routeTo(service.url)])
    await expect(ask(address)).rejects.toThrow(/aborted|hang up|ECONNRESET/u)
  })

  it('of the service before it answers', async () => {
    const service = await startService((req) => req.socket.destroy())
    const { address } = await startGateway([routeTo(service.url)])
    const reply = await ask(address, { method: 'POST', body: 'x' })
    expect([reply.status, codeIn(reply)]).toEqual([502, 'unreachable'])
    expect(service.arrived).toHaveLength(1)
  })
})

describe('a service that is not there', () => {
  it.each([
    ['http://127.0.0.1:1', 'the connection was refused'],
    ['https://gateway-test.invalid', 'its host name wasn’t found'],
  ])('%s', async (baseUrl, said) => {
    const { address } = await startGateway([routeTo(baseUrl)])
    const reply = await ask(address)
    expect([reply.status, codeIn(reply)]).toEqual([502, 'unreachable'])
    expect(reply.body.toString()).toContain(said)
  })

  it('or no HTTP', async () => {
    const server = net.createServer((socket) => socket.end('SSH-2.0\r\n'))
    const { address } = await startGateway([routeTo(await listen(server))])
    const reply = await ask(address)
    expect([reply.status, codeIn(reply)]).toEqual([502, 'unreachable'])
    expect(reply.body.toString()).toContain('isn’t valid HTTP')
  })
})

describe('while a request is under way', () => {
  it.each([
    ['its account is removed', []],
    ['its environment changes', [routeTo('http://127.0.0.1:2')]],
    ['its address is renewed', [routeTo('http://127.0.0.1:1', { capability: 'another' })]],
  ])('and %s, it is broken off on both sides', async (_, routes) => {
    const service = await startService((req, res) => {
      if (req.url === '/streams') res.write('begun')
    })
    const { address, gateway, port } = await startGateway([routeTo(service.url)])
    const streaming = http.get(`${address}/streams`)
    const [response] = (await once(streaming, 'response')) as [IncomingMessage]
    await once(response, 'data')
    const waiting = ask(`${address}/waits`)
    await vi.waitFor(() => {
      expect(service.arrived).toHaveLength(2)
    })
    const gone = service.arrived.map(closed)
    const broken = once(response, 'error')
    gateway.update({ port, routes, locked: false })
    expect(codeIn(await waiting)).toBe('gateway-changed')
    await Promise.all([...gone, broken])
  })

  it('a lock, an armed production or another account’s change leave it alone', async () => {
    let open: ServerResponse | null = null
    const service = await startService((_, res) => {
      res.write('begun')
      open = res
    })
    const route = routeTo(service.url, { production: true })
    const { address, gateway, port } = await startGateway([route])
    const reply = ask(address)
    await vi.waitFor(() => {
      expect(service.arrived).toHaveLength(1)
    })
    gateway.update({ port, routes: [{ ...route, armedUntil: Infinity }], locked: true })
    ;(open as unknown as ServerResponse).end('whole')
    expect((await reply).body.toString()).toBe('begunwhole')
    expect(codeIn(await ask(address))).toBe('locked')
  })
})

it('production that is not armed is told to main, and counted', async () => {
  const service = await startService()
  const route = routeTo(service.url, { production: true })
  const { address, main, gateway, port } = await startGateway([route])
  expect(codeIn(await ask(address, { method: 'DELETE' }))).toBe('production-not-armed')
  expect((await ask(address)).status).toBe(200)
  expect(main.productionRefusals).toEqual([route.accountId])
  gateway.update({ port, routes: [{ ...route, armedUntil: Date.now() + 60_000 }], locked: false })
  expect((await ask(address, { method: 'DELETE' })).status).toBe(200)
  gateway.stop()
  const hour = Math.floor(Date.now() / 3_600_000) * 3_600_000
  expect(main.counts).toEqual([
    { hour, accountId: route.accountId, method: 'DELETE', result: 'refused', count: 1 },
    { hour, accountId: route.accountId, method: 'GET', result: '2xx', count: 1 },
    { hour, accountId: route.accountId, method: 'DELETE', result: '2xx', count: 1 },
  ])
})

it('answers only where and while a gateway is open', async () => {
  const service = await startService()
  const { address, gateway, port, main } = await startGateway([routeTo(service.url)])
  expect((await sendRaw(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\n\r\n`)).status).toBe(404)
  gateway.update({ port, routes: [], locked: false })
  await expect(ask(address)).rejects.toThrow(/ECONNREFUSED/u)
  main.port = 0
  await new Promise<void>((resolve) => {
    main.onListening = resolve
    gateway.update({ port, routes: [routeTo(service.url)], locked: false })
  })
  expect((await ask(address)).status).toBe(200)
})
