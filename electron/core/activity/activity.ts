/**
 * The journal of what happened to accounts: a line each, appended in the background, read only when somebody asks.
 * A convenience, so a disk that refuses costs entries and nothing else.
 */
import * as z from 'zod/mini'
import type { AccountId } from '../../shared/account'
import {
  ACTIVITY_AT_MOST,
  ACTIVITY_KEPT_MS,
  activityEntry,
  type ActivityEntry,
  type ActivityEvent,
} from '../../shared/activity'
import { lazy } from '../../shared/lazy'
import { errorFacts } from '../base/error-facts'
import type { ActivityFile, Clock, Log } from '../base/ports'

/** As earlier versions called them, in entries that are still kept. */
const RENAMED_PROBLEMS: Readonly<Record<string, string>> = {
  busy: 'service-unavailable',
  nonsense: 'invalid-response',
}

const storedEntry = lazy(() => z.pipe(z.transform(withCurrentNames), activityEntry()))

function withCurrentNames(entry: unknown): unknown {
  const failed = failedEntry.safeParse(entry).data
  const renamed = failed && RENAMED_PROBLEMS[failed.what.problem]
  return failed === undefined || renamed === undefined
    ? entry
    : { ...failed, what: { ...failed.what, problem: renamed } }
}

const failedEntry = z.looseObject({ what: z.looseObject({ problem: z.string() }) })

/** The file is tidied when it has grown by this many lines since it was last. */
const TIDY_AFTER = 5_000

export class Activity {
  #appended = 0
  /** One after another: a tidying must not lose what is appended meanwhile. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly file: ActivityFile,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  note(id: AccountId, name: string, what: ActivityEvent): void {
    const entry: ActivityEntry = { at: this.clock.now(), id, name, what }
    this.#appended += 1
    const tidies = this.#appended % TIDY_AFTER === 0
    void this.#next(async () => {
      await this.file.append(`${JSON.stringify(entry)}\n`)
      if (tidies) await this.#tidy()
    })
  }

  /** The latest first: of one account, or of all with null. Lines that make no sense are left out. */
  async entries(id: AccountId | null): Promise<readonly ActivityEntry[]> {
    const kept = (await this.#next(() => this.#tidy())) ?? []
    const wanted = id === null ? kept : kept.filter((entry) => entry.id === id)
    return wanted.toReversed()
  }

  /** Resolves when all that was noted is written. */
  async settled(): Promise<void> {
    await this.#last
  }

  /** Drops what is too old or too much; returns what stays, the oldest first. */
  async #tidy(): Promise<readonly ActivityEntry[]> {
    const lines = (await this.file.read()).split('\n').filter((line) => line !== '')
    const since = this.clock.now() - ACTIVITY_KEPT_MS
    const kept = lines
      .flatMap((line) => parsed(line) ?? [])
      .filter(({ at }) => at >= since)
      .slice(-ACTIVITY_AT_MOST)
    if (kept.length < lines.length) {
      await this.file.replace(kept.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    }
    return kept
  }

  async #next<Value>(run: () => Promise<Value>): Promise<Value | null> {
    const next = this.#last.then(run).catch((error: unknown) => {
      this.log.warn('the activity journal can not be used', errorFacts(error))
      return null
    })
    this.#last = next
    return await next
  }
}

function parsed(line: string): ActivityEntry | null {
  try {
    return storedEntry().safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}
