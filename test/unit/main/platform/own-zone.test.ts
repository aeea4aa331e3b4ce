import { afterEach, beforeEach, expect, test } from 'vitest'
import { followOwnZone } from '../../../../electron/main/platform/own-zone'
import { FakeTime } from '../../../support/fakes/fake-time'

const before = process.env['TZ']

beforeEach(() => {
  process.env['TZ'] = 'Europe/Berlin'
})
afterEach(() => {
  if (before === undefined) delete process.env['TZ']
  else process.env['TZ'] = before
})

function followed(env: Record<string, string | undefined> = process.env): {
  readonly time: FakeTime
  readonly use: () => void
  readonly changes: () => number
} {
  const time = new FakeTime()
  let changes = 0
  const use = followOwnZone(time, env, () => (changes += 1))
  return { time, use, changes: () => changes }
}

test('another zone is noticed with the next time that is written, a second later at most', async () => {
  const { time, use, changes } = followed()
  process.env['TZ'] = 'Asia/Tokyo'
  use()
  expect(changes()).toBe(0)
  await time.advance(1_000)
  use()
  expect(changes()).toBe(1)
  use()
  await time.advance(1_000)
  use()
  expect(changes()).toBe(1)
})

test('the system is asked again by writing TZ, which stays what it is', async () => {
  for (const TZ of ['Europe/Berlin', undefined]) {
    const written: unknown[] = []
    const env = new Proxy<Record<string, string | undefined>>(TZ === undefined ? {} : { TZ }, {
      set: (of, name, value: string) => written.push([name, value]) > 0 && Reflect.set(of, name, value),
      deleteProperty: (of, name) => written.push([name]) > 0 && Reflect.deleteProperty(of, name),
    })
    const { time, use } = followed(env)
    await time.advance(1_000)
    use()
    use()
    expect(written).toEqual([TZ === undefined ? ['TZ'] : ['TZ', TZ]])
    expect(env['TZ']).toBe(TZ)
  }
})

test('nothing runs while nothing is written', () => {
  const { time } = followed()
  expect(time.waiting).toBe(0)
})
