/** The small window over everything else: made at its first use, hidden when it loses the focus. */
import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'
import { webPreferences } from './main-window'
import { QUICK_PICK } from '../../shared/wording/quick-pick'

const WIDTH = 560
const HEIGHT = 420

export class QuickPick {
  #window: BrowserWindow | null = null

  /** `url`: of the window's content; its fragment says that this is the quick pick. */
  constructor(private readonly url: string) {}

  get window(): BrowserWindow | null {
    return this.#window
  }

  /** Shown where the user is looking: on the screen with the pointer. */
  show(): void {
    const window = (this.#window ??= this.#open())
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
    window.setBounds({
      x: Math.round(workArea.x + (workArea.width - WIDTH) / 2),
      y: Math.round(workArea.y + (workArea.height - HEIGHT) / 3),
      width: WIDTH,
      height: HEIGHT,
    })
    window.show()
    window.focus()
  }

  hide(): void {
    this.#window?.hide()
  }

  #open(): BrowserWindow {
    const window = new BrowserWindow({
      title: QUICK_PICK.title,
      width: WIDTH,
      height: HEIGHT,
      show: false,
      frame: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      webPreferences: webPreferences(join(import.meta.dirname, '../preload/index.cjs')),
    })
    window.on('blur', () => {
      window.hide()
    })
    window.on('closed', () => {
      this.#window = null
    })
    // Blank from now on: the next time it is made anew.
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') window.destroy()
    })
    void window.loadURL(this.url)
    return window
  }
}
