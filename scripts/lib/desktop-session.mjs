import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeExit } from './cleanup.mjs'
import { capture, end } from './run.mjs'
import { COMPOSITORS, ownerOf } from './wayland-compositors.mjs'

/**
 * A desktop of its own: display, window manager, message bus, unlocked keyring, notification daemon. It shares
 * nothing with the desktop of whoever starts it, whose keyring must never see a test.
 * @typedef {object} DesktopSession
 * @property {NodeJS.ProcessEnv} env for the programs that run on it
 * @property {() => Promise<void>} stop ends everything that it started
 */

const READY_LIMIT_MS = 15_000
const SCREEN = '1280x800x24'

/** What ties a program to the bus and the keyring of whoever started this, and to their display. */
const FOREIGN_BUS = ['DBUS_STARTER_ADDRESS', 'DBUS_STARTER_BUS_TYPE', 'GNOME_KEYRING_CONTROL']
const FOREIGN_DISPLAY = ['DESKTOP_SESSION', 'WAYLAND_DISPLAY', 'XDG_CURRENT_DESKTOP']

// Nothing is started by asking for its name: only what this session starts is on its bus.
export const BUS_CONFIGURATION = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=BUS</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

// A notification stays until it is closed, so that nothing depends on a test's speed.
const DUNST_CONFIGURATION = `[global]
  monitor = 0
  width = 360
  origin = top-right
  offset = 16x16
  font = Inter 11
  notification_limit = 20
  history_length = 200
  idle_threshold = 0
[urgency_low]
  timeout = 0
[urgency_normal]
  timeout = 0
[urgency_critical]
  timeout = 0
`

/**
 * @param {object} [options]
 * @param {boolean} [options.onUsersDisplay] opens windows where the user sees them; the rest is its own
 * @param {'weston' | 'sway' | null} [options.wayland] the compositor that takes the place of X11
 * @returns {Promise<DesktopSession>}
 */
export async function startDesktopSession({ onUsersDisplay = false, wayland = null } = {}) {
  const session = new Session()
  const stop = beforeExit(() => session.stop())
  try {
    if (onUsersDisplay) session.keepDisplay()
    else if (wayland !== null) await session.startCompositor(wayland)
    else {
      await session.startDisplay()
      await session.startWindowManager()
    }
    await session.startBus()
    await session.startKeyring()
    // weston has no place where a notification could be shown.
    if (wayland !== 'weston') await session.startNotifications()
  } catch (error) {
    await stop()
    throw error
  }
  return { env: session.env, stop }
}

class Session {
  /** @type {import('node:child_process').ChildProcess[]} */
  #started = []
  #folder = mkdtempSync(path.join(os.tmpdir(), 'tokendesk-desktop-'))
  #folders = [this.#folder]
  #startedLast = ''
  /** @type {NodeJS.ProcessEnv} */
  env = { ...process.env }

  constructor() {
    for (const name of FOREIGN_BUS) this.env[name] = undefined
    this.env['XDG_RUNTIME_DIR'] = this.#makeFolder('run')
    this.env['XDG_CONFIG_HOME'] = this.#makeFolder('config')
    this.env['XDG_CACHE_HOME'] = this.#makeFolder('cache')
    this.env['XDG_DATA_HOME'] = this.#makeFolder('data')
    this.env['XDG_STATE_HOME'] = this.#makeFolder('state')
    // Without it the keyring daemon would fall back to an old ~/.gnome2/keyrings.
    this.#makeFolder('data/keyrings')
  }

  keepDisplay() {
    const { WAYLAND_DISPLAY: socket, XDG_RUNTIME_DIR: folder = '' } = process.env
    // A bare name is resolved in the runtime folder, which is another one now.
    if (socket) this.env['WAYLAND_DISPLAY'] = path.resolve(folder, socket)
  }

  async startDisplay() {
    for (const name of FOREIGN_DISPLAY) this.env[name] = undefined
    this.env['XDG_SESSION_TYPE'] = 'x11'
    const authority = path.join(this.#folder, 'Xauthority')
    const cookie = randomBytes(16).toString('hex')
    // The server takes the cookie whatever display its entry names; programs look for theirs.
    await this.#expect('xauth', ['-q', '-f', authority, 'add', ':0', '.', cookie])
    const server = this.#start('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-auth', authority], {
      fourth: 'pipe',
    })
    const display = `:${await firstLine(server)}`
    await this.#expect('xauth', ['-q', '-f', authority, 'add', display, '.', cookie])
    this.env['XAUTHORITY'] = authority
    this.env['DISPLAY'] = display
  }

  /**
   * In a folder of its own, since it may belong to somebody else.
   * @param {'weston' | 'sway'} name
   */
  async startCompositor(name) {
    for (const each of [...FOREIGN_DISPLAY, 'DISPLAY', 'XAUTHORITY']) this.env[each] = undefined
    this.env['XDG_SESSION_TYPE'] = 'wayland'
    const { arguments: args, env, configuration, asks } = COMPOSITORS[name]
    const folder = mkdtempSync(path.join(os.tmpdir(), `tokendesk-${name}-`))
    this.#folders.push(folder)
    writeFileSync(path.join(folder, 'config'), configuration)
    const owner = ownerOf(name, process.getuid?.())
    if (owner !== null) chownSync(folder, owner, owner)
    const own = env(folder)
    this.#start(name, args(folder), {
      env: { ...this.env, HOME: folder, XDG_RUNTIME_DIR: folder, ...own },
      owner,
    })
    const socket = path.join(folder, 'wayland-1')
    this.env['WAYLAND_DISPLAY'] = socket
    Object.assign(this.env, own)
    await this.#waitFor(async () => existsSync(socket) && (await this.#answers(asks)))
  }

  /** Without one no window could be minimised. */
  async startWindowManager() {
    const configuration = path.join(this.#folder, 'blackboxrc')
    writeFileSync(configuration, '')
    // stdbuf: it says at once, not when its buffer is full, that it has taken over the screen.
    this.#start('stdbuf', ['--output=L', 'blackbox', '-rc', configuration])
    await this.#waitFor(() => readFileSync(this.#log('stdbuf'), 'utf8').includes('managing screen'))
  }

  async startBus() {
    const configuration = path.join(this.#folder, 'bus.conf')
    const socket = path.join(this.#folder, 'run', 'bus')
    writeFileSync(configuration, BUS_CONFIGURATION.replace('BUS', socket))
    this.env['DBUS_SESSION_BUS_ADDRESS'] = `unix:path=${socket}`
    // Nothing is on it, as on a machine without a system bus, but no program complains.
    this.env['DBUS_SYSTEM_BUS_ADDRESS'] = `unix:path=${socket}`
    this.#start('dbus-daemon', ['--nofork', '--nosyslog', `--config-file=${configuration}`])
    await this.#waitForName('org.freedesktop.DBus')
  }

  async startKeyring() {
    const daemon = this.#start('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'])
    // It reads the password of the login keyring, which it makes, to the end of its input.
    daemon.stdin?.end('tokendesk')
    await this.#waitForName('org.freedesktop.secrets')
  }

  async startNotifications() {
    const configuration = path.join(this.#folder, 'dunstrc')
    writeFileSync(configuration, DUNST_CONFIGURATION)
    this.#start('dunst', ['-config', configuration])
    await this.#waitForName('org.freedesktop.Notifications')
  }

  async stop() {
    for (let daemon = this.#started.pop(); daemon; daemon = this.#started.pop()) await end(daemon, 2000)
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true })
  }

  /** @param {string} name */
  #makeFolder(name) {
    const folder = path.join(this.#folder, name)
    mkdirSync(folder, { mode: 0o700 })
    return folder
  }

  /**
   * @param {string} program
   * @param {string[]} args
   * @param {object} [options]
   * @param {'pipe' | 'ignore'} [options.fourth] a pipe as file descriptor 3
   * @param {NodeJS.ProcessEnv} [options.env]
   * @param {number | null} [options.owner] whose process it is to be; null: whoever starts it
   */
  #start(program, args, { fourth = 'ignore', env = this.env, owner = null } = {}) {
    const log = openSync(this.#log(program), 'w')
    this.#startedLast = program
    // setpriv: the kernel ends it even when this process is killed outright.
    // detached: Ctrl+C in a terminal reaches only this process, which ends things in order.
    const as =
      owner === null ? [] : [`--reuid=${String(owner)}`, `--regid=${String(owner)}`, '--clear-groups']
    const daemon = spawn('setpriv', ['--pdeathsig', 'TERM', ...as, program, ...args], {
      cwd: owner === null ? this.#folder : '/',
      env,
      detached: true,
      stdio: ['pipe', log, log, fourth],
    })
    closeSync(log)
    daemon.on('error', () => undefined)
    this.#started.push(daemon)
    return daemon
  }

  /** @param {string} name a name on the bus: its owner is ready when it has it */
  async #waitForName(name) {
    await this.#waitFor(() => this.#hasOwner(name))
  }

  /** @param {() => boolean | Promise<boolean>} isReady whether what was started last is there */
  async #waitFor(isReady) {
    const daemon = this.#started.at(-1)
    const giveUpAt = Date.now() + READY_LIMIT_MS
    while (!(await isReady())) {
      if (daemon?.exitCode !== null || Date.now() > giveUpAt) throw new Error(this.#complaint())
      await sleep(20)
    }
  }

  /** @param {readonly string[]} command empty: there is nothing to ask */
  async #answers(command) {
    return command.length === 0 || (await capture(command, { env: this.env })).status === 0
  }

  /** @param {string} name */
  async #hasOwner(name) {
    const question = ['--print-reply=literal', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus']
    const method = 'org.freedesktop.DBus.NameHasOwner'
    const { stdout } = await capture(['dbus-send', '--session', ...question, method, `string:${name}`], {
      env: this.env,
    })
    return stdout.includes('boolean true')
  }

  /**
   * @param {string} program
   * @param {string[]} args
   */
  async #expect(program, args) {
    const { status, stderr } = await capture([program, ...args], { env: this.env })
    if (status !== 0) throw new Error(`${program} failed: ${stderr.trim()}`)
  }

  /** @param {string} program */
  #log(program) {
    return path.join(this.#folder, `${program}.log`)
  }

  #complaint() {
    const program = this.#startedLast
    return `${program} did not start:\n${readFileSync(this.#log(program), 'utf8')}`
  }
}

/**
 * What a program says on file descriptor 3.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string>}
 */
async function firstLine(child) {
  const pipe = /** @type {import('node:stream').Readable} */ (child.stdio[3])
  const [chunk] = await Promise.race([once(pipe, 'data'), once(child, 'exit').then(() => [''])])
  const line = String(chunk).trim()
  if (line === '') throw new Error('Xvfb did not start.')
  return line
}
