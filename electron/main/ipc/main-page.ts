import type { NavigationTarget } from '../../shared/navigation'
import type { Publish } from './publish'

/**
 * The page in the main window. Messages that it must not miss are kept until it listens, at a start or after a crash.
 */
export class MainPage {
  #isListening = false
  #target: NavigationTarget | null = null
  #hasMishap = false

  constructor(private readonly publish: Publish) {}

  listens(): void {
    this.#isListening = true
    this.#tell()
  }

  /** It is being reloaded. */
  isGone(): void {
    this.#isListening = false
  }

  /** What was typed is lost, which it reports after reloading. */
  crashed(): void {
    this.isGone()
    this.#hasMishap = true
  }

  navigate(target: NavigationTarget): void {
    this.#target = target
    this.#tell()
  }

  /** An uncaught error. */
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
