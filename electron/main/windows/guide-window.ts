/** The user guide in a window of its own: plain pages of ours, without any access to main. */
import { BrowserWindow } from 'electron'
import { webPreferences } from './main-window'
import { GUIDE_TITLE } from '../../shared/wording/desktop'

let window: BrowserWindow | null = null

export function openGuide(url: string): void {
  if (window !== null) {
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
    return
  }
  window = new BrowserWindow({
    title: GUIDE_TITLE,
    width: 860,
    height: 760,
    autoHideMenuBar: true,
    webPreferences: webPreferences(),
  })
  window.on('closed', () => {
    window = null
  })
  const opened = window
  // The window is blank now, so the next call creates a new one.
  opened.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') opened.destroy()
  })
  void window.loadURL(url)
}
