/** Wires the use cases over the ports: each part depends only on those above it. */
import type { AppEmitter } from '../base/app-events'
import { AccountService } from '../accounts/account-service'
import { AccountWithEnvironment } from '../accounts/account-with-environment'
import { EnvironmentService } from '../accounts/environment-service'
import { Removals } from '../accounts/removals'
import { readAccounts, type StartSteps } from '../accounts/read-accounts'
import { StartupRowsCache } from '../accounts/startup-rows-cache'
import { Twins } from '../accounts/twins'
import { AccountUsage } from '../activity/account-usage'
import { Activity } from '../activity/activity'
import { LoginStartService } from '../desktop/login-start-service'
import { ShortcutService } from '../desktop/shortcut-service'
import { UpdateNotice } from '../desktop/update-notice'
import { GatewayService } from '../gateway/gateway-service'
import { ClipboardService } from '../jwt/clipboard-service'
import { JwtService } from '../jwt/jwt-service'
import { LockService } from '../lock/lock-service'
import { AccountMonitor } from '../notifications/account-monitor'
import { Announcements } from '../notifications/announcements'
import { NotificationLog } from '../notifications/notification-log'
import { NotificationPresenter } from '../notifications/notification-presenter'
import { NotificationService } from '../notifications/notification-service'
import { TraySummary } from '../notifications/tray-summary'
import { AddressFollower } from '../session/address-follower'
import { SessionService } from '../session/session-service'
import { EnvironmentStore } from '../settings/environment-store'
import { ProxyPassword } from '../settings/proxy-password'
import { SettingsStore } from '../settings/settings-store'
import { StateDocument } from '../settings/state-document'
import { StorageService } from '../settings/storage-service'
import { ViewStore } from '../settings/view-store'
import { ColumnMatchings } from '../transfer/column-matchings'
import { ImportService } from '../transfer/import-service'
import { TransferService } from '../transfer/transfer-service'
import { UnfinishedWork } from '../vault/unfinished-work'
import type { LoadReport } from '../vault/record-intake'
import { Vault } from '../vault/vault'
import { Diagnostics } from './diagnostics'
import type { DesktopSupport } from '../base/ports'
import type { Ports } from './ports'
import { reactToEvents } from './reactions'

export class UseCases {
  /** Quitting waits for it. */
  readonly work = new UnfinishedWork()
  readonly stateDocument: StateDocument
  readonly settingsStore: SettingsStore
  readonly environmentStore: EnvironmentStore
  readonly vault: Vault
  readonly activity: Activity
  readonly usage: AccountUsage
  readonly view: ViewStore
  readonly lock: LockService
  readonly storage: StorageService
  readonly proxy: ProxyPassword
  readonly sessions: SessionService
  readonly addresses: AddressFollower
  readonly notificationLog: NotificationLog
  readonly startupRows: StartupRowsCache
  readonly accounts: AccountService
  readonly removals: Removals
  readonly environments: EnvironmentService
  readonly adding: AccountWithEnvironment
  readonly clipboard: ClipboardService
  readonly jwts: JwtService
  readonly gateways: GatewayService
  readonly presenter: NotificationPresenter
  readonly announcements: Announcements
  readonly notifications: NotificationService
  readonly traySummary: TraySummary
  readonly monitor: AccountMonitor
  readonly loginStart: LoginStartService
  readonly desktop: DesktopSupport
  readonly shortcuts: ShortcutService
  readonly updates: UpdateNotice
  readonly imports: ImportService
  readonly transfer: TransferService
  readonly diagnostics: Diagnostics
  #isLoaded = false

  constructor(
    private readonly ports: Ports,
    readonly events: AppEmitter,
  ) {
    const { clock, timers, random, newId, log, api, presence } = ports
    const { work } = this
    const shared = { clock, timers, log, events }
    const stateDocument = (this.stateDocument = new StateDocument(ports.stateStore, log))
    const settingsStore = (this.settingsStore = new SettingsStore(stateDocument, events))
    const environmentStore = (this.environmentStore = new EnvironmentStore(stateDocument, events, log))
    const vault = (this.vault = new Vault(ports.records, ports.cipher, log))
    const activity = (this.activity = new Activity(ports.activityFile, clock, log))
    const usage = (this.usage = new AccountUsage({ ...shared, store: ports.usageStore }))
    this.view = new ViewStore({ ...shared, store: ports.viewStore })
    const lock = (this.lock = new LockService({
      ...shared,
      store: ports.lockStore,
      verifier: ports.verifier,
      touchId: ports.touchId,
      systemIdleMs: () => ports.desktop.idleMs(),
      work,
      vault,
      rules: () => ({
        afterIdleMs: settingsStore.current.lockAfterIdleMs,
        onSuspend: settingsStore.current.locksOnSuspend,
        onScreenLock: settingsStore.current.locksOnScreenLock,
      }),
    }))
    this.storage = new StorageService({ ...shared, vault, settingsStore })
    this.proxy = new ProxyPassword({
      ...shared,
      gate: ports.proxyGate,
      store: ports.proxyStore,
      cipher: ports.cipher,
      vault,
    })
    const sessions = (this.sessions = new SessionService({
      ...shared,
      vault,
      settingsStore,
      environmentStore,
      api,
      random,
      activity,
      work,
    }))
    this.addresses = new AddressFollower(vault, timers, log)

    const notificationLog = (this.notificationLog = new NotificationLog(ports.notificationLogStore, log))
    this.startupRows = new StartupRowsCache(ports.startupRowsStore, log)
    const clipboard = (this.clipboard = new ClipboardService({ ...shared, lock, clipboard: ports.clipboard }))
    const presenter = (this.presenter = new NotificationPresenter({ lock, events, notifier: ports.notifier }))
    const announcements = (this.announcements = new Announcements({
      shown: notificationLog,
      presenter,
      settingsStore,
      presence,
      lock,
      timers,
      events,
    }))
    const gateways = (this.gateways = new GatewayService({
      ...shared,
      ...{ vault, sessions, settingsStore, environmentStore, clipboard },
      ...{ announcements, presenter, activity, lock, random },
      process: ports.gateway,
      newCapability: ports.newCapability,
    }))
    const accounts = (this.accounts = new AccountService({
      ...shared,
      vault,
      settingsStore,
      environmentStore,
      sessions,
      notificationLog,
      startupRows: this.startupRows,
      usage,
      gateways,
      activity,
      work,
      twins: new Twins({ vault, timers, log }),
      newId,
    }))
    const removals = (this.removals = new Removals({
      ...shared,
      accounts,
      vault,
      sessions,
      usage,
      activity,
    }))
    this.environments = new EnvironmentService({
      environmentStore,
      vault,
      sessions,
      addresses: this.addresses,
      removals,
      api,
      newId,
    })
    this.adding = new AccountWithEnvironment({
      accounts,
      environments: this.environments,
      environmentStore,
    })
    this.jwts = new JwtService({
      ...shared,
      vault,
      settingsStore,
      environmentStore,
      sessions,
      clipboard,
      activity,
      usage,
    })

    const notifications = (this.notifications = new NotificationService({
      ...shared,
      shown: notificationLog,
      presenter,
      announcements,
      activity,
      settingsStore,
      environmentStore,
      presence,
      lock,
      accounts,
    }))
    const traySummary = (this.traySummary = new TraySummary(events))
    this.monitor = new AccountMonitor({
      ...shared,
      settingsStore,
      environmentStore,
      sessions,
      notifications,
      traySummary,
      vault,
      accounts,
    })

    this.desktop = ports.desktop
    this.loginStart = new LoginStartService(ports.loginItem, notificationLog)
    this.shortcuts = new ShortcutService(ports.shortcut, settingsStore, events, ports.desktop)
    this.updates = new UpdateNotice({
      ...shared,
      feed: ports.updateFeed,
      version: ports.version,
      settingsStore,
    })
    const { sealer, dialogs } = ports
    this.imports = new ImportService({
      ...shared,
      accounts,
      sessions,
      environmentStore,
      matchings: new ColumnMatchings(stateDocument),
      dialogs,
      newId,
    })
    this.transfer = new TransferService({
      ...shared,
      accounts,
      vault,
      settingsStore,
      environmentStore,
      activity,
      usage,
      sealer,
      dialogs,
      newId,
    })
    this.diagnostics = new Diagnostics({
      accounts,
      settingsStore,
      environmentStore,
      storage: this.storage,
      clipboard,
      clock,
      log,
    })
    reactToEvents(events, this)
  }

  /** Reads the small documents synchronously, since the first window's theme depends on them. */
  loadSettings(): void {
    this.notificationLog.load()
    this.lock.load()
    this.stateDocument.load()
  }

  /**
   * Reads the accounts, asks the keyring and begins to monitor them. Until then they have their expected status and may
   * only be read.
   */
  async loadAccounts(steps: StartSteps): Promise<LoadReport> {
    const { environmentStore, storage, announcements } = this
    this.view.load()
    const report = await readAccounts(this, steps)
    await storage.settle()
    await this.proxy.load()
    if (report.isOtherStorage) storage.announce()
    this.sessions.loaded()
    this.#isLoaded = true
    announcements.start(environmentStore.all)
    this.monitor.start()
    this.addresses.follow()
    this.gateways.start()
    announcements.storageChanged(storage.status)
    // Prompts once for a locked keyring; start-up doesn't wait for the answer.
    void storage.askKeyring(true)
    return report
  }

  /** Before the machine sleeps. */
  suspended(): void {
    this.lock.suspended()
    this.sessions.suspended()
    this.gateways.suspended()
    this.usage.save()
    this.view.save()
  }

  /** The network is back, or may be after the machine woke up: retries everything that waits. */
  networkIsBack(): void {
    this.sessions.resumed()
    this.sessions.retryNow()
    this.gateways.networkChanged()
    this.reevaluate()
  }

  /** A clock has jumped, or timers stood still: finds what is due now. Waits that the service asked for still hold. */
  reevaluate(): void {
    this.ports.log.debug('looks again')
    this.lock.watchIdle()
    this.monitor.evaluateAll()
    this.updates.reevaluate()
    void this.storage.askKeyring(false)
  }

  /** Before the app ends: begins nothing new, and finishes what is in flight. */
  async close(): Promise<void> {
    const { log } = this.ports
    log.info('ending', { ...this.work.counts })
    this.announcements.close()
    this.gateways.close()
    this.monitor.close()
    this.addresses.close()
    this.updates.close()
    this.lock.close()
    this.shortcuts.close()
    // Accounts that an import has added so far are kept.
    this.imports.cancel()
    await Promise.all([this.clipboard.close(), this.sessions.close()])
    await this.removals.close()
    // Before start-up has finished it isn't known where secrets belong, so none is moved.
    if (this.#isLoaded) await this.vault.storeWhatBelongsOnDisk()
    // Last, since these may be lost.
    this.accounts.keepStartupRows()
    this.usage.save()
    this.view.save()
    await this.activity.settled()
    log.info('ended')
    await log.settled()
  }
}
