/** The lock: what opens it, what a wrong try costs, and that nothing that goes wrong opens it. */
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../../electron/shared/secret'
import { MemoryState } from '../../../support/fakes/memory-state'
import { RIGHT, OTHER, NONE, WRONG, AppWithLock } from '../../../support/app-with-lock'

const SECOND = 1_000
const MINUTE = 60 * SECOND

describe('the lock', () => {
  it('is off until there is a passphrase', () => {
    const { lock, heard } = new AppWithLock()
    lock.lock()
    lock.suspended()
    expect([lock.isSet, lock.isLocked, heard]).toEqual([false, false, []])
  })

  it('locks by hand and is opened by its passphrase alone', async () => {
    const { lock, heard } = await AppWithLock.locked()
    expect(await lock.unlock(WRONG)).toEqual({ kind: 'wrong', waitMs: 0 })
    expect(lock.isLocked).toBe(true)
    expect(await lock.unlock(RIGHT)).toEqual({ kind: 'right' })
    expect(heard).toEqual([false, true, false])
  })

  it('starts locked, and keeps no passphrase on the disk', async () => {
    const app = await AppWithLock.locked()
    await app.lock.unlock(RIGHT)
    expect(app.restart().lock.isLocked).toBe(true)
    expect(app.store.text).not.toContain('horse')
  })

  it('refuses a passphrase that is too short', async () => {
    const { lock } = new AppWithLock()
    expect(await lock.setPassphrase(new Secret('short'), NONE)).toEqual({
      kind: 'unfit',
      reason: 'too-short',
    })
    expect(lock.isSet).toBe(false)
  })

  it('asks for the present passphrase before it changes or goes', async () => {
    const app = await AppWithLock.locked()
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
    const app = await AppWithLock.locked()
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
    const { lock } = await AppWithLock.locked()
    const tried = await Promise.all(Array.from({ length: 6 }, () => lock.unlock(WRONG)))
    expect(tried.map(({ kind }) => kind)).toEqual([
      ...['wrong', 'wrong', 'wrong'],
      ...['too-early', 'too-early', 'too-early'],
    ])
  })

  it('count in memory where the disk refuses, and the right one opens all the same', async () => {
    const { lock, store } = await AppWithLock.locked()
    store.full = true
    await lock.unlock(WRONG)
    await lock.unlock(WRONG)
    expect(await lock.unlock(WRONG)).toEqual({ kind: 'wrong', waitMs: 5 * SECOND })
    const other = await AppWithLock.locked()
    other.store.full = true
    expect(await other.lock.unlock(RIGHT)).toEqual({ kind: 'right' })
  })

  it('don’t wait longer because the clock was set back', async () => {
    const { lock, time } = await AppWithLock.locked()
    for (let n = 0; n < 3; n += 1) await lock.unlock(WRONG)
    time.jump(-24 * 60 * MINUTE)
    expect(lock.waitMs).toBe(5 * SECOND)
  })
})

describe('a lock that can not be read', () => {
  it.each(['{"version":1,"veri', '{"version":1}', '{"version":99}', ''])('stays locked: %s', async (text) => {
    const store = new MemoryState()
    store.text = text
    const { lock } = new AppWithLock(store)
    expect([lock.isLocked, lock.isUnusable]).toEqual([true, true])
    expect(await lock.unlock(RIGHT)).toEqual({ kind: 'unusable' })
    expect(store.text).toBe(text)
  })
})

describe('Touch ID', () => {
  it('opens it for its owner alone', async () => {
    const { lock, touchId } = await AppWithLock.locked()
    touchId.there = true
    touchId.owner = false
    expect([lock.opensByTouch, await lock.unlockByTouch(), lock.isLocked]).toEqual([true, false, true])
    touchId.owner = true
    expect([await lock.unlockByTouch(), lock.isLocked]).toEqual([true, false])
  })

  it('opens nothing where there is none, and no lock that can not be read', async () => {
    const { lock } = await AppWithLock.locked()
    expect([lock.opensByTouch, await lock.unlockByTouch(), lock.isLocked]).toEqual([false, false, true])
    const store = new MemoryState()
    store.text = 'damaged'
    const damaged = new AppWithLock(store)
    damaged.touchId.there = true
    expect([damaged.lock.opensByTouch, await damaged.lock.unlockByTouch()]).toEqual([false, false])
    expect(damaged.lock.isLocked).toBe(true)
  })

  it('keeps no passphrase waiting while it asks', async () => {
    const { lock, touchId } = await AppWithLock.locked()
    touchId.there = true
    touchId.whileAsking = () => lock.unlock(RIGHT)
    touchId.owner = false
    expect([await lock.unlockByTouch(), lock.isLocked]).toEqual([true, false])
  })
})

describe('a forgotten passphrase', () => {
  it('costs the secrets, then the lock is gone', async () => {
    const app = await AppWithLock.locked()
    await app.lock.resetLock()
    expect([app.forgotten, app.lock.isSet, app.lock.isLocked]).toEqual([1, false, false])
    expect(app.restart().lock.isLocked).toBe(false)
  })

  it('opens nothing while the secrets are still there', async () => {
    const app = await AppWithLock.locked()
    app.keepsSecrets = true
    await expect(app.lock.resetLock()).rejects.toThrow('EROFS')
    expect([app.lock.isLocked, app.restart().lock.isLocked]).toEqual([true, true])
  })

  it('costs nothing where the disk refuses the lock’s own file', async () => {
    const app = await AppWithLock.locked()
    app.store.full = true
    await expect(app.lock.resetLock()).rejects.toThrow('ENOSPC')
    expect([app.forgotten, app.lock.isLocked, app.restart().lock.isLocked]).toEqual([0, true, true])
  })

  it('keeps a damaged file beside', async () => {
    const store = new MemoryState()
    store.text = 'damaged'
    const { lock } = new AppWithLock(store)
    await lock.resetLock()
    expect(lock.isLocked).toBe(false)
    expect(store.kept).toEqual({ why: 'damaged', text: 'damaged' })
  })
})

describe('a passphrase that lies there though only the sync of its folder failed', () => {
  it('is not the lock after a restart: there is none, or the one before', async () => {
    const app = new AppWithLock()
    app.store.unsynced = 1
    await expect(app.lock.setPassphrase(RIGHT, NONE)).rejects.toThrow('EIO')
    expect([app.lock.isSet, new AppWithLock(app.store).lock.isSet]).toEqual([false, false])

    expect(await app.lock.setPassphrase(RIGHT, NONE)).toEqual({ kind: 'right' })
    const before = app.store.text
    const changed = app.lock.setPassphrase(OTHER, RIGHT)
    // The tries are noted before and after the check.
    app.store.unsynced = 3
    await expect(changed).rejects.toThrow('EIO')
    expect(app.store.text).toBe(before)
  })
})
