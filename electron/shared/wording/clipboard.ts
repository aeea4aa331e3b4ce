/** For a clipboard that can't be cleared. */
import type { NotificationText } from './notifications'

export const CLIPBOARD_STUCK_TEXT: NotificationText = {
  title: 'Couldn’t clear the clipboard',
  body: 'It may still contain what TokenDesk copied. Open TokenDesk or copy something else to replace it.',
}

export const CLIPBOARD_STUCK = 'Clipboard not cleared'

/** The same in full, where there is room. */
export const CLIPBOARD_STUCK_IN_WORDS = `${CLIPBOARD_STUCK_TEXT.title}. ${CLIPBOARD_STUCK_TEXT.body}`
