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
  /** Increases when the computer is in another time zone. */
  readonly zoneChanges: Readonly<ShallowRef<number>>
  stop(): void
}

/**
 * One tick for all countdowns, at each whole second. It reads the clock every time, so it can't drift; it stops while
 * the window is hidden and is right as soon as it is shown. `jumped` is called after the clock was set, `moved` when the
 * computer is in another time zone, which is looked up once a minute.
 */
export function createTick(
  time: WindowTime,
  { jumped, moved }: { readonly jumped: () => void; readonly moved: () => void },
): Tick {
  const second = shallowRef(wholeSecond(time.now()))
  const zoneChanges = shallowRef(0)
  let zone = time.zone()
  let lookedUpIn = minuteOf(second.value)
  let cancel: (() => void) | null = null

  function beat(): void {
    const now = time.now()
    second.value = wholeSecond(now)
    if (minuteOf(second.value) !== lookedUpIn) lookUpZone()
    const next = second.value + 1000
    cancel = time.after(next - now, () => {
      if (Math.abs(time.now() - next) > JUMP_MS) jumped()
      beat()
    })
  }
  function lookUpZone(): void {
    lookedUpIn = minuteOf(second.value)
    const now = time.zone()
    if (now === zone) return
    zone = now
    moved()
    zoneChanges.value += 1
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
    zoneChanges,
    stop() {
      unfollow()
      pause()
    },
  }
}

function minuteOf(at: EpochMs): number {
  return Math.floor(at / 60_000)
}

function wholeSecond(now: EpochMs): EpochMs {
  return Math.floor((now + EARLY_MS) / 1000) * 1000
}
