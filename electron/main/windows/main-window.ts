/** The one window: sandboxed, isolated, shown when it has something to show. */
import { join } from 'node:path'
import { BrowserWindow, nativeTheme, type WebPreferences } from 'electron'

const BACKGROUND = { light: '#ffffff', dark: '#16181d' }

/** The same for every window: sandboxed, isolated, without Node. Without a preload it can ask main for nothing. */
export function webPreferences(preload?: string): WebPreferences {
  return {
    ...(preload === undefined ? {} : { preload }),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
    v8CacheOptions: 'bypassHeatCheckAndEagerCompile',
  }
}

/** Still empty, and not shown. `hidden`: its page is to work without being shown, until somebody asks for the window. */
export function openWindow({ hidden }: { readonly hidden: boolean }): BrowserWindow {
  return new BrowserWindow({
    title: 'TokenDesk',
    width: 1240,
    height: 760,
    minWidth: 640,
    minHeight: 420,
    show: false,
    // Without this a window that was never shown takes itself for visible, and its clocks tick.
    paintWhenInitiallyHidden: !hidden,
    autoHideMenuBar: true,
    backgroundColor: background(),
    webPreferences: webPreferences(join(import.meta.dirname, '../preload/index.cjs')),
  })
}

/** Once the theme is known that the user has chosen. */
export function paintBackground(window: BrowserWindow): void {
  window.setBackgroundColor(background())
}

/** Shown until the page has painted: the colour of what comes, so that nothing flashes. */
function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light
}
