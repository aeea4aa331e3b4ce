/** The menu bar on macOS; what the system itself names is in its own language. */
export const MENU = {
  settings: 'Settings…',
  addAccount: 'Add Account…',
  actualSize: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  guide: 'TokenDesk Guide',
} as const

/** The context menu of fields and selected text. */
export const TEXT_MENU = { cut: 'Cut', copy: 'Copy', paste: 'Paste', selectAll: 'Select all' } as const
