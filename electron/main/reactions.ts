/** How windows and tray react to the app's events. */
import { nativeTheme } from 'electron'
import type { UseCases } from '../core/app/use-cases'
import type { AccountFeed } from './ipc/account-feed'
import { lockStatus } from './ipc/handlers'
import type { MainPage } from './ipc/main-page'
import type { Publish } from './ipc/publish'
import type { TrayIcon } from './tray/tray'
import type { MainWindowController } from './windows/main-window-controller'
import type { QuickPick } from './windows/quick-pick-window'

interface Reacting {
  readonly feed: AccountFeed
  readonly mainWindow: MainWindowController
  readonly page: MainPage
  readonly publish: Publish
  readonly quickPick: QuickPick
  readonly tray: TrayIcon
}

export function reactToEvents(
  { events, lock }: Pick<UseCases, 'events' | 'lock'>,
  { feed, mainWindow, page, publish, quickPick, tray }: Reacting,
): void {
  events.on('accountsChanged', ({ ids }) => {
    feed.changed(ids)
  })
  events.on('accountRemoved', ({ id }) => {
    feed.changed([id])
  })
  events.on('removalEnded', (ended) => {
    publish('removalEnded', ended)
  })
  events.on('environmentsChanged', ({ environments }) => {
    publish('environmentsChanged', { environments: [...environments] })
    tray.changed()
  })
  events.on('settingsChanged', ({ settings }) => {
    nativeTheme.themeSource = settings.theme
    quickPick.keepAhead(settings.quickPickShortcut !== null)
    publish('settingsChanged', { settings })
  })
  events.on('storageChanged', ({ status }) => {
    publish('storageChanged', { storage: status })
  })
  events.on('proxyChanged', ({ proxy }) => {
    publish('proxyChanged', { proxy })
  })
  events.on('importProgressed', (progress) => {
    publish('importProgressed', progress)
  })
  events.on('importEnded', () => {
    publish('importEnded', {})
  })
  events.on('servicePaused', (pause) => {
    publish('servicePaused', pause)
  })
  events.on('clipboardChanged', (clipboard) => {
    publish('clipboardChanged', clipboard)
  })
  events.on('productionRefused', (refused) => {
    publish('productionRefused', refused)
  })
  events.on('traySummaryChanged', () => {
    tray.changed()
  })
  events.on('lockChanged', ({ isLocked }) => {
    // The navigation target is kept until the window has its accounts again.
    if (isLocked) page.isGone()
    publish('lockChanged', { lock: lockStatus(lock) })
    tray.changed()
  })
  events.on('navigationWanted', ({ target }) => {
    mainWindow.show()
    page.navigate(target)
  })
  events.on('quickPickWanted', () => {
    quickPick.show()
  })
}
