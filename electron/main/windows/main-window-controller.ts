import type { BrowserWindow } from 'electron'
import type { WindowPresence } from '../../core/base/ports'

type Shown = Pick<
  BrowserWindow,
  'isMinimized' | 'restore' | 'show' | 'focus' | 'isVisible' | 'isFocused' | 'isDestroyed'
>

/** Shows the main window, and knows whether the user is watching it. */
export class MainWindowController<Window extends Shown = BrowserWindow> implements WindowPresence {
  #window: Window | null
  #isRetired = false

  constructor(
    window: Window,
    private readonly isUserPresent: () => boolean,
  ) {
    this.#window = window
  }

  /** Null once it is closed. */
  get window(): Window | null {
    return this.#window
  }

  /** A focused window doesn't count while the user is away. */
  get isWatched(): boolean {
    const window = this.#isRetired ? null : this.#window
    const isInFront = window !== null && window.isVisible() && !window.isMinimized() && window.isFocused()
    return isInFront && this.isUserPresent()
  }

  show(): void {
    const window = this.#isRetired ? null : this.#window
    if (window === null || window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  /** The app is quitting: later clicks must not open a closed window again. */
  retire(): void {
    this.#isRetired = true
  }

  closed(): void {
    this.#window = null
  }
}
