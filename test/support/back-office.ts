/** The use cases as the app wires them, over fakes: what tests of main's inside start from. */
import { AccountService, type NewAccount } from '../../electron/core/account-service'
import { AppState } from '../../electron/core/app-state'
import { ClipboardService } from '../../electron/core/clipboard-service'
import { EnvironmentService } from '../../electron/core/environment-service'
import type { AuthApi, AuthOutcome, CipherStatus } from '../../electron/core/ports'
import { SessionService } from '../../electron/core/session-service'
import { StorageService } from '../../electron/core/storage-service'
import { Vault, type LoadReport } from '../../electron/core/vault'
import type { AccountId, AccountSummary } from '../../electron/shared/account'
import type { EnvironmentId } from '../../electron/shared/environment'
import { standingOf, type Standing } from '../../electron/shared/expiry'
import type { Result } from '../../electron/shared/ipc/contract'
import { FakeService } from './fakes/fake-service'
import { FakeTime } from './fakes/fake-time'
import { MemoryClipboard } from './fakes/memory-clipboard'
import { MemoryLog } from './fakes/memory-log'
import { MemoryRecords } from './fakes/memory-records'
import { MemoryState } from './fakes/memory-state'
import { VisibleCipher } from './fakes/visible-cipher'

export interface BackOfficeOptions {
  readonly keyring?: CipherStatus
  /** What is on disk, kept from an earlier `BackOffice`: a restart. */
  readonly after?: BackOffice
  readonly random?: () => number
  /** The disk after a crash; else that of `after`. */
  readonly disk?: MemoryRecords
}

export class BackOffice {
  readonly time: FakeTime
  readonly service: FakeService
  readonly records: MemoryRecords
  readonly stateStore: MemoryState
  readonly cipher: VisibleCipher
  readonly log = new MemoryLog()
  readonly clipboard = new MemoryClipboard()
  readonly state: AppState
  readonly vault: Vault
  readonly sessions: SessionService
  readonly accounts: AccountService
  readonly environments: EnvironmentService
  readonly storage: StorageService
  /** Ids in the order in which their summaries changed. */
  readonly changes: AccountId[] = []
  loaded: LoadReport = { damaged: [], sealedElsewhere: null }
  #ids = 0
  #isDead = false

  private constructor({ keyring, after, disk, random = () => 0.5 }: BackOfficeOptions) {
    this.time = after?.time ?? new FakeTime()
    this.service = after?.service ?? new FakeService(this.time)
    this.records = disk ?? after?.records ?? new MemoryRecords()
    this.stateStore = after?.stateStore ?? new MemoryState()
    this.cipher = keyring === undefined ? (after?.cipher ?? new VisibleCipher()) : new VisibleCipher(keyring)
    this.#ids = after === undefined ? 0 : after.#ids
    const { time: clock, time: timers, log } = this
    const newId = (): string => `00000000-0000-4000-8000-${String((this.#ids += 1)).padStart(12, '0')}`
    const changed = (id: AccountId): void => void this.changes.push(id)
    this.state = new AppState(this.stateStore, log, {
      settingsChanged: () => undefined,
      environmentsChanged: () => undefined,
    })
    this.vault = new Vault(this.records, this.cipher, log)
    this.sessions = new SessionService({
      vault: this.vault,
      state: this.state,
      api: this.#alive(this.service),
      clock,
      timers,
      random,
      log,
      changed,
    })
    this.accounts = new AccountService({
      vault: this.vault,
      state: this.state,
      sessions: this.sessions,
      clipboard: new ClipboardService({
        clipboard: this.clipboard,
        clock,
        timers,
        log,
        changed: () => undefined,
      }),
      clock,
      newId,
      changed,
      removed: changed,
    })
    this.environments = new EnvironmentService(this.state, newId)
    this.storage = new StorageService({
      vault: this.vault,
      state: this.state,
      changed: () => undefined,
      accountChanged: changed,
    })
  }

  static async open(options: BackOfficeOptions = {}): Promise<BackOffice> {
    const office = new BackOffice(options)
    office.state.load()
    office.loaded = await office.vault.load(office.state.settings.unprotectedStorage === 'accepted')
    const copies = office.vault.accounts().map((account) => account.environment)
    office.state.correctAddresses(copies)
    office.state.restoreEnvironments(copies)
    return office
  }

  /** The app ends and starts again on the same disk; what was in memory is gone. */
  async restart(options: Omit<BackOfficeOptions, 'after'> = {}): Promise<BackOffice> {
    return await BackOffice.open({ ...options, after: this })
  }

  /**
   * The app is killed, whatever it is doing, and starts again on what the disk has. What the dead one was waiting for
   * never reaches it, and what it still does reaches nobody.
   */
  async crash(): Promise<BackOffice> {
    this.#isDead = true
    return await BackOffice.open({ after: this, disk: this.records.copy() })
  }

  /** The service, as long as this app lives. */
  #alive(service: AuthApi): AuthApi {
    const ask = async (call: () => Promise<AuthOutcome>): Promise<AuthOutcome> => {
      const outcome = this.#isDead ? null : await call()
      // It may have died while it waited.
      return outcome === null || this.#isDead ? await new Promise<never>(() => undefined) : outcome
    }
    return {
      login: (target, key) => ask(() => service.login(target, key)),
      refresh: (target, token) => ask(() => service.refresh(target, token)),
    }
  }

  async environment(name = 'Sandbox'): Promise<EnvironmentId> {
    const known = this.state.environments.find((each) => each.name === name)
    if (known !== undefined) return known.id
    const added = await this.environments.add({ name, baseUrl: 'https://api.example.com', production: false })
    return unwrap(added).id
  }

  /** Adds an account whose API key the service knows. */
  async add(typed: Partial<NewAccount> & { refreshes?: boolean } = {}): Promise<AccountSummary> {
    const { refreshes = true, ...input } = typed
    const apiKey = input.apiKey ?? keyOf(input.name ?? 'ACME')
    this.service.addKey(apiKey, { refreshes })
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

  standing(id: AccountId): Standing {
    const summary = this.summary(id)
    return standingOf(summary, this.state.serverTime(summary.environmentId, this.time.now()))
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
