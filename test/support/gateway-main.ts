/**
 * A main process with only the gateway's adapter, for `test/integration/gateway/gateway-process.test.ts`, which calls it
 * through Playwright. Its pages are those of a browser that means no good.
 */
import { app, BrowserWindow, session } from 'electron'
import type { GatewayHost, GatewayJwtAnswer } from '../../electron/core/base/gateway-port'
import { createGatewayProcess } from '../../electron/main/adapters/gateway-process'
import { systemTimers } from '../../electron/main/adapters/system-clock'
import type { GatewayCheckOutcome, GatewayCount, GatewayRoute } from '../../electron/shared/gateway'
import { Secret } from '../../electron/shared/secret'

export interface GatewayMainProcess {
  /** Resolves with the port when the gateway listens. */
  open(routes: readonly GatewayRoute[]): Promise<number>
  close(): void
  /** Process ids of the gateway's processes. */
  pids(): readonly number[]
  check(baseUrl: string, path: string): Promise<GatewayCheckOutcome>
  /** Loads a page in a window that nobody sees, and resolves when its title begins with "done". */
  visit(url: string): Promise<string>
  readonly renewals: string[]
  readonly counts: GatewayCount[]
  readonly logged: string[]
  readonly listened: number[]
}

// A name that resolves to this computer, as a rebinding attacker has one.
app.commandLine.appendSwitch('host-resolver-rules', 'MAP *.example 127.0.0.1')

const logged: string[] = []
const log = (message: string, fields: object = {}): void => {
  logged.push(`${message} ${JSON.stringify(fields)}`)
}
const renewals: string[] = []
const counts: GatewayCount[] = []
const listened: number[] = []
let whenListening = (_port: number): void => undefined

const live: GatewayJwtAnswer = { ok: true, jwt: new Secret('live') }
const host: GatewayHost = {
  jwtFor: () => Promise.resolve(live),
  renewed(_accountId, rejected) {
    renewals.push(rejected.reveal())
    return Promise.resolve({ ok: true, jwt: new Secret('newer') })
  },
  listening(port) {
    listened.push(port)
    whenListening(port)
  },
  notListening(port, problem) {
    logged.push(`not listening at ${String(port)}: ${problem}`)
  },
  counted(more) {
    counts.push(...more)
  },
  productionRefused: () => undefined,
}

const gateway = createGatewayProcess({
  timers: systemTimers,
  log: { debug: log, info: log, warn: log, error: log },
  resolveProxy: (url) => session.defaultSession.resolveProxy(url),
  proxyLogin: () => null,
})
gateway.serve(host)

const main: GatewayMainProcess = {
  open: (routes) =>
    new Promise((resolve) => {
      whenListening = resolve
      gateway.update({ port: 0, routes, locked: false })
    }),
  close() {
    gateway.update({ port: 0, routes: [], locked: false })
  },
  pids: () =>
    app
      .getAppMetrics()
      .filter(({ name, serviceName }) => name === 'TokenDesk gateway' || serviceName === 'TokenDesk gateway')
      .map(({ pid }) => pid),
  check: (baseUrl, path) => gateway.check(baseUrl, path, new Secret('live')),
  async visit(url) {
    const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } })
    const done = new Promise<string>((resolve) => {
      window.on('page-title-updated', (_event, title) => {
        if (title.startsWith('done')) resolve(title)
      })
    })
    await window.loadURL(url)
    const title = await done
    window.destroy()
    return title
  },
  ...{ renewals, counts, logged, listened },
}
Object.assign(globalThis, { gatewayMain: main })

app.on('window-all-closed', () => undefined)
