const MAC_SIGNS: Readonly<Record<string, string>> = {
  Control: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Command: '⌘',
  Super: '⌘',
}
const WORDS: Readonly<Record<string, string>> = {
  Control: 'Ctrl',
  Super: 'Super',
  Command: '⌘',
  Return: 'Enter',
  Up: '↑',
  Down: '↓',
  Left: '←',
  Right: '→',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  Plus: '+',
}

/** Electron's notation (`Control+Alt+J`) as people write it: `Ctrl+Alt+J`, on a Mac `⌃⌥J`. */
export function shortcutInWords(accelerator: string, onMac: boolean): string {
  const parts = accelerator.split('+')
  return onMac
    ? parts.map((part) => MAC_SIGNS[part] ?? WORDS[part] ?? part).join('')
    : parts.map((part) => WORDS[part] ?? part).join('+')
}

export function shortcutSet(accelerator: string | null, onMac: boolean): string {
  return accelerator === null
    ? 'Quick pick shortcut removed'
    : `${shortcutInWords(accelerator, onMac)} opens the quick pick`
}

export const SETTINGS_RESET = 'Settings reset'
export const DIAGNOSTICS_COPIED = 'Diagnostics copied'

/** What resetting changes, and what it doesn't. */
export const RESET_MEANS =
  'Theme, density, copying, renewal, reminders, the shortcut, the update feed, and automatic locking return to their defaults. Accounts, environments, the passphrase, and where secrets are stored are unchanged.'
