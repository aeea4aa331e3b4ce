// Builds `gateway-main.ts` with the gateway's own entry and runs them in a real Electron.
import type { GatewayRoute } from '../../electron/shared/gateway'
import type { GatewayMainProcess } from './gateway-main'
import { startMainInElectron } from './main-in-electron'

type InMain = { readonly gatewayMain: GatewayMainProcess }

export interface GatewayElectron {
  open(routes: readonly GatewayRoute[]): Promise<number>
  closeAll(): Promise<void>
  pids(): Promise<readonly number[]>
  check(baseUrl: string, path: string): ReturnType<GatewayMainProcess['check']>
  visit(url: string): Promise<string>
  told(): Promise<Pick<GatewayMainProcess, 'renewals' | 'counts' | 'logged' | 'listened'>>
  quit(): Promise<void>
}

export async function startGatewayElectron(): Promise<GatewayElectron> {
  const { app, close } = await startMainInElectron('gateway', {
    main: 'test/support/gateway-main.ts',
    gateway: 'electron/gateway/process.ts',
  })
  // A function for `evaluate` is sent as text, so it can't use anything from its surroundings.
  return {
    open: (routes) =>
      app.evaluate(
        (_module, argument) => (globalThis as unknown as InMain).gatewayMain.open(argument),
        routes,
      ),
    closeAll: () =>
      app.evaluate(() => {
        ;(globalThis as unknown as InMain).gatewayMain.close()
      }),
    pids: () => app.evaluate(() => (globalThis as unknown as InMain).gatewayMain.pids()),
    check: (baseUrl, checkPath) =>
      app.evaluate((_module, [base, at]) => (globalThis as unknown as InMain).gatewayMain.check(base, at), [
        baseUrl,
        checkPath,
      ] as const),
    visit: (url) =>
      app.evaluate((_module, page) => (globalThis as unknown as InMain).gatewayMain.visit(page), url),
    told: () =>
      app.evaluate(() => {
        const { renewals, counts, logged, listened } = (globalThis as unknown as InMain).gatewayMain
        return { renewals, counts, logged, listened }
      }),
    quit: close,
  }
}
