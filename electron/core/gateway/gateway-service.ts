/**
 * Opens and closes the gateways of accounts, and tells the process that serves them what it has to know. An address is
 * stored with the account's secrets; the port is the app's, kept in the settings, and changed only when somebody asks.
 */
import type { AccountId, AccountSummary } from '../../shared/account'
import type { GatewayCount, PortProblem } from '../../shared/gateway'
import { formatGateway, gatewayAddress, type GatewayFormat } from '../../shared/gateway-formats'
import type { Result } from '../../shared/ipc/contract'
import { Secret } from '../../shared/secret'
import type { Activity } from '../activity/activity'
import type { AppEmitter } from '../base/app-events'
import { AccountGoneError, StorageUnwritableError } from '../base/errors'
import type { GatewayHost, GatewayJwtAnswer, GatewayProcess } from '../base/gateway-port'
import type { Clock, Log, Random, Timers } from '../base/ports'
import { done, failed, notFound, superseded, toResult } from '../base/results'
import type { ClipboardService } from '../jwt/clipboard-service'
import type { Announcements } from '../notifications/announcements'
import type { NotificationPresenter } from '../notifications/notification-presenter'
import type { SessionService } from '../session/session-service'
import type { EnvironmentStore } from '../settings/environment-store'
import type { SettingsStore } from '../settings/settings-store'
import type { Vault } from '../vault/vault'
import { GatewayCounts } from './gateway-counts'
import { GatewayJwts } from './gateway-jwts'
import { ListeningPort } from './listening-port'
import { ProductionArming } from './production-arming'
import { GatewayRoutes, type OpenGateways } from './gateway-routes'
import { ProductionRefusals } from './production-refusals'

export interface GatewayServiceDeps {
  readonly vault: Vault
  readonly process: GatewayProcess
  readonly sessions: SessionService
  readonly settingsStore: SettingsStore
  readonly environmentStore: EnvironmentStore
  readonly clipboard: ClipboardService
  readonly announcements: Announcements
  readonly presenter: NotificationPresenter
  readonly activity: Activity
  readonly lock: { readonly isLocked: boolean }
  readonly newCapability: () => string
  readonly random: Random
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  readonly events: AppEmitter
}

export class GatewayService implements GatewayHost {
  readonly #jwts: GatewayJwts
  readonly #counts: GatewayCounts
  readonly #arming: ProductionArming
  readonly #port: ListeningPort
  readonly #refusals: ProductionRefusals
  readonly #routes: GatewayRoutes
  #shown: OpenGateways = { open: 0, armed: [] }
  #sent = ''
  #hasStarted = false

  constructor(private readonly deps: GatewayServiceDeps) {
    const { sessions, settingsStore, activity, clock, timers, vault, events } = deps
    this.#jwts = new GatewayJwts({
      sessions,
      clock,
      minimumJwtLifeMs: () => settingsStore.current.minimumJwtLifeMs,
    })
    this.#arming = new ProductionArming(clock, timers, (ids) => {
      this.followAll()
      events.emit('accountsChanged', { ids })
    })
    this.#routes = new GatewayRoutes({ ...deps, arming: this.#arming })
    this.#port = new ListeningPort(deps)
    this.#refusals = new ProductionRefusals({ ...deps, arm: (id) => this.arm(id) })
    this.#counts = new GatewayCounts({ activity, clock, timers, nameOf: (id) => vault.get(id)?.name })
  }

  /** To be called once all accounts are read. */
  start(): void {
    this.#hasStarted = true
    this.deps.process.serve(this)
    this.follow(this.deps.vault.ids())
  }

  /** These accounts have changed: the process learns what that means for it. */
  follow(ids: readonly AccountId[]): void {
    if (!this.#hasStarted) return
    const { gateways } = this.deps.vault
    const known = this.#routes.follow(ids)
    for (const id of known) {
      if (gateways.isOpen(id) && gateways.capability(id) === null) void this.#readAddress(id)
    }
    if (known.length > 0) this.followAll()
  }

  /** Environments, the lock or the settings are others. */
  followAll(): void {
    this.#send()
    const { view } = this
    if (JSON.stringify(view) === JSON.stringify(this.#shown)) return
    this.#shown = view
    this.deps.events.emit('gatewaysChanged', undefined)
  }

  summary(id: AccountId): AccountSummary['gateway'] {
    return {
      isOpen: this.deps.vault.gateways.isOpen(id),
      armedUntil: this.#routes.of(id)?.armedUntil ?? null,
    }
  }

  get view(): OpenGateways {
    return this.#routes.view
  }

  async setOpen(id: AccountId, isOpen: boolean): Promise<Result<undefined>> {
    return await toResult('account', async () => {
      if (!isOpen) return this.#close([id])
      const { gateways } = this.deps.vault
      const known = await gateways.read(id)
      if (known instanceof Secret) {
        gateways.setOpen(id, true)
        this.#note([id], 'gateway-opened')
        return withoutValue(await this.#ready())
      }
      return await this.#replace(id, 'gateway-opened')
    })
  }

  /** The one before leads nowhere from now on, and its requests are broken off. */
  async newAddress(id: AccountId): Promise<Result<string>> {
    return await toResult('account', async () => {
      if (!this.deps.vault.gateways.isOpen(id)) return this.#notOpen(id)
      const replaced = await this.#replace(id, 'gateway-renamed')
      return replaced.ok ? await this.address(id) : replaced
    })
  }

  async address(id: AccountId): Promise<Result<string>> {
    return await toResult('account', async () => {
      const { gateways } = this.deps.vault
      if (!gateways.isOpen(id)) return this.#notOpen(id)
      const capability = await gateways.read(id)
      if (typeof capability === 'string') return failed({ code: 'locked', reason: capability })
      if (capability === null) return notFound('gateway')
      const ready = await this.#ready()
      if (!ready.ok) return ready
      return done(gatewayAddress(ready.value, capability.reveal()))
    })
  }

  /** Whoever has the address can use the account: it is cleared like a JWT. */
  async copy(id: AccountId, format: GatewayFormat): Promise<Result<undefined>> {
    const { clipboard, settingsStore, vault } = this.deps
    const number = clipboard.ask()
    return await toResult('account', async () => {
      const address = await this.address(id)
      if (!address.ok) return address
      const account = vault.get(id)
      if (account === undefined) throw new AccountGoneError(id)
      const written = formatGateway(format, {
        address: address.value,
        environmentName: this.#routes.environment(id)?.name ?? '',
        accountName: account.name,
      })
      const { clipboardClearMs } = settingsStore.current
      const isThere = await clipboard.copySecret(new Secret(written), clipboardClearMs, number)
      return isThere ? done(undefined) : superseded
    })
  }

  /** Lets requests change production for a while; nothing where it isn't production. */
  arm(id: AccountId): Result<undefined> {
    const environment = this.#routes.environment(id)
    if (environment === undefined || !this.deps.vault.gateways.isOpen(id)) return this.#notOpen(id)
    if (!environment.production) return done(undefined)
    this.#arming.arm(id, environment.baseUrl)
    this.#refusals.takeDown([id])
    this.#note([id], 'gateway-armed')
    return done(undefined)
  }

  disarm(): void {
    this.#arming.disarm()
  }

  closeAll(): Promise<Result<undefined>> {
    return toResult('account', () => this.#close(this.#routes.open))
  }

  /** Addresses lead there from now on. Null: to any port that is free. Fails with `gateway-port`, and is kept. */
  async usePort(port: number | null): Promise<Result<undefined>> {
    return await toResult('settings', async () => {
      this.#port.use(port)
      return withoutValue(await this.#ready())
    })
  }

  /** Another network or proxy. */
  networkChanged(): void {
    this.#jwts.retry()
    this.deps.process.networkChanged()
  }

  /** Before the machine sleeps. */
  suspended(): void {
    this.disarm()
    this.#counts.note()
  }

  /** Before the app ends: what is under way is broken off; addresses stay. */
  close(): void {
    this.disarm()
    this.#hasStarted = false
    this.deps.process.update({ ...this.#routes.state(), routes: [] })
    this.#counts.note()
  }

  // --- What the process asks and tells ------------------------------------------------------------------------

  async jwtFor(id: AccountId): Promise<GatewayJwtAnswer> {
    return this.#refusal(id) ?? this.#unlessLocked(await this.#jwts.live(id))
  }

  async renewed(id: AccountId, rejected: Secret): Promise<GatewayJwtAnswer> {
    return this.#refusal(id) ?? this.#unlessLocked(await this.#jwts.newer(id, rejected))
  }

  listening(port: number): void {
    this.#port.listening(port)
  }

  notListening(port: number, problem: PortProblem): void {
    this.#port.notListening(port, problem)
  }

  counted(counts: readonly GatewayCount[]): void {
    this.#counts.add(counts)
  }

  productionRefused(id: AccountId): void {
    const name = this.deps.vault.get(id)?.name
    const environment = this.#routes.environment(id)
    if (name !== undefined && environment !== undefined) this.#refusals.tell({ id, name }, environment)
  }

  // --- Within -------------------------------------------------------------------------------------------------

  /** `isAsked`: also where nothing has changed, since the port may be free by now. */
  #send(isAsked = false): void {
    if (!this.#hasStarted) return
    const state = this.#routes.state()
    const text = JSON.stringify(state)
    if (text === this.#sent && !isAsked) return
    this.#sent = text
    this.#port.asked(state)
    this.deps.process.update(state)
  }

  /** Whether the addresses work, once the process has said so. */
  async #ready(): Promise<Result<number>> {
    this.#send(!this.#port.works)
    return this.#routes.state().routes.length === 0
      ? done(this.#routes.state().port)
      : await this.#port.ready()
  }

  async #readAddress(id: AccountId): Promise<void> {
    try {
      await this.deps.vault.gateways.read(id)
      this.#send()
      // It may turn out that there is none.
      if (!this.deps.vault.gateways.isOpen(id)) this.deps.events.emit('accountsChanged', { ids: [id] })
    } catch (error) {
      if (!(error instanceof AccountGoneError)) throw error
    }
  }

  async #replace(id: AccountId, noted: 'gateway-opened' | 'gateway-renamed'): Promise<Result<undefined>> {
    const { vault, newCapability } = this.deps
    const account = vault.get(id)
    if (account === undefined) return notFound('account')
    if (account.locked !== null) return failed({ code: 'locked', reason: account.locked })
    if (account.session === null) return failed({ code: 'key-needed', reason: 'kept-in-memory-only' })
    await vault.gateways.replace(id, new Secret(newCapability()))
    this.#note([id], noted)
    return withoutValue(await this.#ready())
  }

  /** All of them, also where the disk refuses to note it. */
  #close(ids: readonly AccountId[]): Result<undefined> {
    const { vault } = this.deps
    const open = ids.filter((id) => vault.gateways.isOpen(id))
    let refused: StorageUnwritableError | null = null
    for (const id of open) {
      this.#jwts.forget(id)
      try {
        vault.gateways.setOpen(id, false)
      } catch (error) {
        if (!(error instanceof StorageUnwritableError)) throw error
        refused = error
      }
    }
    this.#arming.disarm(open)
    this.#refusals.takeDown(open)
    this.#note(open, 'gateway-closed')
    if (refused !== null) throw refused
    return done(undefined)
  }

  #note(
    ids: readonly AccountId[],
    kind: 'gateway-opened' | 'gateway-closed' | 'gateway-armed' | 'gateway-renamed',
  ): void {
    const { vault, activity, events } = this.deps
    for (const id of ids) activity.note(id, vault.get(id)?.name ?? '', { kind })
    this.follow(ids)
    events.emit('accountsChanged', { ids })
  }

  #notOpen(id: AccountId): Extract<Result<never>, { readonly ok: false }> {
    return notFound(this.deps.vault.get(id) === undefined ? 'account' : 'gateway')
  }

  #refusal(id: AccountId): GatewayJwtAnswer | null {
    if (this.deps.lock.isLocked) return LOCKED
    return this.#routes.of(id) === null ? { ok: false, code: 'internal-error', retryAfterMs: null } : null
  }

  /** It may have locked while the service was asked. */
  #unlessLocked(answer: GatewayJwtAnswer): GatewayJwtAnswer {
    return this.deps.lock.isLocked ? LOCKED : answer
  }
}

function withoutValue(answer: Result<unknown>): Result<undefined> {
  return answer.ok ? done(undefined) : answer
}

const LOCKED: GatewayJwtAnswer = { ok: false, code: 'locked', retryAfterMs: null }
