/** The composition root: the only place that wires the parts together. Loaded while the first window comes up. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import electron, {
  app,
  BrowserWindow,
  nativeTheme,
  powerMonitor,
  safeStorage,
  session,
  systemPreferences,
} from 'electron'
import { errorFacts } from '../core/base/error-facts'
import type { KeptLog } from '../core/base/ports'
import { startNotices } from '../core/app/start-notices'
import { UseCases } from '../core/app/use-cases'
import type { CallName, StartNotice } from '../shared/ipc/contract'
import { finishing, finishingText, staysInBackgroundText, writeDatesAs } from '../shared/wording'
import { about } from './platform/about'
import { createAccountFiles } from './adapters/account-files'
import { createActivityFile } from './adapters/activity-file'
import { createAppLog, logLevelOf } from './adapters/app-log'
import { createDesktopNotifier } from './adapters/desktop-notifier'
import { createFileDialogs } from './adapters/file-dialogs'
import { systemShortcut } from './adapters/global-shortcut'
import { createHttpUpdateFeed } from './adapters/http-update-feed'
import { AUTH_CALL_LIMIT_MS, createHttpAuthApi } from './adapters/http-auth-api'
import { createLoginItem } from './adapters/login-item'
import { createPassphraseSealer } from './adapters/passphrase-sealer'
import { createSafeStorageCipher } from './adapters/safe-storage-cipher'
import { createScryptVerifier } from './adapters/scrypt-verifier'
import { createStateFile } from './adapters/state-file'
import { createSystemClipboard } from './adapters/system-clipboard'
import { systemClock, systemTimers } from './adapters/system-clock'
import { createTouchId } from './adapters/system-touch-id'
import { startInBackground, stayInBackground, type Retreat } from './windows/background'
import { copyFromTray } from './tray/copy-from-tray'
import { recoverWhenCrashed } from './windows/crashed-window'
import { hasTray } from './tray/desktop-tray'
import { Front } from './windows/main-window-controller'
import { sweepLeftOvers } from './files/left-overs'
import { openGuide } from './windows/guide-window'
import { HIDDEN_SWITCH } from './windows/hidden-start'
import { AccountFeed } from './ipc/account-feed'
import { createHandlers, lockStatus } from './ipc/handlers'
import { createPublish } from './ipc/publish'
import { createRouter, type Router } from './ipc/router'
import { createKeyringService } from './platform/keyring-service'
import { whenAwake, whenLeft, whenSessionEnds, whenSignalled } from './lifecycle'
import { contentUrl, guideUrl, isOurOrigin } from './security/origin'
import { isSomebodyThere, whenUsed } from './windows/presence'
import { QuickPick } from './windows/quick-pick-window'
import { Quitting } from './quitting'
import { createSessionBus } from './platform/session-bus'
import { startUp } from './start-up'
import { TrayIcon } from './tray/tray'
import type { Uncaught } from './uncaught'
import { paintBackground } from './windows/main-window'

/** Until what a new window shows is painted: a tray is asked for by starting another program. */
const TRAY_WAITS_MS = 1_000

export interface Composition {
  /** Answers what the window asks. */
  readonly router: Router
  /** The app was started once more, `hidden` or for its window to be seen. */
  readonly startedAgain: (hidden: boolean) => void
}

export interface Opened {
  /** Nobody is to see the window until somebody asks for it. */
  readonly hidden: boolean
  readonly devServerUrl: string | null
  readonly uncaught: Uncaught
}

/** Puts everything behind the window. */
export async function compose(opened: BrowserWindow, given: Opened): Promise<Composition> {
  const log = createAppLog(
    join(app.getPath('userData'), 'logs'),
    logLevelOf(process.env['TOKENDESK_LOG']),
    () => systemClock.now(),
  )
  try {
    return wire(opened, given, log)
  } catch (error) {
    log.error('could not start', errorFacts(error))
    await log.settled()
    throw error
  }
}

function wire(opened: BrowserWindow, { hidden, devServerUrl, uncaught }: Opened, log: KeptLog): Composition {
  const locale = app.getSystemLocale()
  writeDatesAs(locale)
  const profile = app.getPath('userData')
  log.info('started', {
    version: app.getVersion(),
    platform: process.platform,
    electron: process.versions.electron,
  })
  let window: BrowserWindow | null = opened
  const quickPick = new QuickPick(`${contentUrl(devServerUrl)}#quick-pick`)
  const publish = createPublish(
    () => [window, quickPick.window],
    () => useCases.lock.isLocked,
  )
  // A window that is gone for good is not brought back by what is clicked meanwhile.
  const front = new Front(() => (quitting.isUnderWay ? null : window), publish, isSomebodyThere)
  const clock = systemClock
  const timers = systemTimers
  const bus = createSessionBus({
    address: process.env['DBUS_SESSION_BUS_ADDRESS'],
    runtimeFolder: process.env['XDG_RUNTIME_DIR'],
    uid: process.getuid?.() ?? 0,
    timers,
  })
  const feed = new AccountFeed(publish, (id) => useCases.accounts.summary(id), timers)
  const useCases: UseCases = new UseCases(
    {
      records: createAccountFiles(profile),
      stateStore: createStateFile(profile, 'tokendesk'),
      ledgerStore: createStateFile(profile, 'reminders'),
      lockStore: createStateFile(profile, 'lock'),
      startupRowsStore: createStateFile(profile, 'list-start'),
      usageStore: createStateFile(profile, 'usage'),
      activityFile: createActivityFile(profile),
      cipher: createSafeStorageCipher({
        safeStorage,
        platform: process.platform,
        serviceOf: (backend) => createKeyringService(bus, backend, timers),
        monotonic: () => clock.monotonic(),
      }),
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
      systemIdleMs: () => powerMonitor.getSystemIdleTime() * 1000,
      dialogs: createFileDialogs(() => window, profile),
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
      clipboardChanged: (clearsAt, couldNotClear) => {
        publish('clipboardChanged', { clearsAt, couldNotClear })
      },
      traySummaryChanged: () => {
        tray.changed()
      },
      lockChanged: () => {
        // Where the window was to go is kept until it has its accounts again.
        if (useCases.lock.isLocked) front.pageIsGone()
        publish('lockChanged', { lock: lockStatus(useCases.lock) })
        tray.changed()
      },
      isWatched: () => front.isWatched,
      navigate: front.navigate.bind(front),
      quickPickWanted: quickPick.show.bind(quickPick),
    },
  )
  const tray = new TrayIcon({
    platform: process.platform,
    timers,
    hasTray: () => hasTray(process.platform),
    view: () => useCases.traySummary.view(),
    environments: () => useCases.state.environments,
    ending: () => (quitting.isUnderWay ? finishing(useCases.work.counts, quitting.startsAgain) : null),
    lock: () => (useCases.lock.isLocked ? 'locked' : useCases.lock.isSet ? 'open' : 'off'),
    actions: {
      copy: (id) => void copyFromTray(useCases, id, front.navigate.bind(front)),
      navigate: front.navigate.bind(front),
      open: front.show.bind(front),
      lock: () => {
        useCases.lock.lock()
      },
      quit,
    },
  })

  useCases.loadSettings()
  nativeTheme.themeSource = useCases.state.settings.theme
  paintBackground(opened)
  const shortcutTaken = useCases.shortcuts.follow() ? null : useCases.state.settings.quickPickShortcut
  const { begun, read, started, wantsMore, looked } = startUp(useCases.loadAccounts.bind(useCases), timers)
  let notices: readonly StartNotice[] = []
  let hasFailed = false
  /** What the system tells before that finds out by itself what is due. */
  const whenStarted = (run: () => void) => (): void => {
    started.then(run, () => undefined)
  }
  started.then(
    (report) => {
      const { backend } = useCases.storage.status
      notices = startNotices({ settingsRepair: useCases.state.repair, shortcutTaken, report, backend })
      if (notices.length > 0) publish('noticesFound', { notices: [...notices] })
      useCases.updates.start()
      sweepLeftOvers(profile)
    },
    (error: unknown) => {
      hasFailed = true
      log.error('start-up failed', errorFacts(error))
    },
  )

  /** What can be answered before the keyring is known. */
  const looks: { readonly [Name in CallName]?: Promise<void> } = {
    getSnapshot: begun,
    getAccountIds: read,
    getAccounts: read,
  }
  let hasMishapToTell = false
  /** A page that isn't listening yet is told when it is. */
  const tellOfMishap = (): void => {
    hasMishapToTell = !front.isListening
    if (front.isListening) publish('somethingWentWrong', {})
  }
  uncaught.attach({ log, tell: tellOfMishap })

  const router = createRouter({
    handlers: createHandlers({
      useCases,
      startNotices: () => notices,
      locale,
      about,
      looked,
      windowListens: (sender) => {
        // The quick pick asks for a snapshot, too, and goes nowhere.
        if (sender.senderFrame !== opened.webContents.mainFrame) return
        front.pageListens()
        if (hasMishapToTell) tellOfMishap()
      },
      windows: {
        navigate: front.navigate.bind(front),
        hideQuickPick: quickPick.hide.bind(quickPick),
        openGuide: () => {
          openGuide(guideUrl(devServerUrl))
        },
      },
      uncaught: uncaught.inPage.bind(uncaught),
      quit,
      restart: () => {
        relaunch(false)
        quit()
      },
    }),
    isOurs: ({ senderFrame }) =>
      senderFrame !== null &&
      [window, quickPick.window].some((each) => each?.webContents.mainFrame === senderFrame) &&
      isOurOrigin(senderFrame.url, devServerUrl),
    readyFor: async (name) => {
      if (name === 'quit' || name === 'reportUncaught') return
      // The only way on from a start that has failed.
      if (name === 'restart' && hasFailed) return
      const untilSeen = hasFailed ? undefined : looks[name]
      // Who acts needn't wait until all is looked at.
      if (untilSeen === undefined) looked()
      else if (untilSeen === read) wantsMore()
      await (untilSeen ?? started)
    },
    isLocked: () => useCases.lock.isLocked,
    log,
  })
  let takeDownNotice = (): void => undefined
  const quitting = new Quitting({
    app,
    after: (delayMs, run) => timers.after(delayMs, run),
    requestLimitMs: AUTH_CALL_LIMIT_MS,
    begun: () => {
      for (const each of BrowserWindow.getAllWindows()) each.hide()
      tray.changed()
    },
    finish: () => useCases.close(),
    takesLong: () => {
      tray.changed()
      takeDownNotice()
      takeDownNotice = useCases.notices.announce(
        finishingText(useCases.work.counts, quitting.startsAgain),
        'only-here',
      )
    },
    over: () => {
      takeDownNotice()
    },
    relaunch,
  })
  whenSignalled(process, quit)
  const startedAgain = (hidden: boolean): void => {
    if (quitting.isUnderWay) quitting.startAgain(hidden)
    else if (!hidden) front.show()
  }
  const awake = whenStarted(() => {
    useCases.networkIsBack()
  })
  whenAwake({
    resumed: () => {
      useCases.lock.resumed()
      awake()
    },
    unlocked: whenStarted(() => {
      useCases.lookAgain()
    }),
  })
  whenLeft({
    suspended: useCases.suspended.bind(useCases),
    screenLocked: () => {
      useCases.lock.screenLocked()
    },
  })
  whenUsed(() => {
    useCases.lock.used()
  })
  recoverWhenCrashed(opened, {
    clock,
    timers,
    crashed: () => {
      front.pageIsGone()
      // Also where something else was told before: what was typed is gone.
      hasMishapToTell = true
    },
    quit,
  })
  opened.on('closed', () => {
    window = null
    // The quick pick, hidden, or the guide would keep alive an app that nobody can reach.
    quit()
  })
  opened.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) front.pageIsGone()
  })
  whenSessionEnds(opened, {
    delay: (event) => {
      quitting.delay(event, !useCases.work.isEmpty)
    },
    quit,
  })
  app.on('activate', () => {
    startedAgain(false)
  })

  const background = {
    timers,
    platform: process.platform,
    placeInTray: () => tray.place(),
    staysInBackground: () => useCases.state.settings.staysInBackground,
    isQuitting: () => quitting.isUnderWay,
    retreated: (to: Retreat) => {
      tellOfRetreat(useCases.notices, to)
    },
  }
  stayInBackground(opened, background)
  if (hidden) void startInBackground(opened, background)
  // An icon can wait until there is something to look at in the window.
  else opened.once('show', () => timers.after(TRAY_WAITS_MS, () => void tray.place()))
  return { router, startedAgain }
}

function quit(): void {
  app.quit()
}

function relaunch(hidden: boolean): void {
  const [, ...args] = process.argv
  const wanted = args.filter((each) => each !== HIDDEN_SWITCH)
  app.relaunch({
    execPath: ownProgram(),
    args: hidden ? [...wanted, HIDDEN_SWITCH] : wanted,
  })
}

/** A minimised window is still to be seen, and so needs no words. */
function tellOfRetreat(notices: UseCases['notices'], to: Retreat): void {
  if (to === 'taskbar') return
  const by = to === 'nowhere' ? 'start' : process.platform === 'darwin' ? 'menu-bar' : 'tray'
  notices.tellOnce('stays-in-background', staysInBackgroundText(by), { at: 'list' })
}

/** What starts this very app on this profile: a checkout by the Electron that runs it. */
function ownCommand(): readonly string[] {
  const isOtherProfile = app.commandLine.hasSwitch('user-data-dir')
  return [
    ownProgram(),
    ...(app.isPackaged ? [] : [app.getAppPath()]),
    ...(isOtherProfile ? [`--user-data-dir=${app.getPath('userData')}`] : []),
  ]
}

function ownProgram(): string {
  return process.execPath
}
