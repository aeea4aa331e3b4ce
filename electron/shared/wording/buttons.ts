/** Buttons that say the same everywhere. */
export const BUTTONS = {
  cancel: 'Cancel',
  close: 'Close',
  copy: 'Copy',
  dismiss: 'Dismiss',
  done: 'Done',
  enterApiKey: 'Enter API key',
  copyJwt: 'Copy JWT',
  keep: 'Keep',
  open: 'Open',
  quit: 'Quit',
  remove: 'Remove',
  rename: 'Rename',
  restart: 'Restart TokenDesk',
  save: 'Save',
  stopping: 'Stopping…',
  testConnection: 'Test connection',
  tryAgain: 'Try again',
  undo: 'Undo',
} as const

/** A tooltip with the shortcut: `Rename (F2)`. */
export function withShortcut(words: string, key: string): string {
  return `${words} (${key})`
}

export function showOrHide(label: string, isShown: boolean): string {
  return `${isShown ? 'Hide' : 'Show'} ${label}`
}

/** What a masked field contains, as named by the button beside it. */
export const SECRET_NAMES = { key: 'API key', passphrase: 'passphrase', password: 'password' } as const

export function shownText(label: string): string {
  return `${label.charAt(0).toUpperCase()}${label.slice(1)} as text`
}
