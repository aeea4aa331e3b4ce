/**
 * Watches all accounts so that people need not: looks at one when it has changed or when its next deadline has come
 * (one timer for all of them), and then starts what is due: a renewal by policy, a reminder, a place among those that
 * need attention.
 */
import type { AccountId, AccountSummary } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import { expectedExpiry, liveUntil } from '../../shared/status'
import { wantsAttention } from '../../shared/reminders'
import { renewsAt } from '../../shared/renewal-times'
import { Agenda } from '../base/deadline-scheduler'
import type { AppState } from '../settings/app-state'
import type { TraySummary } from './tray-summary'
import type { Notices } from './notification-service'
import type { Clock, Timers } from '../base/ports'

/** Looked at in one go; more would keep main from answering. */
const LOOKS_AT_ONCE = 100

export interface WatchDeps {
  readonly state: AppState
  readonly notices: Notices
  readonly traySummary: TraySummary
  readonly clock: Clock
  readonly timers: Timers
  readonly ids: () => readonly AccountId[]
  readonly summary: (id: AccountId) => AccountSummary | undefined
  /** Starts renewals that are due by policy, without a storm. */
  readonly renewDue: (ids: readonly AccountId[]) => void
}

export class Watch {
  readonly #agenda: Agenda<AccountId>
  readonly #toLookAt = new Set<AccountId>()
  #isLooking = false

  constructor(private readonly deps: WatchDeps) {
    const { clock, timers } = deps
    this.#agenda = new Agenda(
      () => clock.now(),
      timers,
      (ids) => {
        this.#plan(ids)
      },
    )
  }

  /** The account is there, gone, or no longer what it was. */
  changed(id: AccountId): void {
    this.#plan([id])
  }

  /** Something that concerns all of them: the settings, a server's clock, this machine's clock, the end of a sleep. */
  lookAtAll(): void {
    this.#agenda.lookAgain()
    this.#plan(this.deps.ids())
  }

  /** Starts nothing any more. */
  close(): void {
    this.#agenda.clear()
    this.#toLookAt.clear()
    this.deps.notices.close()
  }

  #plan(ids: readonly AccountId[]): void {
    for (const id of ids) this.#toLookAt.add(id)
    if (this.#isLooking || this.#toLookAt.size === 0) return
    this.#isLooking = true
    this.deps.timers.after(0, () => {
      this.#lookAtSome()
    })
  }

  #lookAtSome(): void {
    this.#isLooking = false
    const some = [...this.#toLookAt].slice(0, LOOKS_AT_ONCE)
    for (const id of some) this.#toLookAt.delete(id)
    const due = some.filter((id) => this.#look(id))
    if (due.length > 0) this.deps.renewDue(due)
    this.deps.traySummary.publish()
    this.#plan([])
  }

  /** Returns whether the account's renewal is due. */
  #look(id: AccountId): boolean {
    const { state, notices, traySummary, clock, summary } = this.deps
    const account = summary(id)
    if (account === undefined) {
      this.#agenda.delete(id)
      traySummary.forget(id)
      notices.forget(id)
      return false
    }
    const here = clock.now()
    const server = state.serverTime(account.environmentId, here)
    traySummary.look(account, wantsAttention(account, state.settings, { here, server }))
    notices.look(account)

    const renewal = renewsAt(account, state.settings)
    const { jwt, refreshToken } = account
    const ends = [jwt && liveUntil(jwt), refreshToken && expectedExpiry(refreshToken)]
    const ahead = [renewal, ...ends]
      .filter((at): at is EpochMs => at !== null && at > server)
      .map((at) => at - (server - here))
    const next = Math.min(...ahead, notices.nextLookAt(account) ?? Number.POSITIVE_INFINITY)
    if (next === Number.POSITIVE_INFINITY) this.#agenda.delete(id)
    else this.#agenda.set(id, next)
    return renewal !== null && renewal <= server
  }
}
