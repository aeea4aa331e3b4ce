/** The small window over all others: created on first use, hidden when it loses the focus. */
import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'
import type { Timers } from '../../core/base/ports'
import type { Display } from '../platform/wayland'
import { webPreferences } from './main-window'
import { QUICK_PICK } from '../../shared/wording/quick-pick'

const WIDTH = 560
const HEIGHT = 420
/** And has the keyboard by then. */
const COMES_WITHIN_MS = 300

export class QuickPick {
  #window: BrowserWindow | null = null

  #isComing = false
  #settle: (() => void) | null = null

  /** `url`: the content, whose fragment selects the quick pick. */
  constructor(
    private readonly url: string,
    private readonly deps: { readonly display: Display; readonly timers: Timers },
  ) {}

  get window(): BrowserWindow | null {
    return this.#window
  }

  /** Shown on the screen with the pointer. */
  show(): void {
    const window = (this.#window ??= this.#open())
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
    window.setBounds({
      x: Math.round(workArea.x + (workArea.width - WIDTH) / 2),
      y: Math.round(workArea.y + (workArea.height - HEIGHT) / 3),
      width: WIDTH,
      height: HEIGHT,
    })
    this.#comes()
    window.show()
    window.focus()
  }

  /**
   * A window comes without the keyboard on Wayland, and gets it a moment later: hidden in between it would never be seen,
   * and sway 1.7 crashes by what Chromium asks of it then.
   */
  #comes(): void {
    if (this.deps.display !== 'wayland') return
    this.#isComing = true
    this.#settle?.()
    this.#settle = this.deps.timers.after(COMES_WITHIN_MS, () => {
      this.#isComing = false
    })
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
    // Its page is the main window's, with that one's title.
    window.on('page-title-updated', (event) => {
      event.preventDefault()
    })
    window.on('blur', () => {
      if (!this.#isComing) window.hide()
    })
    window.on('closed', () => {
      this.#window = null
    })
    // The window is blank now, so the next call creates a new one.
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') window.destroy()
    })
    void window.loadURL(this.url)
    return window
  }
}
