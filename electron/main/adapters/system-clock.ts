import type { Clock, Timers } from '../../core/base/ports'

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
}

export const systemTimers: Timers = {
  after(delayMs, run) {
    // A timer takes a millisecond at least, which is all the time that work in slices needs.
    if (delayMs <= 0) {
      const turn = setImmediate(run)
      return () => {
        clearImmediate(turn)
      }
    }
    const timer = setTimeout(run, delayMs)
    return () => {
      clearTimeout(timer)
    }
  },
}
