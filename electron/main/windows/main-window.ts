/** The main window, shown once it has something to show. */
import { join } from 'node:path'
import { BrowserWindow, type Rectangle, type WebPreferences } from 'electron'
import icon from '../../packaging/icons/128x128.png?asset'
import { groundColor } from './window-background'
import { MIN_HEIGHT, MIN_WIDTH } from './window-placement'

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

export interface WindowOpening {
  readonly platform: string
  /** Its page works unseen until the user opens the window. */
  readonly hidden: boolean
  /** Null where the system decides. */
  readonly bounds: Rectangle | null
}

/** Empty and not shown yet. */
export function openWindow({ platform, hidden, bounds }: WindowOpening): BrowserWindow {
  return new BrowserWindow({
    title: 'TokenDesk',
    // Elsewhere it is the program's own.
    ...(platform === 'linux' ? { icon } : {}),
    ...(bounds ?? { width: 1240, height: 760 }),
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    // Otherwise a window that was never shown counts as visible, and its clocks run.
    paintWhenInitiallyHidden: !hidden,
    autoHideMenuBar: true,
    backgroundColor: groundColor('page'),
    webPreferences: webPreferences(join(import.meta.dirname, '../preload/index.cjs')),
  })
}
