/** `npm run torture` in short: the same parts with small numbers, one seed, so that each `npm test` does the same. */
import { fileURLToPath } from 'node:url'
import { expect } from '@playwright/test'
import { PARTS, type Scale } from '../resilience/built-app/options'
import { createRandom } from '../support/random'
import { untried } from '../resilience/built-app/report'
import { torture } from '../resilience/built-app/run'
import { test } from '../support/own-desktop'

const SHORT: Scale = { kills: 6, eachFault: 1, damages: 14, herd: 200, percent: 5, states: 300 }
const SEED = 3

for (const part of PARTS) {
  test(`torture, in short: ${part}`, async () => {
    test.setTimeout(300_000)
    const finished = await torture({
      parts: [part],
      scale: SHORT,
      random: createRandom(SEED),
      directory: fileURLToPath(new URL('../..', import.meta.url)),
      tell: () => undefined,
    })
    expect(finished.flatMap(({ result }) => result.broken)).toEqual([])
    const notTried = untried(finished)
    // Told as skipped, with the reason; `CI=true` takes no skips (scripts/lib/report.mjs).
    test.skip(notTried.length > 0, notTried.join('; '))
  })
}
