import { describe, expect, it } from 'vitest'
import { startUp } from '../../../electron/main/start-up'
import { FakeTime } from '../../support/fakes/fake-time'

/** Reading the first accounts takes no time, reading the others so long; writes down what happens in which order. */
function start(time: FakeTime, readingMs = 0) {
  const happened: string[] = []
  const note = (what: string) => () => void happened.push(what)
  const up = startUp(async ({ firstAreRead, allAreRead }) => {
    await firstAreRead()
    note('reads the others')()
    await new Promise<void>((go) => time.after(readingMs, go))
    note('read')()
    await allAreRead()
    note('keyring asked')()
    return 'report'
  }, time)
  up.firstLoaded.then(note('may look at the first'), note('nothing to look at'))
  up.read.then(note('may look'), note('nothing to look at'))
  up.started.then(note('may do'), note('failed'))
  return { ...up, happened }
}

describe('a start', () => {
  it('reads the other accounts when the window has painted the first and asks for more', async () => {
    const time = new FakeTime()
    const { happened, wantsMore } = start(time, 5_000)
    await time.advance(249)
    expect(happened).toEqual(['may look at the first'])
    wantsMore()
    await time.advance(5_000)
    expect(happened.slice(1)).toEqual(['reads the others', 'read', 'may look'])
  })

  it('reads them a moment later when they are not requested', async () => {
    const time = new FakeTime()
    const { happened } = start(time, 5_000)
    await time.advance(249)
    expect(happened).toEqual(['may look at the first'])
    await time.advance(1)
    expect(happened).toEqual(['may look at the first', 'reads the others'])
  })

  it('doesn’t wait for the renderer when the user acts while accounts are read', async () => {
    const time = new FakeTime()
    const { happened, rendererReady } = start(time, 5_000)
    await time.advance(0)
    rendererReady()
    await time.advance(4_999)
    expect(happened).toEqual(['may look at the first', 'reads the others'])
    await time.advance(1)
    expect(happened.slice(2)).toEqual(['read', 'may look'])
    await time.advance(250)
    expect(happened.slice(4)).toEqual(['keyring asked', 'may do'])
  })

  it('asks the keyring a moment after the window has its list, which is served before', async () => {
    const time = new FakeTime()
    const { happened, rendererReady } = start(time)
    await time.advance(500)
    rendererReady()
    await time.advance(249)
    expect(happened).toEqual(['may look at the first', 'reads the others', 'read', 'may look'])
    await time.advance(1)
    expect(happened.slice(4)).toEqual(['keyring asked', 'may do'])
    // A hidden window rests from here on.
    expect(time.waiting).toBe(0)
  })

  it('proceeds when the renderer never reports', async () => {
    const time = new FakeTime()
    const { happened } = start(time)
    await time.advance(250 + 5_250)
    expect(happened.slice(4)).toEqual(['keyring asked', 'may do'])
  })

  it('that fails on the way has only what was read by then', async () => {
    const up = startUp(({ firstAreRead }) => {
      void firstAreRead()
      return Promise.reject(new Error('gone'))
    }, new FakeTime())
    await expect(up.firstLoaded).resolves.toBeUndefined()
    await expect(up.read).rejects.toThrow('gone')
    await expect(up.started).rejects.toThrow('gone')
  })

  it('that fails has nothing to show', async () => {
    const up = startUp(() => Promise.reject(new Error('unreadable')), new FakeTime())
    await expect(up.firstLoaded).rejects.toThrow('unreadable')
    await expect(up.read).rejects.toThrow('unreadable')
    await expect(up.started).rejects.toThrow('unreadable')
  })
})
