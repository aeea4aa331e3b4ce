/**
 * The gateway in a process of its own (Electron's `utilityProcess`): untrusted HTTP is parsed where neither the vault nor
 * the API keys are, and what crashes or blocks there leaves main alone. It runs only while a gateway is open or something
 * is checked, and is started again when it has died, with the addresses as before.
 */
import { join } from 'node:path'
import { utilityProcess } from 'electron'
import type { GatewayHost, GatewayJwtAnswer, GatewayProcess } from '../../core/base/gateway-port'
import type { Log, ProxyLogin, Timers } from '../../core/base/ports'
import type {
  FromGateway,
  GatewayCheckOutcome,
  GatewayJwt,
  GatewayState,
  ToGateway,
} from '../../shared/gateway'
import { Secret } from '../../shared/secret'
import { fromGateway } from '../platform/gateway-messages'
import { firstProxy } from '../platform/proxy-list'

/** One run of the process. */
export interface GatewayChild {
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
  postMessage(message: ToGateway): void
  kill(): boolean
}

export interface GatewayProcessDeps {
  readonly timers: Timers
  readonly log: Log
  /** Electron's, of the default session. */
  readonly resolveProxy: (url: string) => Promise<string>
  /** What the proxy at `host:port` gets; null: nothing. */
  readonly proxyLogin: (host: string) => ProxyLogin | null
  readonly fork?: () => GatewayChild
}

interface PendingCheck {
  readonly message: ToGateway
  readonly resolve: (outcome: GatewayCheckOutcome) => void
}

/** Before it is started again; the last one for all that follow. */
const RESTARTS_AFTER_MS = [0, 1_000, 5_000, 15_000]
/** A run of this length counts as sound, so that its end is the first one again. */
const SOUND_AFTER_MS = 60_000
const STOPS_WITHIN_MS = 1_000

const UNANSWERED: GatewayCheckOutcome = { kind: 'failed', code: 'internal-error', reason: null }

export function createGatewayProcess(deps: GatewayProcessDeps): GatewayProcess {
  const { timers, log } = deps
  let host: GatewayHost | null = null
  let state: GatewayState = { port: 0, routes: [], locked: false }
  let child: GatewayChild | null = null
  /** Still has the port. */
  let stopping: GatewayChild | null = null
  let isRestarting = false
  let ends = 0
  let lastCheck = 0
  const checks = new Map<number, PendingCheck>()
  let cancelRestart = (): void => undefined
  let cancelSound = (): void => undefined
  let cancelKill = (): void => undefined

  const isNeeded = (): boolean => state.routes.length > 0 || checks.size > 0

  function start(): void {
    cancelRestart()
    if (stopping !== null) return
    const started = (deps.fork ?? forkGateway)()
    child = started
    cancelSound = timers.after(SOUND_AFTER_MS, () => {
      ends = 0
    })
    started.on('message', (message) => {
      void receive(started, message)
    })
    started.on('exit', (code) => {
      if (started === child) died(code)
      else if (started === stopping) stopped()
    })
    started.postMessage({ type: 'state', state })
    for (const { message } of checks.values()) started.postMessage(message)
  }

  function died(code: number): void {
    child = null
    cancelSound()
    log.warn('the gateway process has ended', { code, before: ends })
    for (const { resolve } of checks.values()) resolve(UNANSWERED)
    checks.clear()
    if (!isNeeded()) return
    const after = RESTARTS_AFTER_MS[Math.min(ends, RESTARTS_AFTER_MS.length - 1)] ?? 0
    ends += 1
    isRestarting = true
    const cancel = timers.after(after, () => {
      if (isNeeded()) start()
    })
    cancelRestart = () => {
      isRestarting = false
      cancel()
    }
  }

  /** What is under way in it is broken off. */
  function stopUnlessNeeded(): void {
    if (isNeeded()) return
    cancelRestart()
    if (child === null) return
    cancelSound()
    stopping = child
    child = null
    const ending = stopping
    cancelKill = timers.after(STOPS_WITHIN_MS, () => ending.kill())
    ending.postMessage({ type: 'stop' })
  }

  function stopped(): void {
    cancelKill()
    stopping = null
    if (isNeeded()) start()
  }

  async function receive(from: GatewayChild, raw: unknown): Promise<void> {
    const message = fromGateway(raw)
    if (message === null || host === null) {
      log.warn('the gateway process has sent what it should not')
      from.kill()
      return
    }
    if (from !== child) {
      if (from !== stopping) return
      if (message.type === 'counts') host.counted(message.counts)
      if (message.type === 'stopped') from.kill()
      return
    }
    const answer = await answerTo(message, host)
    // The process that has asked may be gone.
    if (answer !== null && from === child) from.postMessage(answer)
  }

  async function answerTo(message: FromGateway, to: GatewayHost): Promise<ToGateway | null> {
    switch (message.type) {
      case 'jwt-for':
        return { type: 'jwt', id: message.id, answer: await opened(to.jwtFor(message.accountId)) }
      case 'renewed': {
        const answer = to.renewed(message.accountId, new Secret(message.rejected))
        return { type: 'jwt', id: message.id, answer: await opened(answer) }
      }
      case 'proxy-for': {
        const list = await deps.resolveProxy(message.origin).catch(() => '')
        return { type: 'proxy', id: message.id, proxy: firstProxy(list, deps.proxyLogin) }
      }
      case 'checked':
        checks.get(message.id)?.resolve(message.outcome)
        checks.delete(message.id)
        stopUnlessNeeded()
        return null
      case 'listening':
        // The next run has the same one, also where any was free for this.
        state = { ...state, port: message.port }
        to.listening(message.port)
        return null
      case 'not-listening':
        to.notListening(message.port, message.problem)
        return null
      case 'counts':
        to.counted(message.counts)
        return null
      case 'production-refused':
        to.productionRefused(message.accountId)
        return null
      case 'stopped':
        return null
    }
  }

  async function opened(asked: Promise<GatewayJwtAnswer>): Promise<GatewayJwt> {
    try {
      const answer = await asked
      return answer.ok ? { ok: true, jwt: answer.jwt.reveal() } : answer
    } catch {
      log.error('no answer for the gateway')
      return { ok: false, code: 'internal-error', retryAfterMs: null }
    }
  }

  return {
    serve(to) {
      host = to
    },
    update(next) {
      // The port stays, even before whoever asked for any port knows which one it is.
      state = next.port === 0 ? { ...next, port: state.port } : next
      if (!isNeeded()) stopUnlessNeeded()
      else if (child !== null) child.postMessage({ type: 'state', state })
      else if (!isRestarting) start()
    },
    check(baseUrl, path, jwt) {
      lastCheck += 1
      const id = lastCheck
      const message: ToGateway = { type: 'check', id, check: { baseUrl, path, jwt: jwt.reveal() } }
      return new Promise((resolve) => {
        checks.set(id, { message, resolve })
        if (child !== null) child.postMessage(message)
        else if (!isRestarting) start()
      })
    },
    networkChanged() {
      child?.postMessage({ type: 'network-changed' })
    },
  }
}

/** What a process needs of the environment. Others could make it print headers (`NODE_DEBUG`) or trust anybody. */
const VARIABLES = ['SystemRoot', 'windir', 'TEMP', 'TMP', 'TMPDIR', 'TZ', 'LD_LIBRARY_PATH'] as const

function forkGateway(): GatewayChild {
  return utilityProcess.fork(join(import.meta.dirname, 'gateway.js'), [], {
    serviceName: 'TokenDesk gateway',
    stdio: 'ignore',
    env: Object.fromEntries(
      VARIABLES.flatMap((name) => {
        const value = process.env[name]
        return value === undefined ? [] : [[name, value]]
      }),
    ),
  })
}
