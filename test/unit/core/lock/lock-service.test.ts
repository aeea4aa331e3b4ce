/** The lock: what opens it, what a wrong try costs, and that nothing that goes wrong opens it. */
import { describe, expect, it } from 'vitest'
import type { AppEvents } from '../../../../electron/core/base/app-events'
import { Emitter } from '../../../../electron/core/base/emitter'
import { LockService, type LockRules } from '../../../../electron/core/lock/lock-service'
import { StorageUnwritableError } from '../../../../electron/core/base/errors'
import { createScryptVerifier } from '../../../../electron/main/adapters/scrypt-verifier'
import { Secret } from '../../../../electron/shared/secret'
import { FakeTime } from '../../../support/fakes/fake-time'
import { MemoryLog } from '../../../support/fakes/memory-log'
import { MemoryState } from '../../../support/fakes/memory-state'
import { MemoryTouchId } from '../../../support/fakes/memory-touch-id'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const RIGHT = new Secret('correct horse battery staple')
const OTHER = new Secret('another long passphrase')
const NONE = new Secret('')
const WRONG = new Secret('wrong horse battery staple')

class App {
  readonly heard: boolean[] = []
  rules: LockRules = { afterIdleMs: null, onSuspend: true, onScreenLock: true }
  /** When the system last had input, by the time that passes. */
  touchedAt = 0
  asked = 0
  forgotten = 0
  keepsSecrets = false
  readonly touchId = new MemoryTouchId()
  /** Whether the system says how long it has seen no input. */
  systemCounts = true
  readonly lock: LockService

  constructor(
    readonly store = new MemoryState(),
    readonly time = new FakeTime(),
  ) {
    const events = new Emitter<AppEvents>(new MemoryLog())
    this.lock = new LockService({
      store,
      verifier: createScryptVerifier({ log2N: 4, r: 8, p: 1 }),
      touchId: this.touchId,
      clock: time,
      timers: time,
      log: new MemoryLog(),
      rules: () => this.rules,
      systemIdleMs: () => {
        this.asked += 1
        if (!this.systemCounts) return null
        return Math.max(time.monotonic() - this.touchedAt, 0)
      },
      vault: {
        ids: () => [],
        forgetSecrets: async () => {
          await Promise.resolve()
          if (this.keepsSecrets) throw new StorageUnwritableError('EROFS')
          this.forgotten += 1
        },
      },
      events,
    })
    events.on('lockChanged', ({ isLocked }) => void this.heard.push(isLocked))
    this.touchedAt = time.monotonic()
    this.lock.load()
  }

  static async locked(): Promise<App> {
    const app = new App()
    await app.lock.setPassphrase(RIGHT, NONE)
    app.lock.lock()
    return app
  }

  restart(): App {
    this.lock.close()
    return new App(this.store, this.time)
  }
}

describe('the lock', () => {
  it('is off until there is a passphrase', () => {
    const { lock, heard } = new App()
    lock.lock()
    lock.suspended()
    expect([lock.isSet, lock.isLocked, heard]).toEqual([false, false, []])
  })

  it('locks by hand and is opened by its passphrase alone', async () => {
    const { lock, heard } = await App.locked()
    expect(await lock.unlock(WRONG)).toEqual({ kind: 'wrong', waitMs: 0 })
    expect(lock.isLocked).toBe(true)
    expect(await lock.unlock(RIGHT)).toEqual({ kind: 'right' })
    expect(heard).toEqual([false, true, false])
  })

  it('starts locked, and keeps no passphrase on the disk', async () => {
    const app = await App.locked()
    await app.lock.unlock(RIGHT)
    expect(app.restart().lock.isLocked).toBe(true)
    expect(app.store.text).not.toContain('horse')
  })

  it('refuses a passphrase that is too short', async () => {
    const { lock } = new App()
    expect(await lock.setPassphrase(new Secret('short'), NONE)).toEqual({
      kind: 'unfit',
      reason: 'too-short',
    })
    expect(lock.isSet).toBe(false)
  })

  it('asks for the present passphrase before it changes or goes', async () => {
    const app = await App.locked()
    await app.lock.unlock(RIGHT)
    expect(await app.lock.setPassphrase(OTHER, WRONG)).toMatchObject({ kind: 'wrong' })
    expect(await app.lock.remove(WRONG)).toMatchObject({ kind: 'wrong' })
    expect(await app.lock.setPassphrase(OTHER, RIGHT)).toEqual({ kind: 'right' })
    expect(await app.lock.remove(OTHER)).toEqual({ kind: 'right' })
    expect([app.lock.isSet, app.store.text]).toEqual([false, null])
  })
})

describe('wrong tries', () => {
  it('wait longer and longer, over restarts too, also for the right passphrase', async () => {
    const app = await App.locked()
    const waits: number[] = []
    for (let n = 0; n < 5; n += 1) {
      const outcome = await app.restart().lock.unlock(WRONG)
      const waitMs = 'waitMs' in outcome ? outcome.waitMs : -1
      waits.push(waitMs)
      expect(await app.restart().lock.unlock(RIGHT)).toEqual(
        waitMs === 0 ? { kind: 'right' } : { kind: 'too-early', waitMs },
      )
      // The right one forgives; what counts here are wrong ones in a row.
      if (waitMs === 0) for (let again = 0; again <= n; again += 1) await app.restart().lock.unlock(WRONG)
      await app.time.advance(waitMs)
    }
    expect(waits).toEqual([0, 0, 5 * SECOND, 10 * SECOND, 20 * SECOND])
  })

  it('asked for all at once are tried one after another', async () => {
    const { lock } = await App.locked()
    const tried = await Promise.all(Array.from({ length: 6 }, () => lock.unlock(WRONG)))
    expect(tried.map(({ kind }) => kind)).toEqual([
      ...['wrong', 'wrong', 'wrong'],
      ...['too-early', 'too-early', 'too-early'],
    ])
  })

  it('count in memory where the disk refuses, and the right one opens all the same', async () => {
    const { lock, store } = await App.locked()
    store.full = true
    await lock.unlock(WRONG)
    await lock.unlock(WRONG)
    expect(await lock.unlock(WRONG)).toEqual({ kind: 'wrong', waitMs: 5 * SECOND })
    const other = await App.locked()
    other.store.full = true
    expect(await other.lock.unlock(RIGHT)).toEqual({ kind: 'right' })
  })

  it('don’t wait longer because the clock was set back', async () => {
    const { lock, time } = await App.locked()
    for (let n = 0; n < 3; n += 1) await lock.unlock(WRONG)
    time.jump(-24 * 60 * MINUTE)
    expect(lock.waitMs).toBe(5 * SECOND)
  })
})

describe('a lock that can not be read', () => {
  it.each(['{"version":1,"veri', '{"version":1}', '{"version":99}', ''])('stays locked: %s', async (text) => {
    const store = new MemoryState()
    store.text = text
    const { lock } = new App(store)
    expect([lock.isLocked, lock.isUnusable]).toEqual([true, true])
    expect(await lock.unlock(RIGHT)).toEqual({ kind: 'unusable' })
    expect(store.text).toBe(text)
  })
})

describe('Touch ID', () => {
  it('opens it for its owner alone', async () => {
    const { lock, touchId } = await App.locked()
    touchId.there = true
    touchId.owner = false
    expect([lock.opensByTouch, await lock.unlockByTouch(), lock.isLocked]).toEqual([true, false, true])
    touchId.owner = true
    expect([await lock.unlockByTouch(), lock.isLocked]).toEqual([true, false])
  })

  it('opens nothing where there is none, and no lock that can not be read', async () => {
    const { lock } = await App.locked()
    expect([lock.opensByTouch, await lock.unlockByTouch(), lock.isLocked]).toEqual([false, false, true])
    const store = new MemoryState()
    store.text = 'damaged'
    const damaged = new App(store)
    damaged.touchId.there = true
    expect([damaged.lock.opensByTouch, await damaged.lock.unlockByTouch()]).toEqual([false, false])
    expect(damaged.lock.isLocked).toBe(true)
  })

  it('keeps no passphrase waiting while it asks', async () => {
    const { lock, touchId } = await App.locked()
    touchId.there = true
    touchId.whileAsking = () => lock.unlock(RIGHT)
    touchId.owner = false
    expect([await lock.unlockByTouch(), lock.isLocked]).toEqual([true, false])
  })
})

describe('a forgotten passphrase', () => {
  it('costs the secrets, then the lock is gone', async () => {
    const app = await App.locked()
    await app.lock.resetLock()
    expect([app.forgotten, app.lock.isSet, app.lock.isLocked]).toEqual([1, false, false])
    expect(app.restart().lock.isLocked).toBe(false)
  })

  it('opens nothing while the secrets are still there', async () => {
    const app = await App.locked()
    app.keepsSecrets = true
    await expect(app.lock.resetLock()).rejects.toThrow('EROFS')
    expect([app.lock.isLocked, app.restart().lock.isLocked]).toEqual([true, true])
  })

  it('costs nothing where the disk refuses the lock’s own file', async () => {
    const app = await App.locked()
    app.store.full = true
    await expect(app.lock.resetLock()).rejects.toThrow('ENOSPC')
    expect([app.forgotten, app.lock.isLocked, app.restart().lock.isLocked]).toEqual([0, true, true])
  })

  it('keeps a damaged file beside', async () => {
    const store = new MemoryState()
    store.text = 'damaged'
    const { lock } = new App(store)
    await lock.resetLock()
    expect(lock.isLocked).toBe(false)
    expect(store.kept).toEqual({ why: 'damaged', text: 'damaged' })
  })
})

describe('a lock that comes while a passphrase is checked', () => {
  const RIVALS: readonly [string, (app: App) => void][] = [
    [
      'suspend',
      ({ lock }) => {
        lock.suspended()
      },
    ],
    [
      'the screen’s lock',
      ({ lock }) => {
        lock.screenLocked()
      },
    ],
    [
      'a lock by hand',
      ({ lock }) => {
        lock.lock()
      },
    ],
  ]

  it.each(RIVALS)('wins against an unlock under way: %s', async (_, rival) => {
    const app = await App.locked()
    const unlocking = app.lock.unlock(RIGHT)
    rival(app)
    expect(await unlocking).toEqual({ kind: 'locked-again' })
    expect(app.lock.isLocked).toBe(true)
    // It was no wrong try, and the next one opens.
    expect(app.lock.waitMs).toBe(0)
    expect(await app.lock.unlock(RIGHT)).toEqual({ kind: 'right' })
    expect(app.lock.isLocked).toBe(false)
  })

  it('does not win where the rules don’t lock on it', async () => {
    const app = await App.locked()
    app.rules = { afterIdleMs: null, onSuspend: false, onScreenLock: false }
    const unlocking = app.lock.unlock(RIGHT)
    app.lock.suspended()
    app.lock.screenLocked()
    expect(await unlocking).toEqual({ kind: 'right' })
  })

  it('wins against an unlock that begins in the last moments before the sleep', async () => {
    const app = await App.locked()
    app.lock.suspended()
    expect(await app.lock.unlock(RIGHT)).toEqual({ kind: 'right' })
    app.lock.resumed()
    expect(app.lock.isLocked).toBe(true)
    expect(await app.lock.unlock(RIGHT)).toEqual({ kind: 'right' })
    app.lock.resumed()
    expect(app.lock.isLocked).toBe(false)
  })

  it('wins against an unlock that waits behind another one', async () => {
    const app = await App.locked()
    const tries = [app.lock.unlock(WRONG), app.lock.unlock(RIGHT)]
    app.lock.suspended()
    expect((await Promise.all(tries)).map(({ kind }) => kind)).toEqual(['wrong', 'locked-again'])
    expect(app.lock.isLocked).toBe(true)
  })

  it('wins against Touch ID', async () => {
    const { lock, touchId } = await App.locked()
    touchId.there = true
    touchId.owner = true
    touchId.whileAsking = () => {
      lock.suspended()
      return Promise.resolve()
    }
    expect([await lock.unlockByTouch(), lock.isLocked]).toEqual([false, true])
  })

  it('wins against the removal of the lock', async () => {
    const app = await App.locked()
    await app.lock.unlock(RIGHT)
    const removing = app.lock.remove(RIGHT)
    app.lock.suspended()
    expect(await removing).toEqual({ kind: 'locked-again' })
    expect([app.lock.isSet, app.lock.isLocked]).toEqual([true, true])
  })

  it('locks with the first passphrase as soon as that is set', async () => {
    const app = new App()
    const setting = app.lock.setPassphrase(RIGHT, NONE)
    app.lock.suspended()
    await setting
    expect([app.lock.isSet, app.lock.isLocked]).toEqual([true, true])
    expect(await app.lock.unlock(RIGHT)).toEqual({ kind: 'right' })
  })
})

describe('idle', () => {
  /** On a display without input for an hour, with a limit of 5 minutes. */
  async function onIdleDisplay(): Promise<App> {
    const app = new App()
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
    const app = new App()
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
    const app = new App()
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
    const app = await App.locked()
    await app.lock.unlock(RIGHT)
    app.rules = { afterIdleMs: null, onSuspend: false, onScreenLock: true }
    app.lock.suspended()
    expect(app.lock.isLocked).toBe(false)
    app.lock.screenLocked()
    expect(app.lock.isLocked).toBe(true)
  })
})

describe('a passphrase that lies there though only the sync of its folder failed', () => {
  it('is not the lock after a restart: there is none, or the one before', async () => {
    const app = new App()
    app.store.unsynced = 1
    await expect(app.lock.setPassphrase(RIGHT, NONE)).rejects.toThrow('EIO')
    expect([app.lock.isSet, new App(app.store).lock.isSet]).toEqual([false, false])

    expect(await app.lock.setPassphrase(RIGHT, NONE)).toEqual({ kind: 'right' })
    const before = app.store.text
    const changed = app.lock.setPassphrase(OTHER, RIGHT)
    // The tries are noted before and after the check.
    app.store.unsynced = 3
    await expect(changed).rejects.toThrow('EIO')
    expect(app.store.text).toBe(before)
  })
})
