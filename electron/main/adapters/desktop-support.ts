import type { DesktopSupport, Timers } from '../../core/base/ports'
import type { ScreenLock } from '../platform/screen-lock'

/** As the portal's documentation names it (org.freedesktop.portal.GlobalShortcuts). */
const PORTAL_VERSION = {
  destination: 'org.freedesktop.portal.Desktop',
  path: '/org/freedesktop/portal/desktop',
  interface: 'org.freedesktop.DBus.Properties',
  member: 'Get',
  signature: 'ss',
  body: ['org.freedesktop.portal.GlobalShortcuts', 'version'],
} as const

/** The first Electron that asks the portal (electron/electron#45171). */
const PORTAL_SINCE = 35

/** Somebody who works pauses for a second within this time, again and again. */
const PROBE_EVERY_MS = 2_000
const PROBES = 30

export interface DesktopSupportDeps {
  readonly display: 'wayland' | 'other'
  /** As in `process.versions.electron`. */
  readonly electron: string
  readonly bus: { call(question: typeof PORTAL_VERSION): Promise<unknown> }
  readonly systemIdleS: () => number
  readonly timers: Timers
  /** Null where Electron itself says that the screen is locked. */
  readonly screenLock: Pick<ScreenLock, 'isKnown'> | null
}

export function createDesktopSupport({
  display,
  electron,
  bus,
  systemIdleS,
  timers,
  screenLock,
}: DesktopSupportDeps): DesktopSupport {
  const tellsScreenLock = (): Promise<boolean> => screenLock?.isKnown() ?? Promise.resolve(true)
  if (display === 'other') {
    return { shortcuts: () => Promise.resolve('app'), idleMs: () => systemIdleS() * 1000, tellsScreenLock }
  }
  const counts = watchIdle(systemIdleS, timers)
  return {
    async shortcuts() {
      if (Number.parseInt(electron, 10) < PORTAL_SINCE) return 'none'
      return await bus.call(PORTAL_VERSION).then(
        () => 'portal',
        () => 'none',
      )
    },
    idleMs: () => (counts() ? systemIdleS() * 1000 : null),
    tellsScreenLock,
  }
}

/**
 * Some compositors tell nobody, and then it stands at 0 for ever, as if somebody were typing. So it counts only once it
 * has been seen above that.
 */
function watchIdle(systemIdleS: () => number, timers: Timers): () => boolean {
  let hasCounted = false
  const look = (): boolean => (hasCounted ||= systemIdleS() > 0)
  const probe = (left: number): void => {
    if (look() || left === 0) return
    timers.after(PROBE_EVERY_MS, () => {
      probe(left - 1)
    })
  }
  probe(PROBES)
  return look
}
