import { expect, it, vi } from 'vitest'
import { FakeTime } from '../../support/fakes/fake-time'

it('fails where timers set each other without end', async () => {
  const time = new FakeTime()
  const again = (): void => {
    time.after(0, again)
  }
  again()
  await expect(time.advance(1)).rejects.toThrow('time stands still')
  expect(time.waiting).toBe(0)
})

it('runs many timers at one instant', async () => {
  const time = new FakeTime()
  const run = vi.fn()
  for (let nth = 0; nth < 2_000; nth += 1) time.after(1_000, run)
  await time.advance(1_000)
  expect(run).toHaveBeenCalledTimes(2_000)
})

it('lets the event loop run in between, so that a test can end by its time limit', async () => {
  const time = new FakeTime()
  let isOver = false
  setImmediate(() => {
    isOver = true
  })
  const again = (): void => {
    if (!isOver) time.after(1, again)
  }
  again()
  await time.advance(10_000_000)
  expect(isOver).toBe(true)
})
