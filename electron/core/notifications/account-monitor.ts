/**
 * Evaluates an account when it has changed or its next deadline has come (one timer for all of them), and starts what
 * is due: a renewal by policy, a notification, an update of the tray.
 */
import type { AccountId, AccountSummary } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import { wantsAttention } from '../../shared/reminders'
import { renewsAt } from '../../shared/renewal-times'
import { expectedExpiry, liveUntil } from '../../shared/status'
import { DeadlineScheduler } from '../base/deadline-scheduler'
import type { Clock, Timers } from '../base/ports'
import type { SessionService } from '../session/session-service'
import type { SettingsStore } from '../settings/settings-store'
import type { EnvironmentStore } from '../settings/environment-store'
import type { Vault } from '../vault/vault'
import type { NotificationService } from './notification-service'
import type { TraySummary } from './tray-summary'

/** More at once would keep main from answering. */
const EVALUATED_AT_ONCE = 100

export interface AccountMonitorDeps {
  readonly settingsStore: SettingsStore
  readonly environmentStore: EnvironmentStore
  readonly sessions: Pick<SessionService, 'renewDue'>
  readonly notifications: NotificationService
  readonly traySummary: TraySummary
  readonly vault: Pick<Vault, 'ids' | 'isHidden'>
  readonly accounts: { summary(id: AccountId): AccountSummary | undefined }
  readonly clock: Clock
  readonly timers: Timers
}

export class AccountMonitor {
  readonly #deadlines: DeadlineScheduler<AccountId>
  readonly #toEvaluate = new Set<AccountId>()
  #hasStarted = false
  #isPlanned = false

  constructor(private readonly deps: AccountMonitorDeps) {
    const { clock, timers } = deps
    this.#deadlines = new DeadlineScheduler(
      () => clock.now(),
      timers,
      (ids) => {
        this.evaluate(ids)
      },
    )
  }

  /** To be called once all accounts are read and the keyring was asked; accounts are only read until then. */
  start(): void {
    this.#hasStarted = true
    this.evaluateAll()
  }

  /** The accounts were added, changed or removed: evaluates them soon. */
  evaluate(ids: readonly AccountId[]): void {
    if (!this.#hasStarted) return
    for (const id of ids) this.#toEvaluate.add(id)
    this.#plan()
  }

  /** For what concerns all of them: settings, a server's clock, this machine's clock, waking up. */
  evaluateAll(): void {
    this.#deadlines.reevaluate()
    this.evaluate(this.deps.vault.ids())
  }

  /** Starts nothing from now on. */
  close(): void {
    this.#deadlines.clear()
    this.#toEvaluate.clear()
    this.deps.notifications.close()
  }

  #plan(): void {
    if (this.#isPlanned || this.#toEvaluate.size === 0) return
    this.#isPlanned = true
    this.deps.timers.after(0, () => {
      this.#isPlanned = false
      this.#evaluateSome()
      this.#plan()
    })
  }

  #evaluateSome(): void {
    const some = [...this.#toEvaluate].slice(0, EVALUATED_AT_ONCE)
    for (const id of some) this.#toEvaluate.delete(id)
    const due = some.filter((id) => this.#evaluate(id))
    if (due.length > 0) this.deps.sessions.renewDue(due)
    this.deps.traySummary.announce()
  }

  /** Returns whether the account's renewal is due. */
  #evaluate(id: AccountId): boolean {
    const { settingsStore, environmentStore, notifications, traySummary, accounts, vault, clock } = this.deps
    const account = accounts.summary(id)
    if (account === undefined) {
      this.#deadlines.delete(id)
      traySummary.forget(id)
      if (vault.isHidden(id)) notifications.hide(id)
      else notifications.forget(id)
      return false
    }
    const here = clock.now()
    const server = environmentStore.serverTime(account.environmentId, here)
    traySummary.evaluate(account, wantsAttention(account, settingsStore.current, { here, server }))
    notifications.evaluate(account)

    const renewal = renewsAt(account, settingsStore.current)
    const { jwt, refreshToken } = account
    const ends = [jwt && liveUntil(jwt), refreshToken && expectedExpiry(refreshToken)]
    const ahead = [renewal, ...ends]
      .filter((at): at is EpochMs => at !== null && at > server)
      .map((at) => at - (server - here))
    const next = Math.min(...ahead, notifications.nextEvaluationAt(account) ?? Number.POSITIVE_INFINITY)
    if (next === Number.POSITIVE_INFINITY) this.#deadlines.delete(id)
    else this.#deadlines.set(id, next)
    return renewal !== null && renewal <= server
  }
}
