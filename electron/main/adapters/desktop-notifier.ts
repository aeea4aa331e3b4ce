import { Notification } from 'electron'
import type { Notifier } from '../../core/base/ports'

/** Of those whose time is over on Windows: its Action Center keeps as many of an app, in which they can be clicked. */
const KEPT_AFTER_TIME = 20

/** Shows notifications on macOS and Windows. Where there are no buttons the system itself leaves them out. */
export function createDesktopNotifier(): Notifier {
  /** One that nobody holds is collected, and its click with it. */
  const shown = new Set<Notification>()
  /** The oldest first. */
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
        // Electron 45 tells the place in the event, older versions in an argument of their own.
        pressed('actionIndex' in details ? details.actionIndex : (index ?? 0))
      })
      notification.on('close', (details) => {
        // On Windows it goes on in the Action Center then, where it can still be clicked.
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
