/** The main window, shown once it has something to show. */
import { join } from 'node:path'
import { BrowserWindow, nativeTheme, type WebPreferences } from 'electron'

const BACKGROUND = { light: '#ffffff', dark: '#16181d' }

/** For every window: sandboxed, isolated, without Node. Without a preload it has no access to main. */
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

/** Empty and not shown yet. `hidden`: its page works unseen until the user opens the window. */
export function openWindow({ hidden }: { readonly hidden: boolean }): BrowserWindow {
  return new BrowserWindow({
    title: 'TokenDesk',
    width: 1240,
    height: 760,
    minWidth: 640,
    minHeight: 420,
    show: false,
    // Otherwise a window that was never shown counts as visible, and its clocks run.
    paintWhenInitiallyHidden: !hidden,
    autoHideMenuBar: true,
    backgroundColor: background(),
    webPreferences: webPreferences(join(import.meta.dirname, '../preload/index.cjs')),
  })
}

/** Called once the user's theme is known. */
export function paintBackground(window: BrowserWindow): void {
  window.setBackgroundColor(background())
}

/** Shown until the page has painted, in the same color, so that nothing flashes. */
function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light
}
