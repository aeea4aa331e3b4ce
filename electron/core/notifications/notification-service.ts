/**
 * Tells the user by desktop notifications: reminders before refresh tokens die, and the few other things that are
 * worth one. Decides what is due by the ledger, waits a moment so that what comes together is told together, and
 * takes a notification off the screen when what it says is over.
 */
import type { AccountId, AccountSummary } from '../../shared/account'
import type { ActivityEvent, News } from '../../shared/activity'
import type { EpochMs } from '../../shared/brand'
import type { EnvironmentId } from '../../shared/environment'
import { expectedExpiry } from '../../shared/status'
import type { NavigationTarget } from '../../shared/navigation'
import type { Problem } from '../../shared/problem'
import { AT_EXPIRY, leadReached, nextLeadAt, type Lead } from '../../shared/reminders'
import type { Settings } from '../../shared/settings'
import type { AvailableUpdate } from '../../shared/update-feed'
import {
  ENVIRONMENT_LOCKED_TEXT,
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
  updateText,
  type NoticeText,
} from '../../shared/wording'
import type { Activity } from '../activity/activity'
import { Agenda } from '../base/deadline-scheduler'
import type { Ledger, LedgerEntry, Once } from './notification-log'
import type { Clock, Notifier, Timers } from '../base/ports'

/** Quiet this long, and what has come due until then is told together; logins of an import come one by one. */
const GATHER_MS = 2_000
/** But nobody is kept waiting longer than this. */
const GATHER_AT_MOST_MS = 10_000

const HOUR = 3_600_000
const DAY = 24 * HOUR

type Due =
  { readonly kind: 'reminder'; readonly lead: Lead; readonly expiresAt: EpochMs } | { readonly kind: News }

interface Shown {
  readonly ids: Set<AccountId>
  readonly close: () => void
}

export interface NoticesDeps {
  readonly ledger: Ledger
  readonly activity: Activity
  readonly notifier: Notifier
  readonly clock: Clock
  readonly timers: Timers
  readonly settings: () => Settings
  readonly summary: (id: AccountId) => AccountSummary | undefined
  /** Now, by the account's server. */
  readonly serverNow: (account: AccountSummary) => EpochMs
  /** Whether the user looks at the window: what it shows needs no notification then. */
  readonly isWatched: () => boolean
  /** Then nothing is told by name, and nothing can be done from a notification. */
  readonly isLocked: () => boolean
  /** Shows the window, there. */
  readonly navigate: (target: NavigationTarget) => void
  /** Resolves with whether it worked. */
  readonly renew: (id: AccountId) => Promise<boolean>
  /** The account's summary is no longer what it was. */
  readonly changed: (id: AccountId) => void
}

export class Notices {
  readonly #pending = new Set<AccountId>()
  /** Accounts that are well again: what was told about them may be told anew. */
  readonly #recovered = new Set<AccountId>()
  /** Accounts that can't be stored at present. */
  readonly #unwritable = new Set<AccountId>()
  readonly #shown = new Map<AccountId, Set<Shown>>()
  /** Takes what may have names in it off the screen. */
  readonly #named = new Set<() => void>()
  /** Takes the question about an environment off the screen. */
  readonly #ofEnvironments = new Map<EnvironmentId, () => void>()
  readonly #gathering: Agenda<'tell'>
  #tellAtLatest: number | null = null

  constructor(private readonly deps: NoticesDeps) {
    const { clock, timers } = deps
    this.#gathering = new Agenda(
      () => clock.monotonic(),
      timers,
      () => {
        this.#tell()
      },
    )
  }

  /** The account has changed, or a deadline of it has passed. */
  look(account: AccountSummary): void {
    const { id } = account
    // How that ends decides.
    if (account.renewal.phase === 'renewing') return
    if (!this.#stands(account)) this.#takeDown(id)
    if (account.problem?.code === 'storage-unwritable') this.#cannotStore(id)
    else this.#canStore(id)
    if (account.problem !== null) {
      this.#recovered.delete(id)
    } else if (this.deps.ledger.of(id).news !== null) {
      this.#recovered.add(id)
      this.#gather()
    }
    if (this.#due(account) === null) {
      this.#pending.delete(id)
    } else if (!this.#pending.has(id)) {
      this.#pending.add(id)
      this.#gather()
    }
  }

  /** When (by this machine's clock) the account is to be looked at again though nothing changes; null: never. */
  nextLookAt(account: AccountSummary): EpochMs | null {
    const here = this.deps.clock.now()
    const server = this.deps.serverNow(account)
    const lead = nextLeadAt(account, this.deps.settings(), server)
    const again = account.remindAgainAt
    const instants = [
      ...(lead === null ? [] : [lead - (server - here)]),
      ...(again !== null && again > here ? [again] : []),
    ]
    return instants.length === 0 ? null : Math.min(...instants)
  }

  /** The account is gone. */
  forget(id: AccountId): void {
    this.#takeDown(id)
    this.#pending.delete(id)
    this.#recovered.delete(id)
    this.#canStore(id)
    this.deps.ledger.forget(id)
  }

  /** "Remind me tomorrow"; earlier where the token would be dead by then. */
  remindTomorrow(ids: readonly AccountId[]): void {
    const here = this.deps.clock.now()
    const changes = new Map<AccountId, Partial<LedgerEntry>>()
    for (const id of ids) {
      const account = this.deps.summary(id)
      if (account?.refreshToken == null) continue
      const left = expectedExpiry(account.refreshToken) - this.deps.serverNow(account)
      const wait = left > 2 * HOUR ? Math.min(DAY, left - HOUR) : DAY
      changes.set(id, { remindAgainAt: here + wait })
    }
    this.deps.ledger.note(changes)
    for (const id of changes.keys()) {
      this.#takeDown(id)
      this.deps.changed(id)
    }
  }

  /** Tells what is told once, or once until it is over. In the window it is to be seen, so not while that is watched. */
  tellOnce(what: Once, text: NoticeText, target: NavigationTarget): void {
    if (this.deps.ledger.wasTold(what) || !this.deps.settings().desktopNotifications) return
    this.deps.ledger.tell(what)
    if (!this.deps.isWatched()) this.#show(text, [], target, [])
  }

  /** One question about an environment, instead of one for each of its accounts; null: it is answered. */
  tellOfEnvironment(id: EnvironmentId, text: NoticeText | null): void {
    if (text === null) {
      this.#ofEnvironments.get(id)?.()
      this.#ofEnvironments.delete(id)
      return
    }
    if (this.#ofEnvironments.has(id) || !this.deps.settings().desktopNotifications) return
    if (this.deps.isWatched()) return
    const shown = this.deps.isLocked() ? ENVIRONMENT_LOCKED_TEXT : text
    this.#ofEnvironments.set(id, this.#show(shown, [], { at: 'list' }, []))
  }

  /** Once for each version, whether the window is watched or not: it does not show it by itself. */
  tellOfUpdate(update: AvailableUpdate): void {
    if (!this.deps.settings().desktopNotifications || !this.deps.ledger.tellOfVersion(update.version)) return
    this.#show(updateText(update), [], { at: 'list' }, [])
  }

  /**
   * Tells what is so for a moment; returns what takes it off the screen again. `in-the-window-too`: only who doesn't
   * look at the window is told here.
   */
  announce(text: NoticeText, where: 'only-here' | 'in-the-window-too'): () => void {
    const isSeen = where === 'in-the-window-too' && this.deps.isWatched()
    return this.deps.settings().desktopNotifications && !isSeen
      ? this.#show(text, [], { at: 'list' }, [])
      : () => undefined
  }

  /** The desk is locked: what was told by name leaves the screen. */
  locked(): void {
    for (const close of this.#named) close()
    this.#named.clear()
  }

  /** Nothing is told any more. */
  close(): void {
    this.#gathering.clear()
  }

  #cannotStore(id: AccountId): void {
    this.#unwritable.add(id)
    this.tellOnce('storage-unwritable', UNWRITABLE_TEXT, { at: 'list' })
  }

  #canStore(id: AccountId): void {
    if (this.#unwritable.delete(id) && this.#unwritable.size === 0) {
      this.deps.ledger.untell('storage-unwritable')
    }
  }

  #gather(): void {
    const now = this.deps.clock.monotonic()
    this.#tellAtLatest ??= now + GATHER_AT_MOST_MS
    this.#gathering.set('tell', Math.min(now + GATHER_MS, this.#tellAtLatest))
  }

  #tell(): void {
    this.#tellAtLatest = null
    const settings = this.deps.settings()
    const changes = new Map<AccountId, Partial<LedgerEntry>>()
    for (const id of this.#recovered) {
      // How that ends decides.
      if (this.deps.summary(id)?.renewal.phase === 'renewing') continue
      this.#recovered.delete(id)
      changes.set(id, { news: null })
    }

    const due: { readonly account: AccountSummary; readonly due: Due }[] = []
    // Switched off, they stay due: whoever switches notifications on again hears of what is urgent then.
    if (settings.desktopNotifications) {
      for (const id of this.#pending) {
        const account = this.deps.summary(id)
        const what = account === undefined ? null : this.#due(account)
        if (account === undefined || what === null) continue
        due.push({ account, due: what })
        changes.set(id, told(what))
      }
    }
    this.#pending.clear()
    // On the disk first: whatever happens now, nobody is told twice.
    this.deps.ledger.note(changes)
    for (const { account, due: what } of due) {
      this.deps.activity.note(account.id, account.name, happening(what))
      this.deps.changed(account.id)
    }

    this.#remind(due.flatMap((each) => (each.due.kind === 'reminder' ? each.account : [])))
    if (this.deps.isWatched()) return
    this.#tellNews(keyNeededText, accountsWith(due, 'key-needed'))
    this.#tellNews(keyRefusedText, accountsWith(due, 'key-refused'))
  }

  #remind(accounts: readonly AccountSummary[]): void {
    if (accounts.length === 0) return
    const here = this.deps.clock.now()
    const tokens = accounts
      .map((account) => ({
        id: account.id,
        name: account.name,
        // Each by its own server's clock, all read against this one.
        expiresAt:
          (account.refreshToken === null ? 0 : expectedExpiry(account.refreshToken)) -
          (this.deps.serverNow(account) - here),
        isEstimate: account.refreshToken?.expiresAt === null,
        remembersApiKey: account.remembersApiKey,
      }))
      .sort((a, b) => a.expiresAt - b.expiresAt)
    const ids = tokens.map(({ id }) => id)
    if (this.deps.isLocked()) {
      this.#show(lockedReminderText(tokens, here), [], { at: 'attention' }, ids)
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
    this.#show(reminderText(tokens, here), actions, targetOf(ids), ids)
  }

  #tellNews(text: (names: readonly string[]) => NoticeText, accounts: readonly AccountSummary[]): void {
    if (accounts.length === 0) return
    const ids = accounts.map(({ id }) => id)
    if (this.deps.isLocked()) {
      this.#show(lockedNewsText(ids.length), [], { at: 'attention' }, ids)
      return
    }
    this.#show(text(accounts.map(({ name }) => name)), [], targetOf(ids), ids)
  }

  /** Asked for at a notification, so answered by one: the window may be nowhere in sight. */
  async #renew(ids: readonly AccountId[]): Promise<void> {
    const accounts = ids.flatMap((id) => this.deps.summary(id) ?? [])
    const renewed = await Promise.all(accounts.map(({ id }) => this.deps.renew(id)))
    const worked = accounts.filter((_, index) => renewed[index] === true)
    const failed = accounts.filter((_, index) => renewed[index] !== true)
    this.#answer(renewedText, worked, 'good')
    this.#answer(notRenewedText, failed, 'bad')
  }

  #answer(
    text: (names: readonly string[]) => NoticeText,
    accounts: readonly AccountSummary[],
    tone: 'good' | 'bad',
  ): void {
    if (accounts.length === 0) return
    this.answer(text(accounts.map(({ name }) => name)), targetOf(accounts.map(({ id }) => id)), tone)
  }

  /**
   * The answer to what the user has just done outside of the window. Without notifications a failure brings the window
   * up there: it must not pass for a success.
   */
  answer(text: NoticeText, target: NavigationTarget, tone: 'good' | 'bad'): void {
    if (this.deps.isLocked()) return
    if (this.deps.settings().desktopNotifications) this.#show(text, [], target, [], true)
    else if (tone === 'bad') this.deps.navigate(target)
  }

  #show(
    text: NoticeText,
    actions: readonly { readonly label: string; readonly run: () => void }[],
    target: NavigationTarget,
    ids: readonly AccountId[],
    quiet = false,
  ): () => void {
    const shown: Shown = {
      ids: new Set(ids),
      close: () => {
        close()
      },
    }
    // Nothing of it is left that could be taken off the screen.
    const gone = (): void => {
      this.#named.delete(shown.close)
      for (const id of shown.ids) this.#forgetShown(id, shown)
    }
    const close = this.deps.notifier.show({
      ...text,
      quiet,
      buttons: actions.map(({ label }) => label),
      clicked: () => {
        this.deps.navigate(target)
        gone()
      },
      pressed: (button) => {
        if (!this.deps.isLocked()) actions[button]?.run()
        gone()
      },
      gone,
    })
    if (!this.deps.isLocked()) this.#named.add(shown.close)
    for (const id of ids) this.#shown.set(id, (this.#shown.get(id) ?? new Set()).add(shown))
    return shown.close
  }

  #forgetShown(id: AccountId, shown: Shown): void {
    const all = this.#shown.get(id)
    all?.delete(shown)
    if (all?.size === 0) this.#shown.delete(id)
  }

  /** A notification leaves the screen when all that it speaks of is over. */
  #takeDown(id: AccountId): void {
    for (const shown of this.#shown.get(id) ?? []) {
      shown.ids.delete(id)
      if (shown.ids.size > 0) continue
      shown.close()
      this.#named.delete(shown.close)
    }
    this.#shown.delete(id)
  }

  /** What there is to tell about the account and was not told yet. */
  #due(account: AccountSummary): Due | null {
    if (account.renewal.phase === 'renewing') return null
    const entry = this.deps.ledger.of(account.id)
    const news = newsOf(account.problem)
    if (news !== null && !account.policy.muted) {
      const wasReminded = this.#wasToldOfDeath(account)
      return entry.news === news || wasReminded ? null : { kind: news }
    }
    const reached = leadReached(account, this.deps.settings(), this.deps.serverNow(account))
    if (reached === null) return null
    const { lead, expiresAt } = reached
    const isNew = !this.deps.ledger.wasReminded(account.id, expiresAt, lead)
    const { remindAgainAt } = entry
    if (remindAgainAt === null) return isNew ? { kind: 'reminder', lead, expiresAt } : null
    const isTime = remindAgainAt <= this.deps.clock.now() || (lead === AT_EXPIRY && isNew)
    return isTime ? { kind: 'reminder', lead, expiresAt } : null
  }

  /** That the account needs its key was said when its token died. */
  #wasToldOfDeath({ id, problem, refreshToken }: AccountSummary): boolean {
    return (
      problem?.code === 'key-needed' &&
      refreshToken !== null &&
      this.deps.ledger.wasReminded(id, expectedExpiry(refreshToken), AT_EXPIRY)
    )
  }

  /** Whether what was told about the account still holds. */
  #stands(account: AccountSummary): boolean {
    if (account.policy.muted) return false
    if (newsOf(account.problem) !== null) return true
    return leadReached(account, this.deps.settings(), this.deps.serverNow(account)) !== null
  }
}

function happening(due: Due): ActivityEvent {
  return due.kind === 'reminder' ? { kind: 'reminded', leadMs: due.lead } : { kind: 'told', of: due.kind }
}

function told(due: Due): Partial<LedgerEntry> {
  return due.kind === 'reminder'
    ? { reminded: { expiresAt: due.expiresAt, lead: due.lead }, remindAgainAt: null }
    : { news: due.kind }
}

/**
 * What only the user can mend and could not see coming. An account that never had more than its JWT, or whose session
 * was kept in memory by the user's own choice, does not prompt by itself.
 */
function newsOf(problem: Problem | null): News | null {
  if (problem?.code === 'key-refused') return 'key-refused'
  if (problem?.code !== 'key-needed') return null
  switch (problem.reason) {
    case 'refresh-token-refused':
    case 'refresh-token-maybe-replaced':
    case 'refresh-token-expired':
    case 'key-of-another':
      return 'key-needed'
    case 'nothing-to-renew-with':
    case 'kept-in-memory-only':
      return null
  }
}

function accountsWith(
  due: readonly { readonly account: AccountSummary; readonly due: Due }[],
  kind: News,
): readonly AccountSummary[] {
  return due.flatMap((each) => (each.due.kind === kind ? each.account : []))
}

function targetOf(ids: readonly AccountId[]): NavigationTarget {
  const [only] = ids
  return only !== undefined && ids.length === 1 ? { at: 'account', id: only } : { at: 'attention' }
}
