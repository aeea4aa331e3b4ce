/** Buttons that say the same wherever they stand. */
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
} as const

/** A button's or a command's key beside its name, for those who hover: `Rename (F2)`. */
export function withShortcut(words: string, key: string): string {
  return `${words} (${key})`
}

export function showOrHide(label: string, isShown: boolean): string {
  return `${isShown ? 'Hide' : 'Show'} ${label}`
}

/** As a button beside a masked field names what is in it. */
export const SECRET_NAMES = { key: 'API key', passphrase: 'passphrase' } as const

/** A masked field's text while it is shown. */
export function shownText(label: string): string {
  return `${label.charAt(0).toUpperCase()}${label.slice(1)} as text`
}
