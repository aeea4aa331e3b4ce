/** Keeps the main window within the screens that there are, also when one is unplugged while it runs. */
import { screen, type BrowserWindow, type Rectangle } from 'electron'
import { inSight } from './window-placement'

/** The primary one's first. */
export function workAreas(): readonly Rectangle[] {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  return [primary, ...others].map(({ workArea }) => workArea)
}

/** Not for Wayland, where no window knows its place, and the compositor keeps it in sight. */
export function keepInSight(window: BrowserWindow): void {
  const bring = (): void => {
    // Where these are is the window manager's business.
    if (window.isDestroyed() || window.isMaximized() || window.isMinimized() || window.isFullScreen()) return
    const is = window.getBounds()
    const to = inSight(is, workAreas())
    if (to !== is) window.setBounds(to)
  }
  screen.on('display-removed', bring)
  screen.on('display-metrics-changed', bring)
  window.on('show', bring)
  window.on('restore', bring)
}
