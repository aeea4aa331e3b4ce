export const SETTINGS = {
  title: 'Settings',
  sections: 'Settings sections',
} as const

export const SECTION_NAMES = {
  appearance: 'Appearance',
  copying: 'Copying',
  renewal: 'Renewal',
  reminders: 'Reminders',
  background: 'Background',
  lock: 'Lock',
  quickPick: 'Quick pick',
  environments: 'Environments',
  network: 'Network',
  transfer: 'Import, export, and backup',
  storage: 'Storage',
  updates: 'Updates',
  about: 'About TokenDesk',
} as const

export const APPEARANCE = {
  theme: 'Theme',
  density: 'Density',
  system: 'System',
  light: 'Light',
  dark: 'Dark',
  comfortable: 'Comfortable',
  compact: 'Compact',
  dates: 'Dates and times follow your system’s format:',
} as const

export const COPYING = {
  minimum: 'Minimum time left on a copied JWT',
  minimumHelp: 'JWTs with less time left are renewed before copying.',
  noMinimum: 'No minimum',
  clear: 'Clear clipboard after',
  clearHelp: 'Only if it still contains what TokenDesk copied.',
  never: 'Never',
  confirm: 'Confirm before copying a production JWT',
  confirmHelp: 'So you don’t mistake production for a test environment.',
} as const

export const RENEWAL = {
  means: 'You can override these in an account’s details.',
  jwts: 'JWTs',
  refreshTokens: 'Refresh tokens',
} as const

export const REMINDERS = {
  before: 'Before a refresh token expires',
  notifications: 'Desktop notifications',
  notificationsHelp: 'If off, reminders appear only in this window.',
} as const

export const BACKGROUND = {
  keepRunning: 'Keep running when the window is closed',
  keepRunningHelp: 'Keeps renewing accounts and showing reminders from the tray (or minimized).',
  startAtLogin: 'Start at login',
  startAtLoginHelp: 'Starts without a window when you log in to this computer.',
} as const

export const LOCK = {
  means:
    'With a passphrase, TokenDesk starts locked. While locked it hides account names and can’t copy, but still renews and reminds.',
  current: 'Current lock passphrase',
  new: 'New lock passphrase',
  first: 'Lock passphrase',
  change: 'Change passphrase',
  set: 'Set passphrase',
  remove: 'Remove lock',
  idle: 'Lock when idle',
  sleep: 'Lock when the computer sleeps',
  screen: 'Lock when the screen locks',
} as const

export const TRANSFER = {
  import: 'Import accounts…',
  importHelp: 'Adds many accounts from a CSV or JSON file with their API keys.',
  export: 'Export accounts…',
  exportHelp: 'A plain list as CSV or JSON, without API keys or tokens.',
  backUp: 'Back up…',
  backUpHelp: 'Everything, including keys and tokens, encrypted with a passphrase.',
  restore: 'Restore a backup…',
  restoreHelp: 'Adds accounts and environments you don’t have yet.',
} as const

export const UPDATES = {
  feed: 'Update feed URL',
  feedHelp:
    'Checked once a day. TokenDesk tells you about updates but never installs them. Leave empty to turn off.',
  copyAddress: 'Copy address',
} as const

export function versionAvailable(version: string): string {
  return `Version ${version} is available.`
}

export const ABOUT = {
  electron: 'Electron',
  chromium: 'Chromium',
  node: 'Node.js',
  system: 'System',
  secrets: 'Secrets',
  profile: 'Profile',
  copyDiagnostics: 'Copy diagnostics',
  guide: 'User guide',
  activity: 'Activity',
  reset: 'Reset settings…',
  diagnosticsHelp:
    'Copies versions, counts, and recent log entries for a support ticket. Contains no names, keys, or tokens.',
} as const

export const RESET = { title: 'Reset settings?', reset: 'Reset' } as const

export const STORAGE = {
  change: 'Change…',
  none: 'No keyring protects your tokens',
  noneMeans:
    'This system has no keyring to encrypt secrets with. Select where tokens and saved API keys are kept.',
  untilThen: 'Until then, select where tokens and saved API keys are kept.',
  memory: 'Keep in memory only',
  memoryHelp:
    'No secrets are written to disk. After TokenDesk quits, you’ll need to enter each API key again.',
  unprotected: 'Store without protection',
  unprotectedHelp:
    'Sessions survive a restart, but anyone who can read your files can read your tokens and API keys.',
  keyringHelps: 'With a keyring such as GNOME Keyring or KWallet, this choice isn’t needed.',
  changeLater: 'You can change this in the status line.',
} as const

export function keyringMissing(backend: string): string {
  return `${backend} isn’t available`
}

/** The keyring isn't the one that the secrets were encrypted with. */
export const KEYRING_CHANGED = {
  title: 'Keyring changed',
  means:
    'Quit and start TokenDesk in the session with the old keyring to restore everything. Or continue here and enter each account’s API key.',
  continue: 'Continue',
} as const
