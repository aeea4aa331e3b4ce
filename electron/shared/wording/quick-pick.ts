/** The quick pick, and its shortcut in Settings. */
export const QUICK_PICK = {
  title: 'TokenDesk quick pick',
  label: 'Quick pick',
  search: 'Search accounts',
  failed: 'Couldn’t load accounts.',
  noAccounts: 'No accounts yet. Add one in TokenDesk’s window.',
  nothingFound: 'Nothing found.',
  renewing: 'Renewing…',
  /** Beside the shortcuts' keys. */
  toSelect: 'select',
  toCopy: 'copy JWT',
  enterKey: 'Enter',
  recent: 'Recent',
  accounts: 'Accounts',
} as const

export const SHORTCUT = {
  means: 'Search from any app: type a name and press Enter to copy its JWT.',
  label: 'Shortcut',
  press: 'Press the keys…',
  none: 'None',
  clear: 'Clear shortcut',
  clearShort: 'Clear',
  recording: 'Hold Ctrl, Alt, or both and press a key. Press Esc to cancel.',
  help: 'Click, then press the shortcut that opens the quick pick from any app.',
  portal: 'Your desktop may ask you to confirm it, and can change it in its own settings.',
  unsupported: 'This desktop doesn’t let apps set shortcuts.',
  bindInstead: 'In its keyboard settings, add a shortcut that runs this command:',
} as const

/** What opens the quick pick from outside, also where TokenDesk isn't running. */
export const QUICK_PICK_COMMAND = 'tokendesk --quick-pick'

export function shortcutLabel(shortcut: string): string {
  return `Shortcut: ${shortcut}`
}
