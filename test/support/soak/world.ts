/** Some weeks of an app, its user and its service, all random from one seed. */
import type { Random } from '../random'
import { BackOffice } from '../back-office'
import { Judge } from './judge'
import { Oracle } from './oracle'
import { DAY, MINUTE } from './rules'
import type { Watched } from './watched'

/** The average time between two events. */
const PAUSE_MS = 9 * MINUTE

/** An event that occurs now and then; the weights are relative frequencies. */
export interface SoakEvent {
  readonly weight: number
  readonly what: string
  readonly run: () => unknown
}

/** The world's events, and how accounts are added; their refresh tokens have about this validity. */
export interface Life {
  readonly happenings: readonly SoakEvent[]
  readonly addSome: (refreshLifeMs: number) => Promise<void>
}

export interface WorldPlan {
  /** Most exist at the beginning, the others come later. */
  readonly accounts: number
  readonly days: number
}

export class World {
  readonly oracle: Oracle
  readonly judge: Judge
  /** How often each event occurred. */
  readonly happened = new Map<string, number>()
  /** The latest events, the newest last. */
  readonly recent: string[] = []
  isServiceDown = false
  /** How many accounts were ever added. */
  added = 0
  #all: readonly Watched[] = []
  readonly #later = new Set<{ readonly at: number; readonly run: () => unknown }>()

  private constructor(
    public office: BackOffice,
    readonly random: Random,
    readonly plan: WorldPlan,
  ) {
    this.oracle = new Oracle(office)
    this.judge = new Judge(office, this.oracle)
    office.service.skewMs = random.int(-60, 60) * 1000
  }

  static async begin(random: Random, plan: WorldPlan): Promise<World> {
    const office = await BackOffice.open({ random: () => random.next() })
    return new World(office, random, plan)
  }

  /** Ends early when the oracle objects. */
  async run({ addSome, happenings }: Life): Promise<void> {
    const { random, plan, oracle } = this
    const startedAt = this.trueNow
    while (this.added < plan.accounts * 0.7) await addSome(random.int(2, 29) * DAY)
    while (this.trueNow < startedAt + plan.days * DAY && oracle.objections.length === 0) {
      await this.advance(-Math.log(1 - random.next()) * PAUSE_MS)
      await this.#runLater()
      await this.#runOne(happenings)
      this.#tidyUp()
      // Lets the test runner respond now and then.
      await new Promise((resolve) => setImmediate(resolve))
    }
    // Everything due by now is notified before the count.
    this.reevaluate()
    await this.advance(MINUTE)
  }

  /** By the server's clock, which is never set. */
  get trueNow(): number {
    return this.office.time.now() + this.office.service.skewMs
  }

  get isOnline(): boolean {
    return !this.office.records.full && !this.isServiceDown
  }

  get all(): readonly Watched[] {
    return this.#all
  }

  /** Those in daily use. */
  get busy(): readonly Watched[] {
    return this.#all.filter((_, index) => index % 5 === 0)
  }

  /** No name contains another. */
  nextName(): string {
    this.added += 1
    return `Account ${String(this.added).padStart(4, '0')}`
  }

  anyone(): Watched {
    return this.random.pick(this.#all)
  }

  /** Accounts were added or removed. */
  recount(): void {
    this.#all = [...this.oracle.accounts.values()]
  }

  async advance(ms: number): Promise<void> {
    await this.office.time.advance(Math.ceil(ms))
  }

  /** Runs it after this much (true) time. */
  in(ms: number, run: () => unknown): void {
    this.#later.add({ at: this.trueNow + ms, run })
  }

  reevaluate(): void {
    this.office.useCases.networkIsBack()
    this.oracle.alerted()
  }

  async restart(): Promise<void> {
    await this.#quit()
    await this.#open()
  }

  async crash(): Promise<void> {
    this.office.time.forgetTimers()
    this.office = await this.office.crash()
    // A prompt after a crash doesn't use our seed's randomness: the app is started again.
    await this.restart()
  }

  /** Quits, and starts again after this time. */
  async close(ms: number): Promise<void> {
    await this.#quit()
    this.oracle.isClosed = true
    if (this.random.next() < 0.5) this.office.time.jump(ms)
    else await this.advance(ms)
    await this.#open()
  }

  async #quit(): Promise<void> {
    await this.office.quit()
    // Its process ends there.
    this.office.time.forgetTimers()
  }

  async #open(): Promise<void> {
    const { office, random } = this
    this.office = await BackOffice.open({ after: office, random: () => random.next() })
    this.oracle.opened(this.office)
    this.judge.opened(this.office)
  }

  async #runLater(): Promise<void> {
    for (const each of this.#later) {
      if (each.at > this.trueNow) continue
      this.#later.delete(each)
      await each.run()
    }
  }

  async #runOne(happenings: readonly SoakEvent[]): Promise<void> {
    let rest = this.random.next() * happenings.reduce((sum, { weight }) => sum + weight, 0)
    for (const { weight, what, run } of happenings) {
      rest -= weight
      if (rest >= 0) continue
      this.happened.set(what, (this.happened.get(what) ?? 0) + 1)
      this.recent.push(`${new Date(this.office.time.now()).toISOString()} ${what}`)
      if (this.recent.length > 12) this.recent.shift()
      await run()
      return
    }
  }

  /** Fakes keep everything they ever saw, which is much over weeks. */
  #tidyUp(): void {
    const { service, records, log, notifier, cipher, places } = this.office
    const kept: readonly unknown[][] = [
      service.requests,
      records.writes,
      log.lines,
      notifier.shown,
      cipher.sealed,
      places,
    ]
    for (const list of kept) list.length = 0
    notifier.onScreen.clear()
  }
}
