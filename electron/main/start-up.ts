/** The order of a start, which is what the window waits for (docs/PERFORMANCE.md). */
import type { Timers } from '../core/base/ports'
import type { StartSteps } from '../core/accounts/read-accounts'

/** Nobody looks, as when the page has died: it goes on without. Thousands of accounts take a window some seconds. */
const LOOKS_WITHIN_MS = 5_000

/** The list is painted by then, and the window shown, for which main must be there and a processor free. */
const PAINTS_WITHIN_MS = 250

export interface StartUp<Report> {
  /** What the list begins with is there to be looked at. */
  readonly firstLoaded: Promise<void>
  /** All accounts are. */
  readonly read: Promise<void>
  /** The keyring was asked, and everything may be done. */
  readonly started: Promise<Report>
  /** The window has painted what the list begins with, and asks for more. */
  readonly wantsMore: () => void
  /** The window has all that it shows, or somebody acts before that. */
  readonly rendererReady: () => void
}

/**
 * Loads in steps: `load` tells when there is something to look at and when there is everything, and goes on when the
 * window has it. Until all is looked at the keyring isn't asked: that is another program, and main can do nothing else
 * while it answers.
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
  // A start that fails has read nothing, which is no crash when nobody has asked.
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
