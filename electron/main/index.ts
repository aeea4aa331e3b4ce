/** The composition root: the only place that wires the parts together. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { app, type BrowserWindow, dialog, ipcMain, nativeTheme, safeStorage } from 'electron'
import { startNotices, UseCases } from '../core/use-cases'
import { about } from './about'
import { createAccountFiles } from './adapters/account-files'
import { createActivityFile } from './adapters/activity-file'
import { createDesktopNotifier } from './adapters/desktop-notifier'
import { createFileDialogs } from './adapters/file-dialogs'
import { createHttpAuthApi, turnOffResendingProtocols } from './adapters/http-auth-api'
import { createLoginItem } from './adapters/login-item'
import { createPassphraseSealer } from './adapters/passphrase-sealer'
import { createSafeStorageCipher } from './adapters/safe-storage-cipher'
import { createStateFile } from './adapters/state-file'
import { createStderrLog } from './adapters/stderr-log'
import { systemClipboard } from './adapters/system-clipboard'
import { systemClock, systemTimers } from './adapters/system-clock'
import { AccountFeed } from './ipc/account-feed'
import { createHandlers } from './ipc/handlers'
import { createPublish } from './ipc/publish'
import { registerCalls, type Sender } from './ipc/router'
import { askForSecretService } from './keyring'
import { canWrite, finishBeforeQuit, isFirstInstance, onSecondInstance, onWakeUp } from './lifecycle'
import { setMenu } from './menu'
import { contentUrl, isOurOrigin } from './origin'
import { declareScheme, guardContents, guardSession } from './security'
import { openWindow } from './window'

// electron-store's writer gives up on atomic files when it sees this, and terminals inside of snaps pass it on.
delete process.env['SNAP']

const devServerUrl = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null)
let window: BrowserWindow | null = null

if (isFirstInstance()) {
  askForSecretService(process.platform, process.env['XDG_CURRENT_DESKTOP'])
  turnOffResendingProtocols(app.commandLine)
  declareScheme()
  guardContents(devServerUrl)
  onSecondInstance(() => window)
  app.on('window-all-closed', () => {
    app.quit()
  })
  app.whenReady().then(start).catch(giveUp)
} else if (canWrite(app.getPath('userData'))) {
  app.quit()
} else {
  // No lock could be made, which looks like another instance that runs.
  app.whenReady().then(tellOfReadOnlyProfile).catch(giveUp)
}

function start(): void {
  setMenu(process.platform)
  const profile = app.getPath('userData')
  const log = createStderrLog(() => systemClock.now())
  const publish = createPublish(() => window?.webContents ?? null)
  const clock = systemClock
  const timers = systemTimers
  const feed = new AccountFeed(publish, (id) => useCases.accounts.summary(id))
  const useCases: UseCases = new UseCases(
    {
      records: createAccountFiles(profile),
      stateStore: createStateFile(profile, 'tokendesk'),
      ledgerStore: createStateFile(profile, 'reminders'),
      activityFile: createActivityFile(profile),
      cipher: createSafeStorageCipher(safeStorage, process.platform),
      api: createHttpAuthApi({ clock, timers, log }),
      clipboard: systemClipboard,
      notifier: createDesktopNotifier(process.platform),
      loginItem: createLoginItem(app, process.platform, ownCommand(), app.getPath('appData')),
      clock,
      timers,
      random: Math.random,
      newId: randomUUID,
      sealer: createPassphraseSealer(),
      dialogs: createFileDialogs(() => window),
      log,
    },
    {
      accountChanged: feed.changed.bind(feed),
      accountRemoved: feed.removed.bind(feed),
      environmentsChanged: (environments) => {
        publish('environmentsChanged', { environments: [...environments] })
      },
      settingsChanged: (settings) => {
        nativeTheme.themeSource = settings.theme
        publish('settingsChanged', { settings })
      },
      storageChanged: (storage) => {
        publish('storageChanged', { storage })
      },
      importProgressed: (progress) => {
        publish('importProgressed', progress)
      },
      clipboardChanged: (clearsAt) => {
        publish('clipboardChanged', { clearsAt })
      },
      glanceChanged: () => undefined,
      isWatched: () => window?.isFocused() ?? false,
      goTo: () => undefined,
    },
  )

  const { settingsKeptAs } = useCases.loadSettings()
  nativeTheme.themeSource = useCases.state.settings.theme
  // The window opens meanwhile; it asks for the snapshot when it is there.
  const started = useCases
    .loadAccounts()
    .then((report) => startNotices(settingsKeptAs, report, useCases.storage.status.backend))
  started.catch((error: unknown) => {
    log.error('start-up failed', { error: error instanceof Error ? error.name : 'unknown' })
  })

  registerCalls({
    ipcMain,
    handlers: createHandlers({
      useCases,
      started,
      about,
      quit: () => {
        app.quit()
      },
    }),
    isOurs,
    started,
    log,
  })
  finishBeforeQuit(
    async () => {
      window?.hide()
      await useCases.close()
    },
    (delayMs, run) => timers.after(delayMs, run),
  )
  onWakeUp(() => {
    useCases.lookAgain()
  })
  guardSession(join(import.meta.dirname, '../renderer'))
  window = openWindow(contentUrl(devServerUrl))
  window.on('closed', () => {
    window = null
  })
}

/** What starts this very app: an AppImage by its own file, a checkout by the Electron that runs it. */
function ownCommand(): readonly string[] {
  const program = process.env['APPIMAGE'] ?? process.execPath
  return app.isPackaged ? [program] : [program, app.getAppPath()]
}

function tellOfReadOnlyProfile(): void {
  giveUp(new Error(`Its folder can not be written: ${app.getPath('userData')}`))
}

/** A process without a window would keep every later start from opening one. */
function giveUp(error: unknown): void {
  const detail = error instanceof Error ? error.message : 'Unknown error'
  createStderrLog(() => systemClock.now()).error('could not start', { detail })
  dialog.showErrorBox('TokenDesk could not start', detail)
  app.exit(1)
}

/** Our window's main frame, showing our own content. */
function isOurs({ senderFrame }: Sender): boolean {
  return (
    senderFrame !== null &&
    senderFrame === window?.webContents.mainFrame &&
    isOurOrigin(senderFrame.url, devServerUrl)
  )
}
