/** The main window, shown once it has something to show. */
import { join } from 'node:path'
import { BrowserWindow, type WebPreferences } from 'electron'
import { groundColor } from './window-background'

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
    backgroundColor: groundColor('page'),
    webPreferences: webPreferences(join(import.meta.dirname, '../preload/index.cjs')),
  })
}
