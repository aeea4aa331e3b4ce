/** When the app begins and ends. */
import { accessSync, constants } from 'node:fs'
import { app, powerMonitor, type BrowserWindow } from 'electron'
import { startForSwitches, type StartFor } from './windows/hidden-start'

/** Hands over to an instance that runs already; returns whether this one may go on. */
export function isFirstInstance(): boolean {
  return app.requestSingleInstanceLock()
}

/** Whether files can be made in the folder; one that isn't there yet can be made. */
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
 * By ourselves, since Electron takes each of these signals once only: a second one would end the app at once, whatever
 * is in flight.
 */
export function whenSignalled(signals: Pick<NodeJS.Process, 'on'>, quit: () => void): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) signals.on(signal, quit)
}

/** `delay` may keep the system waiting; `quit` is told when nobody is asked any more. */
export function whenSessionEnds(
  window: BrowserWindow,
  { delay, quit }: { delay: (event: Pick<Event, 'preventDefault'>) => void; quit: () => void },
): void {
  // Windows asks, and then only tells.
  window.on('query-session-end', delay)
  window.on('session-end', quit)
  // Linux and macOS. Electron's types leave out the event.
  powerMonitor.on('shutdown', delay as () => void)
}
