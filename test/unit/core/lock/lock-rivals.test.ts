/** A lock that comes while a passphrase is checked wins. */
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
const RIGHT = new Secret('correct horse battery staple')
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
