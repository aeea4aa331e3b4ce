/**
 * The small window over all others, hidden when it loses the focus. While a shortcut is set it is made ahead, so that
 * the key needn't wait for a page to load.
 */
import { join } from 'node:path'
import { BrowserWindow, screen } from 'electron'
import type { Clock, Timers } from '../../core/base/ports'
import { QUICK_PICK } from '../../shared/wording/quick-pick'
import type { Display } from '../platform/wayland'
import { webPreferences } from './main-window'
import { QUICK_PICK_SIZE, quickPickBounds } from './quick-pick-bounds'
import { showWhenReady } from './show-when-ready'
import { followTheme } from './window-background'
import { WindowRecovery } from './window-recovery'

/** And has the keyboard by then. */
const COMES_WITHIN_MS = 300

export interface QuickPickDeps {
  readonly display: Display
  readonly clock: Pick<Clock, 'monotonic'>
  readonly timers: Timers
  /** That of all pages. */
  readonly zoomFactor: () => number
}

export class QuickPick {
  #window: BrowserWindow | null = null
  /** Whether its page has something to show. */
  #isReady = false
  /** Shows it as soon as that is so; null when nobody has asked for it. */
  #bring: (() => void) | null = null
  #isKeptAhead = false
  /** It was asked for, and its page has crashed since. */
  #isMissed = false
  #isComing = false
  #settle: (() => void) | null = null
  readonly #recovery: WindowRecovery

  /** `url`: the content, whose fragment selects the quick pick. */
  constructor(
    private readonly url: string,
    private readonly deps: QuickPickDeps,
  ) {
    this.#recovery = new WindowRecovery({
      clock: deps.clock,
      timers: deps.timers,
      reload: () => {
        if (this.#isMissed) this.show()
        else this.keepAhead(this.#isKeptAhead)
      },
      waits: () => undefined,
      isVisible: () => this.#isMissed,
      // The next key makes it anew.
      giveUp: () => undefined,
    })
  }

  get window(): BrowserWindow | null {
    return this.#window
  }

  /** Makes it ahead, or lets go of one that was made so and is not in use. */
  keepAhead(isKept: boolean): void {
    const wasKept = this.#isKeptAhead
    this.#isKeptAhead = isKept
    if (isKept) this.#window ??= this.#open({ ahead: true })
    else if (wasKept && this.#window?.isVisible() === false) this.#destroy()
  }

  /** Shown on the screen with the pointer. */
  show(): void {
    this.#isMissed = false
    const window = (this.#window ??= this.#open({ ahead: false }))
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
    window.setBounds(quickPickBounds(workArea, this.deps.zoomFactor()))
    const bring = (): void => {
      this.#comes()
      window.show()
      window.focus()
    }
    if (this.#isReady) bring()
    else this.#bring = bring
  }

  hide(): void {
    this.#window?.hide()
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

  #open({ ahead }: { readonly ahead: boolean }): BrowserWindow {
    const { timers, display } = this.deps
    const window = new BrowserWindow({
      title: QUICK_PICK.title,
      ...QUICK_PICK_SIZE,
      show: false,
      frame: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      // Once painted it would count as visible, and its clocks would run.
      paintWhenInitiallyHidden: !ahead,
      webPreferences: webPreferences(join(import.meta.dirname, '../preload/index.cjs')),
    })
    followTheme(window, 'raised')
    // Its page is the main window's, with that one's title.
    window.on('page-title-updated', (event) => {
      event.preventDefault()
    })
    window.on('blur', () => {
      if (!this.#isComing) window.hide()
    })
    window.on('closed', () => {
      if (this.#window === window) this.#window = null
    })
    this.#isReady = false
    this.#bring = null
    const ready = (): void => {
      if (this.#window !== window) return
      this.#isReady = true
      this.#bring?.()
      this.#bring = null
    }
    if (ahead) window.webContents.once('did-finish-load', ready)
    else
      showWhenReady(window, {
        timers,
        isWayland: display === 'wayland',
        hasBackground: Promise.resolve(),
        show: ready,
      })
    // The window is blank now.
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (this.#window !== window || reason === 'clean-exit') return
      this.#isMissed = window.isVisible() || this.#bring !== null
      this.#destroy()
      this.#recovery.crashed()
    })
    void window.loadURL(this.url)
    return window
  }

  #destroy(): void {
    const window = this.#window
    this.#window = null
    window?.destroy()
  }
}
