import { shallowRef, type ShallowRef } from 'vue'
import type { EpochMs } from '../../../electron/shared/brand'
import type { WindowTime } from './window-time'

/** A larger deviation isn't lateness: the clock was set, or the computer slept. */
const JUMP_MS = 5_000

/** Chromium may fire a timer a little early; such a tick counts for the coming second. */
const EARLY_MS = 20

export interface Tick {
  /** This computer's time in whole seconds. All countdowns of the window read this value. */
  readonly second: Readonly<ShallowRef<EpochMs>>
  stop(): void
}

/**
 * One tick for all countdowns, at each whole second. It reads the clock every time, so it can't drift; it stops while
 * the window is hidden and is right as soon as it is shown. `jumped` is called after the clock was set.
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
