/**
 * Gives up on an answer only when none has arrived. A timer that comes due while the process could not run (it was
 * stopped, the machine slept, the main thread was busy) fires before anything else, so also before an answer that lies
 * in the socket is read: then it would be thrown away, and with it a refresh token that has replaced the stored one.
 */
import type { Clock, Timers } from '../../core/base/ports'

/** What has arrived is read within milliseconds, once the process runs. */
const READING_MS = 500
/** A timer that fires this late says that the process could not run. */
const LATE_MS = 200
/** Answers that come in pieces are not waited for without end. */
const READS_ON_AT_MOST = 4
const ROUNDS_AT_MOST = 20

/** How long it takes at most to give up, with a process that runs; beyond the time-out, in ms. */
export const READING_AT_MOST_MS = READING_MS * (READS_ON_AT_MOST + 1)

export interface Patience {
  /** Some of the answer has been read: the rest may lie there as well. */
  heard(): void
  end(): void
}

/** Calls `giveUp` after `timeoutMs`, and after what has arrived by then could be read. */
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

  /** `then` gets by how much the timer was late. */
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
