/** The user guide in a window of its own: plain pages of ours, without any access to main. */
import { BrowserWindow } from 'electron'
import { webPreferences } from './main-window'
import { GUIDE_TITLE } from '../../shared/wording/desktop'

let window: BrowserWindow | null = null

/** At the section that the URL's fragment names, if it names one. `opened` is called with a new window. */
export function openGuide(url: string, opened: (window: BrowserWindow) => void): void {
  if (window !== null) {
    if (new URL(url).hash !== '') void window.loadURL(url)
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
  const guide = window
  opened(guide)
  // The window is blank now, so the next call creates a new one.
  guide.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') guide.destroy()
  })
  void window.loadURL(url)
}
