/** The order of a start, which is what the window waits for (docs/PERFORMANCE.md). */
import type { Timers } from '../core/ports'
import type { StartSteps } from '../core/read-accounts'

/** Nobody looks, as when the page has died: it goes on without. Thousands of accounts take a window some seconds. */
const LOOKS_WITHIN_MS = 5_000

/** The list is painted by then, and the window shown, for which main must be there. */
const PAINTS_WITHIN_MS = 250

export interface StartUp<Report> {
  /** What the list begins with is there to be looked at. */
  readonly begun: Promise<void>
  /** All accounts are. */
  readonly read: Promise<void>
  /** The keyring was asked, and everything may be done. */
  readonly started: Promise<Report>
  /** The window has all that it shows, or somebody acts before that. */
  readonly looked: () => void
}

/**
 * Loads in steps: `load` tells when there is something to look at and when there is everything, and goes on when the
 * window has it. Until then the keyring isn't asked: that is another program, and main can do nothing else while it
 * answers.
 */
export function startUp<Report>(
  load: (steps: StartSteps) => Promise<Report>,
  timers: Timers,
): StartUp<Report> {
  let looked = (): void => undefined
  const firstLook = new Promise<void>((resolve) => {
    looked = resolve
  })
  let firstAreRead = (): void => undefined
  const untilBegun = new Promise<void>((resolve) => {
    firstAreRead = resolve
  })
  let isRead = (): void => undefined
  const untilRead = new Promise<void>((resolve) => {
    isRead = resolve
  })
  const started = load({
    firstAreRead,
    allAreRead: () => {
      isRead()
      const stopWaiting = timers.after(LOOKS_WITHIN_MS, looked)
      return firstLook.then(() => {
        stopWaiting()
        return new Promise<void>((resolve) => timers.after(PAINTS_WITHIN_MS, resolve))
      })
    },
  })
  const read = Promise.race([untilRead, started.then(() => undefined)])
  const begun = Promise.race([untilBegun, read])
  // A start that fails has read nothing, which is no crash when nobody has asked.
  for (const each of [begun, read]) each.catch(() => undefined)
  return { begun, read, started, looked }
}
