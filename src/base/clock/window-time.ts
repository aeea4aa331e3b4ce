import type { EpochMs } from '../../../electron/shared/brand'

/** After this time a busy window no longer delays it. */
const IDLE_AT_LATEST_MS = 2_000

/** Replaced by a fake in tests. */
export interface WindowTime {
  now(): EpochMs
  /** The computer's time zone, as an IANA name. */
  zone(): string
  /** Calls `run` once after `delayMs`; returns a function that cancels it. */
  after(delayMs: number, run: () => void): () => void
  /** Calls `run` once, when the window has painted and is idle; returns a function that cancels it. */
  whenIdle(run: () => void): () => void
  hidden(): boolean
  /** Calls `run` whenever the window is hidden or shown; returns a function that ends this. */
  onVisibilityChange(run: () => void): () => void
}

export const browserTime: WindowTime = {
  now: () => Date.now(),
  zone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
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
