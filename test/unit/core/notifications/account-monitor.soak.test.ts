/**
 * Weeks of reminders, news and renewals in virtual time, judged by an oracle that knows the rules and not the code. A run
 * comes from its seed: `SOAK_SEED=7` repeats the seventh.
 */
import { expect, it } from 'vitest'
import { createRandom } from '../../../support/random'
import { lifeOf } from '../../../support/soak/life'
import { World } from '../../../support/soak/world'
import { howMuch } from '../../../support/length'

const ACCOUNTS = howMuch(1_000, 5_000)
const DAYS = howMuch(60, 120)
const SEED = Number(process.env['SOAK_SEED'] ?? howMuch(2_026, Math.floor(Math.random() * 1_000_000)))

it(`tells of ${String(ACCOUNTS)} accounts in ${String(DAYS)} days what is due, once, on its day and nothing else`, async () => {
  const world = await World.begin(createRandom(SEED), { accounts: ACCOUNTS, days: DAYS })
  await world.run(lifeOf(world))
  const { oracle, judge, happened } = world
  const [objection = ''] = oracle.objections
  expect(objection, `seed ${String(SEED)}, after\n${world.recent.join('\n')}`).toBe('')

  // That enough happened for this to mean something.
  expect(oracle.tally.given).toBeGreaterThan(ACCOUNTS)
  expect(oracle.tally.given + oracle.tally.lapsed).toBe(oracle.tally.due)
  expect(oracle.tally.renewals).toBeGreaterThan(ACCOUNTS)
  expect(judge.tally.digests).toBeGreaterThan(50)
  expect(judge.tally.deaths).toBeGreaterThan(ACCOUNTS / 10)
  expect(judge.tally.again).toBeGreaterThan(30)
  expect(judge.tally.news).toBeGreaterThan(30)
  expect([...happened.keys()]).toEqual(
    expect.arrayContaining(['restart', 'crash', 'sleep', 'clock set', 'outage', 'full disk', 'slow service']),
  )
}, 3_600_000)
