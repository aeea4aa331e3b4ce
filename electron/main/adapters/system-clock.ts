import type { Clock, Timers } from '../../core/base/ports'

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
}

export const systemTimers: Timers = {
  after(delayMs, run) {
    // A timer takes at least a millisecond, as long as a whole slice of work.
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
