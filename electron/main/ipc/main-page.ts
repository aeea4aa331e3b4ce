import type { NavigationTarget } from '../../shared/navigation'
import type { Publish } from './publish'

/** The page in the main window. What it must not miss is kept until it listens, as at its start or after a crash. */
export class MainPage {
  #isListening = false
  #target: NavigationTarget | null = null
  #hasMishap = false

  constructor(private readonly publish: Publish) {}

  /** It has its snapshot, and follows events from now on. */
  listens(): void {
    this.#isListening = true
    this.#tell()
  }

  /** It is loaded anew. */
  isGone(): void {
    this.#isListening = false
  }

  /** What was typed is gone, which it says when it is back. */
  crashed(): void {
    this.isGone()
    this.#hasMishap = true
  }

  navigate(target: NavigationTarget): void {
    this.#target = target
    this.#tell()
  }

  /** Nobody caught an error. */
  somethingWentWrong(): void {
    this.#hasMishap = true
    this.#tell()
  }

  #tell(): void {
    if (!this.#isListening) return
    if (this.#target !== null) this.publish('navigate', { target: this.#target })
    if (this.#hasMishap) this.publish('somethingWentWrong', {})
    this.#target = null
    this.#hasMishap = false
  }
}
