/**
 * When the screen is locked on Linux, where Electron's `lock-screen` never comes. Two buses know it: logind on the
 * system's, and what locks the screen on the user's.
 */
import type { SessionBus } from './session-bus'
import { askBus } from './session-bus'

export interface ScreenLock {
  /** Whether anything here will say that the screen is locked. */
  isKnown(): Promise<boolean>
  /** Calls `run` each time the screen is locked, until the app ends. */
  whenLocked(run: () => void): void
}

const LOGIND = 'org.freedesktop.login1'
const SESSION = `${LOGIND}.Session`
const PROPERTIES = 'org.freedesktop.DBus.Properties'
/** Where logind knows the session of whoever asks; it answers with the object's own path, which signals come from. */
const MANAGER = {
  destination: LOGIND,
  path: '/org/freedesktop/login1',
  interface: `${LOGIND}.Manager`,
} as const

/** What locks the screen: GNOME's own interface first, since GNOME answers to the common name without its signal. */
const LOCKERS = [
  'org.gnome.ScreenSaver',
  'org.freedesktop.ScreenSaver',
  'org.cinnamon.ScreenSaver',
  'org.mate.ScreenSaver',
  'org.xfce.ScreenSaver',
] as const

export interface ScreenLockOptions {
  readonly session: SessionBus
  readonly system: SessionBus
  /** `XDG_SESSION_ID`: logind's name for this login. */
  readonly sessionId: string | undefined
}

export function createScreenLock({ session, system, sessionId }: ScreenLockOptions): ScreenLock {
  let ownPath: Promise<string | null> | null = null

  /** Null where logind knows no such session. */
  function logindSession(): Promise<string | null> {
    if (sessionId === undefined) return Promise.resolve(null)
    ownPath ??= system
      .call({ ...MANAGER, member: 'GetSession', signature: 's', body: [sessionId] })
      .then(([path]) => (typeof path === 'string' ? path : null))
      .catch(() => null)
    return ownPath
  }

  async function hasLocker(): Promise<boolean> {
    const owned = await Promise.all(
      LOCKERS.map((name) =>
        askBus(session, 'NameHasOwner', name)
          .then(([isOwned]) => isOwned === true)
          .catch(() => false),
      ),
    )
    return owned.includes(true)
  }

  return {
    async isKnown() {
      const [path, isLocked] = await Promise.all([logindSession(), hasLocker()])
      return path !== null || isLocked
    },
    whenLocked(run) {
      for (const locker of LOCKERS) {
        session.onSignal({ sender: locker, interface: locker, member: 'ActiveChanged' }, ([isActive]) => {
          if (isActive === true) run()
        })
      }
      const ifOurs = (path: string): void => {
        void logindSession().then((own) => {
          if (own === path) run()
        })
      }
      // What is asked to lock the screen is told so; what has locked it says so by the hint. Each alone is enough.
      system.onSignal({ sender: LOGIND, interface: SESSION, member: 'Lock' }, (_, path) => {
        ifOurs(path)
      })
      system.onSignal(
        { sender: LOGIND, interface: PROPERTIES, member: 'PropertiesChanged', arg0: SESSION },
        ([, changed], path) => {
          if (saysLocked(changed)) ifOurs(path)
        },
      )
      // A bus is opened by the first question.
      void logindSession()
      void hasLocker()
    },
  }
}

/** `changed`: an `a{sv}` as it was read. */
function saysLocked(changed: unknown): boolean {
  return Array.isArray(changed) && changed.some((entry: unknown) => isHint(entry))
}

function isHint(entry: unknown): boolean {
  return Array.isArray(entry) && entry[0] === 'LockedHint' && entry[1] === true
}
