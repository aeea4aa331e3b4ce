/**
 * Notifies of accounts: reminders before refresh tokens expire, and alerts about what only the user can mend. Waits a
 * moment so that what comes due together is shown together. What the desktop has taken is logged, what it has not stays
 * due: the window shows it meanwhile, under Needs attention.
 */
import type { AccountId, AccountSummary } from '../../shared/account'
import type { EpochMs } from '../../shared/brand'
import { expectedExpiry } from '../../shared/status'
import type { NavigationTarget } from '../../shared/navigation'
import {
  keyNeededText,
  keyRefusedText,
  lockedNewsText,
  lockedReminderText,
  notRenewedText,
  REMIND_TOMORROW,
  RENEW_NOW,
  renewedText,
  reminderText,
  UNWRITABLE_TEXT,
  type NotificationText,
} from '../../shared/wording'
import type { Activity } from '../activity/activity'
import type { AppEmitter } from '../base/app-events'
import { DeadlineScheduler } from '../base/deadline-scheduler'
import type { Clock, Timers, WindowPresence } from '../base/ports'
import type { SettingsStore } from '../settings/settings-store'
import type { EnvironmentStore } from '../settings/environment-store'
import type { Announcements } from './announcements'
import {
  activityOf,
  dueNotification,
  loggedAs,
  nextDueAt,
  stillHolds,
  type Circumstances,
  type DueNotification,
} from './due-notification'
import type { AccountLog, NotificationLog } from './notification-log'
import type { NotificationPresenter, Presentation } from './notification-presenter'

/** Shown together after nothing new came due for this long; logins of an import come one by one. */
const GATHER_MS = 2_000
/** The first one never waits longer than this. */
const GATHER_AT_MOST_MS = 10_000

const HOUR = 3_600_000
const DAY = 24 * HOUR

interface DueAccount {
  readonly account: AccountSummary
  readonly due: DueNotification
}

export interface NotificationServiceDeps {
  readonly shown: NotificationLog
  readonly presenter: NotificationPresenter
  readonly announcements: Announcements
  readonly activity: Activity
  readonly settingsStore: SettingsStore
  readonly environmentStore: EnvironmentStore
  readonly presence: WindowPresence
  readonly lock: { readonly isLocked: boolean }
  readonly accounts: {
    summary(id: AccountId): AccountSummary | undefined
    renew(id: AccountId): Promise<{ readonly ok: boolean }>
  }
  readonly clock: Clock
  readonly timers: Timers
  readonly events: AppEmitter
}

export class NotificationService {
  readonly #pending = new Set<AccountId>()
  /** Accounts whose problem is solved, so that its alert may be shown again if it returns. */
  readonly #recovered = new Set<AccountId>()
  /** The desktop has been given what is due of these, and has not answered yet. */
  readonly #showing = new Set<AccountId>()
  /** Accounts that can't be stored at present. */
  readonly #unwritable = new Set<AccountId>()
  readonly #gathering: DeadlineScheduler<'show'>
  #showAtLatest: number | null = null

  constructor(private readonly deps: NotificationServiceDeps) {
    const { clock, timers } = deps
    this.#gathering = new DeadlineScheduler(
      () => clock.monotonic(),
      timers,
      () => {
        this.#showDue()
      },
    )
    deps.presenter.whenAvailable(() => {
      if (this.#pending.size > 0) this.#gather()
    })
  }

  /** The account has changed, or a deadline of it has passed. */
  evaluate(account: AccountSummary): void {
    const { id } = account
    // The outcome decides.
    if (account.renewal.phase === 'renewing') return
    const { presenter } = this.deps
    if (!stillHolds(account, this.#circumstances(account))) presenter.takeDown(id)
    if (account.problem?.code === 'storage-unwritable') this.#cannotStore(id)
    else this.#canStore(id)
    if (account.problem === null) this.#hasRecovered(id)
    else this.#recovered.delete(id)
    if (this.#due(account) === null) {
      this.#pending.delete(id)
    } else if (!this.#pending.has(id) && !this.#showing.has(id)) {
      this.#pending.add(id)
      this.#gather()
    }
  }

  /** When (by this machine's clock) something may become due without a change; null: never. */
  nextEvaluationAt(account: AccountSummary): EpochMs | null {
    return nextDueAt(account, this.#circumstances(account))
  }

  /** The account's removal is pending. What was shown of it stays in the log, in case it comes back. */
  hide(id: AccountId): void {
    this.deps.presenter.takeDown(id)
    this.deps.announcements.recovered(id)
    this.#pending.delete(id)
    this.#recovered.delete(id)
    this.#canStore(id)
  }

  /** The account was removed. */
  forget(id: AccountId): void {
    this.hide(id)
    this.deps.shown.forget(id)
  }

  /** Snoozes reminders until tomorrow; earlier where the token would have expired by then. */
  remindTomorrow(ids: readonly AccountId[]): void {
    const { shown, presenter, events } = this.deps
    const changes = new Map<AccountId, Partial<AccountLog>>()
    for (const account of this.#summaries(ids)) {
      if (account.refreshToken === null) continue
      const { here, server } = this.#circumstances(account)
      const left = expectedExpiry(account.refreshToken) - server
      const wait = left > 2 * HOUR ? Math.min(DAY, left - HOUR) : DAY
      changes.set(account.id, { remindAgainAt: here + wait })
    }
    shown.note(changes)
    for (const id of changes.keys()) presenter.takeDown(id)
    events.emit('accountsChanged', { ids: [...changes.keys()] })
  }

  /** Shows nothing from now on. */
  close(): void {
    this.#gathering.clear()
  }

  #hasRecovered(id: AccountId): void {
    this.deps.announcements.recovered(id)
    if (this.deps.shown.of(id).news === null) return
    this.#recovered.add(id)
    this.#gather()
  }

  #cannotStore(id: AccountId): void {
    this.#unwritable.add(id)
    this.deps.announcements.showOnce('storage-unwritable', UNWRITABLE_TEXT, { at: 'list' })
  }

  #canStore(id: AccountId): void {
    if (this.#unwritable.delete(id) && this.#unwritable.size === 0)
      this.deps.shown.clear('storage-unwritable')
  }

  #gather(): void {
    const now = this.deps.clock.monotonic()
    this.#showAtLatest ??= now + GATHER_AT_MOST_MS
    this.#gathering.set('show', Math.min(now + GATHER_MS, this.#showAtLatest))
  }

  #showDue(): void {
    this.#showAtLatest = null
    const { settingsStore, shown, presence } = this.deps
    const changes = new Map<AccountId, Partial<AccountLog>>()
    for (const { id, renewal } of this.#summaries([...this.#recovered])) {
      // The outcome decides.
      if (renewal.phase === 'renewing') continue
      this.#recovered.delete(id)
      changes.set(id, { news: null })
    }
    shown.note(changes)
    // Switched off, they stay due: whoever switches notifications on again is shown what is urgent then.
    const due = settingsStore.current.desktopNotifications ? this.#dueAccounts() : []
    this.#pending.clear()

    this.#remind(due.filter((each) => each.due.kind === 'reminder'))
    for (const kind of ['key-needed', 'key-refused'] as const) {
      const alerted = due.filter((each) => each.due.kind === kind)
      // The window shows it as well.
      if (presence.isWatched) this.#noteShown(alerted)
      else this.#alert(kind === 'key-needed' ? keyNeededText : keyRefusedText, alerted)
    }
  }

  #noteShown(due: readonly DueAccount[]): void {
    if (due.length === 0) return
    const { shown, activity, events } = this.deps
    shown.note(new Map(due.map(({ account, due: what }) => [account.id, loggedAs(what)])))
    for (const { account, due: what } of due) activity.note(account.id, account.name, activityOf(what))
    events.emit('accountsChanged', { ids: due.map(({ account }) => account.id) })
  }

  /** What becomes of it is known when the desktop has answered. */
  #shows(due: readonly DueAccount[]): Pick<Presentation, 'ids' | 'taken' | 'failed'> {
    const ids = due.map(({ account }) => account.id)
    for (const id of ids) this.#showing.add(id)
    const answered = (): void => {
      for (const id of ids) this.#showing.delete(id)
    }
    return {
      ids,
      taken: () => {
        answered()
        this.#noteShown(due)
      },
      failed: () => {
        answered()
        // Tried again with what comes due next, or when a desktop appears that shows it.
        for (const { id } of this.#summaries(ids)) this.#pending.add(id)
      },
    }
  }

  #dueAccounts(): readonly DueAccount[] {
    return this.#summaries([...this.#pending]).flatMap((account) => {
      const due = this.#due(account)
      return due === null ? [] : [{ account, due }]
    })
  }

  #remind(due: readonly DueAccount[]): void {
    if (due.length === 0) return
    const { clock, lock, presenter } = this.deps
    const now = clock.now()
    const tokens = due
      .map(({ account }) => {
        const { here, server } = this.#circumstances(account)
        return {
          id: account.id,
          name: account.name,
          // Each expiry is by its own server's clock; converted to this machine's.
          expiresAt:
            (account.refreshToken === null ? 0 : expectedExpiry(account.refreshToken)) - (server - here),
          isEstimate: account.refreshToken?.expiresAt === null,
          remembersApiKey: account.remembersApiKey,
        }
      })
      .sort((a, b) => a.expiresAt - b.expiresAt)
    const ids = tokens.map(({ id }) => id)
    const shows = this.#shows(due)
    if (lock.isLocked) {
      presenter.show({ ...shows, text: lockedReminderText(tokens, now), target: { at: 'attention' } })
      return
    }
    const actions = [
      { label: RENEW_NOW, run: () => void this.#renew(ids) },
      {
        label: REMIND_TOMORROW,
        run: () => {
          this.remindTomorrow(ids)
        },
      },
    ]
    presenter.show({ ...shows, text: reminderText(tokens, now), actions, target: targetOf(ids) })
  }

  #alert(text: (names: readonly string[]) => NotificationText, due: readonly DueAccount[]): void {
    if (due.length === 0) return
    const { lock, presenter } = this.deps
    const accounts = due.map(({ account }) => account)
    const shows = this.#shows(due)
    presenter.show(
      lock.isLocked
        ? { ...shows, text: lockedNewsText(accounts.length), target: { at: 'attention' } }
        : {
            ...shows,
            text: text(accounts.map(({ name }) => name)),
            target: targetOf(accounts.map(({ id }) => id)),
          },
    )
  }

  /** Asked for by a notification, so answered by one: the window may be hidden. */
  async #renew(ids: readonly AccountId[]): Promise<void> {
    const accounts = this.#summaries(ids)
    const renewed = await Promise.all(accounts.map(async ({ id }) => (await this.deps.accounts.renew(id)).ok))
    this.#answer(
      renewedText,
      accounts.filter((_, index) => renewed[index] === true),
      'good',
    )
    this.#answer(
      notRenewedText,
      accounts.filter((_, index) => renewed[index] !== true),
      'bad',
    )
  }

  #answer(
    text: (names: readonly string[]) => NotificationText,
    accounts: readonly AccountSummary[],
    tone: 'good' | 'bad',
  ): void {
    if (accounts.length === 0) return
    const ids = accounts.map(({ id }) => id)
    const { announcements } = this.deps
    const failing = tone === 'bad' ? ids : []
    announcements.answer(text(accounts.map(({ name }) => name)), targetOf(ids), tone, failing)
  }

  #due(account: AccountSummary): DueNotification | null {
    return dueNotification(account, this.deps.shown.of(account.id), this.#circumstances(account))
  }

  #circumstances({ environmentId }: AccountSummary): Circumstances {
    const { settingsStore, environmentStore, clock } = this.deps
    const here = clock.now()
    return { settings: settingsStore.current, here, server: environmentStore.serverTime(environmentId, here) }
  }

  /** Skips removed accounts. */
  #summaries(ids: readonly AccountId[]): readonly AccountSummary[] {
    return ids.flatMap((id) => this.deps.accounts.summary(id) ?? [])
  }
}

function targetOf(ids: readonly AccountId[]): NavigationTarget {
  const [only] = ids
  return only !== undefined && ids.length === 1 ? { at: 'account', id: only } : { at: 'attention' }
}
