import type { DesktopNotification, Notifier } from '../../../electron/core/base/ports'

/** A desktop that keeps every notification that it shows. */
export class MemoryNotifier implements Notifier {
  /** Every notification ever shown, oldest first. */
  readonly shown: DesktopNotification[] = []
  /** Those still on the screen. */
  readonly onScreen = new Set<DesktopNotification>()
  /** Those that were closed by the app, even after they had left the screen. */
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

  /** Those shown since the last call, as title and body. */
  take(): string[] {
    return this.shown.splice(0).map(({ title, body }) => `${title}: ${body}`)
  }
}
