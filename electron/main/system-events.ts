/** What the system says while the app runs: sleep, its screen lock, and that somebody uses a window. */
import { powerMonitor } from 'electron'
import type { UseCases } from '../core/app/use-cases'
import type { ScreenLock } from './platform/screen-lock'
import { whenUsed } from './windows/presence'

/**
 * While the machine slept timers stood still, and the network may be another one now. Power events do more than lock
 * only after start-up has finished, which finds out by itself what is due.
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
