/**
 * The first file to run: opens the window, and loads everything else while the window's process starts. Import nothing
 * here that opening a window doesn't need (docs/PERFORMANCE.md).
 */
import { join } from 'node:path'
import { app, dialog, ipcMain, nativeTheme } from 'electron'
import type { Composition } from './composition'
import { refusals } from './security/debug-switches'
import { startFor } from './windows/hidden-start'
import { nodeDisk } from './files/disk'
import { readOwnText } from './files/read-file'
import { errorFacts } from '../core/base/error-facts'
import {
  COULD_NOT_START,
  doesNotStartWith,
  profileIsReadOnly,
  whyNotStarted,
} from '../shared/wording/uncaught'
import { listen } from './ipc/listen'
import { askForSecretService } from './platform/keyring'
import { canWrite, isFirstInstance, onSecondInstance } from './lifecycle'
import { setMenu } from './windows/menu'
import { contentUrl } from './security/origin'
import { turnOffResendingProtocols } from './platform/resending-protocols'
import { declareScheme, guardContents, guardSession } from './security/window-policy'
import { catchUncaught, ownFiles, Uncaught } from './uncaught'
import { preventUnaskedRequests } from './security/unasked-requests'
import { openWindow } from './windows/main-window'
import { themeIn } from './windows/window-background'
import { workAreas } from './windows/screens'
import { inSight, parsePlacement } from './windows/window-placement'
import { showWhenReady } from './windows/show-when-ready'
import { displayOf, turnOnShortcutsPortal } from './platform/wayland'
import { systemTimers } from './adapters/system-clock'

/** Proceed then, whether or not the page was served; a dev server's page isn't seen here. */
const PAGE_COMES_WITHIN_MS = 500

/** A page requests its scripts and styles together: after a pause this long it has all of them. */
const PAGE_IS_SERVED_AFTER_MS = 5

const uncaught = new Uncaught(ownFiles(join(import.meta.dirname, '..')))
catchUncaught(uncaught, { process, app })

const refused = refusals(
  {
    hasSwitch: (name) => app.commandLine.hasSwitch(name),
    getSwitchValue: (name) => app.commandLine.getSwitchValue(name),
    env: process.env,
  },
  { isPackaged: app.isPackaged, isTestBuild: __TEST_BUILD__ },
)

const devServerUrl = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null)

const display = displayOf(process.platform, process.env, app.commandLine.getSwitchValue('ozone-platform'))

// Windows shows it as the sender of notifications.
if (process.platform === 'win32') app.setAppUserModelId(app.isPackaged ? __APP_ID__ : process.execPath)

if (refused.length > 0) {
  const words = doesNotStartWith(refused)
  process.stderr.write(`${words}\n`)
  // On other systems there is no terminal to read. Linux can't show a dialog yet, and Chromium must not start for it.
  if (process.platform !== 'linux') dialog.showErrorBox(COULD_NOT_START, words)
  app.exit(1)
} else if (isFirstInstance()) {
  askForSecretService(process.platform, process.env['XDG_CURRENT_DESKTOP'])
  turnOffResendingProtocols(app.commandLine)
  if (display === 'wayland') turnOnShortcutsPortal(app.commandLine)
  declareScheme()
  preventUnaskedRequests()
  guardContents(devServerUrl)
  const started = app.whenReady().then(start)
  setMenu(process.platform, (command) => {
    void started.then(({ chosen }) => {
      chosen(command)
    })
  })
  started.catch(giveUp)
  onSecondInstance((wanted) => {
    void started.then(({ startedAgain }) => {
      startedAgain(wanted)
    })
  })
  app.on('window-all-closed', () => {
    app.quit()
  })
} else if (canWrite(app.getPath('userData'))) {
  app.quit()
} else {
  // The lock could not be created, which looks like another running instance.
  app.whenReady().then(reportReadOnlyProfile).catch(giveUp)
}

async function start(): Promise<Composition> {
  const wanted = startFor(app, process.platform, process.argv)
  const hidden = wanted !== 'window'
  // While a page is being served, each millisecond of work here delays it. With its scripts and styles it no longer
  // needs main.
  const pageIsServed = new Promise<void>((resolve) => {
    let timer = setTimeout(resolve, PAGE_COMES_WITHIN_MS)
    guardSession(join(import.meta.dirname, '../renderer'), devServerUrl, (url) => {
      if (url === contentUrl(null)) return
      clearTimeout(timer)
      timer = setTimeout(resolve, PAGE_IS_SERVED_AFTER_MS)
    })
  })
  const inProfile = (name: string): string | null => readIfThere(join(app.getPath('userData'), name))
  nativeTheme.themeSource = themeIn(inProfile('tokendesk.json'))
  const placed = parsePlacement(inProfile('window.json'))
  const window = openWindow({
    platform: process.platform,
    hidden,
    bounds: placed === null ? null : inSight(placed.bounds, workAreas()),
  })
  // Maximizing also shows a window.
  if (placed?.isMaximized === true)
    window.once('show', () => {
      window.maximize()
    })
  const composition = pageIsServed
    .then(() => import('./composition'))
    .then(({ compose }) => compose(window, { wanted, devServerUrl, display, placed, uncaught }))
  listen(
    ipcMain,
    composition.then(({ router }) => router),
  )
  if (!hidden) {
    app.once(
      'before-quit',
      showWhenReady(window, {
        timers: systemTimers,
        isWayland: display === 'wayland',
        hasBackground: composition,
      }),
    )
  }
  void window.loadURL(contentUrl(devServerUrl))
  return await composition
}

function readIfThere(path: string): string | null {
  try {
    return readOwnText(path, nodeDisk)
  } catch {
    return null
  }
}

function reportReadOnlyProfile(): void {
  endWith(profileIsReadOnly(app.getPath('userData')))
}

/** A process without a window would keep every later start from opening one. */
function giveUp(error: unknown): void {
  endWith(whyNotStarted(errorFacts(error).code, uncaught.place(error), app.getPath('userData')))
}

function endWith(words: string): void {
  // For a user at a terminal: this isn't logged.
  process.stderr.write(`${words}\n`)
  dialog.showErrorBox(COULD_NOT_START, words)
  app.exit(1)
}
