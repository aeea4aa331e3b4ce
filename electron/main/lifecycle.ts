import { accessSync, constants } from 'node:fs'
import { app, powerMonitor, type BrowserWindow } from 'electron'
import { startForSwitches, type StartFor } from './windows/hidden-start'

/** Passes this start on to a running instance; returns false when there is one. */
export function isFirstInstance(): boolean {
  return app.requestSingleInstanceLock()
}

/** Whether files can be created in the folder, or the folder itself. */
export function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
  }
}

/** Somebody, or the system at a login, has started the app again. */
export function onSecondInstance(started: (wanted: StartFor) => void): void {
  app.on('second-instance', (_event, argv) => {
    started(startForSwitches(argv))
  })
}

/**
 * Handled here because Electron handles each of these signals only once: a second one would end the app at once, with
 * requests still in flight.
 */
export function whenSignalled(signals: Pick<NodeJS.Process, 'on'>, quit: () => void): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) signals.on(signal, quit)
}

/** `delay` may make the system wait; `quit` is called when there is nothing left to ask. */
export function whenSessionEnds(
  window: BrowserWindow,
  { delay, quit }: { delay: (event: Pick<Event, 'preventDefault'>) => void; quit: () => void },
): void {
  // Windows first asks, then only informs.
  window.on('query-session-end', delay)
  window.on('session-end', quit)
  // Linux and macOS. Electron's types lack the event.
  powerMonitor.on('shutdown', delay as () => void)
}
