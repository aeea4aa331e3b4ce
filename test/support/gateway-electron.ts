// Builds `gateway-main.ts` with the gateway's own entry and runs them in a real Electron.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron } from '@playwright/test'
import { build } from 'vite'
import { rootSwitches } from '../../scripts/lib/electron-switches.mjs'
import type { GatewayRoute } from '../../electron/shared/gateway'
import type { GatewayMainProcess } from './gateway-main'

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))
const OUT = path.join(REPOSITORY, 'out/test/gateway')

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
  const executablePath = process.env['ELECTRON_EXEC_PATH']
  if (!executablePath) throw new Error('ELECTRON_EXEC_PATH is not set: run this by `npm test`.')
  await build({
    configFile: false,
    root: REPOSITORY,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir: OUT,
      emptyOutDir: true,
      target: 'node20.18',
      rolldownOptions: {
        input: { main: 'test/support/gateway-main.ts', gateway: 'electron/gateway/process.ts' },
        external: ['electron'],
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  })
  await writeFile(
    path.join(OUT, 'package.json'),
    JSON.stringify({ name: 'gateway-test', version: '0.0.0', type: 'module', main: 'main.js' }),
  )
  const profile = await mkdtemp(path.join(os.tmpdir(), 'tokendesk-gateway-'))
  const app = await _electron.launch({
    executablePath,
    args: [...rootSwitches(), `--user-data-dir=${profile}`, OUT],
    // Playwright turns the sandbox off on Linux unless told otherwise.
    chromiumSandbox: process.getuid?.() !== 0,
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
    async quit() {
      await app.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
