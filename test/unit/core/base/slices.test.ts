import { expect, it } from 'vitest'
import { inSlices, UNITS_PER_SLICE, type Work } from '../../../../electron/core/base/slices'
import { Turns } from '../../../support/import'

function* work(steps: number, unitsEach: number, done: (step: number) => void): Work<string> {
  for (let step = 1; step <= steps; step += 1) {
    done(step)
    yield unitsEach
  }
  return 'done'
}

it('gives a turn after each slice, and no more often', async () => {
  let step = 0
  const turnsAfter: number[] = []
  const turns = new Turns(() => turnsAfter.push(step))
  const outcome = await inSlices(
    work(25, UNITS_PER_SLICE / 8, (now) => (step = now)),
    turns.pause,
  )
  expect(outcome).toBe('done')
  expect(turnsAfter).toEqual([8, 16, 24])
})

it('gives one after a step that takes longer than a slice', async () => {
  const turns = new Turns()
  await inSlices(
    work(3, UNITS_PER_SLICE * 2, () => undefined),
    turns.pause,
  )
  expect(turns.given).toBe(3)
})
