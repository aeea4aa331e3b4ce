/**
 * Judges each notification as it is shown: which accounts it is about, whether it is due, and whether its text is
 * right.
 */
import type { DesktopNotification } from '../../../electron/core/base/ports'
import type { BackOffice } from '../back-office'
import { kindOf, notifiedBy, wrongIn, type LedgerDocument, type Reminded } from './notices'
import { inDays, type Oracle } from './oracle'
import type { Alert } from './rules'
import type { Watched } from './watched'

export class Judge {
  readonly tally = { notifications: 0, digests: 0, again: 0, deaths: 0, news: 0, answers: 0 }
  /** The latest reminder and its accounts. */
  latest: { readonly shown: DesktopNotification; readonly told: readonly Watched[] } | null = null
  /** The user has pressed a notification's button and waits for the result. */
  isAnswerExpected = false
  /** Whether it was reported that the disk can't be written. */
  isDiskReported = false
  #ledgerBefore: LedgerDocument | null = null
  #ledger: LedgerDocument | null = null

  constructor(
    private office: BackOffice,
    private readonly oracle: Oracle,
  ) {
    const { notificationLogStore, notifier } = office
    const write = notificationLogStore.write.bind(notificationLogStore)
    notificationLogStore.write = (state) => {
      write(state)
      this.#ledgerBefore = this.#ledger
      this.#ledger = state as LedgerDocument
    }
    notifier.whenShown = (shown) => {
      this.#judge(shown)
    }
  }

  /** The app has started. */
  opened(office: BackOffice): void {
    this.office = office
    this.latest = null
  }

  #judge(shown: DesktopNotification): void {
    const { oracle, tally } = this
    oracle.look()
    tally.notifications += 1
    if (oracle.isClosed) this.#object('shown while closed', shown)
    const kind = kindOf(shown)
    switch (kind) {
      case 'reminder':
        this.#judgeReminders(shown)
        break
      case 'key-needed':
      case 'key-refused':
        for (const account of this.#notifiedBy(shown, kind).keys()) this.#judgeNews(account, kind)
        break
      case 'answer':
        tally.answers += 1
        if (!this.isAnswerExpected) this.#object('nobody asked', shown)
        break
      case 'disk':
        if (!this.office.records.full || this.isDiskReported)
          this.#object('nothing new about the disk', shown)
        this.isDiskReported = true
        break
      case 'environment':
        if (this.office.environmentStore.all.every(({ doubt }) => doubt === null)) {
          this.#object('no environment is in doubt', shown)
        }
        break
      case 'unknown':
        this.#object('nobody knows what this is', shown)
        break
    }
  }

  #judgeReminders(shown: DesktopNotification): void {
    const told = this.#notifiedBy(shown, 'reminder')
    if (told.size > 1) this.tally.digests += 1
    // Everything that is due together comes in one notification.
    for (const account of this.oracle.overdue()) {
      if (!told.has(account)) this.oracle.object(account, 'left out of a digest')
    }
    for (const [account, reminded] of told) this.#judgeReminder(account, reminded)
    this.latest = { shown, told: [...told.keys()] }
  }

  #judgeReminder(account: Watched, reminded: Reminded | null): void {
    const { oracle, tally } = this
    const { known, past } = account
    const due = oracle.reminderDue(account)
    const given = reminded === null ? 'nothing' : inDays(reminded.lead)
    oracle.note(account, `reminded: ${given}`)
    if (due === null) oracle.object(account, `reminded (${given}) though nothing is due`)
    else if (reminded?.lead !== due || reminded.expiresAt !== known.token?.endsAt) {
      oracle.object(account, `reminded (${given}) instead of ${inDays(due)}`)
    }
    if (past.snoozed !== null) tally.again += 1
    if (reminded?.lead === 0) tally.deaths += 1
    oracle.reminded(account, reminded && { endsAt: reminded.expiresAt, lead: reminded.lead })
  }

  #judgeNews(account: Watched, news: Alert): void {
    const { oracle } = this
    const due = oracle.newsDue(account)
    oracle.note(account, `told: ${news}`)
    if (this.office.isWatched) oracle.object(account, `told (${news}) while the window is looked at`)
    if (due !== news) oracle.object(account, `told (${news}) though ${due ?? 'nothing'} is due`)
    this.tally.news += 1
    oracle.told(account, news)
  }

  #notifiedBy(shown: DesktopNotification, kind: 'reminder' | Alert): ReadonlyMap<Watched, Reminded | null> {
    const told = new Map<Watched, Reminded | null>()
    for (const [id, reminded] of notifiedBy(kind, this.#ledgerBefore, this.#ledger)) {
      const account = this.oracle.accounts.get(id)
      if (account === undefined) continue
      this.oracle.see(account)
      told.set(account, reminded)
    }
    const names = [...told.keys()].map(({ name }) => name)
    const wrong = names.length === 0 ? 'it tells nobody' : wrongIn(shown, names)
    if (wrong !== null) this.#object(`${wrong} (${names.join()})`, shown)
    return told
  }

  #object(what: string, { title, body }: DesktopNotification): void {
    this.oracle.objections.push(`${what}: "${title}: ${body}"`)
  }
}
