import { Menu, type MenuItemConstructorOptions } from 'electron'
import { MENU } from '../../shared/wording/menu'
import type { ZoomStep } from './zoom'

export type MenuCommand = 'settings' | 'add-account' | 'guide' | ZoomStep

/**
 * On macOS Cmd+V and other shortcuts need a menu, so without one no API key could be pasted. Elsewhere the window needs
 * no menu: each command has a shortcut (`?` shows them). Set before the app is ready, it keeps Electron from creating
 * its own.
 */
export function setMenu(platform: NodeJS.Platform, run: (command: MenuCommand) => void): void {
  Menu.setApplicationMenu(platform === 'darwin' ? Menu.buildFromTemplate(macMenu(run)) : null)
}

/** The menus that people expect on macOS (https://developer.apple.com/design/human-interface-guidelines/the-menu-bar). */
export function macMenu(run: (command: MenuCommand) => void): MenuItemConstructorOptions[] {
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator !== undefined && { accelerator }),
    click: () => {
      run(command)
    },
  })
  return [
    {
      role: 'appMenu',
      submenu: [
        { role: 'about' },
        line,
        item(MENU.settings, 'settings', 'Command+,'),
        line,
        { role: 'services' },
        line,
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        line,
        { role: 'quit' },
      ],
    },
    {
      role: 'fileMenu',
      submenu: [item(MENU.addAccount, 'add-account', 'Command+N'), line, { role: 'close' }],
    },
    { role: 'editMenu' },
    {
      role: 'viewMenu',
      submenu: [
        item(MENU.actualSize, 'reset', 'Command+0'),
        item(MENU.zoomIn, 'in', 'Command+Plus'),
        item(MENU.zoomOut, 'out', 'Command+-'),
        line,
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [item(MENU.guide, 'guide')] },
  ]
}
