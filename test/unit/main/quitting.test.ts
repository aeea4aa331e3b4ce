import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { Quitting } from '../../../electron/main/quitting'
import { FakeTime, settle } from '../../support/fakes/fake-time'

const SECOND = 1_000

/** An app that quits unless it is prevented, as Electron's does. */
class FakeApp extends EventEmitter {
  hasEnded = false

  readonly quit = vi.fn(() => {
    const event = { preventDefault: vi.fn() }
    this.emit('before-quit', event)
    if (event.preventDefault.mock.calls.length === 0) this.hasEnded = true
  })
}

function anEnd() {
  const app = new FakeApp()
  const time = new FakeTime()
  let finished = (): void => undefined
  const told = { begun: vi.fn(), takesLong: vi.fn(), over: vi.fn(), relaunch: vi.fn() }
  const finish = vi.fn(
    () =>
      new Promise<void>((resolve) => {
        finished = resolve
      }),
  )
  const quitting = new Quitting({
    app,
    after: time.after.bind(time),
    requestLimitMs: 10 * SECOND,
    finish,
    ...told,
  })
  return {
    app,
    time,
    quitting,
    finish,
    ...told,
    async finished() {
      finished()
      await settle()
    },
  }
}

describe('the end of the app', () => {
  it('waits for what is in flight, as long as a request may take', async () => {
    const end = anEnd()
    end.app.quit()
    expect(end.begun).toHaveBeenCalledOnce()
    expect(end.quitting.isUnderWay).toBe(true)
    await end.time.advance(9 * SECOND)
    expect(end.app.hasEnded).toBe(false)
    await end.finished()
    expect(end.app.hasEnded).toBe(true)
    expect(end.over).toHaveBeenCalledOnce()
    expect(end.relaunch).not.toHaveBeenCalled()
  })

  it('is not cut off by a second wish', async () => {
    const end = anEnd()
    end.app.quit()
    await end.time.advance(5 * SECOND)
    end.app.quit()
    end.quitting.delay({ preventDefault: vi.fn() }, false)
    expect(end.app.hasEnded).toBe(false)
    expect(end.finish).toHaveBeenCalledOnce()
    await end.finished()
    expect(end.app.hasEnded).toBe(true)
  })

  it('comes, whatever hangs', async () => {
    const end = anEnd()
    end.app.quit()
    await end.time.advance(15 * SECOND)
    expect(end.app.hasEnded).toBe(true)
  })

  it('says so after 2 s, and not when it is over by then', async () => {
    const slow = anEnd()
    slow.app.quit()
    await slow.time.advance(2 * SECOND - 1)
    expect(slow.takesLong).not.toHaveBeenCalled()
    await slow.time.advance(1)
    expect(slow.takesLong).toHaveBeenCalledOnce()

    const quick = anEnd()
    quick.app.quit()
    await quick.finished()
    await quick.time.advance(20 * SECOND)
    expect(quick.takesLong).not.toHaveBeenCalled()
  })

  it('is followed by a new start where the app was started again meanwhile', async () => {
    const end = anEnd()
    end.app.quit()
    await end.time.advance(3 * SECOND)
    end.quitting.startAgain(true)
    end.quitting.startAgain(false)
    // What was said of the end is no longer true.
    expect(end.takesLong.mock.calls).toEqual([[false], [true], [true]])
    expect(end.relaunch).not.toHaveBeenCalled()
    await end.finished()
    expect(end.relaunch.mock.calls).toEqual([[false]])
    expect(end.app.hasEnded).toBe(true)
  })
})

describe('the end of the session', () => {
  it('waits for what would be cut off', async () => {
    const end = anEnd()
    const event = { preventDefault: vi.fn() }
    end.quitting.delay(event, true)
    expect(event.preventDefault).toHaveBeenCalledOnce()
    expect(end.app.hasEnded).toBe(false)
    await end.finished()
    expect(end.app.hasEnded).toBe(true)
  })

  it('is not held up where nothing is in flight', () => {
    const end = anEnd()
    const event = { preventDefault: vi.fn() }
    end.quitting.delay(event, false)
    expect(event.preventDefault).not.toHaveBeenCalled()
    expect(end.quitting.isUnderWay).toBe(false)
  })
})
