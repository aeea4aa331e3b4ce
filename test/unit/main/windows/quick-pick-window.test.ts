import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { BrowserWindowConstructorOptions } from 'electron'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { QuickPick } from '../../../../electron/main/windows/quick-pick-window'
import { GROUNDS } from '../../../../electron/main/windows/window-background'
import { FakeTime } from '../../../support/fakes/fake-time'

const made = vi.hoisted(() => ({ windows: [] as unknown[], dark: false, updated: [] as (() => void)[] }))

vi.mock('electron', () => ({
  get BrowserWindow() {
    return FakeWindow
  },
  nativeTheme: {
    get shouldUseDarkColors() {
      return made.dark
    },
    on: (_name: string, run: () => void) => made.updated.push(run),
    off: () => undefined,
  },
  screen: {
    getCursorScreenPoint: () => ({ x: 0, y: 0 }),
    getDisplayNearestPoint: () => ({ workArea: { x: 0, y: 0, width: 1280, height: 800 } }),
  },
}))

class FakeWindow extends EventEmitter {
  readonly webContents = new EventEmitter()
  isThere = true
  isShown = false
  readonly paintsUnseen: boolean
  color: string | undefined

  constructor({ backgroundColor, paintWhenInitiallyHidden = true }: BrowserWindowConstructorOptions) {
    super()
    this.color = backgroundColor
    this.paintsUnseen = paintWhenInitiallyHidden
    made.windows.push(this)
  }

  show(): void {
    this.isShown = true
  }

  hide(): void {
    this.isShown = false
  }

  destroy(): void {
    this.isThere = false
    this.isShown = false
    this.emit('closed')
  }

  isVisible = (): boolean => this.isShown
  isDestroyed = (): boolean => !this.isThere
  focus = (): void => undefined
  setBounds = (): void => undefined
  loadURL = (): Promise<void> => Promise.resolve()
  setBackgroundColor = (color: string): void => {
    this.color = color
  }

  /** One that is made ahead isn't painted before it is shown. */
  isThereToSee(): this {
    if (this.paintsUnseen) this.emit('ready-to-show')
    else this.webContents.emit('did-finish-load')
    return this
  }

  crashes(): void {
    this.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  }
}

describe('the quick pick', () => {
  let time: FakeTime
  let quickPick: QuickPick

  beforeEach(() => {
    made.windows.length = 0
    made.dark = false
    time = new FakeTime()
    quickPick = new QuickPick('app://tokendesk/#quick-pick', {
      ...{ display: 'other', clock: time, timers: time },
      zoomFactor: () => 1,
    })
  })

  const windows = (): FakeWindow[] => made.windows as FakeWindow[]
  const latest = (): FakeWindow => {
    const window = windows().at(-1)
    if (window === undefined) throw new Error('no window was made')
    return window
  }

  it('is made ahead and unseen, and the key shows that window at once', () => {
    quickPick.keepAhead(true)
    latest().isThereToSee()
    expect(latest().isShown).toBe(false)
    quickPick.show()
    expect(windows()).toHaveLength(1)
    expect(latest().isShown).toBe(true)
  })

  it('that is made ahead and wanted before its page is there is shown as soon as it is', () => {
    quickPick.keepAhead(true)
    quickPick.show()
    expect(latest().isShown).toBe(false)
    latest().isThereToSee()
    expect(latest().isShown).toBe(true)
    expect(latest().paintsUnseen).toBe(false)
  })

  it('that is not there yet is shown when it has something to show', () => {
    quickPick.show()
    expect(latest().isShown).toBe(false)
    latest().isThereToSee()
    expect(latest().isShown).toBe(true)
  })

  it('is let go when there is no shortcut any more, unless it is in use', () => {
    quickPick.keepAhead(true)
    latest().isThereToSee()
    quickPick.show()
    quickPick.keepAhead(false)
    expect(latest().isThere).toBe(true)
    quickPick.keepAhead(true)
    quickPick.hide()
    quickPick.keepAhead(false)
    expect(latest().isThere).toBe(false)
  })

  it('has the ground of its page from the start, in the dark as well, and follows the theme', () => {
    made.dark = true
    quickPick.keepAhead(true)
    expect(latest().color).toBe(GROUNDS.raised.dark)
    made.dark = false
    for (const run of made.updated) run()
    expect(latest().color).toBe(GROUNDS.raised.light)
  })

  it('that crashed unseen is made anew, unseen', async () => {
    quickPick.keepAhead(true)
    latest().isThereToSee().crashes()
    await time.advance(0)
    expect(windows().map(({ isThere }) => isThere)).toEqual([false, true])
    latest().isThereToSee()
    expect(latest().isShown).toBe(false)
  })

  it('that crashed in sight is made anew, and comes back', async () => {
    quickPick.keepAhead(true)
    latest().isThereToSee()
    quickPick.show()
    latest().crashes()
    await time.advance(0)
    latest().isThereToSee()
    expect(windows()).toHaveLength(2)
    expect(latest().isShown).toBe(true)
  })

  it('that keeps crashing is made more and more seldom, until the next key', async () => {
    quickPick.keepAhead(true)
    for (let crash = 0; crash < 10; crash += 1) {
      if (latest().isThere) latest().crashes()
      await time.advance(30_000)
    }
    const before = windows().length
    expect(before).toBeLessThan(6)
    quickPick.show()
    latest().isThereToSee()
    expect(windows()).toHaveLength(before + 1)
    expect(latest().isShown).toBe(true)
  })
})

it('the grounds of windows are those of their pages', () => {
  const css = readFileSync(new URL('../../../../src/styles/tokens.css', import.meta.url), 'utf8')
  for (const [token, ground] of [
    ['bg', GROUNDS.page],
    ['raised', GROUNDS.raised],
  ] as const) {
    expect(css).toContain(`--${token}: light-dark(${ground.light}, ${ground.dark})`)
  }
})
