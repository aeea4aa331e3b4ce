import { shallowRef, type ShallowRef } from 'vue'
import type { EpochMs } from '../../../electron/shared/brand'
import type { WindowTime } from './window-time'

/** A beat that is this much off didn't come late: the clock was set, or the machine slept. */
const JUMP_MS = 5_000

/** Chromium may fire a timer a little early; a tick that belongs to the coming second counts for it. */
const EARLY_MS = 20

export interface Tick {
  /** This machine's time cut to the whole second. All countdowns of the window read this one value. */
  readonly second: Readonly<ShallowRef<EpochMs>>
  stop(): void
}

/**
 * One tick for all countdowns, at each whole second. Read from the clock every time, never counted, so it can't drift;
 * it stops while the window is hidden and is right again at once when it is shown. `jumped` hears of a clock that was set.
 */
export function createTick(time: WindowTime, jumped: () => void): Tick {
  const second = shallowRef(wholeSecond(time.now()))
  let cancel: (() => void) | null = null

  function beat(): void {
    const now = time.now()
    second.value = wholeSecond(now)
    const next = second.value + 1000
    cancel = time.after(next - now, () => {
      if (Math.abs(time.now() - next) > JUMP_MS) jumped()
      beat()
    })
  }
  function pause(): void {
    cancel?.()
    cancel = null
  }
  function follow(): void {
    pause()
    if (!time.hidden()) beat()
  }

  const unfollow = time.onVisibilityChange(follow)
  follow()
  return {
    second,
    stop() {
      unfollow()
      pause()
    },
  }
}

function wholeSecond(now: EpochMs): EpochMs {
  return Math.floor((now + EARLY_MS) / 1000) * 1000
}
