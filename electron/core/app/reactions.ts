/**
 * The only place where one use case's event becomes another one's work. Listeners run in this order, and before those
 * of the windows.
 */
import type { AppEmitter } from '../base/app-events'
import type { ClipboardService } from '../jwt/clipboard-service'
import type { GatewayService } from '../gateway/gateway-service'
import type { LockService } from '../lock/lock-service'
import type { AccountMonitor } from '../notifications/account-monitor'
import type { Announcements } from '../notifications/announcements'
import type { NotificationPresenter } from '../notifications/notification-presenter'
import type { SessionService } from '../session/session-service'
import type { ProxyPassword } from '../settings/proxy-password'
import type { StorageService } from '../settings/storage-service'
import type { ShortcutService } from '../desktop/shortcut-service'
import type { UpdateNotice } from '../desktop/update-notice'
import type { ImportService } from '../transfer/import-service'
import type { TransferService } from '../transfer/transfer-service'

interface Reacting {
  readonly announcements: Announcements
  readonly clipboard: ClipboardService
  readonly gateways: GatewayService
  readonly lock: LockService
  readonly monitor: AccountMonitor
  readonly presenter: NotificationPresenter
  readonly proxy: ProxyPassword
  readonly sessions: SessionService
  readonly shortcuts: ShortcutService
  readonly storage: StorageService
  readonly imports: ImportService
  readonly transfer: TransferService
  readonly updates: UpdateNotice
}

export function reactToEvents(
  events: AppEmitter,
  {
    announcements,
    clipboard,
    gateways,
    lock,
    monitor,
    presenter,
    proxy,
    sessions,
    shortcuts,
    storage,
    imports,
    transfer,
    updates,
  }: Reacting,
): void {
  events.on('accountsChanged', ({ ids }) => {
    gateways.follow(ids)
    monitor.evaluate(ids)
    storage.followAccounts()
  })
  events.on('accountRemoved', ({ id }) => {
    gateways.follow([id])
    monitor.evaluate([id])
  })
  events.on('settingsChanged', () => {
    shortcuts.follow()
    updates.follow()
    lock.watchIdle()
    gateways.followAll()
    monitor.evaluateAll()
  })
  events.on('environmentsChanged', ({ environments }) => {
    announcements.environmentsChanged(environments)
    gateways.followAll()
    monitor.evaluateAll()
  })
  events.on('storageChanged', ({ status }) => {
    announcements.storageChanged(status)
    void proxy.load()
  })
  events.on('proxyChanged', ({ proxy: { asks } }) => {
    announcements.proxyAsks(asks)
  })
  events.on('proxyAnswered', () => {
    sessions.proxyAnswered()
    gateways.networkChanged()
    updates.proxyAnswered()
  })
  events.on('lockChanged', ({ isLocked }) => {
    gateways.followAll()
    if (!isLocked) {
      void storage.askKeyring(false)
      return
    }
    gateways.disarm()
    presenter.takeDownNamed()
    imports.locked()
    transfer.locked()
    sessions.locked()
    void clipboard.clear()
  })
  events.on('secretsForgotten', ({ ids }) => {
    imports.forget()
    transfer.locked()
    void proxy.forget()
    for (const id of ids) sessions.forget(id)
    events.emit('accountsChanged', { ids })
  })
  events.on('clipboardStuck', ({ isStuck }) => {
    announcements.clipboardStuck(isStuck)
  })
  events.on('updateFound', (update) => {
    announcements.updateFound(update)
  })
}
