import type { IpcMain } from 'electron'
import { CALL_NAMES, callChannel } from '../../shared/ipc/channels'
import type { Router } from './router'

/**
 * The only listener for the window's calls, active from the start. The router may come later; earlier calls wait for
 * it.
 */
export function listen(ipcMain: Pick<IpcMain, 'handle'>, router: Promise<Router>): void {
  for (const name of CALL_NAMES) {
    ipcMain.handle(
      callChannel(name),
      async (event, input: unknown) => await (await router)(name, event, input),
    )
  }
}
