// Builds `http-auth-api-main.ts` and runs it in a real Electron main process.
import type { FeedOutcome } from '../../electron/core/base/ports'
import { startMainInElectron } from './main-in-electron'
import type { AdapterCall, AdapterMain, AdapterSetup, OpenedOutcome } from './http-auth-api-main'

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
  const { app, close } = await startMainInElectron('http-auth-api', {
    main: 'test/support/http-auth-api-main.ts',
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
    close,
  }
}
