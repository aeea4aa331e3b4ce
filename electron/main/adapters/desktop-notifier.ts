import { Notification } from 'electron'
import type { Notifier } from '../../core/ports'

/** Shows notifications of the desktop. Where there are no buttons they are left out by the system itself. */
export function createDesktopNotifier(platform: NodeJS.Platform): Notifier {
  /** One that nobody holds is collected, and its click with it. */
  const shown = new Set<Notification>()
  return {
    show({ title, body, buttons, quiet, clicked, pressed }) {
      const notification = new Notification({
        title,
        body: platform === 'linux' ? escaped(body) : body,
        silent: quiet,
        actions: buttons.map((text) => ({ type: 'button', text })),
      })
      const gone = (): void => void shown.delete(notification)
      notification.on('click', () => {
        gone()
        clicked()
      })
      notification.on('action', (details, index: number | undefined) => {
        gone()
        // Electron 45 tells the place in the event, older versions in an argument of their own.
        pressed('actionIndex' in details ? details.actionIndex : (index ?? 0))
      })
      notification.on('close', (details) => {
        // On Windows it goes on in the Action Center then, where it can still be clicked.
        if (!('reason' in details && details.reason === 'timedOut')) gone()
      })
      notification.on('failed', gone)
      shown.add(notification)
      notification.show()
      return () => {
        gone()
        notification.close()
      }
    },
  }
}

/** The body may hold markup on Linux (Desktop Notifications Specification), and names may hold anything. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
