import { Notification } from 'electron'
import type { Notifier } from '../../core/base/ports'

/** How many timed-out notifications stay clickable on Windows: its Action Center keeps this many of an app. */
const KEPT_AFTER_TIME = 20

/** Shows notifications on macOS and Windows. Where there are no buttons the system itself leaves them out. */
export function createDesktopNotifier(): Notifier {
  /** Keeps notifications from being garbage-collected, and their click handlers with them. */
  const shown = new Set<Notification>()
  /** Oldest first. */
  const timedOut = new Map<Notification, () => void>()
  return {
    show({ title, body, buttons, quiet, taken, failed, clicked, gone: forgotten, pressed }) {
      const notification = new Notification({
        title,
        body,
        silent: quiet,
        actions: buttons.map((text) => ({ type: 'button', text })),
      })
      const release = (): void => {
        timedOut.delete(notification)
        shown.delete(notification)
      }
      const gone = (): void => {
        release()
        forgotten()
      }
      notification.on('click', () => {
        release()
        clicked()
      })
      notification.on('action', (details, index: number | undefined) => {
        release()
        // Electron 45 has the index in the event, older versions in an argument of its own.
        pressed('actionIndex' in details ? details.actionIndex : (index ?? 0))
      })
      notification.on('close', (details) => {
        // On Windows it then moves to the Action Center, where it can still be clicked.
        if (!('reason' in details && details.reason === 'timedOut')) {
          gone()
          return
        }
        timedOut.set(notification, gone)
        const [oldest] = timedOut.values()
        if (timedOut.size > KEPT_AFTER_TIME) oldest?.()
      })
      notification.on('show', taken)
      notification.on('failed', () => {
        release()
        failed()
      })
      shown.add(notification)
      notification.show()
      return () => {
        release()
        notification.close()
      }
    },
    // The system's own part, which is always there.
    whenAvailable: () => undefined,
  }
}
