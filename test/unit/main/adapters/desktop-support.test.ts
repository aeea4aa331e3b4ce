import { describe, expect, it } from 'vitest'
import {
  createDesktopSupport,
  type DesktopSupportDeps,
} from '../../../../electron/main/adapters/desktop-support'
import { FakeTime } from '../../../support/fakes/fake-time'

function aDesktop(deps: Partial<DesktopSupportDeps> = {}) {
  const time = new FakeTime()
  const system = { idleS: 0, hasPortal: true }
  const support = createDesktopSupport({
    display: 'wayland',
    electron: '45.4.1',
    bus: {
      call: () => (system.hasPortal ? Promise.resolve([1]) : Promise.reject(new Error('no such name'))),
    },
    systemIdleS: () => system.idleS,
    timers: time,
    screenLock: null,
    ...deps,
  })
  return { support, system, time }
}

describe('shortcuts of the whole desktop', () => {
  it('are registered by the app itself outside of Wayland', async () => {
    expect(await aDesktop({ display: 'other', electron: '33.2.1' }).support.shortcuts()).toBe('app')
  })

  it('go through the portal on Wayland, where there is one', async () => {
    const { support, system } = aDesktop()
    expect(await support.shortcuts()).toBe('portal')
    system.hasPortal = false
    expect(await support.shortcuts()).toBe('none')
  })

  it('are not to be had from an Electron that does not ask it', async () => {
    expect(await aDesktop({ electron: '34.5.8' }).support.shortcuts()).toBe('none')
  })
})

describe('the idle time', () => {
  it('is what the system says outside of Wayland, also when that is nothing', () => {
    const { support, system, time } = aDesktop({ display: 'other' })
    expect(support.idleMs()).toBe(0)
    system.idleS = 7
    expect(support.idleMs()).toBe(7_000)
    expect(time.waiting).toBe(0)
  })

  it('counts on Wayland once the system has been seen to count', async () => {
    const { support, system, time } = aDesktop()
    expect(support.idleMs()).toBeNull()
    system.idleS = 1
    await time.advance(2_000)
    system.idleS = 0
    expect(support.idleMs()).toBe(0)
    expect(time.waiting).toBe(0)
  })

  it('that stands at 0 is none, and is not looked at for ever', async () => {
    const { support, system, time } = aDesktop()
    await time.advance(60_000)
    expect(support.idleMs()).toBeNull()
    expect(time.waiting).toBe(0)
    // A compositor may be replaced by one that counts.
    system.idleS = 3
    expect(support.idleMs()).toBe(3_000)
  })
})

describe.each(['wayland', 'other'] as const)('the lock of the screen (%s)', (display) => {
  it('is told by Electron itself where it has an event for it', async () => {
    expect(await aDesktop({ display }).support.tellsScreenLock()).toBe(true)
  })

  it.each([true, false])('on Linux is told if logind or a screen saver is there: %s', async (isThere) => {
    const screenLock = { isKnown: () => Promise.resolve(isThere) }
    expect(await aDesktop({ display, screenLock }).support.tellsScreenLock()).toBe(isThere)
  })
})
