/** What becomes of the window when it is closed and the app goes on without it. */
import type { BrowserWindow } from 'electron'
import type { Timers } from '../../core/base/ports'

/** How long a window manager takes at most to minimise a window. */
const MINIMISED_WITHIN_MS = 500
/** At a login the tray may start later than the app. */
const TRAY_STARTS_WITHIN_MS = 10_000

/** Where a window goes that is out of the way; `nowhere`: only a second start brings it back. */
export type HideTarget = 'tray' | 'taskbar' | 'nowhere'

export interface BackgroundDeps {
  readonly timers: Timers
  readonly platform: NodeJS.Platform
  /** Puts our icon into the tray; resolves with whether there is a tray to be seen in. */
  readonly placeInTray: () => Promise<boolean>
  /** Whether closing the window leaves the app at work, as the settings have it now. */
  readonly staysInBackground: () => boolean
  /** Whether the app is about to end: then its window really closes. */
  readonly isQuitting: () => boolean
  readonly hidden: (to: HideTarget) => void
}

export function stayInBackground(window: BrowserWindow, deps: BackgroundDeps): void {
  window.on('close', (event) => {
    if (deps.isQuitting() || !deps.staysInBackground()) return
    event.preventDefault()
    void retreat(window, deps)
  })
}

/** For a window that was made and not shown: leaves it hidden where the tray reaches it, else minimises it. */
export async function startInBackground(
  window: BrowserWindow,
  deps: Pick<BackgroundDeps, 'placeInTray' | 'timers' | 'hidden'>,
): Promise<void> {
  if (await deps.placeInTray()) return
  deps.timers.after(TRAY_STARTS_WITHIN_MS, () => {
    void deps.placeInTray().then((isThere) => {
      if (isThere || window.isDestroyed() || window.isVisible()) return
      minimise(window, deps.timers, (to) => {
        if (to === 'nowhere') deps.hidden(to)
      })
    })
  })
}

async function retreat(window: BrowserWindow, deps: BackgroundDeps): Promise<void> {
  const hasTray = await deps.placeInTray()
  if (window.isDestroyed()) return
  if (hasTray) {
    hide(window, deps.platform)
    deps.hidden('tray')
    return
  }
  minimise(window, deps.timers, deps.hidden)
}

/** Hides it where nothing is minimised. */
function minimise(window: BrowserWindow, timers: Timers, hidden: (to: HideTarget) => void): void {
  window.minimize()
  timers.after(MINIMISED_WITHIN_MS, () => {
    if (window.isDestroyed()) return
    // Tiling window managers know no such state, and on Wayland nobody says whether it was entered: what still has the
    // keyboard has not gone anywhere.
    const isStillThere = !window.isMinimized() || window.isFocused()
    if (isStillThere) window.hide()
    hidden(isStillThere ? 'nowhere' : 'taskbar')
  })
}

/** macOS leaves an empty space behind when a window is hidden that fills the screen. */
function hide(window: BrowserWindow, platform: NodeJS.Platform): void {
  if (platform !== 'darwin' || !window.isFullScreen()) {
    window.hide()
    return
  }
  window.once('leave-full-screen', () => {
    window.hide()
  })
  window.setFullScreen(false)
}
