import { describe, expect, it } from 'vitest'
import { startUp } from '../../../electron/main/start-up'
import { FakeTime } from '../../support/fakes/fake-time'

/** Starts with accounts that are read at once, and writes down what happens in which order. */
function start(time: FakeTime) {
  const happened: string[] = []
  const note = (what: string) => () => void happened.push(what)
  const up = startUp(async (isRead) => {
    note('read')()
    await isRead()
    note('keyring asked')()
    return 'report'
  }, time)
  up.read.then(note('may look'), note('nothing to look at'))
  up.started.then(note('may do'), note('failed'))
  return { ...up, happened }
}

describe('a start', () => {
  it('asks the keyring a moment after the window has its list, which may be looked at before', async () => {
    const time = new FakeTime()
    const { happened, looked } = start(time)
    await time.advance(500)
    expect(happened).toEqual(['read', 'may look'])
    looked()
    await time.advance(249)
    expect(happened).toEqual(['read', 'may look'])
    await time.advance(1)
    expect(happened).toEqual(['read', 'may look', 'keyring asked', 'may do'])
  })

  it('goes on when nobody looks', async () => {
    const time = new FakeTime()
    const { happened } = start(time)
    await time.advance(1_250)
    expect(happened).toEqual(['read', 'may look', 'keyring asked', 'may do'])
  })

  it('that fails has nothing to be looked at', async () => {
    const up = startUp(() => Promise.reject(new Error('unreadable')), new FakeTime())
    await expect(up.read).rejects.toThrow('unreadable')
    await expect(up.started).rejects.toThrow('unreadable')
  })
})
