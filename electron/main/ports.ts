/** The use cases' ports, implemented with Electron and the disk. */
import { randomBytes, randomUUID } from 'node:crypto'
import electron, { app, powerMonitor, safeStorage, systemPreferences } from 'electron'
import type { Ports } from '../core/app/ports'
import type { Clipboard, KeptLog } from '../core/base/ports'
import { createAccountFiles } from './adapters/account-files'
import { createActivityFile } from './adapters/activity-file'
import { createBusNotifier } from './adapters/bus-notifier'
import { createDesktopNotifier } from './adapters/desktop-notifier'
import { createDesktopSupport } from './adapters/desktop-support'
import { createFileDialogs } from './adapters/file-dialogs'
import { systemShortcut } from './adapters/global-shortcut'
import { createGatewayProcess } from './adapters/gateway-process'
import { createHttpAuthApi } from './adapters/http-auth-api'
import { createHttpUpdateFeed } from './adapters/http-update-feed'
import { createLoginItem } from './adapters/login-item'
import { createProxyGate } from './adapters/proxy-gate'
import { createPassphraseSealer } from './adapters/passphrase-sealer'
import { createSafeStorageCipher } from './adapters/safe-storage-cipher'
import { createScryptVerifier } from './adapters/scrypt-verifier'
import { createStateFile } from './adapters/state-file'
import { createSystemClipboard } from './adapters/system-clipboard'
import { systemClock as clock, systemTimers as timers } from './adapters/system-clock'
import { createTouchId } from './adapters/system-touch-id'
import { createWaylandClipboard } from './adapters/wayland-clipboard'
import { createKeyringService } from './platform/keyring-service'
import { privateSessions } from './platform/net-exchange'
import { ownCommand } from './platform/own-program'
import { createScreenLock, type ScreenLock } from './platform/screen-lock'
import { createSessionBus, type SessionBus } from './platform/session-bus'
import type { Display } from './platform/wayland'
import { waylandSocket, watchSelection } from './platform/wayland-selection'
import type { MainWindowController } from './windows/main-window-controller'
import { FocusUse } from './windows/presence'

export function createPorts(
  profile: string,
  display: Display,
  mainWindow: MainWindowController,
  screenLock: ScreenLock | null,
  log: KeptLog,
): Ports {
  const { platform } = process
  const bus = sessionBus()
  const gate = createProxyGate()
  return {
    records: createAccountFiles(profile),
    stateStore: createStateFile(profile, 'tokendesk'),
    notificationLogStore: createStateFile(profile, 'reminders'),
    lockStore: createStateFile(profile, 'lock'),
    proxyStore: createStateFile(profile, 'proxy'),
    startupRowsStore: createStateFile(profile, 'list-start'),
    usageStore: createStateFile(profile, 'usage'),
    viewStore: createStateFile(profile, 'view'),
    activityFile: createActivityFile(profile),
    cipher: createSafeStorageCipher({
      safeStorage,
      platform,
      serviceOf: (backend) => createKeyringService(bus, backend, timers),
      monotonic: () => clock.monotonic(),
    }),
    api: createHttpAuthApi({ clock, timers, log, gate, trust: platform === 'linux' ? 'nss' : 'system' }),
    proxyGate: gate,
    clipboard: createClipboard(display),
    gateway: createGatewayProcess({
      timers,
      log,
      // The system's, which the windows' own session hasn't: its proxy is a dead end (security/window-policy.ts).
      resolveProxy: (url) => privateSessions('gateway')(0).resolveProxy(url),
      proxyLogin: (host) => gate.accepted(host),
    }),
    updateFeed: createHttpUpdateFeed({ clock, timers, log, gate }),
    version: app.getVersion(),
    notifier:
      platform === 'linux' ? createBusNotifier({ bus, desktopEntry: __APP_ID__ }) : createDesktopNotifier(),
    loginItem: createLoginItem(app, platform, {
      ...{ command: ownCommand(), appId: __APP_ID__, configFolder: app.getPath('appData') },
    }),
    clock,
    timers,
    random: Math.random,
    newId: randomUUID,
    newCapability: () => randomBytes(16).toString('base64url'),
    shortcut: systemShortcut,
    sealer: createPassphraseSealer(),
    verifier: createScryptVerifier(),
    touchId: createTouchId(systemPreferences, platform),
    desktop: createDesktopSupport({
      display,
      electron: process.versions.electron,
      bus,
      systemIdleS: () => powerMonitor.getSystemIdleTime(),
      timers,
      screenLock,
    }),
    dialogs: createFileDialogs(() => mainWindow.window, profile),
    presence: mainWindow,
    log,
  }
}

/** In a Wayland session an X11 window needs the compositor's consent as well, where that can be observed. */
function createClipboard(display: Display): Clipboard {
  const { platform, env } = process
  const clipboard = createSystemClipboard(electron, platform)
  const socket = platform === 'linux' ? waylandSocket(env) : null
  if (socket === null && display !== 'wayland') return clipboard
  const use = display === 'wayland' ? new FocusUse() : { hasFocus: true, isUsed: true }
  return createWaylandClipboard(clipboard, {
    watch: () => (socket === null ? Promise.resolve(null) : watchSelection(socket, timers)),
    hasFocus: () => use.hasFocus,
    isUsed: () => use.isUsed,
    timers,
  })
}

/** The user's bus. Each has a connection of its own, opened when it is first asked. */
function sessionBus(): SessionBus {
  const { env } = process
  return createSessionBus({
    address: env['DBUS_SESSION_BUS_ADDRESS'],
    runtimeFolder: env['XDG_RUNTIME_DIR'],
    uid: process.getuid?.() ?? 0,
    timers,
  })
}

/** Null where Electron itself says that the screen is locked. */
export function linuxScreenLock(): ScreenLock | null {
  const { platform, env } = process
  if (platform !== 'linux') return null
  const address = env['DBUS_SYSTEM_BUS_ADDRESS'] ?? 'unix:path=/run/dbus/system_bus_socket'
  const system = createSessionBus({ address, runtimeFolder: undefined, uid: process.getuid?.() ?? 0, timers })
  return createScreenLock({ session: sessionBus(), system, sessionId: env['XDG_SESSION_ID'] })
}
