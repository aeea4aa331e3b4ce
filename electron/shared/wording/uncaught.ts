/** For unexpected errors. */

export const WENT_WRONG =
  'Something went wrong in TokenDesk, but it keeps running and your saved accounts are unchanged. If anything looks wrong, restart TokenDesk.'

/** The title of the blank window while it waits to reload. */
export const WINDOW_COMES_BACK = 'TokenDesk: the window crashed and is reloading'

/** The window's page keeps crashing. */
export const WINDOW_KEEPS_CRASHING = {
  message: 'TokenDesk’s window keeps crashing.',
  detail:
    'Your accounts are unchanged, and TokenDesk still renews them and shows reminders. Try again or restart TokenDesk; if that doesn’t help, restart the computer and report it.',
  tryAgain: 'Try again',
  quit: 'Quit',
} as const

export const COULD_NOT_START = 'TokenDesk couldn’t start'

/** `switches`: those of the command line or environment that are for debugging only. */
export function doesNotStartWith(switches: readonly string[]): string {
  return `TokenDesk doesn’t start with ${switches.join(', ')}.`
}

/** `code`: the system's, e.g. `EACCES`. `place`: a position in our own files. */
export function whyNotStarted(code: string | null, place: string | null, profile: string): string {
  if (code !== null) {
    return `The system refused what TokenDesk needs (${code}). Check the permissions and free space of its profile folder, then start TokenDesk again: ${profile}`
  }
  const where = place === null ? '' : ` (${place})`
  return `Something went wrong in TokenDesk${where}; your saved accounts are unchanged. Start it again, and if that doesn’t help, report it.`
}

export function profileIsReadOnly(profile: string): string {
  return `TokenDesk can’t write to its profile folder, so it can’t save anything. Check this folder’s permissions, then start TokenDesk again: ${profile}`
}
