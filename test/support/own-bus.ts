// A session bus without a keyring until a test starts one, as at a login.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { BUS_CONFIGURATION } from '../../scripts/lib/desktop-session.mjs'

export interface OwnDaemon {
  /** What it was given and told, the oldest first. */
  readonly heard: readonly Readonly<Record<string, unknown>>[]
  say(line: string): void
  stop(): Promise<void>
}

export interface OwnBus {
  /** The environment for programs on this bus. */
  readonly env: Readonly<Record<string, string>>
  /** Starts the keyring with its earlier content; this password, by default its own, unlocks it. */
  startKeyring(password?: string): Promise<void>
  stopKeyring(): Promise<void>
  /** As its owner would, and as the prompt that unlocks it would. */
  lockKeyring(): Promise<void>
  unlockKeyring(password?: string): Promise<void>
  /** Takes the desktop's notifications (support/notification-daemon.py); `mute` holds the name and answers nothing. */
  startNotifications(mode?: 'mute'): Promise<OwnDaemon>
  /** Programs of these names, which emit the signals that `say` asks for (support/screen-lockers.py). */
  startScreenLockers(...names: readonly string[]): Promise<{ say: (line: string) => void }>
  stop(): Promise<void>
}

const PASSWORD = 'tokendesk'
const SERVICE = 'org.freedesktop.Secret.Service'
const COLLECTION = '/org/freedesktop/secrets/collection/login'
const CALL = [
  'call',
  '--session',
  '--dest',
  'org.freedesktop.secrets',
  '--object-path',
  '/org/freedesktop/secrets',
]
const UNLOCK = fileURLToPath(new URL('unlock-keyring.py', import.meta.url))
const SCREEN_LOCKERS = fileURLToPath(new URL('screen-lockers.py', import.meta.url))
const NOTIFICATIONS = fileURLToPath(new URL('notification-daemon.py', import.meta.url))
const SECRETS = 'org.freedesktop.secrets'

export async function startOwnBus(): Promise<OwnBus> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tokendesk-bus-'))
  for (const name of ['run', 'data', 'data/keyrings']) mkdirSync(path.join(folder, name), { mode: 0o700 })
  const socket = path.join(folder, 'run', 'bus')
  const configuration = path.join(folder, 'bus.conf')
  writeFileSync(configuration, BUS_CONFIGURATION.replace('BUS', socket))
  const env = {
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${socket}`,
    DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${socket}`,
    XDG_RUNTIME_DIR: path.join(folder, 'run'),
    XDG_DATA_HOME: path.join(folder, 'data'),
  }
  const start = (program: string, args: readonly string[]): ChildProcess =>
    spawn(program, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'ignore'] })

  const run = promisify((program: string, args: readonly string[], done: (error: Error | null) => void) => {
    execFile(program, args, { env: { ...process.env, ...env } }, done)
  })

  const bus = start('dbus-daemon', [
    '--nofork',
    '--nosyslog',
    '--print-address',
    `--config-file=${configuration}`,
  ])
  if (bus.stdout !== null) await once(createInterface({ input: bus.stdout }), 'line')
  let keyring: ChildProcess | null = null
  const others: ChildProcess[] = []
  /** A program of ours in the system's Python, once it says that it is ready. */
  async function startOther(script: string, args: readonly string[]) {
    const child = start('/usr/bin/python3', [script, ...args])
    others.push(child)
    if (child.stdout === null) throw new Error('no output')
    const lines = createInterface({ input: child.stdout })
    await once(lines, 'line')
    return { lines, say: (line: string) => void child.stdin?.write(`${line}\n`), stop: () => end(child) }
  }

  const bed: OwnBus = {
    env,
    async startKeyring(password = PASSWORD) {
      keyring = start('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'])
      keyring.stdin?.end(password)
      const [status] = (await once(start('gdbus', ['wait', '--session', SECRETS]), 'exit')) as [number | null]
      if (status !== 0) throw new Error('The keyring did not come')
    },
    async lockKeyring() {
      await run('gdbus', [...CALL, '--method', `${SERVICE}.Lock`, `[objectpath '${COLLECTION}']`])
    },
    async unlockKeyring(password = PASSWORD) {
      // The system's Python, which alone has the modules of its packages.
      await run('/usr/bin/python3', [UNLOCK, password])
    },
    async stopKeyring() {
      if (keyring !== null) await end(keyring)
      keyring = null
    },
    startScreenLockers: (...names) => startOther(SCREEN_LOCKERS, names),
    async startNotifications(mode) {
      const { lines, say, stop } = await startOther(NOTIFICATIONS, mode === undefined ? [] : [mode])
      const heard: Record<string, unknown>[] = []
      lines.on('line', (line) => heard.push(JSON.parse(line) as Record<string, unknown>))
      return { heard, say, stop }
    },
    async stop() {
      for (const child of others) await end(child)
      await bed.stopKeyring()
      await end(bus)
      await rm(folder, { recursive: true, force: true })
    },
  }
  return bed
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill()
  await gone
}
