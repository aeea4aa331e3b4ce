/** Shows a new window once it has something to show, even where Electron doesn't report that. */
import type { BrowserWindow } from 'electron'
import type { Timers } from '../../core/base/ports'

/** The time that a loaded page needs to paint. */
const PAINTS_WITHIN_MS = 100

/** After this time even an empty window is better than none. */
const SHOWN_WITHIN_MS = 5_000

type Showable = Pick<BrowserWindow, 'show' | 'isDestroyed'> & {
  once(event: 'ready-to-show' | 'show' | 'closed', listener: () => void): unknown
  readonly webContents: { once(event: 'did-finish-load', listener: () => void): unknown }
}

export interface ShowWhenReadyDeps {
  readonly timers: Timers
  /**
   * On Wayland a hidden window gets no frame to paint, so `ready-to-show` usually never comes
   * (electron/electron#48859).
   */
  readonly isWayland: boolean
  /** Resolves when the window has the background of the user's theme; shown earlier, it would flash. */
  readonly hasBackground: Promise<unknown>
  /** In place of showing it at once. */
  readonly show?: () => void
}

/** Returns a function that cancels it. */
export function showWhenReady(
  window: Showable,
  { timers, isWayland, hasBackground, show: bring }: ShowWhenReadyDeps,
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
    if (bring === undefined) window.show()
    else bring()
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
      // A failed start shows a dialog, and needs no window.
      () => undefined,
    )
  }
  return stop
}
