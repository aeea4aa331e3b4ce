/** When the app begins and ends: one instance for each profile, and an end that leaves nothing half done. */
import { accessSync, constants } from 'node:fs'
import { app, powerMonitor, type BrowserWindow } from 'electron'

/** How long a quit waits for renewals under way: their tokens must reach the disk. */
const QUIT_GRACE_MS = 2_000

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

export function onSecondInstance(window: () => BrowserWindow | null): void {
  app.on('second-instance', () => {
    const open = window()
    if (open === null) return
    if (open.isMinimized()) open.restore()
    open.show()
    open.focus()
  })
}

/** After sleep the network may be back, and what waits may go on. */
export function onWakeUp(look: () => void): void {
  powerMonitor.on('resume', look)
}

/** Runs `finish` before the app ends, and ends it when that is done or has taken too long. */
export function finishBeforeQuit(
  finish: () => Promise<void>,
  after: (delayMs: number, run: () => void) => void,
): void {
  let finished = false
  app.on('before-quit', (event) => {
    if (finished) return
    event.preventDefault()
    const end = (): void => {
      if (finished) return
      finished = true
      app.quit()
    }
    finish().then(end, end)
    after(QUIT_GRACE_MS, end)
  })
}
