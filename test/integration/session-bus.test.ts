/** The session bus and GNOME Keyring as they are, on a bus of this test's own. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemTimers } from '../../electron/main/adapters/system-clock'
import { createKeyringService, type KeyringService } from '../../electron/main/platform/keyring-service'
import {
  BusError,
  createSessionBus,
  NoBusError,
  type SessionBus,
} from '../../electron/main/platform/session-bus'
import { startOwnBus, type OwnBus } from '../support/own-bus'

const PING = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member: 'GetId',
} as const

let own: OwnBus

beforeEach(async () => {
  own = await startOwnBus()
})
afterEach(async () => {
  await own.stop()
})

function busAt(address: string | undefined, runtimeFolder?: string): SessionBus {
  return createSessionBus({ address, runtimeFolder, uid: process.getuid?.() ?? 0, timers: systemTimers })
}

function keyringOn(bus: SessionBus, backend = 'gnome_libsecret'): KeyringService {
  const service = createKeyringService(bus, backend, systemTimers)
  if (service === null) throw new Error('no service')
  return service
}

describe('the session bus', () => {
  it('is found by its address, and by the runtime folder without one', async () => {
    const [id] = await busAt(own.env['DBUS_SESSION_BUS_ADDRESS']).call(PING)
    expect(id).toMatch(/^[0-9a-f]{32}$/u)
    expect(await busAt(`tcp:host=x;${own.env['DBUS_SESSION_BUS_ADDRESS'] ?? ''},guid=0`).call(PING)).toEqual([
      id,
    ])
    expect(await busAt(undefined, own.env['XDG_RUNTIME_DIR']).call(PING)).toEqual([id])
  })

  it('that is none is distinguished from one that says no', async () => {
    await expect(busAt('unix:path=/nowhere').call(PING)).rejects.toBeInstanceOf(NoBusError)
    await expect(busAt('tcp:host=127.0.0.1,port=1').call(PING)).rejects.toBeInstanceOf(NoBusError)
    await expect(busAt(undefined).call(PING)).rejects.toBeInstanceOf(NoBusError)
    const bus = busAt(own.env['DBUS_SESSION_BUS_ADDRESS'])
    await expect(bus.call({ ...PING, destination: 'org.example.Nobody' })).rejects.toBeInstanceOf(BusError)
  })

  it('answers many questions at once, each its own', async () => {
    const bus = busAt(own.env['DBUS_SESSION_BUS_ADDRESS'])
    const names = Array.from({ length: 50 }, (_, n) =>
      n % 2 === 0 ? 'org.freedesktop.DBus' : `org.example.N${String(n)}`,
    )
    const answers = await Promise.all(
      names.map((name) => bus.call({ ...PING, member: 'NameHasOwner', signature: 's', body: [name] })),
    )
    expect(answers).toEqual(names.map((_, n) => [n % 2 === 0]))
  })

  it('that has gone is none any more', async () => {
    const bus = busAt(undefined, own.env['XDG_RUNTIME_DIR'])
    await bus.call(PING)
    await own.stop()
    await expect(bus.call(PING)).rejects.toBeInstanceOf(NoBusError)
    own = await startOwnBus()
  })
})

describe('GNOME Keyring', () => {
  it('is absent, appears, and is open', async () => {
    const keyring = keyringOn(busAt(own.env['DBUS_SESSION_BUS_ADDRESS']))
    expect(await keyring.look(false)).toBe('absent')
    const appeared = new Promise<void>((resolve) => {
      keyring.whenItAppears(resolve)
    })
    await own.startKeyring()
    await appeared
    expect(await keyring.look(false)).toBe('open')
  })

  it('that is locked is reported, asks the user only if it may, and reports when it is unlocked', async () => {
    const keyring = keyringOn(busAt(own.env['DBUS_SESSION_BUS_ADDRESS']))
    await own.startKeyring()
    expect(await keyring.look(false)).toBe('open')
    await own.lockKeyring()
    expect(await keyring.look(false)).toBe('locked')
    // No program on this bus shows the question: that is a no, and it comes back.
    expect(await keyring.look(true)).toBe('locked')
    const appeared = new Promise<void>((resolve) => {
      keyring.whenItAppears(resolve)
    })
    await own.unlockKeyring()
    await appeared
    expect(await keyring.look(false)).toBe('open')
  })

  it('reports nothing without a bus', async () => {
    expect(await keyringOn(busAt('unix:path=/nowhere')).look(true)).toBe('unknown')
  })
})

describe('KWallet', () => {
  it('is absent where neither it nor what starts it is on the bus', async () => {
    for (const backend of ['kwallet', 'kwallet5', 'kwallet6'])
      expect(await keyringOn(busAt(own.env['DBUS_SESSION_BUS_ADDRESS']), backend).look(false)).toBe('absent')
  })
})
