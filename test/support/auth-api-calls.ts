/** Calls of the HTTP adapter, in a real Electron, against a real server that each test gets anew. */
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { startAdapterElectron, type AdapterElectron } from './adapter-electron'
import { startAuthServer, type AuthServer, type Fault } from './auth-server'
import type { AdapterSetup, OpenedOutcome, OpenedSession } from './http-auth-api-main'

export const PARTNER_KEY = 'partner-key-7Q2f9xK4'
export const COMPANY_KEY = 'company-key-1Zr8mB3w'

export type Call = 'login' | 'refresh'
export const BOTH: readonly Call[] = ['login', 'refresh']

export function granted(outcome: OpenedOutcome): OpenedSession {
  if (outcome.kind !== 'granted') throw new Error(JSON.stringify(outcome))
  return outcome.session
}

export interface AuthApiCalls {
  readonly electron: AdapterElectron
  readonly server: AuthServer
  ask(
    call: Call,
    secret: string,
    setup?: AdapterSetup,
    baseUrl?: string,
    zone?: string,
  ): Promise<OpenedOutcome>
  /** A refresh token that the service would accept. */
  refreshToken(): Promise<string>
  /** The secret of a call that the service would accept. */
  secretFor(call: Call): Promise<string>
  askWithFault(call: Call, fault: Fault, setup?: AdapterSetup): Promise<OpenedOutcome>
}

/** To be called once in a test file: starts and ends both around its tests. */
export function useAuthApi(): AuthApiCalls {
  let electron: AdapterElectron
  let server: AuthServer
  beforeAll(async () => {
    electron = await startAdapterElectron()
  })
  afterAll(() => electron.close())
  beforeEach(async () => {
    server = await startAuthServer({ seed: 7 })
    server.addApiKey({ apiKey: PARTNER_KEY, kind: 'partner', name: 'Nordwind' })
    server.addApiKey({ apiKey: COMPANY_KEY, kind: 'company' })
  })
  afterEach(() => server.close())

  const calls: AuthApiCalls = {
    get electron() {
      return electron
    },
    get server() {
      return server
    },
    ask: (call, secret, setup = {}, baseUrl = server.url, zone = 'UTC') =>
      electron.request({ call, secret, setup, target: { baseUrl, defaultTimeZone: zone } }),
    async refreshToken() {
      const { refreshToken } = granted(await calls.ask('login', PARTNER_KEY))
      server.forgetRequests()
      return refreshToken?.token ?? ''
    },
    secretFor: async (call) => (call === 'login' ? PARTNER_KEY : calls.refreshToken()),
    async askWithFault(call, fault, setup = {}) {
      const secret = await calls.secretFor(call)
      server.nextReply(fault)
      return calls.ask(call, secret, setup)
    },
  }
  return calls
}
