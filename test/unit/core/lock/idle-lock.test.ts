/** When the app locks by itself: after idle time, on suspend, with the screen. */
import { describe, expect, it } from 'vitest'
import { RIGHT, NONE, AppWithLock } from '../../../support/app-with-lock'

const SECOND = 1_000
const MINUTE = 60 * SECOND

describe('idle', () => {
  /** On a display without input for an hour, with a limit of 5 minutes. */
  async function onIdleDisplay(): Promise<AppWithLock> {
    const app = new AppWithLock()
    app.rules = { ...app.rules, afterIdleMs: 5 * MINUTE }
    await app.time.advance(60 * MINUTE)
    return app
  }

  it('begins with the setting of the passphrase at the earliest, on a display that counts as idle', async () => {
    const { lock, time } = await onIdleDisplay()
    await lock.setPassphrase(RIGHT, NONE)
    expect(lock.isLocked).toBe(false)
    await time.advance(5 * MINUTE - 1)
    expect(lock.isLocked).toBe(false)
    await time.advance(1)
    expect(lock.isLocked).toBe(true)
  })

  it('begins with the unlock at the earliest, on a display that counts as idle', async () => {
    const { lock, time } = await onIdleDisplay()
    await lock.setPassphrase(RIGHT, NONE)
    lock.lock()
    await time.advance(60 * MINUTE)
    await lock.unlock(RIGHT)
    expect(lock.isLocked).toBe(false)
    // As when a setting changes, or a screen is unlocked.
    lock.watchIdle()
    expect(lock.isLocked).toBe(false)
    await time.advance(5 * MINUTE)
    expect(lock.isLocked).toBe(true)
  })

  it('counts from the last use of our windows where the system counts nothing', async () => {
    const app = new AppWithLock()
    app.systemCounts = false
    app.rules = { ...app.rules, afterIdleMs: 5 * MINUTE }
    await app.lock.setPassphrase(RIGHT, NONE)
    await app.time.advance(4 * MINUTE)
    app.lock.used()
    await app.time.advance(5 * MINUTE - 1)
    expect(app.lock.isLocked).toBe(false)
    await app.time.advance(1)
    expect(app.lock.isLocked).toBe(true)
  })

  it('begins with the last use of our windows, where the system sees none of it', async () => {
    const { lock, time } = await onIdleDisplay()
    await lock.setPassphrase(RIGHT, NONE)
    for (let minute = 0; minute < 30; minute += 1) {
      await time.advance(MINUTE)
      lock.used()
    }
    expect(lock.isLocked).toBe(false)
    await time.advance(5 * MINUTE)
    expect(lock.isLocked).toBe(true)
  })

  it('begins with the system’s last input, where our windows see none of it', async () => {
    const app = await onIdleDisplay()
    await app.lock.setPassphrase(RIGHT, NONE)
    for (let minute = 0; minute < 30; minute += 1) {
      await app.time.advance(MINUTE)
      app.touchedAt = app.time.monotonic()
    }
    expect(app.lock.isLocked).toBe(false)
  })

  it('counts sleep, and is not prolonged by a clock that was set back', async () => {
    const slept = await onIdleDisplay()
    await slept.lock.setPassphrase(RIGHT, NONE)
    slept.time.jump(60 * MINUTE)
    slept.lock.watchIdle()
    expect(slept.lock.isLocked).toBe(true)

    const setBack = await onIdleDisplay()
    await setBack.lock.setPassphrase(RIGHT, NONE)
    setBack.time.jump(-60 * MINUTE)
    await setBack.time.advance(5 * MINUTE)
    expect(setBack.lock.isLocked).toBe(true)
  })
})

describe('locking automatically', () => {
  it('comes after the idle time, which is asked for only when it could be over', async () => {
    const app = new AppWithLock()
    app.rules = { ...app.rules, afterIdleMs: 5 * MINUTE }
    await app.lock.setPassphrase(RIGHT, NONE)
    app.asked = 0
    await app.time.advance(4 * MINUTE)
    app.touchedAt = app.time.monotonic()
    await app.time.advance(4 * MINUTE)
    expect([app.asked, app.time.waiting, app.lock.isLocked]).toEqual([1, 1, false])
    await app.time.advance(MINUTE)
    expect([app.asked, app.time.waiting, app.lock.isLocked]).toEqual([2, 0, true])
  })

  it('comes on suspend and on the screen’s lock, where the rules say so', async () => {
    const app = await AppWithLock.locked()
    await app.lock.unlock(RIGHT)
    app.rules = { afterIdleMs: null, onSuspend: false, onScreenLock: true }
    app.lock.suspended()
    expect(app.lock.isLocked).toBe(false)
    app.lock.screenLocked()
    expect(app.lock.isLocked).toBe(true)
  })
})
