import type { EpochMs } from '../../shared/brand'

/** Typing errors are forgiven; from then on each wrong attempt costs twice the wait of the one before. */
const FREE_TRIES = 3
const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 15 * 60_000

/**
 * How long after `count` wrong attempts in a row, the last one at `lastAt`, the next one has to wait, in ms. A clock
 * that was set back makes nobody wait longer than from the beginning.
 */
export function lockoutDelayMs(count: number, lastAt: EpochMs, now: EpochMs): number {
  if (count < FREE_TRIES) return 0
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (count - FREE_TRIES))
  return Math.min(wait, Math.max(0, lastAt + wait - now))
}
