/**
 * The composition root, and the only place that wires parts together: each is made of those above it. Loaded while the
 * first window opens.
 */
import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme } from 'electron'
import { startNotices } from '../core/app/start-notices'
import { UseCases } from '../core/app/use-cases'
import type { AppEvents } from '../core/base/app-events'
import { Emitter } from '../core/base/emitter'
import { errorFacts } from '../core/base/error-facts'
import type { KeptLog } from '../core/base/ports'
import type { GuideSection } from '../shared/guide'
import type { StartNotice } from '../shared/ipc/contract'
import {
  finishing,
  finishingText,
  ownZoneChanged,
  staysInBackgroundText,
  whenOwnZoneIsUsed,
  writeDatesAs,
} from '../shared/wording'
import { createAppLog, logLevelOf } from './adapters/app-log'
import { AUTH_CALL_LIMIT_MS } from './adapters/http-auth-api'
import { createStateFile } from './adapters/state-file'
import { systemClock as clock, systemTimers as timers } from './adapters/system-clock'
import { sweepLeftOvers } from './files/left-overs'
import { AccountFeed } from './ipc/account-feed'
import { createHandlers } from './ipc/handlers'
import { MainPage } from './ipc/main-page'
import { createPublish } from './ipc/publish'
import { createReadiness } from './ipc/readiness'
import { createRouter, type Router } from './ipc/router'
import { whenSessionEnds, whenSignalled } from './lifecycle'
import { about } from './platform/about'
import { dateLocale } from './platform/date-locale'
import { relaunch } from './platform/own-program'
import { followOwnZone } from './platform/own-zone'
import type { Display } from './platform/wayland'
import { createPorts, linuxScreenLock } from './ports'
import { Quitting } from './quitting'
import { reactToEvents } from './reactions'
import { contentUrl, guideUrl, isOurOrigin } from './security/origin'
import { startUp } from './start-up'
import { followSystem } from './system-events'
import { copyFromTray } from './tray/copy-from-tray'
import { hasTray } from './tray/desktop-tray'
import { TrayIcon } from './tray/tray'
import type { Uncaught } from './uncaught'
import { startInBackground, stayInBackground, type HideTarget } from './windows/background'
import { recoverWhenCrashed } from './windows/crashed-window'
import { openGuide } from './windows/guide-window'
import type { StartFor } from './windows/hidden-start'
import type { MenuCommand } from './windows/menu'
import { MainWindowController } from './windows/main-window-controller'
import { isUserPresent } from './windows/presence'
import { QuickPick } from './windows/quick-pick-window'
import { keepInSight } from './windows/screens'
import { offerTextMenus } from './windows/text-menu'
import { followTheme } from './windows/window-background'
import { followWindowKeys } from './windows/window-keys'
import { keepPlacement, type Placement } from './windows/window-placement'
import { zoomBy } from './windows/zoom'

/** Gives the new window time to paint, since finding a tray starts another program. */
const TRAY_WAITS_MS = 1_000

/** The quick pick that is made ahead must not delay the first window. */
const QUICK_PICK_WAITS_MS = 2_000

export interface Composition {
  readonly router: Router
  /** Something was chosen in the menu bar of macOS. */
  readonly chosen: (command: MenuCommand) => void
  /** The app was started once more. */
  readonly startedAgain: (wanted: StartFor) => void
}

export interface Opened {
  /** But for `window` nobody is to see the window until somebody asks for it. */
  readonly wanted: StartFor
  readonly devServerUrl: string | null
  readonly display: Display
  /** Where the file has the window, as it was opened. */
  readonly placed: Placement | null
  readonly uncaught: Uncaught
}

export async function compose(opened: BrowserWindow, given: Opened): Promise<Composition> {
  const log = createAppLog(
    join(app.getPath('userData'), 'logs'),
    logLevelOf(process.env['TOKENDESK_LOG']),
    () => clock.now(),
  )
  try {
    return wire(opened, given, log)
  } catch (error) {
    log.error('could not start', errorFacts(error))
    await log.settled()
    throw error
  }
}

function wire(
  opened: BrowserWindow,
  { wanted, devServerUrl, display, placed, uncaught }: Opened,
  log: KeptLog,
): Composition {
  const { platform } = process
  const locale = dateLocale(platform, process.env, app.getSystemLocale())
  writeDatesAs(locale)
  whenOwnZoneIsUsed(followOwnZone(clock, process.env, ownZoneChanged))
  const profile = app.getPath('userData')
  log.info('started', { version: app.getVersion(), platform, electron: process.versions.electron })

  const events = new Emitter<AppEvents>(log)
  const mainWindow = new MainWindowController(opened, () =>
    isUserPresent(useCases.desktop.idleMs(), useCases.lock.unusedMs),
  )
  const quickPick = new QuickPick(`${contentUrl(devServerUrl)}#quick-pick`, {
    ...{ display, clock, timers },
    zoomFactor: () => opened.webContents.zoomFactor,
  })
  const screenLock = linuxScreenLock()
  const useCases: UseCases = new UseCases(createPorts(profile, display, mainWindow, screenLock, log), events)
  const { lock, settingsStore, environmentStore, work, announcements } = useCases
  const windows = (): readonly (BrowserWindow | null)[] => [mainWindow.window, quickPick.window]
  const publish = createPublish(windows, () => lock.isLocked)
  const page = new MainPage(publish)
  const feed = new AccountFeed(publish, (id) => useCases.accounts.summary(id), timers)
  const tray = new TrayIcon({
    platform,
    timers,
    hasTray: () => hasTray(platform),
    view: () => useCases.traySummary.view(),
    environments: () => environmentStore.all,
    lock: () => (lock.isLocked ? 'locked' : lock.isSet ? 'open' : 'off'),
    actions: {
      copy: (id) => void copyFromTray(useCases, id),
      navigate: (target) => {
        events.emit('navigationWanted', { target })
      },
      open: () => {
        mainWindow.show()
      },
      lock: () => {
        lock.lock()
      },
      quit,
    },
  })
  reactToEvents(useCases, { feed, mainWindow, page, publish, quickPick, tray })

  useCases.loadSettings()
  nativeTheme.themeSource = settingsStore.current.theme
  followTheme(opened, 'page')
  const shortcutTaken = useCases.shortcuts.follow() ? null : settingsStore.current.quickPickShortcut
  const start = startUp(useCases.loadAccounts.bind(useCases), timers)
  let notices: readonly StartNotice[] = []
  start.started.then(
    (report) => {
      const { backend } = useCases.storage.status
      notices = startNotices({
        settingsRepair: useCases.stateDocument.repair,
        shortcutTaken,
        report,
        backend,
      })
      if (notices.length > 0) publish('noticesFound', { notices: [...notices] })
      useCases.updates.start()
      useCases.loginStart.follow()
      timers.after(QUICK_PICK_WAITS_MS, () => {
        quickPick.keepAhead(settingsStore.current.quickPickShortcut !== null)
      })
      sweepLeftOvers(profile)
    },
    (error: unknown) => {
      log.error('start-up failed', errorFacts(error))
    },
  )
  uncaught.attach({ log, tell: page.somethingWentWrong.bind(page) })

  const showGuide = (section: GuideSection | null = null): void => {
    openGuide(guideUrl(devServerUrl, section), (window) => {
      followWindowKeys(window, platform, { guide: showGuide, quit })
    })
  }
  followWindowKeys(opened, platform, { guide: showGuide, quit })
  offerTextMenus()
  const savePlacement = keepPlacement(opened, placed, {
    store: createStateFile(profile, 'window'),
    timers,
    log,
  })
  if (display !== 'wayland') keepInSight(opened)

  const router = createRouter({
    handlers: createHandlers({
      useCases,
      startNotices: () => notices,
      locale,
      about,
      rendererReady: start.rendererReady,
      windowListens: (sender) => {
        // The quick pick asks for a snapshot, too, but never navigates.
        if (sender.senderFrame === opened.webContents.mainFrame) page.listens()
      },
      windows: {
        hideQuickPick: quickPick.hide.bind(quickPick),
        openGuide: showGuide,
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
      windows().some((each) => each?.webContents.mainFrame === senderFrame) &&
      isOurOrigin(senderFrame.url, devServerUrl),
    readyFor: createReadiness(start),
    isLocked: () => lock.isLocked,
    log,
  })

  let startsAgain = false
  let takeDown = (): void => undefined
  const quitting = new Quitting({
    app,
    after: (delayMs, run) => timers.after(delayMs, run),
    requestLimitMs: AUTH_CALL_LIMIT_MS,
    begun: () => {
      mainWindow.retire()
      savePlacement()
      for (const each of BrowserWindow.getAllWindows()) each.hide()
      tray.showEnding(() => finishing(work.counts, startsAgain))
    },
    finish: () => useCases.close(),
    takesLong: (comesBack) => {
      startsAgain = comesBack
      tray.changed()
      takeDown()
      takeDown = announcements.announce(finishingText(work.counts, startsAgain), 'only-here')
    },
    over: () => {
      takeDown()
    },
    relaunch,
  })
  const startedAgain = (startedFor: StartFor): void => {
    if (quitting.isUnderWay) quitting.startAgain(startedFor === 'background')
    else if (startedFor === 'quick-pick') events.emit('quickPickWanted', undefined)
    else if (startedFor === 'window') mainWindow.show()
  }
  app.on('activate', () => {
    startedAgain('window')
  })
  whenSignalled(process, quit)
  whenSessionEnds(opened, {
    delay: (event) => {
      quitting.delay(event, !work.isEmpty)
    },
    quit,
  })
  followSystem(useCases, start.started, screenLock)

  recoverWhenCrashed(opened, {
    clock,
    timers,
    crashed: () => {
      page.crashed()
    },
    quit,
  })
  opened.on('closed', () => {
    mainWindow.closed()
    // A hidden quick pick or the guide would keep an app running that has no main window any more.
    quit()
  })
  opened.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) page.isGone()
  })
  const background = {
    timers,
    platform,
    placeInTray: () => tray.place(),
    staysInBackground: () => settingsStore.current.staysInBackground,
    isQuitting: () => quitting.isUnderWay,
    hidden: (to: HideTarget) => {
      // A minimized window is still visible in the taskbar, so no message is needed.
      if (to === 'taskbar') return
      const by = to === 'nowhere' ? 'start' : platform === 'darwin' ? 'menu-bar' : 'tray'
      announcements.showOnce('stays-in-background', staysInBackgroundText(by), { at: 'list' })
    },
  }
  stayInBackground(opened, background)
  if (wanted !== 'window') void startInBackground(opened, background)
  // The icon can wait until the window shows something.
  else opened.once('show', () => timers.after(TRAY_WAITS_MS, () => void tray.place()))
  if (wanted === 'quick-pick') quickPick.show()
  const chosen = (command: MenuCommand): void => {
    switch (command) {
      case 'settings':
      case 'add-account':
        events.emit('navigationWanted', { target: { at: command } })
        return
      case 'guide':
        showGuide()
        return
      case 'in':
      case 'out':
      case 'reset':
        zoomBy(opened.webContents, command)
    }
  }
  return { router, chosen, startedAgain }
}

function quit(): void {
  app.quit()
}
