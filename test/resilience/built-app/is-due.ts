import type { Asked } from './app-client'

/** Timers fire a little early by the wall clock. */
const CLOCK_SLACK_MS = 20

/** The next try was due before the journal was read: it may have noted its own request there. */
export function isDue({ account }: Asked): boolean {
  if (account === undefined || account.renewal.phase === 'idle') return false
  return account.renewal.phase === 'renewing' || account.renewal.retryAt <= Date.now() + CLOCK_SLACK_MS
}
