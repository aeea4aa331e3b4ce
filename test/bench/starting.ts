/** Starting and what it weighs, each beside the references in turn. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Measure } from './figures'
import { pssMb } from './usage'
import { withStarted, type Subject } from './with-started'

const SUBJECTS = ['bare-window', 'bare-list', 200, 10_000] as const
/** Until what was put off at the start is done. */
const SETTLE_MS = 3_000

export async function measureStart(runs: number): Promise<Measure[]> {
  const painted = lists()
  const ready = lists()
  const memory = lists()
  // The first start of each reads its files from the disk; it is not counted.
  for (let run = 0; run <= runs; run += 1) {
    for (const subject of SUBJECTS) {
      const seen = await withStarted(subject, async (started) => {
        await sleep(SETTLE_MS)
        return { ...started, memory: pssMb(started.pid) }
      })
      if (run === 0) continue
      painted[subject].push(seen.paintedMs)
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
    against('cold start, 200 accounts', painted, [200, 'bare-window'], { unit: 'ms', limit: ratio(1.25) }),
    against('cold start, 200 against the bare list', painted, [200, 'bare-list'], {
      unit: 'ms',
      limit: ratio(null),
    }),
    against('cold start, 10,000 against 200', painted, [10_000, 200], { unit: 'ms', limit: ratio(1.5) }),
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

function ratio(most: number | null): Measure['limit'] {
  return { of: 'ratio', most }
}

function lists(): Record<Subject, number[]> {
  return { 'bare-window': [], 'bare-list': [], 200: [], 10_000: [] }
}
