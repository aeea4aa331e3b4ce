/** What rests: hidden, started hidden, and in sight. */
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { startTray } from '../support/desktop'
import { launchUnwatched, type UnwatchedApp } from '../support/electron-app'
import type { Measure } from './figures'
import { until } from './until'
import { cpuSeconds, wakeUps } from './usage'
import { withProfile } from './with-profile'
import { withStarted, type Started, type Subject } from './with-started'

/** Until work deferred at the start is done. */
const SETTLE_MS = 3_000
const SETTLE_LIMIT_MS = 60_000
/** Until V8 and Chromium have tidied up after a window that was hidden, which they do once: then it rests. */
const TIDIED_MS = 45_000
/** % of a core beyond a bare window, from when the window is hidden: so much is 450 ms of CPU in all. */
const MOST_WHILE_TIDYING = 1

interface Rest {
  /** % of a core. */
  readonly cpu: number
  /** A second. */
  readonly wakeUps: number
}

/** `seconds`: how long each is watched. */
export async function measureIdle(seconds: number): Promise<Measure[]> {
  const out = await outOfSight(seconds)
  const visible = await withStarted(10_000, (started) => rest(started, seconds, SETTLE_MS))
  const ticks = await withStarted('bare-ticks', (started) => rest(started, seconds, SETTLE_MS))
  const beyondBare = (name: string, app: Rest): Measure => ({
    ...{ name, unit: '%', runs: [app.cpu], reference: [out.bare.cpu] },
    limit: { of: 'difference', most: 0.1 },
  })
  return [
    beyondBare('idle CPU, hidden', out.hidden),
    {
      ...{ name: 'idle CPU, hidden, in the first 45 s', unit: '%', runs: [out.hidden.tidying.cpu] },
      ...{ reference: [out.bare.tidying.cpu], limit: { of: 'difference', most: MOST_WHILE_TIDYING } },
    },
    beyondBare('idle CPU, started hidden', out.startedHidden),
    {
      ...{ name: 'wake-ups of our own, closed and started hidden', unit: 'callbacks', reference: null },
      ...{ runs: out.callbacks, limit: { of: 'p95', most: 0 } },
    },
    {
      ...{ name: 'wake-ups of all threads, hidden', unit: 'a second', runs: [out.hidden.wakeUps] },
      ...{ reference: [out.bare.wakeUps], limit: { of: 'difference', most: null } },
    },
    {
      ...{ name: 'idle CPU, visible, 10,000 accounts', unit: '%', runs: [visible.cpu] },
      reference: [ticks.cpu],
      limit: { of: 'median', most: 1 },
    },
  ]
}

/** All at once: each one's use is counted separately, and all are measured while the computer is equally busy. */
async function outOfSight(seconds: number) {
  // Without it what starts hidden minimises itself.
  const tray = await startTray()
  try {
    const [bare, hidden, startedHidden, callbacks] = await Promise.all([
      hide('bare-window', seconds),
      hide(200, seconds),
      withStarted(200, (started) => rest(started, seconds, TIDIED_MS), { hidden: true }),
      callbacksOf(seconds),
    ])
    return { bare, hidden, startedHidden, callbacks }
  } finally {
    await tray.stop()
  }
}

interface Hidden extends Rest {
  readonly tidying: Rest
}

function hide(subject: Subject, seconds: number): Promise<Hidden> {
  return withStarted(subject, async (started) => {
    started.hide()
    const tidying = await rest(started, TIDIED_MS / 1000, 0)
    return { ...(await rest(started, seconds, 0)), tidying }
  })
}

async function rest({ pid }: Started, seconds: number, settleMs: number): Promise<Rest> {
  await sleep(settleMs)
  const before = { cpu: cpuSeconds(pid), wakeUps: wakeUps(pid) }
  await sleep(seconds * 1000)
  return {
    cpu: ((cpuSeconds(pid) - before.cpu) / seconds) * 100,
    wakeUps: (wakeUps(pid) - before.wakeUps) / seconds,
  }
}

/** How many timers of main and of the page have run: of an app with its window closed, and of one started hidden. */
async function callbacksOf(seconds: number): Promise<number[]> {
  return await Promise.all([
    withUnwatched([], async (app) => {
      // Before that it can't be closed.
      await until(async () => (await app.state()).isShown)
      await app.close()
      return await callbacks(app, seconds)
    }),
    withUnwatched(['--hidden'], (app) => callbacks(app, seconds)),
  ])
}

function withUnwatched<Value>(
  args: readonly string[],
  work: (app: UnwatchedApp) => Promise<Value>,
): Promise<Value> {
  return withProfile(200, async (profile) => {
    const app = launchUnwatched(profile, args)
    try {
      return await work(app)
    } finally {
      await app.end()
    }
  })
}

async function callbacks(app: UnwatchedApp, seconds: number): Promise<number> {
  const giveUpAt = performance.now() + SETTLE_LIMIT_MS
  let before = await app.state()
  for (;;) {
    await sleep(SETTLE_MS)
    const now = await app.state()
    const isSettled = now.pageIsHidden && isDeepStrictEqual(now, before)
    before = now
    if (isSettled || performance.now() > giveUpAt) break
  }
  await sleep(seconds * 1000)
  const after = await app.state()
  return after.ran - before.ran + after.ranInPage - before.ranInPage
}
