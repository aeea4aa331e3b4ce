import { shallowRef, type ShallowRef } from 'vue'
import type { EpochMs } from '../electron/shared/brand'
import type { WindowTime } from './window-time'

/** Chromium may fire a timer a little early; a tick that belongs to the coming second counts for it. */
const EARLY_MS = 20

export interface Tick {
  /** This machine's time cut to the whole second. All countdowns of the window read this one value. */
  readonly second: Readonly<ShallowRef<EpochMs>>
  stop(): void
}

/**
 * One tick for all countdowns, at each whole second. Read from the clock every time, never counted, so it can't drift;
 * it stops while the window is hidden and is right again at once when it is shown.
 */
export function createTick(time: WindowTime): Tick {
  const second = shallowRef(wholeSecond(time.now()))
  let cancel: (() => void) | null = null

  function beat(): void {
    const now = time.now()
    second.value = wholeSecond(now)
    cancel = time.after(second.value + 1000 - now, beat)
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
