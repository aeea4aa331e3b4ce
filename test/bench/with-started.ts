/** One cold start, watched from outside. */
import { pathToFileURL } from 'node:url'
import { spawnMain } from '../support/electron-app'
import { withReport } from './report'
import { withProfile } from './with-profile'

const PROBE = 'test/bench/probe-main.mjs'

/** The app by its number of accounts, or one of what it is compared with (`reference/`). */
export type Subject = 'bare-window' | 'bare-list' | 'bare-ticks' | 200 | 10_000

export interface Started {
  readonly pid: number
  /** From the start of the process until two frames after the list (the reference's first line) is there. */
  readonly paintedMs: number
  /** The same until the list has all its rows. */
  readonly wholeMs: number
  /** From before the main module is evaluated until its `ready` handler has returned. */
  readonly readyMs: number
  readonly hide: () => void
}

interface HowStarted {
  /** Without showing its window; only the app can be started so. */
  readonly hidden?: boolean
}

/** Starts the subject on a new profile, lets `work` look at it, and ends it. */
export function withStarted<Value>(
  subject: Subject,
  work: (started: Started) => Promise<Value>,
  how: HowStarted = {},
): Promise<Value> {
  return withProfile(accountsOf(subject), (profile) => startOn(profile, subject, work, how))
}

export function accountsOf(subject: Subject): number {
  return typeof subject === 'number' ? subject : 0
}

/** The same on a profile that may have been used before. */
export function startOn<Value>(
  profile: string,
  subject: Subject,
  work: (started: Started) => Promise<Value>,
  { hidden = false }: HowStarted = {},
): Promise<Value> {
  const isApp = typeof subject === 'number'
  const main = isApp ? 'out/main/index.js' : `test/bench/reference/${subject}/main.mjs`
  const selector = isApp ? '[role=row][data-account-id]' : '[data-ready]'
  const startedAt = Date.now()
  const child = spawnMain(profile, PROBE, {
    env: {
      BENCH_MAIN: pathToFileURL(main).href,
      // What is hidden never paints.
      BENCH_READY: hidden ? '' : selector,
      BENCH_WHOLE: isApp && !hidden ? `[aria-rowcount="${String(subject)}"]` : '',
    },
    args: hidden ? ['--hidden'] : [],
  })
  return withReport(child, (report, { pid, stdin }) => {
    const { paintedAt, wholeAt, readyMs } = report as Readonly<
      Record<'paintedAt' | 'wholeAt' | 'readyMs', number>
    >
    if (pid === undefined) throw new Error(`${String(subject)} did not start`)
    const hide = (): void => {
      stdin.write('\n')
    }
    return work({
      pid,
      paintedMs: paintedAt - startedAt,
      wholeMs: wholeAt - startedAt,
      readyMs,
      hide,
    })
  })
}
