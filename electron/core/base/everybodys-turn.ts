import type { Pause } from './slices'
import type { Timers } from './ports'

/** Between two slices of long work: lets calls, answers and timers have their turn. */
export function everybodysTurn(timers: Timers): Pause {
  return () =>
    new Promise((go) => {
      timers.after(0, go)
    })
}
