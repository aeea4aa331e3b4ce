/** Shown while the app finishes requests that must not be cut off, before it quits. */
import { counted } from './counts'
import type { NotificationText } from './notifications'

export interface StillUnderWay {
  readonly renewal: number
  readonly login: number
  readonly saving: number
}

/** `Finishing 2 renewals before quitting…` `startsAgain`: the user has started TokenDesk again meanwhile. */
export function finishing({ renewal, login }: StillUnderWay, startsAgain: boolean): string {
  const parts = [
    ...(renewal > 0 ? [counted(renewal, 'renewal')] : []),
    ...(login > 0 ? [counted(login, 'login')] : []),
  ]
  const what = parts.length === 0 ? 'Saving' : `Finishing ${parts.join(' and ')}`
  return `${what} before ${startsAgain ? 'restarting' : 'quitting'}…`
}

export function finishingText(underWay: StillUnderWay, startsAgain: boolean): NotificationText {
  return {
    title: finishing(underWay, startsAgain),
    body: 'TokenDesk waits for the service so that no session is lost. This takes 15 seconds at most.',
  }
}
