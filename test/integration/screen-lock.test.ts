/** What says on Linux that the screen is locked, on a bus of this test's own. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemTimers } from '../../electron/main/adapters/system-clock'
import { createScreenLock, type ScreenLock } from '../../electron/main/platform/screen-lock'
import { createSessionBus } from '../../electron/main/platform/session-bus'
import { startOwnBus, type OwnBus } from '../support/own-bus'

const LOGIND = 'org.freedesktop.login1'
const OWN = '/org/freedesktop/login1/session/_31'
const ANOTHER = `${OWN}2`

let own: OwnBus

beforeEach(async () => {
  own = await startOwnBus()
})
afterEach(async () => {
  await own.stop()
})

function screenLock(sessionId: string | undefined = '1'): ScreenLock {
  const bus = (address: string | undefined) =>
    createSessionBus({
      address,
      runtimeFolder: undefined,
      uid: process.getuid?.() ?? 0,
      timers: systemTimers,
    })
  return createScreenLock({
    session: bus(own.env['DBUS_SESSION_BUS_ADDRESS']),
    system: bus(own.env['DBUS_SYSTEM_BUS_ADDRESS']),
    sessionId,
  })
}

/** Listens, and has been heard to: what is said from then on is not missed. */
async function listening(lock: ScreenLock): Promise<() => number> {
  const locked = vi.fn()
  lock.whenLocked(locked)
  await lock.isKnown()
  return () => locked.mock.calls.length
}

describe('that the screen is locked', () => {
  it.each([
    ['logind asks for it', `lock ${OWN}`],
    ['logind was told of it', `hint ${OWN} true`],
  ])('is known where %s', async (_, line) => {
    const logind = await own.startScreenLockers(LOGIND)
    const lock = screenLock()
    expect(await lock.isKnown()).toBe(true)
    const times = await listening(lock)
    logind.say(`lock ${ANOTHER}`)
    logind.say(`hint ${ANOTHER} true`)
    logind.say(`hint ${OWN} false`)
    logind.say(line)
    await vi.waitFor(() => {
      expect(times()).toBe(1)
    })
  })

  it.each(['org.gnome.ScreenSaver', 'org.freedesktop.ScreenSaver', 'org.mate.ScreenSaver'])(
    'is known where %s locks it',
    async (name) => {
      const locker = await own.startScreenLockers(name)
      const lock = screenLock(undefined)
      expect(await lock.isKnown()).toBe(true)
      const times = await listening(lock)
      locker.say(`active ${name} false`)
      locker.say(`active ${name} true`)
      await vi.waitFor(() => {
        expect(times()).toBe(1)
      })
    },
  )

  it('is not known where nothing says so', async () => {
    expect(await screenLock().isKnown()).toBe(false)
    expect(await screenLock(undefined).isKnown()).toBe(false)
  })

  it('is not known of a login that logind does not know', async () => {
    await own.startScreenLockers(LOGIND)
    expect(await screenLock('7').isKnown()).toBe(false)
  })

  it('is heard of a program that comes later', async () => {
    const lock = screenLock(undefined)
    const times = await listening(lock)
    const locker = await own.startScreenLockers('org.freedesktop.ScreenSaver')
    locker.say('active org.freedesktop.ScreenSaver true')
    await vi.waitFor(() => {
      expect(times()).toBe(1)
    })
  })
})
