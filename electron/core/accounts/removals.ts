/**
 * Removing accounts. A removal can be undone for a while: until then the account counts as gone but its record stays, so
 * a crash deletes nothing and brings the account back. Quitting finishes what is pending.
 */
import type { AccountId, AccountSummary } from '../../shared/account'
import type { EnvironmentId } from '../../shared/environment'
import type { Result } from '../../shared/ipc/contract'
import { UNDO_REMOVAL_MS } from '../../shared/undo'
import type { AccountUsage } from '../activity/account-usage'
import type { Activity } from '../activity/activity'
import type { AppEmitter } from '../base/app-events'
import type { Log, Timers } from '../base/ports'
import { done, notFound, toResult } from '../base/results'
import type { SessionService } from '../session/session-service'
import type { Vault } from '../vault/vault'
import type { AccountService } from './account-service'

interface Pending {
  readonly name: string
  readonly environmentId: EnvironmentId
  readonly stopTimer: () => void
}

export interface Undone {
  readonly restored: AccountSummary[]
  /** Names of accounts that can't come back, since another one has that name by now. */
  readonly nameTaken: string[]
}

export interface RemovalsDeps {
  readonly accounts: AccountService
  readonly vault: Vault
  readonly sessions: SessionService
  readonly usage: AccountUsage
  readonly activity: Activity
  readonly timers: Timers
  readonly log: Log
  readonly events: AppEmitter
}

export class Removals {
  readonly #pending = new Map<AccountId, Pending>()

  constructor(private readonly deps: RemovalsDeps) {}

  /** For a window that comes back meanwhile. */
  get pending(): { readonly id: AccountId; readonly name: string }[] {
    return Array.from(this.#pending, ([id, { name }]) => ({ id, name }))
  }

  /** The account is removed for good once that can no longer be undone; `removalEnded` then says whether it was. */
  begin(id: AccountId): Result<undefined> {
    const { accounts, vault, sessions, timers } = this.deps
    const account = vault.get(id)
    if (account === undefined) return notFound('account')
    const companies = accounts.companiesOf(id)
    vault.setHidden(id, true)
    sessions.pause(id)
    this.#pending.set(id, {
      name: account.name,
      environmentId: account.environment.id,
      stopTimer: timers.after(UNDO_REMOVAL_MS, () => void this.#finish(id)),
    })
    this.#changed([id, ...companies])
    return done(undefined)
  }

  /** Brings back those whose removal is still pending. */
  undo(ids: readonly AccountId[]): Undone {
    const { accounts, vault } = this.deps
    const restored: AccountId[] = []
    const nameTaken: string[] = []
    for (const id of ids) {
      const pending = this.#pending.get(id)
      if (pending === undefined || !vault.isHidden(id)) continue
      const { name, environmentId } = pending
      if (vault.isNameTaken(environmentId, name, id)) {
        nameTaken.push(name)
        continue
      }
      this.#forget(id)
      vault.setHidden(id, false)
      restored.push(id)
      this.#changed([id, ...accounts.companiesOf(id)])
    }
    return { restored: [...accounts.summaries(restored)], nameTaken }
  }

  /** For good, and at once. */
  async removeNow(id: AccountId): Promise<Result<undefined>> {
    const { accounts, vault, sessions, usage, activity, events } = this.deps
    const account = vault.get(id)
    if (account === undefined) return notFound('account')
    return await toResult('removal', () => {
      const companies = accounts.companiesOf(id)
      vault.remove(id)
      activity.note(id, account.name, { kind: 'removed' })
      sessions.forget(id)
      usage.forget(id)
      events.emit('accountRemoved', { id })
      this.#changed(companies)
      return done(undefined)
    })
  }

  /** The environment is removed as well, so that no account could come back to it. */
  async finishIn(environmentId: EnvironmentId): Promise<void> {
    for (const [id, pending] of this.#pending) {
      if (pending.environmentId === environmentId) await this.#finish(id)
    }
  }

  /** Before the app ends, when nothing is under way any more. */
  async close(): Promise<void> {
    for (const id of this.#pending.keys()) await this.#finish(id)
  }

  async #finish(id: AccountId): Promise<void> {
    const { vault, log, events } = this.deps
    const name = this.#forget(id)
    // A backup may have brought it back.
    if (name === undefined || !vault.isHidden(id)) return
    vault.setHidden(id, false)
    const { ok } = await this.removeNow(id)
    if (!ok) {
      log.error('an account can not be removed', { id })
      this.#changed([id])
    }
    events.emit('removalEnded', { id, name, isDeleted: ok })
  }

  /** Returns its name; undefined when no removal was pending. */
  #forget(id: AccountId): string | undefined {
    const pending = this.#pending.get(id)
    pending?.stopTimer()
    this.#pending.delete(id)
    return pending?.name
  }

  #changed(ids: readonly AccountId[]): void {
    this.deps.events.emit('accountsChanged', { ids })
  }
}
