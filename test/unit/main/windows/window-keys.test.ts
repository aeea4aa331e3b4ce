import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { describe, expect, it } from 'vitest'
import { followWindowKeys, windowAction } from '../../../../electron/main/windows/window-keys'

const NONE = {
  type: 'keyDown' as const,
  control: false,
  shift: false,
  alt: false,
  meta: false,
  isComposing: false,
}
type Held = Partial<Omit<typeof NONE, 'type'>> & { readonly type?: 'keyDown' | 'keyUp' }

const of = (key: string, code: string, held: Held = {}, platform: NodeJS.Platform = 'linux') =>
  windowAction({ ...NONE, ...held, key, code }, platform)
const CTRL = { control: true }

describe('a window’s key', () => {
  it.each([
    ['F1', 'F1', {}, 'guide'],
    ['w', 'KeyW', CTRL, 'close'],
    ['q', 'KeyQ', CTRL, 'quit'],
    ['=', 'Equal', CTRL, 'in'],
    ['+', 'Equal', { control: true, shift: true }, 'in'],
    ['+', 'NumpadAdd', CTRL, 'in'],
    ['-', 'Minus', CTRL, 'out'],
    ['0', 'Digit0', CTRL, 'reset'],
    ['0', 'Digit0', { control: true, shift: true }, 'reset'],
  ])('%s (%s) does what it does on Linux', (key, code, held, action) => {
    expect(of(key, code, held)).toBe(action)
  })

  it.each([
    ['ru', 'й', 'KeyQ', 'quit'],
    ['gr', ';', 'KeyQ', 'quit'],
    ['il', "'", 'KeyW', 'close'],
    ['ara', 'ص', 'KeyW', 'close'],
    ['fr: where A is on a US keyboard', 'q', 'KeyA', 'quit'],
    ['fr: the digit is above à', 'à', 'Digit0', 'reset'],
    ['dvorak: where the comma is on a US keyboard', 'w', 'Comma', 'close'],
    ['dvorak: a quote quits nothing', "'", 'KeyQ', null],
    ['dvorak: a comma closes nothing', ',', 'KeyW', null],
    ['fr: A quits nothing', 'a', 'KeyQ', null],
  ])('is known on any layout: %s', (_, key, code, action) => {
    expect(of(key, code, CTRL)).toBe(action)
  })

  it.each([
    ['with Alt, which types characters with Ctrl', 'q', 'KeyQ', { control: true, alt: true }],
    ['with Shift', 'W', 'KeyW', { control: true, shift: true }],
    ['an equals sign above the zero, as in Germany', '=', 'Digit0', { control: true, shift: true }],
    ['without Ctrl', 'q', 'KeyQ', {}],
    ['of a composition', 'q', 'KeyQ', { control: true, isComposing: true }],
    ['let go', 'q', 'KeyQ', { control: true, type: 'keyUp' as const }],
    ['Shift and F1', 'F1', 'F1', { shift: true }],
  ])('is none %s', (_, key, code, held) => {
    expect(of(key, code, held)).toBeNull()
  })

  it('quits nothing on Windows, where Alt+F4 does, and is the menu’s on macOS', () => {
    expect(of('q', 'KeyQ', CTRL, 'win32')).toBeNull()
    expect(of('w', 'KeyW', CTRL, 'win32')).toBe('close')
    expect(of('F1', 'F1', {}, 'win32')).toBe('guide')
    expect(of('q', 'KeyQ', { meta: true }, 'darwin')).toBeNull()
    expect(of('F1', 'F1', {}, 'darwin')).toBeNull()
  })
})

class FakeWindow extends EventEmitter {
  readonly did: string[] = []
  readonly webContents = Object.assign(new EventEmitter(), { zoomFactor: 1 })
  close = (): void => void this.did.push('close')

  /** Presses it; returns whether the page gets it. */
  press(key: string, code: string, held: Held & { readonly isAutoRepeat?: boolean } = CTRL): boolean {
    let reachesPage = true
    const event = { preventDefault: () => (reachesPage = false) }
    this.webContents.emit('before-input-event', event, { ...NONE, ...held, key, code })
    return reachesPage
  }
}

function opened(): FakeWindow {
  const window = new FakeWindow()
  followWindowKeys(window as unknown as BrowserWindow, 'linux', {
    guide: () => window.did.push('guide'),
    quit: () => window.did.push('quit'),
  })
  return window
}

describe('a window', () => {
  it('keeps its keys from its page, and gives it all others', () => {
    const window = opened()
    expect(window.press('F1', 'F1', {})).toBe(false)
    expect(window.press('w', 'KeyW')).toBe(false)
    expect(window.press('q', 'KeyQ')).toBe(false)
    expect(window.press('k', 'KeyK')).toBe(true)
    expect(window.did).toEqual(['guide', 'close', 'quit'])
  })

  it('takes a held key for one, but zooms on', () => {
    const window = opened()
    window.press('w', 'KeyW', { control: true, isAutoRepeat: true })
    expect(window.did).toEqual([])
    window.press('=', 'Equal', { control: true, isAutoRepeat: true })
    expect(window.webContents.zoomFactor).toBe(1.1)
  })

  it('zooms by the wheel and the keys, between 50 and 200 %', () => {
    const window = opened()
    const { webContents } = window
    for (let nth = 0; nth < 20; nth += 1) webContents.emit('zoom-changed', {}, 'in')
    expect(webContents.zoomFactor).toBe(2)
    for (let nth = 0; nth < 20; nth += 1) window.press('-', 'Minus')
    expect(webContents.zoomFactor).toBe(0.5)
    window.press('0', 'Digit0')
    expect(webContents.zoomFactor).toBe(1)
  })
})
