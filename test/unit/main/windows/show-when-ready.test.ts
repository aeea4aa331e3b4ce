import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { showWhenReady } from '../../../../electron/main/windows/show-when-ready'
import { FakeTime, settle } from '../../../support/fakes/fake-time'

class NewWindow extends EventEmitter {
  readonly webContents = new EventEmitter()
  shown = 0
  destroyed = false

  show(): void {
    this.shown += 1
    this.emit('show')
  }

  isDestroyed = (): boolean => this.destroyed
}

function opening(isWayland: boolean) {
  const window = new NewWindow()
  const time = new FakeTime()
  let paintBackground = (): void => undefined
  const hasBackground = new Promise<void>((resolve) => {
    paintBackground = resolve
  })
  const cancel = showWhenReady(window, { timers: time, isWayland, hasBackground })
  const load = async (): Promise<void> => {
    window.webContents.emit('did-finish-load')
    await settle()
  }
  return { window, time, load, paintBackground, cancel }
}

describe('a new window', () => {
  it.each([true, false])('is shown when it is ready, once (Wayland: %s)', async (isWayland) => {
    const { window, time, load, paintBackground } = opening(isWayland)
    window.emit('ready-to-show')
    expect(window.shown).toBe(1)
    paintBackground()
    await load()
    await time.advance(60_000)
    expect(window.shown).toBe(1)
    expect(time.waiting).toBe(0)
  })

  it('comes on Wayland soon after its page has loaded, without ready-to-show', async () => {
    const { window, time, load, paintBackground } = opening(true)
    paintBackground()
    await load()
    expect(window.shown).toBe(0)
    await time.advance(100)
    expect(window.shown).toBe(1)
  })

  it('waits there for the background of the chosen theme, so that nothing flashes', async () => {
    const { window, time, load, paintBackground } = opening(true)
    await load()
    await time.advance(1_000)
    expect(window.shown).toBe(0)
    paintBackground()
    await time.advance(100)
    expect(window.shown).toBe(1)
  })

  it('waits on X11 for its first picture, as ever', async () => {
    const { window, time, load, paintBackground } = opening(false)
    paintBackground()
    await load()
    await time.advance(4_000)
    expect(window.shown).toBe(0)
  })

  it.each([true, false])('comes within five seconds in any case (Wayland: %s)', async (isWayland) => {
    const { window, time } = opening(isWayland)
    await time.advance(5_000)
    expect(window.shown).toBe(1)
  })

  it('is left alone once it was shown, or the app quits', async () => {
    const shown = opening(true)
    shown.window.show()
    const ended = opening(true)
    ended.cancel()
    for (const { load, paintBackground, time } of [shown, ended]) {
      paintBackground()
      await load()
      await time.advance(60_000)
      expect(time.waiting).toBe(0)
    }
    ended.window.emit('ready-to-show')
    expect(shown.window.shown).toBe(1)
    expect(ended.window.shown).toBe(0)
  })

  it('is not touched when it is gone', async () => {
    const { window, time } = opening(true)
    window.destroyed = true
    await time.advance(60_000)
    expect(window.shown).toBe(0)
  })
})
