/** The composition root: the only place that wires the parts together. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import electron, {
  app,
  type BrowserWindow,
  dialog,
  ipcMain,
  nativeTheme,
  powerMonitor,
  safeStorage,
  session,
  systemPreferences,
} from 'electron'
import { errorFacts } from '../core/error-facts'
import { startNotices, UseCases } from '../core/use-cases'
import { staysInBackgroundText, writeDatesAs } from '../shared/wording'
import { about } from './about'
import { createAccountFiles } from './adapters/account-files'
import { createActivityFile } from './adapters/activity-file'
import { createAppLog, logLevelOf } from './adapters/app-log'
import { createDesktopNotifier } from './adapters/desktop-notifier'
import { createFileDialogs } from './adapters/file-dialogs'
import { systemShortcut } from './adapters/global-shortcut'
import { createHttpUpdateFeed } from './adapters/http-update-feed'
import { createHttpAuthApi, turnOffResendingProtocols } from './adapters/http-auth-api'
import { createLoginItem } from './adapters/login-item'
import { createPassphraseSealer } from './adapters/passphrase-sealer'
import { createScryptVerifier } from './adapters/scrypt-verifier'
import { createSafeStorageCipher } from './adapters/safe-storage-cipher'
import { createStateFile } from './adapters/state-file'
import { createSystemClipboard } from './adapters/system-clipboard'
import { systemClock, systemTimers } from './adapters/system-clock'
import { createTouchId } from './adapters/system-touch-id'
import { startInBackground, stayInBackground, type Retreat } from './background'
import { copyFromTray } from './copy-from-tray'
import { refusedSwitches } from './debug-switches'
import { hasTray } from './desktop-tray'
import { Front } from './front'
import { openGuide } from './guide'
import { AccountFeed } from './ipc/account-feed'
import { createHandlers, lockStatus } from './ipc/handlers'
import { createPublish } from './ipc/publish'
import { registerCalls, type Sender } from './ipc/router'
import { askForSecretService } from './keyring'
import {
  canWrite,
  finishBeforeQuit,
  isFirstInstance,
  isHiddenStart,
  onSecondInstance,
  whenAwake,
  whenLeft,
} from './lifecycle'
import { setMenu } from './menu'
import { contentUrl, guideUrl, isOurOrigin } from './origin'
import { isSomebodyThere } from './presence'
import { QuickPick } from './quick-pick'
import { declareScheme, guardContents, guardSession } from './security'
import { TrayIcon } from './tray'
import { openWindow } from './window'

// electron-store's writer gives up on atomic files when it sees this, and terminals inside of snaps pass it on.
delete process.env['SNAP']

const refused = refusedSwitches((name) => app.commandLine.hasSwitch(name), {
  isPackaged: app.isPackaged,
  isTestBuild: __TEST_BUILD__,
})

const devServerUrl = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null)
let window: BrowserWindow | null = null
const log = createAppLog(
  join(app.getPath('userData'), 'logs'),
  logLevelOf(process.env['TOKENDESK_LOG']),
  () => systemClock.now(),
)
const quickPick = new QuickPick(`${contentUrl(devServerUrl)}#quick-pick`)
/** Until the lock has been read there is nobody to tell anything. */
let isLocked = (): boolean => true
const publish = createPublish(
  () => [window, quickPick.window],
  () => isLocked(),
)
const front = new Front(() => window, publish, isSomebodyThere)

// The name under which Windows knows the sender of notifications.
if (process.platform === 'win32')
  app.setAppUserModelId(app.isPackaged ? 'TokenDesk.TokenDesk' : process.execPath)

if (refused.length > 0) {
  process.stderr.write(`TokenDesk does not start with ${refused.map((name) => `--${name}`).join(', ')}.\n`)
  app.exit(1)
} else if (isFirstInstance()) {
  askForSecretService(process.platform, process.env['XDG_CURRENT_DESKTOP'])
  turnOffResendingProtocols(app.commandLine)
  declareScheme()
  guardContents(devServerUrl)
  onSecondInstance(() => {
    front.show()
  })
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
  const locale = app.getSystemLocale()
  writeDatesAs(locale)
  setMenu(process.platform)
  const profile = app.getPath('userData')
  log.info('started', {
    version: app.getVersion(),
    platform: process.platform,
    electron: process.versions.electron,
  })
  const clock = systemClock
  const timers = systemTimers
  const feed = new AccountFeed(publish, (id) => useCases.accounts.summary(id))
  const useCases: UseCases = new UseCases(
    {
      records: createAccountFiles(profile),
      stateStore: createStateFile(profile, 'tokendesk'),
      ledgerStore: createStateFile(profile, 'reminders'),
      lockStore: createStateFile(profile, 'lock'),
      activityFile: createActivityFile(profile),
      cipher: createSafeStorageCipher(safeStorage, process.platform),
      api: createHttpAuthApi({ clock, timers, log }),
      clipboard: createSystemClipboard(electron, process.platform),
      updateFeed: createHttpUpdateFeed({
        timers,
        fetch: (url, init) => session.fromPartition('tokendesk-updates', { cache: false }).fetch(url, init),
      }),
      version: app.getVersion(),
      notifier: createDesktopNotifier(process.platform),
      loginItem: createLoginItem(app, process.platform, ownCommand(), app.getPath('appData')),
      clock,
      timers,
      random: Math.random,
      newId: randomUUID,
      shortcut: systemShortcut,
      sealer: createPassphraseSealer(),
      verifier: createScryptVerifier(),
      touchId: createTouchId(systemPreferences, process.platform),
      idleMs: () => powerMonitor.getSystemIdleTime() * 1000,
      dialogs: createFileDialogs(() => window),
      log,
    },
    {
      accountChanged: feed.changed.bind(feed),
      accountRemoved: feed.removed.bind(feed),
      environmentsChanged: (environments) => {
        publish('environmentsChanged', { environments: [...environments] })
        tray.changed()
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
      glanceChanged: () => {
        tray.changed()
      },
      lockChanged: () => {
        // Where the window was to go is kept until it has its accounts again.
        if (useCases.lock.isLocked) front.pageIsGone()
        publish('lockChanged', { lock: lockStatus(useCases.lock) })
        tray.changed()
      },
      isWatched: () => front.isWatched,
      goTo: front.goTo.bind(front),
      quickPickWanted: quickPick.show.bind(quickPick),
    },
  )
  const tray = new TrayIcon({
    platform: process.platform,
    timers,
    hasTray: () => hasTray(process.platform),
    view: () => useCases.glance.view(),
    environments: () => useCases.state.environments,
    lock: () => (useCases.lock.isLocked ? 'locked' : useCases.lock.isSet ? 'open' : 'off'),
    deeds: {
      copy: (id) => void copyFromTray(useCases, id, front.goTo.bind(front)),
      goTo: front.goTo.bind(front),
      open: front.show.bind(front),
      lock: () => {
        useCases.lock.lock()
      },
      quit,
    },
  })

  isLocked = () => useCases.lock.isLocked
  useCases.loadSettings()
  nativeTheme.themeSource = useCases.state.settings.theme
  // The window opens meanwhile; it asks for the snapshot when it is there.
  const shortcutTaken = useCases.shortcuts.follow() ? null : useCases.state.settings.quickPickShortcut
  const started = useCases.loadAccounts().then((report) =>
    startNotices({
      settingsRepair: useCases.state.repair,
      shortcutTaken,
      report,
      backend: useCases.storage.status.backend,
    }),
  )
  void started.then(
    () => {
      useCases.updates.start()
    },
    () => undefined,
  )
  started.catch((error: unknown) => {
    log.error('start-up failed', errorFacts(error))
  })

  registerCalls({
    ipcMain,
    handlers: createHandlers({
      useCases,
      started,
      locale,
      about,
      windowListens: (sender) => {
        // The quick pick asks for a snapshot, too, and goes nowhere.
        if (window !== null && senderIs(window, sender)) front.pageListens()
      },
      windows: {
        goTo: front.goTo.bind(front),
        hideQuickPick: quickPick.hide.bind(quickPick),
        openGuide: () => {
          openGuide(guideUrl(devServerUrl))
        },
      },
      quit,
    }),
    isOurs,
    started,
    isLocked,
    log,
  })
  const isQuitting = finishBeforeQuit(
    async () => {
      window?.hide()
      await useCases.close()
    },
    (delayMs, run) => timers.after(delayMs, run),
  )
  whenAwake({
    resumed: () => {
      useCases.networkIsBack()
    },
    unlocked: () => {
      useCases.lookAgain()
    },
  })
  whenLeft({
    suspended: () => {
      useCases.lock.suspended()
    },
    screenLocked: () => {
      useCases.lock.screenLocked()
    },
  })
  guardSession(join(import.meta.dirname, '../renderer'), devServerUrl)

  const hidden = isHiddenStart(process.platform, process.argv)
  const opened = openWindow(contentUrl(devServerUrl), { hidden })
  window = opened
  opened.on('closed', () => {
    window = null
    // The quick pick, hidden, or the guide would keep alive an app that nobody can reach.
    quit()
  })
  opened.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) front.pageIsGone()
  })
  // Windows asks nobody when the session ends.
  opened.on('session-end', quit)
  app.on('activate', () => {
    front.show()
  })

  const background = {
    timers,
    platform: process.platform,
    placeInTray: () => tray.place(),
    staysInBackground: () => useCases.state.settings.staysInBackground,
    isQuitting,
    retreated: (to: Retreat) => {
      tellOfRetreat(useCases.notices, to)
    },
  }
  stayInBackground(opened, background)
  if (hidden) void startInBackground(opened, background)
  // An icon can wait until there is a window to look at.
  else opened.once('show', () => void tray.place())
}

function quit(): void {
  app.quit()
}

/** A minimised window is still to be seen, and so needs no words. */
function tellOfRetreat(notices: UseCases['notices'], to: Retreat): void {
  if (to === 'taskbar') return
  const by = to === 'nowhere' ? 'start' : process.platform === 'darwin' ? 'menu-bar' : 'tray'
  notices.tellOnce('stays-in-background', staysInBackgroundText(by), { at: 'list' })
}

/** What starts this very app on this profile: an AppImage by its own file, a checkout by the Electron that runs it. */
function ownCommand(): readonly string[] {
  const program = process.env['APPIMAGE'] ?? process.execPath
  const isOtherProfile = app.commandLine.hasSwitch('user-data-dir')
  return [
    program,
    ...(app.isPackaged ? [] : [app.getAppPath()]),
    ...(isOtherProfile ? [`--user-data-dir=${app.getPath('userData')}`] : []),
  ]
}

function tellOfReadOnlyProfile(): void {
  giveUp(new Error(`Its folder can not be written: ${app.getPath('userData')}`))
}

/** A process without a window would keep every later start from opening one. */
function giveUp(error: unknown): void {
  const detail = error instanceof Error ? error.message : 'Unknown error'
  log.error('could not start', errorFacts(error))
  // For who looks at it in a terminal: it is not kept.
  process.stderr.write(`${detail}\n`)
  dialog.showErrorBox('TokenDesk could not start', detail)
  void log.settled().finally(() => {
    app.exit(1)
  })
}

/** The main frame of one of our windows, showing our own content. */
function isOurs(sender: Sender): boolean {
  return (
    sender.senderFrame !== null &&
    [window, quickPick.window].some((each) => each !== null && senderIs(each, sender)) &&
    isOurOrigin(sender.senderFrame.url, devServerUrl)
  )
}

function senderIs({ webContents }: BrowserWindow, { senderFrame }: Sender): boolean {
  return senderFrame === webContents.mainFrame
}
