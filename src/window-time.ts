import type { EpochMs } from '../electron/shared/brand'

/** The time as this window has it; a fake in tests. */
export interface WindowTime {
  now(): EpochMs
  /** Calls `run` once after `delayMs`; returns what cancels it. */
  after(delayMs: number, run: () => void): () => void
  hidden(): boolean
  /** Calls `run` whenever the window is hidden or shown; returns what ends that. */
  onVisibilityChange(run: () => void): () => void
}

export const browserTime: WindowTime = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => {
      clearTimeout(timer)
    }
  },
  hidden: () => document.hidden,
  onVisibilityChange(run) {
    document.addEventListener('visibilitychange', run)
    return () => {
      document.removeEventListener('visibilitychange', run)
    }
  },
}
