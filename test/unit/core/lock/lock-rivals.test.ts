/** A lock that comes while a passphrase is checked wins. */
import { describe, expect, it } from 'vitest'
import { RIGHT, NONE, WRONG, AppWithLock } from '../../../support/app-with-lock'

describe('a lock that comes while a passphrase is checked', () => {
  const RIVALS: readonly [string, (app: AppWithLock) => void][] = [
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
    const app = await AppWithLock.locked()
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
    const app = await AppWithLock.locked()
    app.rules = { afterIdleMs: null, onSuspend: false, onScreenLock: false }
    const unlocking = app.lock.unlock(RIGHT)
    app.lock.suspended()
    app.lock.screenLocked()
    expect(await unlocking).toEqual({ kind: 'right' })
  })

  it('wins against an unlock that begins in the last moments before the sleep', async () => {
    const app = await AppWithLock.locked()
    app.lock.suspended()
    expect(await app.lock.unlock(RIGHT)).toEqual({ kind: 'right' })
    app.lock.resumed()
    expect(app.lock.isLocked).toBe(true)
    expect(await app.lock.unlock(RIGHT)).toEqual({ kind: 'right' })
    app.lock.resumed()
    expect(app.lock.isLocked).toBe(false)
  })

  it('wins against an unlock that waits behind another one', async () => {
    const app = await AppWithLock.locked()
    const tries = [app.lock.unlock(WRONG), app.lock.unlock(RIGHT)]
    app.lock.suspended()
    expect((await Promise.all(tries)).map(({ kind }) => kind)).toEqual(['wrong', 'locked-again'])
    expect(app.lock.isLocked).toBe(true)
  })

  it('wins against Touch ID', async () => {
    const { lock, touchId } = await AppWithLock.locked()
    touchId.there = true
    touchId.owner = true
    touchId.whileAsking = () => {
      lock.suspended()
      return Promise.resolve()
    }
    expect([await lock.unlockByTouch(), lock.isLocked]).toEqual([false, true])
  })

  it('wins against the removal of the lock', async () => {
    const app = await AppWithLock.locked()
    await app.lock.unlock(RIGHT)
    const removing = app.lock.remove(RIGHT)
    app.lock.suspended()
    expect(await removing).toEqual({ kind: 'locked-again' })
    expect([app.lock.isSet, app.lock.isLocked]).toEqual([true, true])
  })

  it('locks with the first passphrase as soon as that is set', async () => {
    const app = new AppWithLock()
    const setting = app.lock.setPassphrase(RIGHT, NONE)
    app.lock.suspended()
    await setting
    expect([app.lock.isSet, app.lock.isLocked]).toEqual([true, true])
    expect(await app.lock.unlock(RIGHT)).toEqual({ kind: 'right' })
  })
})
