/** The adapter against a real server. The `fetch` is Node's, which keeps the same standard as Electron's. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { FeedOutcome } from '../../electron/core/base/ports'
import { createHttpUpdateFeed } from '../../electron/main/adapters/http-update-feed'
import { FEED_MAX_BYTES } from '../../electron/shared/update-feed'
import { FakeTime } from '../support/fakes/fake-time'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

const time = new FakeTime()
const feed = createHttpUpdateFeed({ timers: time, fetch })
let stop: () => void = () => undefined

afterEach(() => {
  stop()
})

/** The address of a server that answers so. */
async function serve(answer: Answer): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  stop = () => {
    server.closeAllConnections()
    server.close()
  }
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/feed.json`
}

async function read(answer: Answer): Promise<FeedOutcome> {
  return await feed.read(await serve(answer))
}

describe('the update feed over HTTP', () => {
  it('is read by one plain GET', async () => {
    const asked: string[] = []
    const outcome = await read((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`, request.headers.cookie ?? 'no cookie')
      response.end('{"version":"1.2.3"}')
    })
    expect(outcome).toEqual({ ok: true, text: '{"version":"1.2.3"}' })
    expect(asked).toEqual(['GET /feed.json', 'no cookie'])
  })

  it('never follows a redirect', async () => {
    let requests = 0
    const outcome = await read((_request, response) => {
      requests += 1
      response.writeHead(302, { Location: '/elsewhere' }).end()
    })
    expect(outcome.ok).toBe(false)
    expect(requests).toBe(1)
  })

  it('that has no feed says so', async () => {
    expect(await read((_request, response) => response.writeHead(404).end('{"version":"1.2.3"}'))).toEqual({
      ok: false,
      reason: 'status 404',
    })
  })

  it('is read up to its bound and no further', async () => {
    expect(await read((_request, response) => response.end('x'.repeat(FEED_MAX_BYTES)))).toMatchObject({
      ok: true,
    })
    stop()
    // It would never end.
    const outcome = await read((_request, response) => {
      const pour = (): void => {
        while (response.write('x'.repeat(FEED_MAX_BYTES)));
      }
      response.on('drain', pour)
      pour()
    })
    expect(outcome).toEqual({ ok: false, reason: 'too large' })
  })

  it('is waited for 10 seconds, also between its first byte and its last', async () => {
    for (const begin of [() => undefined, (response: ServerResponse) => response.write('{')]) {
      let reached: () => void = () => undefined
      const isReached = new Promise<void>((resolve) => (reached = resolve))
      const reading = read((_request, response) => {
        begin(response)
        reached()
      })
      await isReached
      await time.advance(10_000)
      expect(await reading).toEqual({ ok: false, reason: 'timed out' })
      stop()
    }
  })

  it('at an address that the settings would refuse is not asked', async () => {
    expect(await feed.read('http://updates.example.com/feed.json')).toMatchObject({ ok: false })
  })
})
