/** What the app requests from the network, seen from outside: by a proxy, and by Chromium's own network log. */
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'

export interface WatchedTraffic {
  /** For the command line of the app's next start; each start has a log of its own. */
  switches(): readonly string[]
  /** The requests to the proxy: method and target. */
  readonly atProxy: readonly string[]
  /** The hosts that Chromium contacted or looked up. Complete when the app has ended. */
  hosts(): Promise<ReadonlySet<string>>
  stop(): Promise<void>
}

/**
 * `throughProxy`: `all`, or only what leaves this computer, so that a service on loopback is contacted directly. The
 * proxy forwards requests for this computer, and refuses all others.
 */
export async function watchTraffic(throughProxy: 'all' | 'remote'): Promise<WatchedTraffic> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tokendesk-traffic-'))
  const atProxy: string[] = []
  const logs: string[] = []
  const proxy = createServer((incoming, answer) => {
    atProxy.push(`${incoming.method ?? ''} ${incoming.url ?? ''}`)
    passOn(incoming, answer)
  })
  proxy.on('connect', (incoming, socket) => {
    atProxy.push(`CONNECT ${incoming.url ?? ''}`)
    socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n')
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const { port } = proxy.address() as AddressInfo
  return {
    atProxy,
    switches() {
      const log = path.join(folder, `${String(logs.length)}.json`)
      logs.push(log)
      return [
        `--proxy-server=127.0.0.1:${String(port)}`,
        ...(throughProxy === 'all' ? ['--proxy-bypass-list=<-loopback>'] : []),
        `--log-net-log=${log}`,
      ]
    },
    async hosts() {
      const found = await Promise.all(logs.map(async (log) => hostsIn(await readFile(log, 'utf8'))))
      return new Set(found.flat())
    },
    async stop() {
      proxy.closeAllConnections()
      proxy.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function passOn(incoming: IncomingMessage, answer: ServerResponse): void {
  const target = URL.canParse(incoming.url ?? '') ? new URL(incoming.url ?? '') : null
  if (target?.hostname !== '127.0.0.1') {
    answer.writeHead(502).end()
    return
  }
  const { method, headers } = incoming
  const onward = request(target, { method, headers, agent: false }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers)
    reply.pipe(answer)
  })
  onward.on('error', () => answer.destroy())
  incoming.pipe(onward)
}

interface NetLog {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> }
  readonly events: readonly {
    readonly type: number
    readonly params?: { readonly url?: string; readonly host?: string }
  }[]
}

/** By each request that is started, and by each name that is looked up. */
function hostsIn(text: string): string[] {
  const { constants, events } = parse(text)
  const types = ['URL_REQUEST_START_JOB', 'HOST_RESOLVER_MANAGER_JOB'].map((name) => {
    const type = constants.logEventTypes[name]
    if (type === undefined) throw new Error(`This Chromium does not log ${name}.`)
    return type
  })
  return events
    .filter(({ type }) => types.includes(type))
    .flatMap(({ params }) => params?.url ?? params?.host ?? [])
    .map((target) => new URL(target.includes('://') ? target : `x://${target}`).hostname)
}

function parse(text: string): NetLog {
  try {
    return JSON.parse(text) as NetLog
  } catch {
    // An app that was ended by a signal leaves a log without its end.
    return JSON.parse(`${text.trimEnd().replace(/,$/u, '')}]}`) as NetLog
  }
}
