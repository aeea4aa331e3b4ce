/**
 * Starting and what it weighs, each beside the references in turn. On a used profile, one for all starts of a subject,
 * as people have who have 200 accounts: what Chromium keeps between starts is there, for the references too. And on a
 * new one for each start, where neither has any of it, as at the first start of all.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Measure } from './figures'
import { pssMb } from './usage'
import { withProfile } from './with-profile'
import { accountsOf, startOn, withStarted } from './with-started'

const SUBJECTS = ['bare-window', 'bare-list', 200, 10_000] as const
type Subject = (typeof SUBJECTS)[number]
/** Until work deferred at the start is done. */
const SETTLE_MS = 3_000
/** Until all of that has been read and kept once: V8 keeps a script's code at its second start. */
const NOT_COUNTED = 2
/** V8 has yet to compile all that a start runs, of which the bare window has next to nothing. */
const MOST_ON_NEW = 2

export async function measureStart(runs: number): Promise<Measure[]> {
  const used = await withProfiles(SUBJECTS, (profiles) => measureOnUsed(profiles, runs))
  return [...used, ...(await measureOnNew(runs))]
}

async function withProfiles<Value>(
  subjects: readonly Subject[],
  work: (profiles: ReadonlyMap<Subject, string>) => Promise<Value>,
): Promise<Value> {
  const [subject, ...rest] = subjects
  if (subject === undefined) return await work(new Map())
  return await withProfile(accountsOf(subject), (profile) =>
    withProfiles(rest, (others) => work(new Map([[subject, profile], ...others]))),
  )
}

async function measureOnUsed(profiles: ReadonlyMap<Subject, string>, runs: number): Promise<Measure[]> {
  const painted = lists()
  const whole = lists()
  const ready = lists()
  const memory = lists()
  for (let run = -NOT_COUNTED; run < runs; run += 1) {
    for (const [subject, profile] of profiles) {
      const seen = await startOn(profile, subject, async (started) => {
        await sleep(SETTLE_MS)
        return { ...started, memory: pssMb(started.pid) }
      })
      if (run < 0) continue
      painted[subject].push(seen.paintedMs)
      whole[subject].push(seen.wholeMs)
      ready[subject].push(seen.readyMs)
      memory[subject].push(seen.memory)
    }
  }
  const against = (
    name: string,
    values: Record<Subject, number[]>,
    pair: readonly [Subject, Subject],
    rest: Pick<Measure, 'unit' | 'limit'>,
  ): Measure => ({ name, runs: values[pair[0]], reference: values[pair[1]], ...rest })
  return [
    against('cold start on a used profile, 200 accounts', painted, [200, 'bare-window'], {
      unit: 'ms',
      limit: ratio(1.25),
    }),
    against('the same against the bare list', painted, [200, 'bare-list'], {
      unit: 'ms',
      limit: ratio(null),
    }),
    against('cold start on a used profile, 10,000 against 200', painted, [10_000, 200], {
      unit: 'ms',
      limit: ratio(1.5),
    }),
    against('the same until all are there', whole, [10_000, 200], { unit: 'ms', limit: ratio(null) }),
    against('main module to ready', ready, [200, 'bare-window'], {
      unit: 'ms',
      limit: { of: 'difference', most: 40 },
    }),
    against('memory (PSS), 200 accounts', memory, [200, 'bare-window'], { unit: 'MB', limit: ratio(1.3) }),
    against('memory (PSS), 10,000 accounts', memory, [10_000, 'bare-window'], {
      unit: 'MB',
      limit: ratio(1.6),
    }),
  ]
}

/** Nothing is started beforehand: what is made once is part of it. */
async function measureOnNew(runs: number): Promise<Measure[]> {
  const painted = lists()
  for (let run = 0; run < runs; run += 1) {
    for (const subject of ['bare-window', 200] as const) {
      painted[subject].push(await withStarted(subject, ({ paintedMs }) => Promise.resolve(paintedMs)))
    }
  }
  return [
    {
      ...{ name: 'cold start on a new profile, 200 accounts', unit: 'ms', runs: painted[200] },
      ...{ reference: painted['bare-window'], limit: ratio(MOST_ON_NEW) },
    },
  ]
}

function ratio(most: number | null): Measure['limit'] {
  return { of: 'ratio', most }
}

function lists(): Record<Subject, number[]> {
  return { 'bare-window': [], 'bare-list': [], 200: [], 10_000: [] }
}
