// Builds `http-auth-api-main.ts` and runs it in a real Electron main process.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron } from '@playwright/test'
import { build } from 'vite'
import { rootSwitches } from '../../scripts/lib/electron-switches.mjs'
import type { FeedOutcome } from '../../electron/core/base/ports'
import type { AdapterCall, AdapterMain, AdapterSetup, OpenedOutcome } from './http-auth-api-main'

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))
const OUT = path.join(REPOSITORY, 'out/test/http-auth-api')

export interface AdapterElectron {
  request(call: AdapterCall): Promise<OpenedOutcome>
  readFeed(url: string, setup: AdapterSetup): Promise<FeedOutcome>
  logged(): Promise<readonly string[]>
  cookies(): Promise<readonly string[]>
  /** Stops the main process, as a debugger or an overloaded system does; returns a function that continues it. */
  stop(): () => void
  close(): Promise<void>
}

export async function startAdapterElectron(): Promise<AdapterElectron> {
  const executablePath = process.env['ELECTRON_EXEC_PATH']
  if (!executablePath) throw new Error('ELECTRON_EXEC_PATH is not set: run this by `npm test`.')
  await build({
    configFile: false,
    root: REPOSITORY,
    logLevel: 'error',
    build: {
      ssr: 'test/support/http-auth-api-main.ts',
      outDir: OUT,
      emptyOutDir: true,
      target: 'node20.18',
      rolldownOptions: { external: ['electron'], output: { format: 'es', entryFileNames: 'main.js' } },
    },
  })
  await writeFile(
    path.join(OUT, 'package.json'),
    JSON.stringify({ name: 'http-auth-api-test', version: '0.0.0', type: 'module', main: 'main.js' }),
  )
  const profile = await mkdtemp(path.join(os.tmpdir(), 'tokendesk-adapter-'))
  const app = await _electron.launch({
    executablePath,
    args: [...rootSwitches(), `--user-data-dir=${profile}`, OUT],
    // Playwright turns the sandbox off on Linux unless told otherwise.
    chromiumSandbox: process.getuid?.() !== 0,
  })
  // A function for `evaluate` is sent as text, so it can't use anything from its surroundings.
  return {
    request: (call) =>
      app.evaluate(
        (_electronModule, argument) =>
          (globalThis as unknown as { adapterMain: AdapterMain }).adapterMain.request(argument),
        call,
      ),
    readFeed: (url, setup) =>
      app.evaluate(
        (_electronModule, call) =>
          (globalThis as unknown as { adapterMain: AdapterMain }).adapterMain.readFeed(call.url, call.setup),
        { url, setup },
      ),
    logged: () =>
      app.evaluate(() => (globalThis as unknown as { adapterMain: AdapterMain }).adapterMain.logged),
    cookies: () =>
      app.evaluate(() => (globalThis as unknown as { adapterMain: AdapterMain }).adapterMain.cookies()),
    stop() {
      const { pid } = app.process()
      if (pid === undefined) throw new Error('there is no main process')
      process.kill(pid, 'SIGSTOP')
      return () => {
        process.kill(pid, 'SIGCONT')
      }
    },
    async close() {
      await app.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
