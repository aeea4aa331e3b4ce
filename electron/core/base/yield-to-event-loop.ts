import type { Pause } from './slices'
import type { Timers } from './ports'

/** Yields between two slices of long work, so that calls, answers and timers run. */
export function yieldToEventLoop(timers: Timers): Pause {
  return () =>
    new Promise((go) => {
      timers.after(0, go)
    })
}
