/** When the app begins and ends: one instance for each profile, and an end that leaves nothing half done. */
import { accessSync, constants } from 'node:fs'
import { app, powerMonitor } from 'electron'
import { HIDDEN_SWITCH } from './hidden-start'

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

/** `show` is called when somebody starts the app again; what starts it hidden wants nothing more than that it runs. */
export function onSecondInstance(show: () => void): void {
  app.on('second-instance', (_event, argv) => {
    if (!argv.includes(HIDDEN_SWITCH)) show()
  })
}

/** While the machine slept timers stood still, and the network may be another one now. */
export function whenAwake({ resumed, unlocked }: { resumed: () => void; unlocked: () => void }): void {
  powerMonitor.on('resume', resumed)
  powerMonitor.on('unlock-screen', unlocked)
}

/** What the user walks away with: the machine sleeps, or its screen is locked. */
export function whenLeft({
  suspended,
  screenLocked,
}: {
  suspended: () => void
  screenLocked: () => void
}): void {
  powerMonitor.on('suspend', suspended)
  powerMonitor.on('lock-screen', screenLocked)
}

/**
 * Runs `finish` before the app ends, and ends it when that is done or has taken too long. Returns what tells whether
 * the end has begun.
 */
export function finishBeforeQuit(
  finish: () => Promise<void>,
  after: (delayMs: number, run: () => void) => void,
): () => boolean {
  let phase: 'running' | 'finishing' | 'finished' = 'running'
  app.on('before-quit', (event) => {
    if (phase === 'finished') return
    event.preventDefault()
    if (phase === 'finishing') return
    phase = 'finishing'
    const end = (): void => {
      if (phase === 'finished') return
      phase = 'finished'
      app.quit()
    }
    finish().then(end, end)
    after(QUIT_GRACE_MS, end)
  })
  return () => phase !== 'running'
}
