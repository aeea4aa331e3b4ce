/** The ports of the use cases: adapters in the app, fakes in tests. */
import type { GatewayProcess } from '../base/gateway-port'
import type {
  ActivityFile,
  AuthApi,
  Cipher,
  Clipboard,
  Clock,
  DesktopSupport,
  FileDialogs,
  GlobalShortcut,
  KeptLog,
  LoginItem,
  Notifier,
  PassphraseSealer,
  PassphraseVerifier,
  ProxyGate,
  Random,
  RecordStore,
  StateStore,
  Timers,
  TouchId,
  UpdateFeed,
  WindowPresence,
} from '../base/ports'

export interface Ports {
  readonly records: RecordStore
  readonly stateStore: StateStore
  readonly notificationLogStore: StateStore
  readonly lockStore: StateStore
  readonly proxyStore: StateStore
  readonly startupRowsStore: StateStore
  readonly usageStore: StateStore
  readonly viewStore: StateStore
  readonly activityFile: ActivityFile
  readonly cipher: Cipher
  readonly api: AuthApi
  readonly proxyGate: ProxyGate
  readonly clipboard: Clipboard
  readonly gateway: GatewayProcess
  readonly notifier: Notifier
  readonly updateFeed: UpdateFeed
  readonly loginItem: LoginItem
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly newId: () => string
  /** 128 bits of good chance as base64url. */
  readonly newCapability: () => string
  /** Of this app: `1.2.3`. */
  readonly version: string
  readonly shortcut: GlobalShortcut
  readonly sealer: PassphraseSealer
  readonly verifier: PassphraseVerifier
  readonly touchId: TouchId
  readonly desktop: DesktopSupport
  readonly dialogs: FileDialogs
  readonly presence: WindowPresence
  readonly log: KeptLog
}
