/**
 * A main process with only the HTTP adapters, for `test/integration/http-auth-api.test.ts` and
 * `http-update-feed.test.ts`, which call it through Playwright. It shows no window.
 */
import { app, session, type Session } from 'electron'
import type { AuthOutcome, AuthTarget, FeedOutcome, GrantedSession } from '../../electron/core/base/ports'
import { createHttpAuthApi } from '../../electron/main/adapters/http-auth-api'
import { createHttpUpdateFeed } from '../../electron/main/adapters/http-update-feed'
import { createProxyGate } from '../../electron/main/adapters/proxy-gate'
import { turnOffResendingProtocols } from '../../electron/main/platform/resending-protocols'
import { systemClock, systemTimers } from '../../electron/main/adapters/system-clock'
import { Secret } from '../../electron/shared/secret'

export interface AdapterSetup {
  readonly timeoutMs?: number
  /** Accepts any certificate, so that a test can have a TLS server of its own. */
  readonly trusting?: boolean
  /** `host:port` of an HTTP proxy for everything. */
  readonly proxy?: string
  /** What was entered for `loginFor`, or else for the proxy. */
  readonly proxyLogin?: { readonly userName: string; readonly password: string }
  readonly loginFor?: string
  /** The system reports that there is no network. */
  readonly offline?: boolean
  /** Keeps used connections open, as a plain session does: shows what the lanes are for. */
  readonly reusing?: boolean
}

export interface AdapterCall {
  readonly call: 'login' | 'refresh'
  readonly target: AuthTarget
  readonly secret: string
  readonly setup: AdapterSetup
}

export interface OpenedSession extends Omit<GrantedSession, 'jwt' | 'refreshToken'> {
  readonly jwt: string
  readonly refreshToken: { readonly token: string; readonly expiresAt: number | null } | null
}

export type OpenedOutcome =
  | Exclude<AuthOutcome, { kind: 'granted' }>
  | { readonly kind: 'granted'; readonly session: OpenedSession; readonly clockSkewMs: number | null }

export interface AdapterMain {
  /** With its secrets as text: tests read the outcome as JSON. */
  request(call: AdapterCall): Promise<OpenedOutcome>
  readFeed(url: string, setup: AdapterSetup): Promise<FeedOutcome>
  /** Everything that the adapter has logged. */
  readonly logged: readonly string[]
  /** Names of the cookies in all sessions that it opened. */
  cookies(): Promise<readonly string[]>
}

turnOffResendingProtocols(app.commandLine)

const logged: string[] = []
const write = (message: string, fields: object = {}): void => {
  logged.push(`${message} ${JSON.stringify(fields)}`)
}
const log = { debug: write, info: write, warn: write, error: write }
const sessions: Session[] = []
const apis = new Map<string, ReturnType<typeof createHttpAuthApi>>()

function apiFor(setup: AdapterSetup): ReturnType<typeof createHttpAuthApi> {
  const key = JSON.stringify(setup)
  const existing = apis.get(key)
  if (existing !== undefined) return existing
  const api = createHttpAuthApi({
    clock: systemClock,
    timers: systemTimers,
    log,
    gate: gateFor(setup),
    trust: 'nss',
    ...(setup.timeoutMs === undefined ? {} : { timeoutMs: setup.timeoutMs }),
    isOnline: () => setup.offline !== true,
    openSession: (lane) => openSession(setup, lane),
  })
  apis.set(key, api)
  return api
}

function gateFor({ proxyLogin, loginFor, proxy }: AdapterSetup): ReturnType<typeof createProxyGate> {
  const gate = createProxyGate()
  const host = loginFor ?? proxy
  if (proxyLogin !== undefined && host !== undefined) {
    gate.use({ host, userName: proxyLogin.userName, password: new Secret(proxyLogin.password) })
  }
  return gate
}

function partitionOf(setup: AdapterSetup, lane: number): string {
  return `${JSON.stringify(setup)}-${String(lane)}`
}

/**
 * A request sent while the proxy is still being set bypasses it, so requests behind a proxy are sent one after another.
 */
async function behindItsProxy(setup: AdapterSetup): Promise<void> {
  if (setup.proxy === undefined) return
  const first = session.fromPartition(partitionOf(setup, 0), { cache: false })
  // Without this rule loopback addresses bypass any proxy.
  await first.setProxy({ proxyRules: setup.proxy, proxyBypassRules: '<-loopback>' })
}

function openSession(setup: AdapterSetup, lane: number): Session {
  const opened = session.fromPartition(partitionOf(setup, lane), { cache: false })
  if (setup.trusting === true) {
    opened.setCertificateVerifyProc((_request, decide) => {
      decide(0)
    })
  }
  if (setup.reusing === true) opened.closeAllConnections = () => Promise.resolve()
  sessions.push(opened)
  return opened
}

function opened(outcome: AuthOutcome): OpenedOutcome {
  if (outcome.kind !== 'granted') return outcome
  const { jwt, refreshToken, ...session } = outcome.session
  return {
    ...outcome,
    session: {
      ...session,
      jwt: jwt.reveal(),
      refreshToken: refreshToken && { ...refreshToken, token: refreshToken.token.reveal() },
    },
  }
}

const main: AdapterMain = {
  // Playwright calls through the inspector, where Node doesn't empty its `nextTick` queue afterwards: streams would
  // wait for the next timer. The product's calls come from events and timers, where it does.
  async request({ call, target, secret, setup }) {
    await new Promise((resolve) => setTimeout(resolve, 0))
    await behindItsProxy(setup)
    return opened(await apiFor(setup)[call](target, new Secret(secret)))
  },
  async readFeed(url, setup) {
    await new Promise((resolve) => setTimeout(resolve, 0))
    await behindItsProxy(setup)
    const { timeoutMs } = setup
    const feed = createHttpUpdateFeed({
      clock: systemClock,
      timers: systemTimers,
      log,
      gate: gateFor(setup),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      openSession: (lane) => openSession(setup, lane),
    })
    return await feed.read(url)
  },
  logged,
  async cookies() {
    const all = await Promise.all(sessions.map((opened) => opened.cookies.get({})))
    return all.flat().map((cookie) => cookie.name)
  },
}
Object.assign(globalThis, { adapterMain: main })

app.on('window-all-closed', () => undefined)
