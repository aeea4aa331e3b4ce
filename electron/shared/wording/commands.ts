/** The command palette: its commands' titles, and other words that find them. */
export const PALETTE = {
  search: 'Search accounts and commands',
  placeholder: 'Account or command',
  recent: 'Recent',
  accounts: 'Accounts',
  commands: 'Commands',
  nothingFound: 'Nothing found.',
  enterCopies: 'Enter copies',
  /** Beside the current choice. */
  current: 'current',
  closeKey: 'Esc',
} as const

interface Command {
  readonly label: string
  /** Other words that find it. */
  readonly also: string
}

export const COMMANDS = {
  addAccount: { label: 'Add account', also: 'new login' },
  newEnvironment: { label: 'New environment…', also: 'add' },
  environments: { label: 'Environments…', also: 'manage edit base url color colour production' },
  identify: { label: 'Identify JWT', also: 'paste find whose token account' },
  activity: { label: 'Activity', also: 'history journal log support ticket' },
  importAccounts: { label: 'Import accounts', also: 'csv json file' },
  exportAccounts: { label: 'Export accounts…', also: 'csv json file' },
  backUp: { label: 'Back up…', also: 'backup save passphrase' },
  restore: { label: 'Restore a backup…', also: 'backup passphrase' },
  shortcuts: { label: 'Keyboard shortcuts', also: 'keys help' },
  statuses: { label: 'Status icons', also: 'live renewable waiting retrying meaning help' },
  lock: { label: 'Lock', also: 'passphrase away' },
  diagnostics: { label: 'Copy diagnostics', also: 'support ticket log versions' },
  guide: { label: 'User guide', also: 'help manual documentation' },
  quit: { label: 'Quit', also: 'exit close tokendesk' },
  settings: { label: 'Settings', also: 'preferences options' },
  quickPick: { label: 'Quick pick shortcut…', also: 'global keys settings' },
  storage: { label: 'Storage…', also: 'keyring secrets memory protection' },
  resetSettings: { label: 'Reset settings…', also: 'defaults' },
} as const satisfies Readonly<Record<string, Command>>

/** For commands with a choice or a name in their title. */
export const ALSO = {
  theme: 'appearance colors colours mode',
  density: 'appearance rows height',
  sort: 'order list',
  view: 'show list filter',
  environmentView: 'show list filter environment',
  productionView: 'show list filter environment production',
  tagView: 'show list filter tag',
  enterKey: 'login log in',
  snooze: 'reminder put off snooze',
  copyAs: 'clipboard copy as',
  details: 'show open',
  claims: 'claims jwt look inside reveal decode',
  pin: 'top favorite favourite',
  tag: 'tags label',
  move: 'company under',
  rename: 'name edit',
  remove: 'delete',
  renew: 'refresh',
} as const
