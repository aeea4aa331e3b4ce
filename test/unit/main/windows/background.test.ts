import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { describe, expect, it } from 'vitest'
import {
  startInBackground,
  stayInBackground,
  type HideTarget,
} from '../../../../electron/main/windows/background'
import { FakeTime, settle } from '../../../support/fakes/fake-time'

/** A window on a desktop that minimises windows, or doesn't. */
class FakeWindow extends EventEmitter {
  shown = true
  minimised = false
  focused = true
  fullScreen = false
  destroyed = false

  constructor(private readonly minimises: 'minimises' | 'ignores' | 'only says so' = 'minimises') {
    super()
  }

  /** Closes it as its user does; returns whether it is gone. */
  close(): boolean {
    let prevented = false
    this.emit('close', { preventDefault: () => (prevented = true) })
    return !prevented
  }

  minimize(): void {
    if (this.minimises !== 'ignores') this.minimised = true
    if (this.minimises === 'minimises') this.focused = false
  }

  hide(): void {
    this.shown = false
    this.focused = false
  }

  setFullScreen(fullScreen: boolean): void {
    this.fullScreen = fullScreen
    if (!fullScreen) queueMicrotask(() => this.emit('leave-full-screen'))
  }

  isMinimized = (): boolean => this.minimised
  isVisible = (): boolean => this.shown && !this.minimised
  isFocused = (): boolean => this.focused
  isFullScreen = (): boolean => this.fullScreen
  isDestroyed = (): boolean => this.destroyed
}

function desktop(
  window: FakeWindow,
  options: { tray: boolean; stays?: boolean; platform?: NodeJS.Platform },
) {
  const told: HideTarget[] = []
  const time = new FakeTime()
  const state = { tray: options.tray, stays: options.stays ?? true, quitting: false }
  const real = window as unknown as BrowserWindow
  const deps = {
    timers: time,
    platform: options.platform ?? 'linux',
    placeInTray: () => Promise.resolve(state.tray),
    staysInBackground: () => state.stays,
    isQuitting: () => state.quitting,
    hidden: (to: HideTarget) => void told.push(to),
  }
  return { real, deps, time, told, state }
}

async function closing(
  window: FakeWindow,
  options: Parameters<typeof desktop>[1],
): Promise<{ told: HideTarget[] }> {
  const { real, deps, time, told } = desktop(window, options)
  stayInBackground(real, deps)
  expect(window.close()).toBe(false)
  await time.advance(1_000)
  return { told }
}

describe('closing the window', () => {
  it('hides it where a tray brings it back', async () => {
    const window = new FakeWindow()
    const { told } = await closing(window, { tray: true })
    expect(window).toMatchObject({ shown: false, minimised: false })
    expect(told).toEqual(['tray'])
  })

  it('minimises it where there is no tray', async () => {
    const window = new FakeWindow()
    const { told } = await closing(window, { tray: false })
    expect(window).toMatchObject({ shown: true, minimised: true })
    expect(told).toEqual(['taskbar'])
  })

  it.each(['ignores', 'only says so'] as const)(
    'hides it where the window manager %s when it is asked to minimise',
    async (minimises) => {
      const window = new FakeWindow(minimises)
      const { told } = await closing(window, { tray: false })
      expect(window.shown).toBe(false)
      expect(told).toEqual(['nowhere'])
    },
  )

  it('leaves the full screen first on macOS', async () => {
    const window = new FakeWindow()
    window.fullScreen = true
    await closing(window, { tray: true, platform: 'darwin' })
    expect(window).toMatchObject({ shown: false, fullScreen: false })
  })

  it('really closes it when the settings say so, and when the app quits', () => {
    const window = new FakeWindow()
    const { real, deps, state } = desktop(window, { tray: true, stays: false })
    stayInBackground(real, deps)
    expect(window.close()).toBe(true)
    state.stays = true
    expect(window.close()).toBe(false)
    state.quitting = true
    expect(window.close()).toBe(true)
  })

  it('touches nothing that is gone before the desktop has answered', async () => {
    const window = new FakeWindow()
    const { real, deps, told, time } = desktop(window, { tray: false })
    stayInBackground(real, deps)
    window.close()
    window.destroyed = true
    await time.advance(1_000)
    expect(window.minimised).toBe(false)
    expect(told).toEqual([])
  })
})

describe('a start at the login', () => {
  function hiddenWindow(): FakeWindow {
    const window = new FakeWindow()
    window.hide()
    return window
  }

  it('stays hidden where there is a tray, also one that comes a little later', async () => {
    const window = hiddenWindow()
    const { real, deps, state, time } = desktop(window, { tray: false })
    await startInBackground(real, deps)
    expect(window.minimised).toBe(false)
    state.tray = true
    await time.advance(60_000)
    expect(window).toMatchObject({ shown: false, minimised: false })
    expect(time.waiting).toBe(0)
  })

  it('is minimised where there is none, so that it can be reached', async () => {
    const window = hiddenWindow()
    const { real, deps, time, told } = desktop(window, { tray: false })
    await startInBackground(real, deps)
    await time.advance(60_000)
    expect(window.minimised).toBe(true)
    expect(told).toEqual([])
  })

  it('is hidden again where nothing is minimised, and says how to reach it', async () => {
    const window = hiddenWindow()
    // As on sway: it comes up, with the keyboard.
    window.minimize = () => {
      window.shown = true
      window.focused = true
    }
    const { real, deps, time, told } = desktop(window, { tray: false })
    await startInBackground(real, deps)
    await time.advance(60_000)
    expect(window.shown).toBe(false)
    expect(told).toEqual(['nowhere'])
  })

  it('leaves a window alone that was opened meanwhile', async () => {
    const window = hiddenWindow()
    const { real, deps, time } = desktop(window, { tray: false })
    await startInBackground(real, deps)
    await settle()
    window.shown = true
    await time.advance(60_000)
    expect(window).toMatchObject({ shown: true, minimised: false })
  })
})
