import { describe, expect, it } from 'vitest'
import { DeadlineScheduler } from '../../../../electron/core/base/deadline-scheduler'
import { FakeTime } from '../../../support/fakes/fake-time'

const DAY = 86_400_000

function deadlines(): { time: FakeTime; due: string[]; deadlines: DeadlineScheduler<string> } {
  const time = new FakeTime()
  const due: string[] = []
  return {
    time,
    due,
    deadlines: new DeadlineScheduler<string>(
      () => time.now(),
      time,
      (keys) => due.push(...keys),
    ),
  }
}

describe('an agenda', () => {
  it('calls at the deadline, not before', async () => {
    const { time, due, deadlines: plan } = deadlines()
    plan.set('a', time.now() + 1_000)
    await time.advance(999)
    expect(due).toEqual([])
    await time.advance(1)
    expect(due).toEqual(['a'])
  })

  it('has one timer for any number of deadlines, and none when there is nothing to wait for', () => {
    const { time, deadlines: plan } = deadlines()
    for (let n = 0; n < 1_000; n += 1) plan.set(String(n), time.now() + n + 1)
    expect(time.waiting).toBe(1)
    plan.clear()
    expect(time.waiting).toBe(0)
  })

  it('waits longer than the 24.8 days of a timer', async () => {
    const { time, due, deadlines: plan } = deadlines()
    plan.set('far', time.now() + 60 * DAY)
    await time.advance(60 * DAY - 1)
    expect(due).toEqual([])
    await time.advance(1)
    expect(due).toEqual(['far'])
  })

  it('takes back a deadline, and moves one', async () => {
    const { time, due, deadlines: plan } = deadlines()
    plan.set('a', time.now() + 1_000)
    plan.set('b', time.now() + 1_000)
    plan.delete('a')
    plan.set('b', time.now() + 5_000)
    await time.advance(4_999)
    expect(due).toEqual([])
    await time.advance(1)
    expect(due).toEqual(['b'])
  })

  it('lets what is due set itself again', async () => {
    const time = new FakeTime()
    let rings = 0
    const plan: DeadlineScheduler<string> = new DeadlineScheduler<string>(
      () => time.now(),
      time,
      () => {
        rings += 1
        if (rings < 3) plan.set('again', time.now() + 10)
      },
    )
    plan.set('again', time.now() + 10)
    await time.advance(100)
    expect(rings).toBe(3)
  })
})
