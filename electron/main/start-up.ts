/** The order of a start, which decides when the window is ready (docs/PERFORMANCE.md). */
import type { Timers } from '../core/base/ports'
import type { StartSteps } from '../core/accounts/read-accounts'

/** Proceed if the renderer never reports, e.g. after a crash. Thousands of accounts take a window some seconds. */
const LOOKS_WITHIN_MS = 5_000

/** By then the list is painted and the window shown, for which main must be free. */
const PAINTS_WITHIN_MS = 250

export interface StartUp<Report> {
  /** The first accounts are loaded. */
  readonly firstLoaded: Promise<void>
  /** All accounts are loaded. */
  readonly read: Promise<void>
  /** The keyring was asked, and every call may be answered. */
  readonly started: Promise<Report>
  /** The window has painted the first accounts and asks for more. */
  readonly wantsMore: () => void
  /** The window has everything it shows, or the user acts earlier. */
  readonly rendererReady: () => void
}

/**
 * Loads in steps: `load` reports when the first accounts are there and when all are, and continues when the window has
 * them. Until the window has all, the keyring isn't asked: it is another program, and main is blocked while it answers.
 */
export function startUp<Report>(
  load: (steps: StartSteps) => Promise<Report>,
  timers: Timers,
): StartUp<Report> {
  const [untilBegun, begin] = signal()
  const [untilRead, isRead] = signal()
  const [untilMoreIsWanted, wantsMore] = signal()
  const [untilAllIsSeen, seeAll] = signal()
  const atMost = (limitMs: number, awaited?: Promise<void>): Promise<void> =>
    new Promise((resolve) => {
      const stopWaiting = timers.after(limitMs, resolve)
      void awaited?.then(() => {
        stopWaiting()
        resolve()
      })
    })

  const started = load({
    firstAreRead: () => {
      begin()
      return atMost(PAINTS_WITHIN_MS, untilMoreIsWanted)
    },
    allAreRead: async () => {
      isRead()
      await atMost(LOOKS_WITHIN_MS, untilAllIsSeen)
      await atMost(PAINTS_WITHIN_MS)
    },
  })
  const read = Promise.race([untilRead, started.then(() => undefined)])
  const firstLoaded = Promise.race([untilBegun, read])
  // A failed start loads nothing, which must not count as an unhandled rejection when nothing awaits it.
  for (const each of [firstLoaded, read]) each.catch(() => undefined)
  const rendererReady = (): void => {
    wantsMore()
    seeAll()
  }
  return { firstLoaded, read, started, wantsMore, rendererReady }
}

function signal(): readonly [given: Promise<void>, give: () => void] {
  let give = (): void => undefined
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return [given, give]
}
