import { app, BrowserWindow, powerMonitor, webContents, type WebContents } from 'electron'

/** Whoever has touched nothing for this long may have gone. */
const GONE_AFTER_S = 60

/**
 * Whether somebody is at this machine, asked at the moment when it matters: as far as the system knows, or where it
 * counts nothing (`systemIdleMs` is null), by our own windows.
 */
export function isSomebodyThere(systemIdleMs: number | null, unusedMs: number): boolean {
  if (systemIdleMs === null) return unusedMs < GONE_AFTER_S * 1000
  return powerMonitor.getSystemIdleState(GONE_AFTER_S) === 'active'
}

const PRESSES: ReadonlySet<string> = new Set([
  'rawKeyDown',
  'keyDown',
  'mouseDown',
  'pointerDown',
  'touchStart',
])

/**
 * Calls `used` for each key, click and movement that one of our windows gets, whoever opened it. Main hears of these
 * from Chromium's browser process, so that no page is asked and no message sent.
 */
export function whenUsed(used: (isPress: boolean) => void): void {
  const listen = (contents: WebContents): void => {
    contents.on('input-event', (_event, { type }) => {
      used(PRESSES.has(type))
    })
  }
  webContents.getAllWebContents().forEach(listen)
  app.on('web-contents-created', (_event, contents) => {
    listen(contents)
  })
}

/** What a Wayland compositor asks of the program that wants to write the clipboard. */
export class FocusUse {
  #isUsed = false

  constructor() {
    app.on('browser-window-blur', () => {
      this.#isUsed = false
    })
    // Before the window has the focus as well: the press that gives it comes first on some desktops.
    whenUsed((isPress) => {
      if (isPress) this.#isUsed = true
    })
  }

  get hasFocus(): boolean {
    return BrowserWindow.getFocusedWindow() !== null
  }

  /** A key, button or finger was pressed in one of our windows since one of them has the focus. */
  get isUsed(): boolean {
    return this.#isUsed && this.hasFocus
  }
}
