/** Follows the system's events: sleep, screen lock, and use of a window. */
import { powerMonitor } from 'electron'
import type { UseCases } from '../core/app/use-cases'
import type { ScreenLock } from './platform/screen-lock'
import { whenUsed } from './windows/presence'

/**
 * Timers don't run during sleep, and the network may have changed. Until start-up has finished, power events only lock:
 * start-up itself finds out what is due.
 */
export function followSystem(
  useCases: UseCases,
  started: Promise<unknown>,
  screenLock: ScreenLock | null,
): void {
  const { lock } = useCases
  const whenStarted = (run: () => void): void => {
    started.then(run, () => undefined)
  }
  powerMonitor.on('resume', () => {
    lock.resumed()
    whenStarted(() => {
      useCases.networkIsBack()
    })
  })
  powerMonitor.on('unlock-screen', () => {
    whenStarted(() => {
      useCases.reevaluate()
    })
  })
  powerMonitor.on('suspend', () => {
    useCases.suspended()
  })
  powerMonitor.on('lock-screen', () => {
    lock.screenLocked()
  })
  whenStarted(() => {
    screenLock?.whenLocked(() => {
      lock.screenLocked()
    })
  })
  whenUsed((isPress) => {
    lock.used()
    if (isPress) useCases.clipboard.used()
  })
}
