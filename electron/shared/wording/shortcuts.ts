/** The window's shortcuts, as their dialog lists them. `mod` is Ctrl, on a Mac ⌘. */
export const SHORTCUTS_TITLE = 'Keyboard shortcuts'

export interface ShortcutGroup {
  readonly title: string
  readonly keys: readonly (readonly [keys: string, action: string])[]
}

export function shortcutGroups(mod: string): readonly ShortcutGroup[] {
  return [
    {
      title: 'On an account',
      keys: [
        ['Enter', 'Copy its JWT'],
        [`${mod} Shift C`, 'Copy in the last used format'],
        [`${mod} Enter`, 'Renew now'],
        ['Space', 'Show details'],
        ['F2', 'Rename'],
        [mod === '⌘' ? '⌫' : 'Delete', 'Remove (asks first)'],
        [`${mod} Z`, 'Undo removing'],
        ['Shift F10', 'Open its menu'],
      ],
    },
    {
      title: 'In the list',
      keys: [
        ['↑ ↓', 'Move'],
        ['Home End', 'First or last row'],
        ['→ ←', 'Expand or collapse a partner'],
        ['Shift ↑ ↓', 'Select several'],
        ['Ctrl Space', 'Add to selection'],
        [`${mod} A`, 'Select all shown'],
        ['A … Z', 'Search'],
        ['Shift ← →', 'On a column’s heading: its width'],
      ],
    },
    {
      title: 'Anywhere',
      keys: [
        [`${mod} K`, 'Command palette'],
        [`${mod} F  or  /`, 'Search'],
        [`${mod} N`, 'Add account'],
        [`${mod} L`, 'Lock TokenDesk'],
        [`${mod} ,`, 'Settings'],
        [`${mod} + − 0`, 'Zoom'],
        ...(mod === '⌘' ? [] : ([['F1', 'User guide']] as const)),
        ['Esc', 'Clear the search or selection, close details'],
        ['?', 'Show keyboard shortcuts'],
      ],
    },
  ]
}
