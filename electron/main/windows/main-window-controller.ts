import type { BrowserWindow } from 'electron'
import type { NavigationTarget } from '../../shared/navigation'
import type { Publish } from '../ipc/publish'

type Shown = Pick<
  BrowserWindow,
  'isMinimized' | 'restore' | 'show' | 'focus' | 'isVisible' | 'isFocused' | 'isDestroyed'
>

/** Brings the window to the front, where wanted at a place; a page that isn't listening yet gets the place when it is. */
export class Front {
  #isListening = false
  #target: NavigationTarget | null = null

  constructor(
    private readonly window: () => Shown | null,
    private readonly publish: Publish,
    private readonly isSomebodyThere: () => boolean,
  ) {}

  /** Whether the user looks at the window: one that has the focus is not watched while everybody is at lunch. */
  get isWatched(): boolean {
    const window = this.window()
    const isInFront = window !== null && window.isVisible() && !window.isMinimized() && window.isFocused()
    return isInFront && this.isSomebodyThere()
  }

  /** Whether the page hears what is published. */
  get isListening(): boolean {
    return this.#isListening
  }

  show(): void {
    const window = this.window()
    if (window === null || window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  navigate(target: NavigationTarget): void {
    this.show()
    this.#target = target
    this.#tell()
  }

  /** The page has its snapshot, and follows events from now on. */
  pageListens(): void {
    this.#isListening = true
    this.#tell()
  }

  /** The page is loaded anew. */
  pageIsGone(): void {
    this.#isListening = false
  }

  #tell(): void {
    if (this.#target === null || !this.#isListening) return
    this.publish('navigate', { target: this.#target })
    this.#target = null
  }
}
