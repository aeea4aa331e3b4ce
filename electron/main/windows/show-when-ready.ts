/** Shows a new window once it has something to show, also where nobody says so. */
import type { BrowserWindow } from 'electron'
import type { Timers } from '../../core/base/ports'

/** What a page needs to paint once it is loaded. */
const PAINTS_WITHIN_MS = 100

/** A window that has nothing to show by then is still better than none. */
const SHOWN_WITHIN_MS = 5_000

type Showable = Pick<BrowserWindow, 'show' | 'isDestroyed'> & {
  once(event: 'ready-to-show' | 'show' | 'closed', listener: () => void): unknown
  readonly webContents: { once(event: 'did-finish-load', listener: () => void): unknown }
}

export interface ShowWhenReadyDeps {
  readonly timers: Timers
  /**
   * Wayland gives a window that isn't shown no frame to paint, so `ready-to-show` mostly stays away there
   * (electron/electron#48859), and waiting for it would be in vain.
   */
  readonly isWayland: boolean
  /** Resolves when the window has the background of the theme in the settings: before that it would flash. */
  readonly hasBackground: Promise<unknown>
}

/** Shows it once; returns what calls that off. */
export function showWhenReady(
  window: Showable,
  { timers, isWayland, hasBackground }: ShowWhenReadyDeps,
): () => void {
  let isOver = false
  const stops: (() => void)[] = []
  const stop = (): void => {
    isOver = true
    for (const each of stops) each()
  }
  const show = (): void => {
    if (isOver || window.isDestroyed()) return
    stop()
    window.show()
  }
  const showAfter = (delayMs: number): void => {
    if (!isOver) stops.push(timers.after(delayMs, show))
  }
  window.once('ready-to-show', show)
  window.once('show', stop)
  window.once('closed', stop)
  showAfter(SHOWN_WITHIN_MS)
  if (isWayland) {
    const isLoaded = new Promise<void>((resolve) => {
      window.webContents.once('did-finish-load', resolve)
    })
    Promise.all([isLoaded, hasBackground]).then(
      () => {
        showAfter(PAINTS_WITHIN_MS)
      },
      // A start that fails is told by a dialog, and needs no window.
      () => undefined,
    )
  }
  return stop
}
