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

class Desk {
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

  static async locked(): Promise<Desk> {
    const desk = new Desk()
    await desk.lock.setPassphrase(RIGHT, NONE)
    desk.lock.lock()
    return desk
  }

  restart(): Desk {
    this.lock.close()
    return new Desk(this.store, this.time)
  }
}

describe('the lock', () => {
  it('is off until there is a passphrase', () => {
    const { lock, heard } = new Desk()
    lock.lock()
    lock.suspended()
    expect([lock.isSet, lock.isLocked, heard]).toEqual([false, false, []])
  })

  it('locks by hand and is opened by its passphrase alone', async () => {
    const { lock, heard } = await Desk.locked()
    expect(await lock.unlock(WRONG)).toEqual({ kind: 'wrong', waitMs: 0 })
    expect(lock.isLocked).toBe(true)
    expect(await lock.unlock(RIGHT)).toEqual({ kind: 'right' })
    expect(heard).toEqual([false, true, false])
  })

  it('starts locked, and keeps no passphrase on the disk', async () => {
    const desk = await Desk.locked()
    await desk.lock.unlock(RIGHT)
    expect(desk.restart().lock.isLocked).toBe(true)
    expect(desk.store.text).not.toContain('horse')
  })

  it('refuses a passphrase that is too short', async () => {
    const { lock } = new Desk()
    expect(await lock.setPassphrase(new Secret('short'), NONE)).toEqual({
      kind: 'unfit',
      reason: 'too-short',
    })
    expect(lock.isSet).toBe(false)
  })

  it('asks for the present passphrase before it changes or goes', async () => {
    const desk = await Desk.locked()
    await desk.lock.unlock(RIGHT)
    expect(await desk.lock.setPassphrase(OTHER, WRONG)).toMatchObject({ kind: 'wrong' })
    expect(await desk.lock.remove(WRONG)).toMatchObject({ kind: 'wrong' })
    expect(await desk.lock.setPassphrase(OTHER, RIGHT)).toEqual({ kind: 'right' })
    expect(await desk.lock.remove(OTHER)).toEqual({ kind: 'right' })
    expect([desk.lock.isSet, desk.store.text]).toEqual([false, null])
  })
})

describe('wrong tries', () => {
  it('wait longer and longer, over restarts too, also for the right passphrase', async () => {
    const desk = await Desk.locked()
    const waits: number[] = []
    for (let n = 0; n < 5; n += 1) {
      const outcome = await desk.restart().lock.unlock(WRONG)
      const waitMs = 'waitMs' in outcome ? outcome.waitMs : -1
      waits.push(waitMs)
      expect(await desk.restart().lock.unlock(RIGHT)).toEqual(
        waitMs === 0 ? { kind: 'right' } : { kind: 'too-early', waitMs },
      )
      // The right one forgives; what counts here are wrong ones in a row.
      if (waitMs === 0) for (let again = 0; again <= n; again += 1) await desk.restart().lock.unlock(WRONG)
      await desk.time.advance(waitMs)
    }
    expect(waits).toEqual([0, 0, 5 * SECOND, 10 * SECOND, 20 * SECOND])
  })

  it('asked for all at once are tried one after another', async () => {
    const { lock } = await Desk.locked()
    const tried = await Promise.all(Array.from({ length: 6 }, () => lock.unlock(WRONG)))
    expect(tried.map(({ kind }) => kind)).toEqual([
      ...['wrong', 'wrong', 'wrong'],
      ...['too-early', 'too-early', 'too-early'],
    ])
  })

  it('count in memory where the disk refuses, and the right one opens all the same', async () => {
    const { lock, store } = await Desk.locked()
    store.full = true
    await lock.unlock(WRONG)
    await lock.unlock(WRONG)
    expect(await lock.unlock(WRONG)).toEqual({ kind: 'wrong', waitMs: 5 * SECOND })
    const other = await Desk.locked()
    other.store.full = true
    expect(await other.lock.unlock(RIGHT)).toEqual({ kind: 'right' })
  })

  it('make nobody wait longer because the clock was set back', async () => {
    const { lock, time } = await Desk.locked()
    for (let n = 0; n < 3; n += 1) await lock.unlock(WRONG)
    time.jump(-24 * 60 * MINUTE)
    expect(lock.waitMs).toBe(5 * SECOND)
  })
})

describe('a lock that can not be read', () => {
  it.each(['{"version":1,"veri', '{"version":1}', '{"version":99}', ''])('stays locked: %s', async (text) => {
    const store = new MemoryState()
    store.text = text
    const { lock } = new Desk(store)
    expect([lock.isLocked, lock.isUnusable]).toEqual([true, true])
    expect(await lock.unlock(RIGHT)).toEqual({ kind: 'unusable' })
    expect(store.text).toBe(text)
  })
})

describe('Touch ID', () => {
  it('opens it for its owner alone', async () => {
    const { lock, touchId } = await Desk.locked()
    touchId.there = true
    touchId.owner = false
    expect([lock.opensByTouch, await lock.unlockByTouch(), lock.isLocked]).toEqual([true, false, true])
    touchId.owner = true
    expect([await lock.unlockByTouch(), lock.isLocked]).toEqual([true, false])
  })

  it('opens nothing where there is none, and no lock that can not be read', async () => {
    const { lock } = await Desk.locked()
    expect([lock.opensByTouch, await lock.unlockByTouch(), lock.isLocked]).toEqual([false, false, true])
    const store = new MemoryState()
    store.text = 'damaged'
    const damaged = new Desk(store)
    damaged.touchId.there = true
    expect([damaged.lock.opensByTouch, await damaged.lock.unlockByTouch()]).toEqual([false, false])
    expect(damaged.lock.isLocked).toBe(true)
  })

  it('keeps no passphrase waiting while it asks', async () => {
    const { lock, touchId } = await Desk.locked()
    touchId.there = true
    touchId.whileAsking = () => lock.unlock(RIGHT)
    touchId.owner = false
    expect([await lock.unlockByTouch(), lock.isLocked]).toEqual([true, false])
  })
})

describe('a forgotten passphrase', () => {
  it('costs the secrets, then the lock is gone', async () => {
    const desk = await Desk.locked()
    await desk.lock.resetLock()
    expect([desk.forgotten, desk.lock.isSet, desk.lock.isLocked]).toEqual([1, false, false])
    expect(desk.restart().lock.isLocked).toBe(false)
  })

  it('opens nothing while the secrets are still there', async () => {
    const desk = await Desk.locked()
    desk.keepsSecrets = true
    await expect(desk.lock.resetLock()).rejects.toThrow('EROFS')
    expect([desk.lock.isLocked, desk.restart().lock.isLocked]).toEqual([true, true])
  })

  it('costs nothing where the disk refuses the lock’s own file', async () => {
    const desk = await Desk.locked()
    desk.store.full = true
    await expect(desk.lock.resetLock()).rejects.toThrow('ENOSPC')
    expect([desk.forgotten, desk.lock.isLocked, desk.restart().lock.isLocked]).toEqual([0, true, true])
  })

  it('keeps a damaged file beside', async () => {
    const store = new MemoryState()
    store.text = 'damaged'
    const { lock } = new Desk(store)
    await lock.resetLock()
    expect(lock.isLocked).toBe(false)
    expect(store.kept).toEqual({ why: 'damaged', text: 'damaged' })
  })
})

describe('a lock that comes while a passphrase is checked', () => {
  const RIVALS: readonly [string, (desk: Desk) => void][] = [
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
    const desk = await Desk.locked()
    const unlocking = desk.lock.unlock(RIGHT)
    rival(desk)
    expect(await unlocking).toEqual({ kind: 'locked-again' })
    expect(desk.lock.isLocked).toBe(true)
    // It was no wrong try, and the next one opens.
    expect(desk.lock.waitMs).toBe(0)
    expect(await desk.lock.unlock(RIGHT)).toEqual({ kind: 'right' })
    expect(desk.lock.isLocked).toBe(false)
  })

  it('does not win where the rules don’t lock on it', async () => {
    const desk = await Desk.locked()
    desk.rules = { afterIdleMs: null, onSuspend: false, onScreenLock: false }
    const unlocking = desk.lock.unlock(RIGHT)
    desk.lock.suspended()
    desk.lock.screenLocked()
    expect(await unlocking).toEqual({ kind: 'right' })
  })

  it('wins against an unlock that begins in the last moments before the sleep', async () => {
    const desk = await Desk.locked()
    desk.lock.suspended()
    expect(await desk.lock.unlock(RIGHT)).toEqual({ kind: 'right' })
    desk.lock.resumed()
    expect(desk.lock.isLocked).toBe(true)
    expect(await desk.lock.unlock(RIGHT)).toEqual({ kind: 'right' })
    desk.lock.resumed()
    expect(desk.lock.isLocked).toBe(false)
  })

  it('wins against an unlock that waits behind another one', async () => {
    const desk = await Desk.locked()
    const tries = [desk.lock.unlock(WRONG), desk.lock.unlock(RIGHT)]
    desk.lock.suspended()
    expect((await Promise.all(tries)).map(({ kind }) => kind)).toEqual(['wrong', 'locked-again'])
    expect(desk.lock.isLocked).toBe(true)
  })

  it('wins against Touch ID', async () => {
    const { lock, touchId } = await Desk.locked()
    touchId.there = true
    touchId.owner = true
    touchId.whileAsking = () => {
      lock.suspended()
      return Promise.resolve()
    }
    expect([await lock.unlockByTouch(), lock.isLocked]).toEqual([false, true])
  })

  it('wins against the removal of the lock', async () => {
    const desk = await Desk.locked()
    await desk.lock.unlock(RIGHT)
    const removing = desk.lock.remove(RIGHT)
    desk.lock.suspended()
    expect(await removing).toEqual({ kind: 'locked-again' })
    expect([desk.lock.isSet, desk.lock.isLocked]).toEqual([true, true])
  })

  it('locks with the first passphrase as soon as that is set', async () => {
    const desk = new Desk()
    const setting = desk.lock.setPassphrase(RIGHT, NONE)
    desk.lock.suspended()
    await setting
    expect([desk.lock.isSet, desk.lock.isLocked]).toEqual([true, true])
    expect(await desk.lock.unlock(RIGHT)).toEqual({ kind: 'right' })
  })
})

describe('idle', () => {
  /** On a display that nobody has touched for an hour, with a limit of 5 minutes. */
  async function onIdleDisplay(): Promise<Desk> {
    const desk = new Desk()
    desk.rules = { ...desk.rules, afterIdleMs: 5 * MINUTE }
    await desk.time.advance(60 * MINUTE)
    return desk
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
    const desk = new Desk()
    desk.systemCounts = false
    desk.rules = { ...desk.rules, afterIdleMs: 5 * MINUTE }
    await desk.lock.setPassphrase(RIGHT, NONE)
    await desk.time.advance(4 * MINUTE)
    desk.lock.used()
    await desk.time.advance(5 * MINUTE - 1)
    expect(desk.lock.isLocked).toBe(false)
    await desk.time.advance(1)
    expect(desk.lock.isLocked).toBe(true)
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
    const desk = await onIdleDisplay()
    await desk.lock.setPassphrase(RIGHT, NONE)
    for (let minute = 0; minute < 30; minute += 1) {
      await desk.time.advance(MINUTE)
      desk.touchedAt = desk.time.monotonic()
    }
    expect(desk.lock.isLocked).toBe(false)
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

describe('locking by itself', () => {
  it('comes after the idle time, which is asked for only when it could be over', async () => {
    const desk = new Desk()
    desk.rules = { ...desk.rules, afterIdleMs: 5 * MINUTE }
    await desk.lock.setPassphrase(RIGHT, NONE)
    desk.asked = 0
    await desk.time.advance(4 * MINUTE)
    desk.touchedAt = desk.time.monotonic()
    await desk.time.advance(4 * MINUTE)
    expect([desk.asked, desk.time.waiting, desk.lock.isLocked]).toEqual([1, 1, false])
    await desk.time.advance(MINUTE)
    expect([desk.asked, desk.time.waiting, desk.lock.isLocked]).toEqual([2, 0, true])
  })

  it('comes on suspend and on the screen’s lock, where the rules say so', async () => {
    const desk = await Desk.locked()
    await desk.lock.unlock(RIGHT)
    desk.rules = { afterIdleMs: null, onSuspend: false, onScreenLock: true }
    desk.lock.suspended()
    expect(desk.lock.isLocked).toBe(false)
    desk.lock.screenLocked()
    expect(desk.lock.isLocked).toBe(true)
  })
})

describe('a passphrase that lies there though only the sync of its folder failed', () => {
  it('is not the lock after a restart: there is none, or the one before', async () => {
    const desk = new Desk()
    desk.store.unsynced = 1
    await expect(desk.lock.setPassphrase(RIGHT, NONE)).rejects.toThrow('EIO')
    expect([desk.lock.isSet, new Desk(desk.store).lock.isSet]).toEqual([false, false])

    expect(await desk.lock.setPassphrase(RIGHT, NONE)).toEqual({ kind: 'right' })
    const before = desk.store.text
    const changed = desk.lock.setPassphrase(OTHER, RIGHT)
    // The tries are noted before and after the check.
    desk.store.unsynced = 3
    await expect(changed).rejects.toThrow('EIO')
    expect(desk.store.text).toBe(before)
  })
})
