import { app, BrowserWindow, powerMonitor, webContents, type WebContents } from 'electron'

/** After this long without input the user may be away. */
const GONE_AFTER_S = 60

/**
 * Whether somebody is at this machine, asked at the moment when it matters: as far as the system knows, or where it
 * counts nothing (`systemIdleMs` is null), by our own windows.
 */
export function isUserPresent(systemIdleMs: number | null, unusedMs: number): boolean {
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
 * Calls `used` for each key press, click and movement in one of our windows. Main gets these from Chromium's browser
 * process, without a message from any page.
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

/** The condition under which a Wayland compositor accepts a clipboard write. */
export class FocusUse {
  #isUsed = false

  constructor() {
    app.on('browser-window-blur', () => {
      this.#isUsed = false
    })
    // Even before the window has the focus: on some desktops the press that focuses it comes first.
    whenUsed((isPress) => {
      if (isPress) this.#isUsed = true
    })
  }

  get hasFocus(): boolean {
    return BrowserWindow.getFocusedWindow() !== null
  }

  /** Whether a key, button or touch was pressed in a window of ours since one got the focus. */
  get isUsed(): boolean {
    return this.#isUsed && this.hasFocus
  }
}
