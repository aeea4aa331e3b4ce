import { describe, expect, it } from 'vitest'
import {
  inSight,
  keepPlacement,
  parsePlacement,
  type Placement,
} from '../../../../electron/main/windows/window-placement'
import { FakeTime } from '../../../support/fakes/fake-time'
import { MemoryLog } from '../../../support/fakes/memory-log'
import { MemoryState } from '../../../support/fakes/memory-state'

const PRIMARY = { x: 0, y: 27, width: 1920, height: 1053 }
const RIGHT = { x: 1920, y: 0, width: 1280, height: 1024 }
const at = (x: number, y: number, width = 1000, height = 700) => ({ x, y, width, height })

describe('a window in sight', () => {
  it.each([
    ['within a screen', at(100, 100)],
    ['across two screens', at(1500, 100)],
    ['partly below the screen, as people put it aside', at(100, 900)],
    ['partly beside the screens, with enough of its upper edge', at(-880, 100)],
  ])('stays %s', (_, bounds) => {
    expect(inSight(bounds, [PRIMARY, RIGHT])).toBe(bounds)
  })

  it('comes to the middle of the primary screen when its monitor is gone', () => {
    expect(inSight(at(1211 + 1920, 100), [PRIMARY])).toEqual(at(460, 204))
  })

  it('comes in where too little of its upper edge is left to take hold of', () => {
    expect(inSight(at(1850, 100), [PRIMARY])).toEqual(at(920, 100))
    expect(inSight(at(-950, 100), [PRIMARY])).toEqual(at(0, 100))
    expect(inSight(at(100, 1070), [PRIMARY])).toEqual(at(100, 380))
  })

  it('comes out from under a panel, or from above the screen', () => {
    expect(inSight(at(100, 0), [PRIMARY])).toEqual(at(100, 27))
    expect(inSight(at(100, -500), [PRIMARY])).toEqual(at(100, 27))
  })

  it('is no larger than its screen, and no smaller than a window may be', () => {
    expect(inSight(at(1920, 0, 3840, 2160), [PRIMARY, RIGHT])).toEqual(RIGHT)
    expect(inSight(at(100, 100, 10, 10), [PRIMARY])).toEqual(at(100, 100, 640, 420))
  })

  it('stays as it is where no screen is known', () => {
    expect(inSight(at(5, 5), [])).toEqual(at(5, 5))
  })
})

class FakeWindow {
  bounds = at(10, 20)
  isMax = false
  visible = true
  readonly #listeners = new Map<string, () => void>()
  getNormalBounds = () => this.bounds
  isMaximized = (): boolean => this.isMax
  isVisible = (): boolean => this.visible
  isDestroyed = (): boolean => false
  on(event: string, listener: () => void): void {
    this.#listeners.set(event, listener)
  }
  emit(event: string): void {
    this.#listeners.get(event)?.()
  }
}

function kept() {
  const [window, store, timers] = [new FakeWindow(), new MemoryState(), new FakeTime()]
  const log = new MemoryLog()
  const save = keepPlacement(window, null, { store, timers, log })
  return { window, store, timers, log, save }
}

describe('the window’s place', () => {
  it('is kept a second after it was moved, in one write, and read by the next start', async () => {
    const { window, store, timers } = kept()
    for (let x = 0; x < 50; x += 1) {
      window.bounds = at(x, 20)
      window.emit('move')
    }
    expect(store.writes).toBe(0)
    await timers.advance(1_000)
    expect(store.writes).toBe(1)
    expect(parsePlacement(store.text)).toEqual({ bounds: at(49, 20), isMaximized: false } satisfies Placement)
  })

  it('is kept as maximized, with the size it had before', () => {
    const { window, store, save } = kept()
    window.isMax = true
    window.emit('maximize')
    save()
    expect(parsePlacement(store.text)).toEqual({ bounds: at(10, 20), isMaximized: true })
  })

  it('is written when the window closes, and not again where nothing has changed', async () => {
    const { window, store, timers, save } = kept()
    window.emit('close')
    expect(store.writes).toBe(1)
    window.emit('resize')
    await timers.advance(1_000)
    save()
    expect(store.writes).toBe(1)
  })

  it('is not that of a hidden window, which the system no longer shows as maximized', () => {
    const { window, store, save } = kept()
    window.visible = false
    save()
    expect(store.writes).toBe(0)
  })

  it('costs nothing but itself where the disk refuses it', () => {
    const { window, store, log, save } = kept()
    store.full = true
    save()
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { what: 'window' } }])
    store.full = false
    window.emit('close')
    expect(parsePlacement(store.text)).toEqual({ bounds: at(10, 20), isMaximized: false })
  })

  it.each([
    ['no text', null],
    ['no JSON', '{'],
    ['nothing of it', '{}'],
    ['null', 'null'],
    ['texts', '{"bounds":{"x":"1","y":2,"width":3,"height":4}}'],
    ['fractions', '{"bounds":{"x":1.5,"y":2,"width":3,"height":4}}'],
    ['beyond what a screen has', '{"bounds":{"x":1e12,"y":2,"width":3,"height":4}}'],
  ])('is that of a first start where the file has %s', (_, text) => {
    expect(parsePlacement(text)).toBeNull()
  })
})
