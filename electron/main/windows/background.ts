/** Keeps the app running in the background when its window is closed. */
import type { BrowserWindow } from 'electron'
import type { Timers } from '../../core/base/ports'

/** The longest time that a window manager takes to minimize a window. */
const MINIMISED_WITHIN_MS = 500
/** At login the tray may start later than the app. */
const TRAY_STARTS_WITHIN_MS = 10_000

/** Where a window is hidden; `nowhere`: only a second start shows it again. */
export type HideTarget = 'tray' | 'taskbar' | 'nowhere'

export interface BackgroundDeps {
  readonly timers: Timers
  readonly platform: NodeJS.Platform
  /** Puts our icon into the tray; resolves with whether a tray shows it. */
  readonly placeInTray: () => Promise<boolean>
  /** Whether closing the window keeps the app running, by the current settings. */
  readonly staysInBackground: () => boolean
  /** Whether the app is quitting: then its window really closes. */
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

/** Keeps a new window hidden where the tray can show it, else minimizes it. */
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

/** Hides it where windows can't be minimized. */
function minimise(window: BrowserWindow, timers: Timers, hidden: (to: HideTarget) => void): void {
  window.minimize()
  timers.after(MINIMISED_WITHIN_MS, () => {
    if (window.isDestroyed()) return
    // Tiling window managers can't minimize, and Wayland doesn't report it: a window that still has the keyboard was
    // not minimized.
    const isStillThere = !window.isMinimized() || window.isFocused()
    if (isStillThere) window.hide()
    hidden(isStillThere ? 'nowhere' : 'taskbar')
  })
}

/** On macOS hiding a full-screen window leaves an empty space behind. */
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
