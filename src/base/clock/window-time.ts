import type { EpochMs } from '../../../electron/shared/brand'

/** A window that is always busy gets it then. */
const IDLE_AT_LATEST_MS = 2_000

/** The time as this window has it; a fake in tests. */
export interface WindowTime {
  now(): EpochMs
  /** Calls `run` once after `delayMs`; returns what cancels it. */
  after(delayMs: number, run: () => void): () => void
  /** Calls `run` once, when the window has painted and has nothing better to do; returns what cancels it. */
  whenIdle(run: () => void): () => void
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
  whenIdle(run) {
    const callback = requestIdleCallback(run, { timeout: IDLE_AT_LATEST_MS })
    return () => {
      cancelIdleCallback(callback)
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
