/** Asks the feed in the settings for a newer version and only reports it: nothing is fetched, opened or installed. */
import gt from 'semver/functions/gt.js'
import { type AvailableUpdate, readUpdateFeed } from '../../shared/update-feed'
import type { AppEmitter } from '../base/app-events'
import { DeadlineScheduler } from '../base/deadline-scheduler'
import type { Clock, Log, Timers, UpdateFeed } from '../base/ports'
import type { SettingsStore } from '../settings/settings-store'

/** A start has more urgent things to do. */
const FIRST_CHECK_MS = 10_000
const DAY_MS = 24 * 60 * 60_000

export interface UpdateNoticeDeps {
  readonly feed: UpdateFeed
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Log
  /** The version that runs. */
  readonly version: string
  readonly settingsStore: SettingsStore
  readonly events: AppEmitter
}

export class UpdateNotice {
  #available: AvailableUpdate | null = null
  /** The feed that is followed, as far as it was asked for. */
  #feedUrl: string | null = null
  #hasStarted = false
  /** A proxy that wants a password has stood before the feed. */
  #isTurnedAway = false
  readonly #deadlines: DeadlineScheduler<'check'>

  constructor(private readonly deps: UpdateNoticeDeps) {
    this.#deadlines = new DeadlineScheduler(
      () => deps.clock.now(),
      deps.timers,
      () => void this.#check(),
    )
  }

  /** A newer version that the feed named; null when it named none, or was not asked. */
  get available(): AvailableUpdate | null {
    return this.#available
  }

  /** From now on it asks: soon, and then once a day. */
  start(): void {
    this.#hasStarted = true
    this.#follow(FIRST_CHECK_MS)
  }

  /** The settings may name another feed, or none. Who has just named one is answered at once. */
  follow(): void {
    this.#follow(0)
  }

  #follow(delayMs: number): void {
    const wanted = this.deps.settingsStore.current.updateFeedUrl
    if (!this.#hasStarted || wanted === this.#feedUrl) return
    this.#feedUrl = wanted
    this.#available = null
    this.#isTurnedAway = false
    if (wanted === null) this.#deadlines.clear()
    else this.#deadlines.set('check', this.deps.clock.now() + delayMs)
  }

  /** The machine has slept, or a clock has jumped. */
  reevaluate(): void {
    this.#deadlines.reevaluate()
  }

  /** The proxy has what it wants: asks again what it has turned away. */
  proxyAnswered(): void {
    if (this.#isTurnedAway) this.#deadlines.set('check', this.deps.clock.now())
  }

  close(): void {
    this.#hasStarted = false
    this.#feedUrl = null
    this.#isTurnedAway = false
    this.#deadlines.clear()
  }

  async #check(): Promise<void> {
    const url = this.#feedUrl
    if (url === null) return
    this.#deadlines.set('check', this.deps.clock.now() + DAY_MS)
    const read = await this.deps.feed.read(url)
    // Another feed is followed by now, or none.
    if (url !== this.#feedUrl) return
    this.#isTurnedAway = !read.ok && read.isTurnedAway
    const named = read.ok ? readUpdateFeed(read.text) : null
    if (named === null) {
      // Nobody asked for it just now: a failure is retried tomorrow, silently.
      this.deps.log.warn('the update feed can not be read', { reason: read.ok ? 'not a feed' : read.reason })
      return
    }
    this.#available = gt(named.version, this.deps.version) ? named : null
    if (this.#available !== null) this.deps.events.emit('updateFound', this.#available)
  }
}
