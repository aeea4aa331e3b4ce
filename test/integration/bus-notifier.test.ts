/** Notifications of a Linux desktop, on a bus of this test's own. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DesktopNotification, Notifier } from '../../electron/core/base/ports'
import { createBusNotifier } from '../../electron/main/adapters/bus-notifier'
import { systemTimers } from '../../electron/main/adapters/system-clock'
import { createSessionBus } from '../../electron/main/platform/session-bus'
import { FakeTime } from '../support/fakes/fake-time'
import { startOwnBus, type OwnBus } from '../support/own-bus'

let own: OwnBus

beforeEach(async () => {
  own = await startOwnBus()
})
afterEach(async () => {
  await own.stop()
})

function notifier(timers = systemTimers): Notifier {
  const bus = createSessionBus({
    address: own.env['DBUS_SESSION_BUS_ADDRESS'],
    runtimeFolder: undefined,
    uid: process.getuid?.() ?? 0,
    timers,
  })
  return createBusNotifier({ bus, desktopEntry: 'com.example.tokendesk' })
}

function aNotice(changes: Partial<DesktopNotification> = {}) {
  const calls: string[] = []
  const note = (what: string) => () => void calls.push(what)
  const notice: DesktopNotification = {
    title: 'ACME & Sons',
    body: '<b>Renew</b> & copy',
    buttons: ['Renew now', 'Remind me tomorrow'],
    quiet: false,
    taken: note('taken'),
    failed: note('failed'),
    clicked: note('clicked'),
    gone: note('gone'),
    pressed: (button) => calls.push(`pressed ${String(button)}`),
    ...changes,
  }
  return { notice, calls }
}

describe('a notification', () => {
  it('is taken by the desktop with its buttons, its entry and its text as text', async () => {
    const daemon = await own.startNotifications()
    const { notice, calls } = aNotice()
    notifier().show(notice)
    await vi.waitFor(() => {
      expect(calls).toEqual(['taken'])
    })
    expect(daemon.heard).toEqual([
      {
        id: 1,
        app: 'TokenDesk',
        title: 'ACME & Sons',
        body: '&lt;b&gt;Renew&lt;/b&gt; &amp; copy',
        actions: ['default', '', '0', 'Renew now', '1', 'Remind me tomorrow'],
        hints: { 'desktop-entry': 'com.example.tokendesk' },
      },
    ])
  })

  it.each([
    ['click 1 default', 'clicked'],
    ['click 1 1', 'pressed 1'],
    ['close 1', 'gone'],
  ])('answers %s once', async (line, call) => {
    const daemon = await own.startNotifications()
    const { notice, calls } = aNotice()
    notifier().show(notice)
    await vi.waitFor(() => {
      expect(calls).toEqual(['taken'])
    })
    daemon.say(line)
    daemon.say(line)
    await vi.waitFor(() => {
      expect(calls).toEqual(['taken', call])
    })
  })

  it('is taken off the screen', async () => {
    const daemon = await own.startNotifications()
    const { notice, calls } = aNotice()
    const close = notifier().show(notice)
    await vi.waitFor(() => {
      expect(calls).toEqual(['taken'])
    })
    close()
    await vi.waitFor(() => {
      expect(daemon.heard.at(-1)).toEqual({ closed: 1 })
    })
    expect(calls).toEqual(['taken'])
  })

  it('that is taken back before the desktop has taken it does not stay there', async () => {
    const daemon = await own.startNotifications()
    const { notice, calls } = aNotice()
    notifier().show(notice)()
    await vi.waitFor(() => {
      expect(daemon.heard.at(-1)).toEqual({ closed: 1 })
    })
    expect(calls).toEqual([])
  })

  it('is gone with a daemon that ends', async () => {
    const daemon = await own.startNotifications()
    const { notice, calls } = aNotice()
    notifier().show(notice)
    await vi.waitFor(() => {
      expect(calls).toEqual(['taken'])
    })
    await daemon.stop()
    await vi.waitFor(() => {
      expect(calls).toEqual(['taken', 'gone'])
    })
  })

  it('without anybody who shows it has failed, and can be shown when somebody comes', async () => {
    const desktop = notifier()
    const available = vi.fn()
    desktop.whenAvailable(available)
    const { notice, calls } = aNotice()
    desktop.show(notice)
    await vi.waitFor(() => {
      expect(calls).toEqual(['failed'])
    })
    expect(available).not.toHaveBeenCalled()
    await own.startNotifications()
    await vi.waitFor(() => {
      expect(available).toHaveBeenCalledOnce()
    })
    desktop.show(notice)
    await vi.waitFor(() => {
      expect(calls).toEqual(['failed', 'taken'])
    })
  })

  it('to a daemon that does not answer has failed after 3 s, and keeps nobody waiting', async () => {
    await own.startNotifications('mute')
    const time = new FakeTime()
    const waits: number[] = []
    const { notice, calls } = aNotice()
    const desktop = notifier({
      after(ms, run) {
        waits.push(ms)
        return time.after(ms, run)
      },
    })
    desktop.show(notice)
    await vi.waitFor(() => {
      expect(waits).toContain(3_000)
    })
    expect(calls).toEqual([])
    await time.advance(3_000)
    await vi.waitFor(() => {
      expect(calls).toEqual(['failed'])
    })
  })
})
