import { Menu } from 'electron'

/**
 * macOS takes Cmd+V and its kin from the menu, so without one no API key could be pasted there. Elsewhere the window
 * needs no menu: each of its commands has a key (`?` shows them). Set before the app is ready, it keeps Electron from
 * making its own.
 */
export function setMenu(platform: NodeJS.Platform): void {
  Menu.setApplicationMenu(
    platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  )
}
