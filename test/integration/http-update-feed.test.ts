/** The feed's adapter in a real Electron against a real server, with and without a proxy. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { FeedOutcome } from '../../electron/core/base/ports'
import { FEED_MAX_BYTES } from '../../electron/shared/update-feed'
import { startAdapterElectron, type AdapterElectron } from '../support/adapter-electron'
import type { AdapterSetup } from '../support/http-auth-api-main'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

const FEED = '{"version":"1.2.3"}'
/** A client's headers that a server asks for, or a proxy. */
const ASKED = { 401: 'authorization', 407: 'proxy-authorization' } as const
const LOGIN = { userName: 'user', password: 'pass' }

let electron: AdapterElectron

beforeAll(async () => {
  electron = await startAdapterElectron()
})
afterAll(() => electron.close())

/** `host:port` of a server that answers so. */
async function serve(answer: Answer): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

async function read(answer: Answer, setup: AdapterSetup = {}): Promise<FeedOutcome> {
  return await electron.readFeed(`http://${await serve(answer)}/feed.json`, setup)
}

/** A server, or a proxy, that gives the feed to whoever sends the password of `LOGIN`. */
async function serveAsking(status: keyof typeof ASKED): Promise<{ host: string; got: string[] }> {
  const got: string[] = []
  const host = await serve((request, response) => {
    const sent = request.headers[ASKED[status]]
    got.push(String(sent))
    if (sent === `Basic ${Buffer.from(`${LOGIN.userName}:${LOGIN.password}`).toString('base64')}`)
      response.end(FEED)
    else {
      const challenge = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate'
      response.writeHead(status, { [challenge]: 'Basic realm="company"' }).end()
    }
  })
  return { host, got }
}

describe('the update feed over HTTP', () => {
  it('is read by one plain GET, without cookies', async () => {
    const asked: string[] = []
    const host = await serve((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`, request.headers.cookie ?? 'no cookie')
      response.setHeader('Set-Cookie', 'a=b').end(FEED)
    })
    const url = `http://${host}/feed.json`
    expect(await electron.readFeed(url, {})).toEqual({ ok: true, text: FEED })
    await electron.readFeed(url, {})
    expect(asked).toEqual(['GET /feed.json', 'no cookie', 'GET /feed.json', 'no cookie'])
  })

  it('never follows a redirect', async () => {
    let requests = 0
    const outcome = await read((_request, response) => {
      requests += 1
      response.writeHead(302, { Location: '/elsewhere' }).end()
    })
    expect(outcome).toMatchObject({ ok: false, reason: 'status 302' })
    expect(requests).toBe(1)
  })

  it('that has no feed says so', async () => {
    expect(await read((_request, response) => response.writeHead(404).end(FEED))).toMatchObject({
      ok: false,
      reason: 'status 404',
      isTurnedAway: false,
    })
  })

  it('that is no text says so', async () => {
    const outcome = await read((_request, response) => response.end(Buffer.from([0x22, 0xff, 0x22])))
    expect(outcome).toMatchObject({ ok: false })
  })

  it('is read up to its bound and no further', async () => {
    const most = 'x'.repeat(FEED_MAX_BYTES)
    expect(await read((_request, response) => response.end(most))).toEqual({ ok: true, text: most })
    expect(await read((_request, response) => response.end(`${most}x`))).toMatchObject({
      reason: 'too large',
    })
    // It would never end.
    const outcome = await read((_request, response) => {
      const pour = (): void => {
        while (response.write(most));
      }
      response.on('drain', pour)
      pour()
    })
    expect(outcome).toMatchObject({ ok: false, reason: 'too large' })
  })

  it.each([
    ['its first byte', () => undefined],
    ['its last', (response: ServerResponse) => response.write('{')],
  ])('is waited for no longer than its time, for %s', async (_name, begin) => {
    const outcome = await read((_request, response) => void begin(response), { timeoutMs: 300 })
    expect(outcome).toMatchObject({ ok: false, reason: 'timed out' })
  })

  it('at an address that the settings would refuse is not asked', async () => {
    expect(await electron.readFeed('http://updates.example.com/feed.json', {})).toMatchObject({
      reason: 'not an address of a feed',
    })
  })
})

describe('behind a proxy that asks for a password', () => {
  it('gets the one that was entered for it', async () => {
    const { host: proxy, got } = await serveAsking(407)
    const setup = { proxy, proxyLogin: LOGIN }
    expect(await electron.readFeed('http://127.0.0.1/feed.json', setup)).toEqual({ ok: true, text: FEED })
    expect(got).toHaveLength(2)
  })

  it('gets no other, and is told of as turned away', async () => {
    for (const proxyLogin of [undefined, { ...LOGIN, password: 'wrong' }]) {
      const { host: proxy, got } = await serveAsking(407)
      const setup = proxyLogin === undefined ? { proxy } : { proxy, proxyLogin }
      expect(await electron.readFeed('http://127.0.0.1/feed.json', setup)).toMatchObject({
        ok: false,
        isTurnedAway: true,
      })
      expect(got).toHaveLength(proxyLogin === undefined ? 1 : 2)
    }
  })

  it('gives a server that asks for one nothing', async () => {
    const { host, got } = await serveAsking(401)
    const setup = { proxyLogin: LOGIN, loginFor: host }
    expect(await electron.readFeed(`http://${host}/feed.json`, setup)).toMatchObject({
      reason: 'status 401',
      isTurnedAway: false,
    })
    expect(got).toEqual(['undefined'])
  })
})
