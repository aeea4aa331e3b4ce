/** The use cases, put together over ports: the app does it with real ones, tests with fakes. */
import type { AccountId } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import type { Environment } from '../../shared/environment'
import type { NavigationTarget } from '../../shared/navigation'
import type { Settings } from '../../shared/settings'
import type { StorageStatus } from '../../shared/storage'
import type { ImportProgress } from '../../shared/transfer'
import { addressToConfirmText, doubtText, CLIPBOARD_STUCK_TEXT, UNPROTECTED_TEXT } from '../../shared/wording'
import { AccountService } from '../accounts/account-service'
import { AccountUsage } from '../activity/account-usage'
import { Activity } from '../activity/activity'
import { AddressFollower } from '../session/address-follower'
import { AppState } from '../settings/app-state'
import { ClipboardService } from '../jwt/clipboard-service'
import { Diagnostics } from './diagnostics'
import { EnvironmentService } from '../accounts/environment-service'
import { TraySummary, type TraySummaryView } from '../notifications/tray-summary'
import { Ledger } from '../notifications/notification-log'
import { StartupRowsCache } from '../accounts/startup-rows-cache'
import { JwtService } from '../jwt/jwt-service'
import { LoginStartService } from '../desktop/login-start-service'
import { Notices } from '../notifications/notification-service'
import { LockService } from '../lock/lock-service'
import type {
  ActivityFile,
  AuthApi,
  Cipher,
  Clipboard,
  Clock,
  FileDialogs,
  GlobalShortcut,
  KeptLog,
  LoginItem,
  Notifier,
  PassphraseSealer,
  PassphraseVerifier,
  Random,
  RecordStore,
  StateStore,
  Timers,
  TouchId,
  UpdateFeed,
} from '../base/ports'
import { readAccounts, type StartSteps } from '../accounts/read-accounts'
import { SessionService } from '../session/session-service'
import { ShortcutService } from '../desktop/shortcut-service'
import { StorageService } from '../settings/storage-service'
import { TransferService } from '../transfer/transfer-service'
import { Twins } from '../accounts/twins'
import { UnfinishedWork } from '../vault/unfinished-work'
import { UpdateNotice } from '../desktop/update-notice'
import { Vault, type LoadReport } from '../vault/vault'
import { Watch } from '../notifications/account-monitor'

/** At a login keyrings start later than apps; before that there is nothing to decide. */
const KEYRING_COMES_WITHIN_MS = 60_000

export interface Ports {
  readonly records: RecordStore
  readonly stateStore: StateStore
  readonly ledgerStore: StateStore
  readonly lockStore: StateStore
  readonly startupRowsStore: StateStore
  readonly usageStore: StateStore
  readonly activityFile: ActivityFile
  readonly cipher: Cipher
  readonly api: AuthApi
  readonly clipboard: Clipboard
  readonly notifier: Notifier
  readonly updateFeed: UpdateFeed
  readonly loginItem: LoginItem
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly newId: () => string
  /** Of this app: `1.2.3`. */
  readonly version: string
  readonly shortcut: GlobalShortcut
  readonly sealer: PassphraseSealer
  readonly verifier: PassphraseVerifier
  readonly touchId: TouchId
  /** How long the system has seen no input, in ms. */
  readonly systemIdleMs: () => number
  readonly dialogs: FileDialogs
  readonly log: KeptLog
}

/** Where the use cases tell what has changed, and what they ask of the window. */
export interface Outlets {
  readonly accountChanged: (id: AccountId) => void
  readonly accountRemoved: (id: AccountId) => void
  readonly environmentsChanged: (environments: readonly Environment[]) => void
  readonly settingsChanged: (settings: Settings) => void
  readonly storageChanged: (storage: StorageStatus) => void
  /** As `ClipboardService` tells it. */
  readonly clipboardChanged: (clearsAt: EpochMs | null, couldNotClear: boolean) => void
  readonly importProgressed: (progress: ImportProgress) => void
  readonly traySummaryChanged: (view: TraySummaryView) => void
  /** The desk was locked or unlocked, or has a passphrase now, or none any more. */
  readonly lockChanged: () => void
  /** Whether the user looks at the window. */
  readonly isWatched: () => boolean
  readonly navigate: (target: NavigationTarget) => void
  /** The global shortcut was pressed. */
  readonly quickPickWanted: () => void
}

export class UseCases {
  readonly state: AppState
  readonly ledger: Ledger
  readonly vault: Vault
  readonly sessions: SessionService
  readonly activity: Activity
  readonly usage: AccountUsage
  readonly accounts: AccountService
  readonly jwts: JwtService
  readonly environments: EnvironmentService
  readonly storage: StorageService
  readonly clipboard: ClipboardService
  readonly transfer: TransferService
  readonly diagnostics: Diagnostics
  readonly notices: Notices
  readonly traySummary: TraySummary
  readonly watch: Watch
  readonly loginStart: LoginStartService
  readonly shortcuts: ShortcutService
  readonly updates: UpdateNotice
  readonly lock: LockService
  readonly startupRows: StartupRowsCache
  /** What the app's end waits for. */
  readonly work = new UnfinishedWork()
  readonly #addresses: AddressFollower
  #isLoaded = false
  readonly #log: KeptLog
  readonly #timers: Timers
  #stopWaitingForKeyring: () => void = () => undefined
  readonly #outlets: Outlets

  constructor(ports: Ports, outlets: Outlets) {
    const { clock, timers, random, newId, log } = ports
    this.#log = log
    this.#timers = timers
    this.#outlets = outlets
    const tellOfAccount = (id: AccountId): void => {
      outlets.accountChanged(id)
      this.watch.changed(id)
    }
    const changed = (id: AccountId): void => {
      tellOfAccount(id)
      this.storage.followAccount()
    }
    this.state = new AppState(ports.stateStore, log, {
      settingsChanged: (settings) => {
        outlets.settingsChanged(settings)
        this.shortcuts.follow()
        this.updates.follow()
        this.lock.watchIdle()
        this.watch.lookAtAll()
      },
      environmentsChanged: (environments) => {
        outlets.environmentsChanged(environments)
        for (const environment of environments) this.#tellOfEnvironment(environment)
        this.watch.lookAtAll()
      },
    })
    const { state } = this
    this.ledger = new Ledger(ports.ledgerStore, log)
    const { ledger } = this
    this.startupRows = new StartupRowsCache(ports.startupRowsStore, log)
    this.vault = new Vault(ports.records, ports.cipher, log)
    const { vault } = this
    this.activity = new Activity(ports.activityFile, clock, log)
    const { activity } = this
    this.usage = new AccountUsage({ store: ports.usageStore, clock, timers, log })
    const { usage } = this
    this.sessions = new SessionService({
      vault,
      state,
      api: ports.api,
      clock,
      timers,
      random,
      activity,
      log,
      work: this.work,
      changed,
    })
    const { sessions } = this
    this.lock = new LockService({
      store: ports.lockStore,
      verifier: ports.verifier,
      touchId: ports.touchId,
      clock,
      timers,
      log,
      systemIdleMs: ports.systemIdleMs,
      rules: () => ({
        afterIdleMs: state.settings.lockAfterIdleMs,
        onSuspend: state.settings.locksOnSuspend,
        onScreenLock: state.settings.locksOnScreenLock,
      }),
      forgetSecrets: () => {
        // First, since it may refuse: then what is under way goes on, and what it brings is kept.
        vault.forgetSecrets()
        this.transfer.forget()
        for (const id of vault.ids()) {
          sessions.forget(id)
          changed(id)
        }
      },
      changed: (isLocked) => {
        if (isLocked) {
          this.notices.locked()
          this.transfer.locked()
          sessions.locked()
          void this.clipboard.clear()
        } else void this.storage.askKeyring(false)
        outlets.lockChanged()
      },
    })
    const isLocked = (): boolean => this.lock.isLocked
    this.clipboard = new ClipboardService({
      isLocked,
      clipboard: ports.clipboard,
      clock,
      timers,
      log,
      changed: outlets.clipboardChanged,
      stuck: () => this.notices.announce(CLIPBOARD_STUCK_TEXT, 'in-the-window-too'),
    })
    this.accounts = new AccountService({
      vault,
      state,
      sessions,
      ledger,
      startupRows: this.startupRows,
      usage,
      activity,
      clock,
      work: this.work,
      twins: new Twins({ vault, timers, log }),
      newId,
      changed,
      removed: (id) => {
        outlets.accountRemoved(id)
        this.watch.changed(id)
      },
    })
    const { accounts } = this
    this.jwts = new JwtService({
      vault,
      state,
      sessions,
      clipboard: this.clipboard,
      activity,
      usage,
      clock,
      timers,
      changed,
    })
    this.#addresses = new AddressFollower(vault, timers, log)
    this.environments = new EnvironmentService({
      state,
      vault,
      sessions,
      addresses: this.#addresses,
      api: ports.api,
      newId,
    })
    this.storage = new StorageService({
      vault,
      state,
      log,
      changed: (status) => {
        outlets.storageChanged(status)
        this.#tellOfStorage()
      },
      accountChanged: tellOfAccount,
    })
    this.transfer = new TransferService({
      accounts,
      vault,
      state,
      activity,
      usage,
      sealer: ports.sealer,
      dialogs: ports.dialogs,
      clock,
      timers,
      log,
      newId,
      progressed: outlets.importProgressed,
      changed,
    })
    this.diagnostics = new Diagnostics({
      accounts,
      state,
      storage: this.storage,
      clipboard: this.clipboard,
      clock,
      log,
    })
    const summary = accounts.summary.bind(accounts)
    this.notices = new Notices({
      ledger,
      activity,
      notifier: ports.notifier,
      clock,
      timers,
      settings: () => state.settings,
      summary,
      serverNow: ({ environmentId }) => state.serverTime(environmentId, clock.now()),
      isWatched: outlets.isWatched,
      isLocked,
      navigate: outlets.navigate,
      renew: async (id) => (await accounts.renew(id)).ok,
      changed,
    })
    this.shortcuts = new ShortcutService(ports.shortcut, state, outlets.quickPickWanted)
    this.updates = new UpdateNotice({
      feed: ports.updateFeed,
      clock,
      timers,
      log,
      version: ports.version,
      feedUrl: () => state.settings.updateFeedUrl,
      tell: this.notices.tellOfUpdate.bind(this.notices),
    })
    this.traySummary = new TraySummary(outlets.traySummaryChanged)
    this.loginStart = new LoginStartService(ports.loginItem, ledger)
    this.watch = new Watch({
      state,
      notices: this.notices,
      traySummary: this.traySummary,
      clock,
      timers,
      ids: () => vault.ids(),
      summary,
      renewDue: sessions.renewDue.bind(sessions),
    })
  }

  /** Reads the small documents: at once, since the first window's looks depend on them. */
  loadSettings(): void {
    this.ledger.load()
    this.lock.load()
    this.state.load()
  }

  /**
   * Reads the accounts, asks the keyring and begins to watch them. Before that they can be looked at as they most likely
   * stand, and nothing else happens to them.
   */
  async loadAccounts(steps: StartSteps): Promise<LoadReport> {
    const { vault, state, storage, startupRows, usage } = this
    const { environmentsChanged } = this.#outlets
    const report = await readAccounts({ vault, state, startupRows, usage, environmentsChanged }, steps)
    await storage.settle()
    if (report.isOtherStorage) storage.tell()
    this.sessions.loaded()
    // Doubts that were there before this start were told of then.
    this.#isLoaded = true
    for (const environment of state.environments) {
      if (!environment.addressConfirmed) this.#tellOfEnvironment(environment)
    }
    this.watch.lookAtAll()
    this.#addresses.follow()
    this.#tellOfStorage()
    // A keyring that is locked is asked for once; a start doesn't wait until somebody has answered.
    void storage.askKeyring(true)
    return report
  }

  /** Before the machine sleeps. */
  suspended(): void {
    this.lock.suspended()
    this.sessions.suspended()
    this.usage.save()
  }

  /** The network is back, or may be after the machine woke up: what waits for its next try goes on at once. */
  networkIsBack(): void {
    this.sessions.resumed()
    this.sessions.retryNow()
    this.lookAgain()
  }

  /** A clock has jumped, or timers stood still: what is due is due now. What the service asked to wait for waits on. */
  lookAgain(): void {
    this.#log.debug('looks again')
    this.lock.watchIdle()
    this.watch.lookAtAll()
    this.updates.lookAgain()
    void this.storage.askKeyring(false)
  }

  /** Before the app ends: begins nothing any more, and finishes what is in flight. */
  async close(): Promise<void> {
    this.#log.info('ending', { ...this.work.counts })
    this.#stopWaitingForKeyring()
    this.watch.close()
    this.#addresses.close()
    this.updates.close()
    this.lock.close()
    this.shortcuts.close()
    // What the service has granted so far is kept, each login as it came.
    this.transfer.cancel()
    await Promise.all([this.clipboard.close(), this.sessions.close()])
    // At an end in the middle of a start it isn't known yet where secrets belong: what lies there stays.
    if (this.#isLoaded) await this.vault.storeWhatBelongsOnDisk()
    // After what must not be lost.
    this.accounts.keepStartupRows()
    this.usage.save()
    await this.activity.settled()
    this.#log.info('ended')
    await this.#log.settled()
  }

  #tellOfEnvironment(environment: Environment): void {
    if (!this.#isLoaded) return
    const { id, doubt, addressConfirmed } = environment
    const asks = addressConfirmed ? doubt && doubtText(environment, doubt) : addressToConfirmText(environment)
    this.notices.tellOfEnvironment(id, asks)
  }

  #tellOfStorage(): void {
    this.#stopWaitingForKeyring()
    const { protected: guarded, gap } = this.storage.status
    const tell = (): void => {
      this.notices.tellOnce('storage-unprotected', UNPROTECTED_TEXT, { at: 'list' })
    }
    if (guarded) this.ledger.untell('storage-unprotected')
    else if (gap !== 'unavailable') tell()
    else this.#stopWaitingForKeyring = this.#timers.after(KEYRING_COMES_WITHIN_MS, tell)
  }
}
