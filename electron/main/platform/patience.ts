/**
 * Time-outs that never discard a response which has already arrived. A timer that falls due while the process can't run
 * (it was stopped, the computer slept, the main thread was busy) fires before a response in the socket is read. Giving
 * up then would lose the response, and with it a refresh token that has replaced the stored one.
 */
import type { Clock, Timers } from '../../core/base/ports'

/** What has arrived is read within milliseconds once the process runs. */
const READING_MS = 500
/** A timer this late means that the process could not run. */
const LATE_MS = 200
/** Limits the wait for a response that arrives in pieces. */
const READS_ON_AT_MOST = 4
const ROUNDS_AT_MOST = 20

/** In ms, the longest delay beyond the time-out while the process runs. */
export const READING_AT_MOST_MS = READING_MS * (READS_ON_AT_MOST + 1)

export interface Patience {
  /** Part of the response was read, so the rest may have arrived, too. */
  heard(): void
  end(): void
}

/** Calls `giveUp` after `timeoutMs`, and once what has arrived by then could be read. */
export function patience(
  { clock, timers }: { readonly clock: Clock; readonly timers: Timers },
  timeoutMs: number,
  giveUp: () => void,
): Patience {
  let hasHeard = false
  let readsOn = 0
  let rounds = 0
  let cancel = wait(timeoutMs, () => {
    readOn()
  })

  /** `then` gets the timer's delay. */
  function wait(ms: number, then: (lateMs: number) => void): () => void {
    const due = clock.monotonic() + ms
    return timers.after(ms, () => {
      then(clock.monotonic() - due)
    })
  }

  function readOn(): void {
    hasHeard = false
    rounds += 1
    cancel = wait(READING_MS, (lateMs) => {
      if (hasHeard) readsOn += 1
      const mayBeMore = lateMs > LATE_MS || (hasHeard && readsOn <= READS_ON_AT_MOST)
      if (mayBeMore && rounds < ROUNDS_AT_MOST) readOn()
      else giveUp()
    })
  }

  return {
    heard() {
      hasHeard = true
    },
    end() {
      cancel()
    },
  }
}
