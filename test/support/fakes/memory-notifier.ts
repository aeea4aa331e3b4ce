import type { DesktopNotification, Notifier } from '../../../electron/core/base/ports'

/** A desktop that keeps every notification it was given. */
export class MemoryNotifier implements Notifier {
  /** All that were ever shown, oldest first. */
  readonly shown: DesktopNotification[] = []
  /** Those that nobody has taken off the screen. */
  readonly onScreen = new Set<DesktopNotification>()
  /** Those that were to be taken off the screen, also such as had left it. */
  readonly closed: DesktopNotification[] = []
  /** Called for each as it is shown. */
  whenShown: (notice: DesktopNotification) => void = () => undefined

  /** `failing`: it refuses each notification. */
  isFailing = false
  readonly #available: (() => void)[] = []

  show(notice: DesktopNotification): () => void {
    if (this.isFailing) {
      notice.failed()
      return () => undefined
    }
    this.shown.push(notice)
    this.onScreen.add(notice)
    notice.taken()
    this.whenShown(notice)
    return () => {
      this.closed.push(notice)
      this.onScreen.delete(notice)
    }
  }

  whenAvailable(run: () => void): void {
    this.#available.push(run)
  }

  /** A desktop that takes notifications has come. */
  appear(): void {
    this.isFailing = false
    for (const run of this.#available) run()
  }

  /** What was shown since this was asked last, as title and body. */
  take(): string[] {
    return this.shown.splice(0).map(({ title, body }) => `${title}: ${body}`)
  }
}
