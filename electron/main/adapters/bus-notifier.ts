/**
 * Shows notifications of a Linux desktop by the Desktop Notifications Specification (version 1.2). Not by Electron's
 * class, which waits in main for a daemon that does not answer, and takes one that isn't there for success.
 */
import type { DesktopNotification, Notifier } from '../../core/base/ports'
import { BUS, type SessionBus } from '../platform/session-bus'
import type { Variant } from '../platform/dbus-wire'

const NAME = 'org.freedesktop.Notifications'
const DAEMON = { destination: NAME, path: '/org/freedesktop/Notifications', interface: NAME } as const
/** A desktop shows a notification at once, or does not. */
const TAKEN_WITHIN_MS = 3_000
/** The daemon's own time for how long it stays. */
const AS_THE_DESKTOP_DOES = -1
/** The action of a click on the notification itself. */
const CLICK = 'default'

export interface BusNotifierOptions {
  readonly bus: SessionBus
  /** Names the program's desktop file, by which a desktop finds its icon and settings. */
  readonly desktopEntry: string
}

export function createBusNotifier({ bus, desktopEntry }: BusNotifierOptions): Notifier {
  const shown = new Map<number, DesktopNotification>()
  let capabilities: Promise<ReadonlySet<unknown>> | null = null
  let isListening = false

  function listen(): void {
    if (isListening) return
    isListening = true
    bus.onSignal({ sender: NAME, interface: NAME, member: 'ActionInvoked' }, ([id, action]) => {
      const notice = take(id)
      if (action === CLICK) notice?.clicked()
      else notice?.pressed(Number(action))
    })
    bus.onSignal({ sender: NAME, interface: NAME, member: 'NotificationClosed' }, ([id]) => {
      take(id)?.gone()
    })
    onOwner((isThere) => {
      capabilities = null
      if (isThere) return
      // A daemon that has ended has taken its notifications along.
      for (const [id, notice] of [...shown]) {
        shown.delete(id)
        notice.gone()
      }
    })
  }

  function take(id: unknown): DesktopNotification | undefined {
    const notice = shown.get(id as number)
    shown.delete(id as number)
    return notice
  }

  function onOwner(run: (isThere: boolean) => void): void {
    bus.onSignal({ sender: BUS, interface: BUS, member: 'NameOwnerChanged', arg0: NAME }, ([, , owner]) => {
      run(owner !== '')
    })
  }

  async function daemonCan(what: string): Promise<boolean> {
    capabilities ??= bus
      .call({ ...DAEMON, member: 'GetCapabilities' }, TAKEN_WITHIN_MS)
      .then(([list]) => new Set(Array.isArray(list) ? list : []))
    try {
      return (await capabilities).has(what)
    } catch (error) {
      capabilities = null
      throw error
    }
  }

  async function notify({ title, body, buttons, quiet }: DesktopNotification): Promise<number> {
    const [takesButtons, readsMarkup] = await Promise.all([daemonCan('actions'), daemonCan('body-markup')])
    const actions = takesButtons ? [CLICK, '', ...buttons.flatMap((text, n) => [String(n), text])] : []
    const hints = new Map<string, Variant>([
      ['desktop-entry', { type: 's', value: desktopEntry }],
      ...(quiet ? [['suppress-sound', { type: 'b', value: true }] as const] : []),
    ])
    const [id] = await bus.call(
      {
        ...DAEMON,
        member: 'Notify',
        signature: 'susssasa{sv}i',
        body: [
          'TokenDesk',
          0,
          '',
          title,
          readsMarkup ? escaped(body) : body,
          actions,
          hints,
          AS_THE_DESKTOP_DOES,
        ],
      },
      TAKEN_WITHIN_MS,
    )
    if (typeof id !== 'number') throw new Error('the desktop named no notification')
    return id
  }

  function close(id: number): void {
    shown.delete(id)
    bus
      .call({ ...DAEMON, member: 'CloseNotification', signature: 'u', body: [id] }, TAKEN_WITHIN_MS)
      .catch(() => undefined)
  }

  return {
    show(notice) {
      listen()
      let id: number | null = null
      let isTakenBack = false
      notify(notice).then(
        (taken) => {
          id = taken
          if (isTakenBack) {
            close(taken)
            return
          }
          shown.set(taken, notice)
          notice.taken()
        },
        () => {
          if (!isTakenBack) notice.failed()
        },
      )
      return () => {
        isTakenBack = true
        if (id !== null) close(id)
      }
    },
    whenAvailable(run) {
      listen()
      onOwner((isThere) => {
        if (isThere) run()
      })
    },
  }
}

/** The body may hold markup then, and names may hold anything. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
