import { describe, expect, it, vi } from 'vitest'
import { WindowRecovery } from '../../../../electron/main/windows/window-recovery'
import { FakeTime } from '../../../support/fakes/fake-time'

const SECOND = 1_000

function aWindow() {
  const time = new FakeTime()
  const window = { isVisible: true, reload: vi.fn(), waits: vi.fn(), giveUp: vi.fn() }
  const recovery = new WindowRecovery({
    clock: time,
    timers: time,
    reload: window.reload,
    waits: window.waits,
    isVisible: () => window.isVisible,
    giveUp: window.giveUp,
  })
  /** It crashes as soon as it has been reloaded, until it is no longer reloaded. */
  async function crashLoop(): Promise<number[]> {
    const reloadedAfter: number[] = []
    for (;;) {
      const before = window.reload.mock.calls.length
      const since = time.monotonic()
      recovery.crashed()
      for (let s = 0; s <= 60 && window.reload.mock.calls.length === before; s += 1) {
        await time.advance(s === 0 ? 0 : SECOND)
      }
      if (window.reload.mock.calls.length === before) return reloadedAfter
      reloadedAfter.push(time.monotonic() - since)
    }
  }
  return { time, window, recovery, crashLoop }
}

describe('a window with a crashed page', () => {
  it('comes back at once', async () => {
    const { time, window, recovery } = aWindow()
    recovery.crashed()
    await time.advance(0)
    expect(window.reload).toHaveBeenCalledOnce()
    expect(window.waits).not.toHaveBeenCalled()
  })

  it('and crashes in a loop comes back after growing waits, a few times, and ends in a question', async () => {
    const { window, crashLoop } = aWindow()
    expect(await crashLoop()).toEqual([0, SECOND, 5 * SECOND, 15 * SECOND])
    expect(window.waits).toHaveBeenCalledTimes(3)
    expect(window.giveUp).toHaveBeenCalledOnce()
  })

  it('gets all its tries again when the user says so, and when it was well for long', async () => {
    const { time, recovery, crashLoop } = aWindow()
    await crashLoop()
    recovery.tryAgain()
    expect(await crashLoop()).toHaveLength(4)

    const other = aWindow()
    other.recovery.crashed()
    await other.time.advance(11 * 60 * SECOND)
    expect(await other.crashLoop()).toHaveLength(4)
    expect(time.waiting).toBe(0)
  })

  it('out of sight asks no question: it is reloaded when the user opens it', async () => {
    const { time, window, recovery, crashLoop } = aWindow()
    window.isVisible = false
    await crashLoop()
    expect(window.giveUp).not.toHaveBeenCalled()
    const before = window.reload.mock.calls.length
    recovery.wanted()
    recovery.wanted()
    await time.advance(0)
    expect(window.reload).toHaveBeenCalledTimes(before + 1)
  })
})
