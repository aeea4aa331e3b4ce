/** The order of a start, which is what the window waits for (docs/PERFORMANCE.md). */
import type { Timers } from '../core/ports'

/** Nobody looks, as when the page has died: it goes on without. */
const LOOKS_WITHIN_MS = 1_000

/** The list is painted by then, and the window shown, for which main must be there. */
const PAINTS_WITHIN_MS = 250

export interface StartUp<Report> {
  /** The accounts are there to be looked at. */
  readonly read: Promise<void>
  /** The keyring was asked, and everything may be done. */
  readonly started: Promise<Report>
  /** The window has what it shows. */
  readonly looked: () => void
}

/**
 * Loads in two steps: `load` calls `isRead` when the accounts are there, and goes on when the window has them. In between
 * the keyring isn't asked: that is another program, and main can do nothing else while it answers.
 */
export function startUp<Report>(
  load: (isRead: () => Promise<unknown>) => Promise<Report>,
  timers: Timers,
): StartUp<Report> {
  let looked = (): void => undefined
  const firstLook = new Promise<void>((resolve) => {
    looked = resolve
  })
  let isRead = (): void => undefined
  const untilRead = new Promise<void>((resolve) => {
    isRead = resolve
  })
  const started = load(() => {
    isRead()
    timers.after(LOOKS_WITHIN_MS, looked)
    return firstLook.then(() => new Promise<void>((resolve) => timers.after(PAINTS_WITHIN_MS, resolve)))
  })
  // A start that fails has read nothing, which is no crash when nobody has asked.
  const read = Promise.race([untilRead, started.then(() => undefined)])
  read.catch(() => undefined)
  return { read, started, looked }
}
