import { Menu } from 'electron'

/**
 * On macOS Cmd+V and other shortcuts need a menu, so without one no API key could be pasted. Elsewhere the window needs
 * no menu: each command has a shortcut (`?` shows them). Set before the app is ready, it keeps Electron from creating
 * its own.
 */
export function setMenu(platform: NodeJS.Platform): void {
  Menu.setApplicationMenu(
    platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  )
}
