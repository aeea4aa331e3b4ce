import { describe, expect, it } from 'vitest'
import { patience } from '../../../../electron/main/platform/patience'
import { FakeTime } from '../../../support/fakes/fake-time'

const TIMEOUT = 10_000

function waiting() {
  const time = new FakeTime()
  const state = { gaveUp: false }
  const held = patience({ clock: time, timers: time }, TIMEOUT, () => {
    state.gaveUp = true
  })
  return { time, held, state }
}

describe('a response that never comes', () => {
  it('is given up on soon after the time-out', async () => {
    const { time, state } = waiting()
    await time.advance(TIMEOUT)
    expect(state.gaveUp).toBe(false)
    await time.advance(500)
    expect(state.gaveUp).toBe(true)
    expect(time.waiting).toBe(0)
  })

  it('is given up on as well when the process was stopped for long', async () => {
    const { time, state } = waiting()
    time.stopFor(60_000)
    await time.advance(500)
    expect(state.gaveUp).toBe(true)
  })
})

describe('a response that has arrived when the process continues', () => {
  it('is read before anything is given up', async () => {
    const { time, held, state } = waiting()
    time.stopFor(12_000)
    // The timer fires first; then what has arrived is read.
    await time.advance(0)
    held.heard()
    held.end()
    await time.advance(60_000)
    expect(state.gaveUp).toBe(false)
  })

  it('is read to its end, piece by piece', async () => {
    const { time, held, state } = waiting()
    time.stopFor(12_000)
    for (let piece = 0; piece < 4; piece += 1) {
      await time.advance(499)
      held.heard()
    }
    held.end()
    await time.advance(60_000)
    expect(state.gaveUp).toBe(false)
  })

  it('is read even if the process is stopped once more before it could be', async () => {
    const { time, held, state } = waiting()
    time.stopFor(12_000)
    await time.advance(0)
    time.stopFor(5_000)
    await time.advance(0)
    expect(state.gaveUp).toBe(false)
    held.end()
  })
})

it('an answer that trickles for ever is given up on', async () => {
  const { time, held, state } = waiting()
  for (let second = 0; second < 15; second += 0.25) {
    await time.advance(250)
    held.heard()
  }
  expect(state.gaveUp).toBe(true)
})

it('a process that is stopped again and again is not waited for without end', async () => {
  const { time, state } = waiting()
  await time.advance(TIMEOUT)
  for (let stop = 0; stop < 25; stop += 1) {
    time.stopFor(1_000)
    await time.advance(0)
  }
  expect(state.gaveUp).toBe(true)
})
