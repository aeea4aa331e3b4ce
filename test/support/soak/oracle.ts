/**
 * Knows at each moment what the app owes the user: reminders, alerts, renewals. It observes the app from outside
 * whenever that has come to rest, decides by the rules, and objects when something isn't done in the time that they
 * allow.
 */
import type { AccountId } from '../../../electron/shared/account'
import type { EnvironmentId } from '../../../electron/shared/environment'
import type { AccountPolicy } from '../../../electron/shared/policy'
import type { Settings } from '../../../electron/shared/settings'
import type { BackOffice } from '../back-office'
import {
  DAY,
  HOUR,
  isWanted,
  knownOf,
  newsDue,
  newsOf,
  nextMoment,
  reminderDue,
  renewalDue,
  tomorrow,
  type Known,
  type Alert,
  type Times,
  type Wishes,
} from './rules'
import { noteIn, watched, type Duty, type Watched } from './watched'

/** Several that become due together are gathered this long, plus a second for processing. */
const GATHERING_MS = 11_000
/** Thousands of renewals that are due at once are spread, to avoid a burst. */
const SPREADING_MS = 60_000
/** A changed clock is noticed at the latest when the app's longest timer ends. */
const LONGEST_NAP_MS = HOUR

export class Oracle {
  /** What went wrong, each with the account's history. */
  readonly objections: string[] = []
  readonly tally = {
    /** Reminders that became due: each was given, or was no longer due before it could be. */
    due: 0,
    given: 0,
    lapsed: 0,
    renewals: 0,
  }
  readonly accounts = new Map<AccountId, Watched>()
  isClosed = false
  /** Since when (monotonic) the service responds at once; until then renewals wait for a slot. */
  answersSince = -Infinity
  readonly #owing = new Set<Watched>()
  readonly #skews = new Map<EnvironmentId, number>()
  #settings: Pick<Settings, 'jwtPolicy' | 'refreshTokenPolicy' | 'reminderLeadsMs'>
  #earliest = Infinity
  /** Until then (monotonic) the app may not know that its clock was set. */
  #blindUntil = -Infinity

  constructor(private office: BackOffice) {
    this.#settings = office.settingsStore.current
    office.time.atRest = () => {
      this.look()
    }
  }

  /** The app has started. */
  opened(office: BackOffice): void {
    this.office = office
    this.isClosed = false
    this.#blindUntil = -Infinity
    for (const account of this.#owing) {
      for (const duty of account.owed.keys()) this.#owe(account, duty, null, this.#now)
    }
    this.#seeAll()
  }

  added(id: AccountId): Watched {
    const account = watched(this.office.summary(id), this.#now)
    this.accounts.set(id, account)
    this.note(account, 'added')
    this.see(account)
    return account
  }

  removed(account: Watched): void {
    for (const duty of account.owed.keys()) this.#owe(account, duty, null, this.#now)
    this.accounts.delete(account.id)
    this.#owing.delete(account)
  }

  asked(account: Watched, what: string): void {
    account.isAsked = true
    this.note(account, what)
  }

  decided(account: Watched, policy: AccountPolicy): void {
    account.policy = policy
    this.note(account, `policy ${JSON.stringify(policy)}`)
    this.#weigh(account)
  }

  snoozed(account: Watched): void {
    const { token } = account.known
    if (token === null) return
    const until = tomorrow(token.endsAt, this.#times(account))
    account.past.snoozed = { endsAt: token.endsAt, until }
    this.note(account, `snoozed until ${iso(until)}`)
    this.#weigh(account)
  }

  settingsChanged(): void {
    this.#settings = this.office.settingsStore.current
    this.#seeAll()
  }

  /** The wall clock jumped: it was set, or the computer slept. */
  clockJumped(): void {
    this.#blindUntil = this.#now + LONGEST_NAP_MS
    this.#seeAll()
  }

  /** The app was told to evaluate again. */
  alerted(): void {
    this.#blindUntil = Math.min(this.#blindUntil, this.#now)
  }

  /** Takes in what has changed since the last call, and objects to what is overdue. */
  look(): void {
    if (this.isClosed) return
    if (this.office.time.now() >= this.#earliest) this.#letMomentsPass()
    for (const id of new Set(this.office.changes.splice(0))) {
      const account = this.accounts.get(id)
      if (account !== undefined) this.see(account)
    }
    this.#lookAtSkews()
    for (const account of this.#owing) this.#lookForOverdue(account)
  }

  /** Reads what the app knows of the account now. */
  see(account: Watched): void {
    const summary = this.office.accounts.summary(account.id)
    if (summary === undefined) return
    const before = account.known
    account.known = knownOf(summary)
    const { token, jwtEndsAt, hasFailed, isRenewing } = account.known
    if (before.token?.endsAt !== token?.endsAt) {
      this.note(account, `token ends ${token === null ? 'never' : iso(token.endsAt)}`)
    }
    if (before.token?.refused !== token?.refused) this.note(account, `refused: ${String(token?.refused)}`)
    if (before.hasFailed !== hasFailed) this.note(account, `problem: ${summary.problem?.code ?? 'none'}`)
    if (jwtEndsAt !== before.jwtEndsAt) this.#judgeRenewal(account, before)
    if (!isRenewing) account.isAsked = false
    this.#weigh(account)
  }

  /** The lead of the reminder that is due now; null when none is. */
  reminderDue(account: Watched): number | null {
    return reminderDue(account.known, this.#wishes(account), account.past, this.#times(account))
  }

  newsDue(account: Watched): Alert | null {
    return newsDue(account.known, this.#wishes(account), account.past)
  }

  reminded(account: Watched, told: { readonly endsAt: number; readonly lead: number } | null): void {
    // A reminder that wasn't due is objected to elsewhere.
    if (account.owed.delete('reminder')) this.tally.given += 1
    account.past.told = told
    account.past.snoozed = null
    this.#weigh(account)
  }

  told(account: Watched, news: Alert): void {
    account.past.news = news
    this.#weigh(account)
  }

  get owesNews(): boolean {
    return [...this.#owing].some(({ owed }) => owed.has('news'))
  }

  /** The window is being watched and may or may not have shown some alerts by now. */
  get isShowingNews(): boolean {
    return this.office.isWatched && this.owesNews
  }

  /** Accounts with a reminder that has been due for a while, which the app knows. */
  overdue(): readonly Watched[] {
    if (this.#now <= this.#blindUntil) return []
    return [...this.#owing].filter(({ owed }) => (owed.get('reminder')?.since ?? this.#now) < this.#now)
  }

  note(account: Watched, what: string): void {
    noteIn(account, `${iso(this.office.time.now())} (${String(Math.round(this.#now / 1000))} s) ${what}`)
  }

  object(account: Watched, what: string): void {
    this.note(account, `!! ${what}`)
    this.objections.push(`${account.name}: ${what}\n  ${account.history.join('\n  ')}`)
  }

  get #now(): number {
    return this.office.time.monotonic()
  }

  #times({ environmentId }: Watched): Times {
    const wall = this.office.time.now()
    const skew = this.#skews.get(environmentId) ?? 0
    return { wall, server: Math.abs(skew) > 30_000 ? wall + skew : wall }
  }

  #wishes({ policy }: Watched): Wishes {
    const { jwtPolicy, refreshTokenPolicy, reminderLeadsMs } = this.#settings
    return {
      jwt: policy.jwt ?? jwtPolicy,
      refreshToken: policy.refreshToken ?? refreshTokenPolicy,
      muted: policy.muted,
      leads: reminderLeadsMs,
    }
  }

  #lookAtSkews(): void {
    for (const { id, clockSkewMs } of this.office.environmentStore.all) {
      if (this.#skews.get(id) === (clockSkewMs ?? 0)) continue
      this.#skews.set(id, clockSkewMs ?? 0)
      for (const account of this.accounts.values()) if (account.environmentId === id) this.#weigh(account)
    }
  }

  #seeAll(): void {
    this.#lookAtSkews()
    for (const account of this.accounts.values()) this.see(account)
  }

  /** Decides what accounts owe whose moment has come, by what was known then. */
  #letMomentsPass(): void {
    const wall = this.office.time.now()
    this.#earliest = Infinity
    for (const account of this.accounts.values()) {
      if (account.wakesAt <= wall) {
        this.#weigh(account, this.#now - (wall - account.wakesAt))
        this.see(account)
      }
      this.#earliest = Math.min(this.#earliest, account.wakesAt)
    }
  }

  #judgeRenewal(account: Watched, before: Known): void {
    this.tally.renewals += 1
    if (account.isAsked || account.isWanted || before.hasFailed) return
    if (isWanted(before, this.#wishes(account), this.#times(account))) return
    this.object(account, 'renewed without being asked')
  }

  /** Decides what is owed by what is known; `since`: monotonic, for new duties. */
  #weigh(account: Watched, since = this.#now): void {
    const { known, past } = account
    const wishes = this.#wishes(account)
    const times = this.#times(account)
    if (past.snoozed !== null && past.snoozed.endsAt !== known.token?.endsAt) past.snoozed = null
    this.#forgetNews(account)
    const lead = reminderDue(known, wishes, past, times)
    this.#owe(account, 'reminder', lead === null ? null : inDays(lead), since)
    this.#owe(account, 'news', newsDue(known, wishes, past), since)
    this.#owe(account, 'renewal', renewalDue(known, wishes, times) ? 'by its policy' : null, since)
    if (!known.isRenewing) account.isWanted = isWanted(known, wishes, times)
    if (account.owed.size > 0) this.#owing.add(account)
    else this.#owing.delete(account)
    account.wakesAt = nextMoment(known, wishes, past, times)
    this.#earliest = Math.min(this.#earliest, account.wakesAt)
  }

  /** It is due again only if the account was well in between, and not just until the next attempt. */
  #forgetNews(account: Watched): void {
    if (newsOf(account.known) === null && !account.known.isRenewing) {
      account.wellSince ??= this.#now
      return
    }
    if (account.wellSince !== null && this.#now - account.wellSince > GATHERING_MS) account.past.news = null
    account.wellSince = null
  }

  #owe(account: Watched, duty: Duty, what: string | null, since: number): void {
    const before = account.owed.get(duty)
    if (before === undefined ? what === null : before.what === what) return
    if (what === null) account.owed.delete(duty)
    else account.owed.set(duty, { what, since: before?.since ?? since })
    if (duty === 'reminder' && what === null) this.tally.lapsed += 1
    if (duty === 'reminder' && before === undefined) this.tally.due += 1
    this.note(account, what === null ? `no ${duty} is due any more` : `${duty} due: ${what}`)
  }

  #lookForOverdue(account: Watched): void {
    for (const [duty, { what, since }] of account.owed) {
      if (this.#now <= this.#deadline(duty, since)) continue
      account.owed.delete(duty)
      // A user who watches the window sees it there.
      if (duty === 'news' && this.office.isWatched) account.past.news = newsOf(account.known)
      else this.object(account, `${duty} not given: ${what}`)
    }
  }

  /** Until when (monotonic) the app has time for what has been due since then. */
  #deadline(duty: Duty, since: number): number {
    switch (duty) {
      case 'reminder':
      case 'news':
        return Math.max(since, this.#blindUntil) + GATHERING_MS
      case 'renewal':
        return Math.max(since, this.#blindUntil, this.answersSince) + SPREADING_MS
    }
  }
}

export function inDays(lead: number): string {
  return lead === 0 ? 'death' : `${String(lead / DAY)} days`
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
