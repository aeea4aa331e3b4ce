/** The use cases, wired as in the app, over fakes: the basis of tests of main. */
import type { AccountService, NewAccount } from '../../electron/core/accounts/account-service'
import type { SettingsStore } from '../../electron/core/settings/settings-store'
import type { EnvironmentStore } from '../../electron/core/settings/environment-store'
import type { ShortcutSupport } from '../../electron/shared/desktop-support'
import type { EnvironmentService } from '../../electron/core/accounts/environment-service'
import type { AppEmitter, AppEvents, TraySummaryView } from '../../electron/core/base/app-events'
import { Emitter } from '../../electron/core/base/emitter'
import type { AuthApi, AuthOutcome, CipherStatus } from '../../electron/core/base/ports'
import type { Removals } from '../../electron/core/accounts/removals'
import type { JwtService } from '../../electron/core/jwt/jwt-service'
import type { SessionService } from '../../electron/core/session/session-service'
import type { StorageService } from '../../electron/core/settings/storage-service'
import type { Ports } from '../../electron/core/app/ports'
import { UseCases } from '../../electron/core/app/use-cases'
import type { LoadReport } from '../../electron/core/vault/record-intake'
import type { Vault } from '../../electron/core/vault/vault'
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import type { Environment, EnvironmentId } from '../../electron/shared/environment'
import { statusOf, type Status } from '../../electron/shared/status'
import type { Result } from '../../electron/shared/ipc/contract'
import { createScryptVerifier } from '../../electron/main/adapters/scrypt-verifier'
import { Secret } from '../../electron/shared/secret'
import { createPassphraseSealer } from '../../electron/main/adapters/passphrase-sealer'
import type { ImportProgress } from '../../electron/shared/transfer'
import type { NavigationTarget } from '../../electron/shared/navigation'
import { FakeService } from './fakes/fake-service'
import { FakeTime } from './fakes/fake-time'
import type { StorageStatus } from '../../electron/shared/storage'
import { MemoryActivity } from './fakes/memory-activity'
import { MemoryClipboard } from './fakes/memory-clipboard'
import { MemoryDialogs } from './fakes/memory-dialogs'
import { MemoryGateway } from './fakes/memory-gateway'
import { MemoryFeed } from './fakes/memory-feed'
import { MemoryLog } from './fakes/memory-log'
import { MemoryLoginItem } from './fakes/memory-login-item'
import { MemoryNotifier } from './fakes/memory-notifier'
import { MemoryProxyGate } from './fakes/memory-proxy-gate'
import { MemoryRecords } from './fakes/memory-records'
import { MemoryState } from './fakes/memory-state'
import { MemoryShortcut } from './fakes/memory-shortcut'
import { MemoryTouchId } from './fakes/memory-touch-id'
import { VisibleCipher } from './fakes/visible-cipher'

/** Node's own scrypt and AES, at a cost that tests can afford. */
const CHEAP = { log2N: 4, r: 8, p: 1 }

export interface BackOfficeOptions {
  readonly keyring?: CipherStatus
  /** What the system expects of the keyring before that is asked; the truth by default. */
  readonly expects?: CipherStatus
  /** Called when the accounts are loaded, before the keyring is asked. */
  readonly look?: (office: BackOffice) => Promise<unknown>
  /** Called when the first accounts are loaded, before the others. */
  readonly lookFirst?: (office: BackOffice) => unknown
  /** An earlier `BackOffice` whose disk is kept: a restart. */
  readonly after?: BackOffice
  readonly random?: () => number
  /** What is stored before the first start. */
  readonly kept?: Partial<
    Pick<
      BackOffice,
      | 'time'
      | 'stateStore'
      | 'notificationLogStore'
      | 'lockStore'
      | 'usageStore'
      | 'viewStore'
      | 'activityFile'
      | 'loginItem'
    >
  >
  /** The disk after a crash; by default that of `after`. */
  readonly disk?: MemoryRecords
  /** Replaces fakes, e.g. with real adapters over a disk of the test. */
  readonly ports?: Partial<Ports>
  /** Receives the app's events, like the lists below. */
  readonly listen?: (events: AppEmitter) => void
}

export class BackOffice {
  readonly time: FakeTime
  readonly service: FakeService
  readonly records: MemoryRecords
  readonly stateStore: MemoryState
  readonly notificationLogStore: MemoryState
  readonly lockStore: MemoryState
  readonly proxyStore: MemoryState
  readonly proxyGate = new MemoryProxyGate()
  readonly startupRowsStore: MemoryState
  readonly usageStore: MemoryState
  readonly viewStore: MemoryState
  readonly activityFile: MemoryActivity
  readonly cipher: VisibleCipher
  readonly log = new MemoryLog()
  readonly clipboard = new MemoryClipboard()
  readonly gateway = new MemoryGateway()
  readonly dialogs = new MemoryDialogs()
  readonly touchId = new MemoryTouchId()
  readonly shortcut: MemoryShortcut
  quickPicks = 0
  /** The latest event about the clipboard. */
  clipboardSeen: { readonly clearsAt: number | null; readonly couldNotClear: boolean } | null = null
  /** The import's progress at each event. */
  readonly progress: ImportProgress[] = []
  readonly notifier: MemoryNotifier
  readonly feed = new MemoryFeed()
  readonly loginItem: MemoryLoginItem
  readonly useCases: UseCases
  readonly settingsStore: SettingsStore
  readonly environmentStore: EnvironmentStore
  readonly vault: Vault
  readonly sessions: SessionService
  readonly accounts: AccountService
  readonly removals: Removals
  readonly jwts: JwtService
  readonly environments: EnvironmentService
  readonly storage: StorageService
  /** Ids in the order in which their summaries changed. */
  readonly changes: AccountId[] = []
  /** The environments at each event. */
  readonly environmentEvents: (readonly Environment[])[] = []
  /** The storage status at each event. */
  readonly storages: StorageStatus[] = []
  /** The navigation targets of the opened window. */
  readonly places: NavigationTarget[] = []
  /** Whether the user is watching the window. */
  isWatched = false
  /** How long the system has seen no input; null where it doesn't say. */
  systemIdleMs: number | null = 0
  shortcutSupport: ShortcutSupport = 'app'
  tellsScreenLock = true
  traySummary: TraySummaryView = { attention: 0, pinned: [], recent: [] }
  loaded: LoadReport = { isOtherStorage: false, damaged: [], sealedElsewhere: null }
  #ids = 0
  #capabilities = 0
  #hasEnded = false

  private constructor({
    keyring,
    after,
    kept = after,
    disk,
    random = () => 0.5,
    ports,
    listen,
  }: BackOfficeOptions) {
    this.time = kept?.time ?? new FakeTime()
    this.service = after?.service ?? new FakeService(this.time)
    this.records = disk ?? after?.records ?? new MemoryRecords()
    this.stateStore = kept?.stateStore ?? new MemoryState()
    this.notificationLogStore = kept?.notificationLogStore ?? new MemoryState()
    this.startupRowsStore = after?.startupRowsStore ?? new MemoryState()
    this.usageStore = kept?.usageStore ?? new MemoryState()
    this.viewStore = kept?.viewStore ?? new MemoryState()
    this.lockStore = kept?.lockStore ?? new MemoryState()
    this.proxyStore = after?.proxyStore ?? new MemoryState()
    this.activityFile = kept?.activityFile ?? new MemoryActivity()
    this.notifier = after?.notifier ?? new MemoryNotifier()
    this.shortcut = after?.shortcut ?? new MemoryShortcut()
    this.loginItem = kept?.loginItem ?? new MemoryLoginItem()
    this.cipher = keyring === undefined ? (after?.cipher ?? new VisibleCipher()) : new VisibleCipher(keyring)
    this.cipher.startAnew()
    this.#ids = after === undefined ? 0 : after.#ids
    this.#capabilities = after === undefined ? 0 : after.#capabilities
    const events: AppEmitter = new Emitter<AppEvents>(this.log)
    this.useCases = new UseCases(
      {
        records: this.records,
        stateStore: this.stateStore,
        notificationLogStore: this.notificationLogStore,
        lockStore: this.lockStore,
        proxyStore: this.proxyStore,
        proxyGate: this.proxyGate,
        startupRowsStore: this.startupRowsStore,
        usageStore: this.usageStore,
        viewStore: this.viewStore,
        activityFile: this.activityFile,
        cipher: this.cipher,
        api: this.#whileRunning(this.service),
        clipboard: this.clipboard,
        gateway: this.gateway,
        notifier: this.notifier,
        updateFeed: this.feed,
        version: '1.2.0',
        loginItem: this.loginItem,
        clock: this.time,
        timers: this.time,
        random,
        newId: () => `00000000-0000-4000-8000-${String((this.#ids += 1)).padStart(12, '0')}`,
        newCapability: () => String((this.#capabilities += 1)).padStart(22, 'c'),
        shortcut: this.shortcut,
        verifier: createScryptVerifier(CHEAP),
        touchId: this.touchId,
        desktop: {
          idleMs: () => this.systemIdleMs,
          shortcuts: () => Promise.resolve(this.shortcutSupport),
          tellsScreenLock: () => Promise.resolve(this.tellsScreenLock),
        },
        sealer: createPassphraseSealer(CHEAP),
        dialogs: this.dialogs,
        presence: this,
        log: this.log,
        ...ports,
      },
      events,
    )
    events.on('accountsChanged', ({ ids }) => void this.changes.push(...ids))
    events.on('accountRemoved', ({ id }) => void this.changes.push(id))
    events.on('environmentsChanged', ({ environments }) => void this.environmentEvents.push(environments))
    events.on('storageChanged', ({ status }) => void this.storages.push(status))
    events.on('clipboardChanged', (seen) => {
      this.clipboardSeen = seen
    })
    events.on('importProgressed', (progress) => void this.progress.push(progress))
    events.on('traySummaryChanged', (view) => {
      this.traySummary = view
    })
    events.on('navigationWanted', ({ target }) => void this.places.push(target))
    events.on('quickPickWanted', () => void (this.quickPicks += 1))
    listen?.(events)
    const {
      settingsStore,
      environmentStore,
      vault,
      sessions,
      accounts,
      removals,
      jwts,
      environments,
      storage,
    } = this.useCases
    this.settingsStore = settingsStore
    this.environmentStore = environmentStore
    this.vault = vault
    this.sessions = sessions
    this.accounts = accounts
    this.removals = removals
    this.jwts = jwts
    this.environments = environments
    this.storage = storage
  }

  static async open(options: BackOfficeOptions = {}): Promise<BackOffice> {
    const office = new BackOffice(options)
    office.useCases.loadSettings()
    office.cipher.expects = options.expects ?? null
    office.loaded = await office.useCases.loadAccounts({
      firstAreRead: () => Promise.resolve(options.lookFirst?.(office)),
      allAreRead: () => options.look?.(office) ?? Promise.resolve(),
    })
    return office
  }

  /** Quits and starts again on the same disk; memory is lost. */
  async restart(options: Omit<BackOfficeOptions, 'after'> = {}): Promise<BackOffice> {
    await this.quit()
    return await BackOffice.open({ ...options, after: this })
  }

  /** Quits as a user does. */
  async quit(): Promise<void> {
    this.#hasEnded = true
    await this.useCases.close()
  }

  /**
   * Kills the app, whatever it is doing, and starts again with what the disk has. The killed app receives no more
   * responses, and what it still does has no effect.
   */
  async crash(): Promise<BackOffice> {
    this.#hasEnded = true
    return await BackOffice.open({ after: this, disk: this.records.copy() })
  }

  /** The service, for as long as this app runs. */
  #whileRunning(service: AuthApi): AuthApi {
    const ask = async (call: () => Promise<AuthOutcome>): Promise<AuthOutcome> => {
      const outcome = this.#hasEnded ? null : await call()
      // The app may have been killed while it waited.
      return outcome === null || this.#hasEnded ? await new Promise<never>(() => undefined) : outcome
    }
    return {
      login: (target, key) => ask(() => service.login(target, key)),
      refresh: (target, token) => ask(() => service.refresh(target, token)),
      reach: (baseUrl) => service.reach(baseUrl),
    }
  }

  async environment(name = 'Sandbox'): Promise<EnvironmentId> {
    const known = this.environmentStore.all.find((each) => each.name === name)
    if (known !== undefined) return known.id
    const added = await this.environments.add({ name, baseUrl: 'https://api.example.com', production: false })
    return unwrap(added).id
  }

  /** Adds an account whose API key the service knows. */
  async add(typed: Partial<NewAccount> & { refreshes?: boolean } = {}): Promise<AccountSummary> {
    const { refreshes = true, ...input } = typed
    const apiKey = input.apiKey ?? new Secret(keyOf(input.name ?? 'ACME'))
    this.service.addKey(apiKey.reveal(), { refreshes })
    return unwrap(
      await this.accounts.add({
        name: 'ACME',
        environmentId: await this.environment(),
        kind: 'detect',
        partnerId: null,
        rememberApiKey: false,
        ...input,
        apiKey,
      }),
    )
  }

  summary(id: AccountId): AccountSummary {
    const summary = this.accounts.summary(id)
    if (summary === undefined) throw new Error('no such account')
    return summary
  }

  status(id: AccountId): Status {
    const summary = this.summary(id)
    return statusOf(summary, this.environmentStore.serverTime(summary.environmentId, this.time.now()))
  }
}

/** The API key that `BackOffice.add` uses for an account of this name. */
export function keyOf(name: string): string {
  return `api-key-of-${name.replaceAll(/\s/gu, '-')}`
}

export function unwrap<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`)
  return result.value
}
