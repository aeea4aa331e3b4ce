import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { UserError, capture, run } from './run.mjs'

/** What a desktop of its own needs, and the Debian package that brings it. */
const DESKTOP_COMMANDS = {
  Xvfb: 'xvfb',
  xauth: 'xauth',
  blackbox: 'blackbox',
  'dbus-daemon': 'dbus-x11',
  'dbus-run-session': 'dbus-x11',
  'dbus-monitor': 'dbus-x11',
  'dbus-send': 'dbus-x11',
  'gnome-keyring-daemon': 'gnome-keyring',
  dunst: 'dunst',
  dunstctl: 'dunst',
  // dunstctl calls it to read the history.
  busctl: 'systemd',
  xclip: 'xclip',
  // Press real keys and buttons, on the layouts that people have.
  xdotool: 'xdotool',
  setxkbmap: 'x11-xkb-utils',
  // Makes the certificate of the TLS tests.
  openssl: 'openssl',
  // A proxy that wants a password, and the store of trusted certificates.
  squid: 'squid',
  certutil: 'libnss3-tools',
  // Runs the lines that are copied for it.
  curl: 'curl',
  setpriv: 'util-linux',
  // Wayland's desktops, what presses keys there, reads the clipboard and takes pictures.
  weston: 'weston',
  sway: 'sway',
  wtype: 'wtype',
  'wl-paste': 'wl-clipboard',
  grim: 'grim',
}

/** What makes a deb and an rpm, looks them over, and gives their user a session with a login. */
const INSTALLING_COMMANDS = {
  rpmbuild: 'rpm',
  lintian: 'lintian',
  'desktop-file-validate': 'desktop-file-utils',
  'gtk-launch': 'libgtk-3-bin',
  openbox: 'openbox',
  wmctrl: 'wmctrl',
}

const ELECTRON_PACKAGES = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1']

/** Electron loads these only when it needs them, so that `ldd` does not know them. */
const LOADED_LATER = { 'libsecret-1.so.0': 'libsecret-1-0', 'libnotify.so.4': 'libnotify4' }

const FONT_PACKAGE = 'fonts-inter'

/** What the tests' tray is made of, by the system's Python. */
const TRAY_MODULES = { dbus: 'python3-dbus', gi: 'python3-gi' }

/** Without it Openbox starts nothing at the login. */
const AUTOSTART_MODULES = { xdg: 'python3-xdg' }

/** On the command line: what is missing may be installed. */
export const YES = '--yes'

/**
 * Nobody who sits at a terminal gets packages that they haven't asked for.
 * @param {{ isRoot: boolean, isCi: boolean, saysYes: boolean, isAtTerminal: boolean }} who
 */
export function mayInstall({ isRoot, isCi, saysYes, isAtTerminal }) {
  return isRoot && (isCi || saysYes || !isAtTerminal)
}

/**
 * @typedef {object} Missing
 * @property {string[]} what names of commands, libraries and fonts
 * @property {string[]} packages their Debian packages
 */

/**
 * Makes sure that Electron can start here. On Debian and its children root may have installed what is missing: see
 * `mayInstall`. Else the command is shown that does it.
 * @param {{ executable: string, desktop: boolean, installing?: boolean }} need whether a desktop of its own is needed, too,
 *   and what tries the packages
 */
export async function ensureSystemLibraries({ executable, desktop, installing = false }) {
  if (process.platform !== 'linux') return
  const missing = await findMissing(executable, { desktop, installing })
  if (missing.what.length === 0) return requireSandbox(executable)

  const list = missing.what.join(', ')
  if (!isDebianFamily(readOsRelease())) {
    throw new UserError(
      `Missing on this system: ${list}.\nInstall them with its package manager, then try again.`,
    )
  }
  const installs = mayInstall({
    isRoot: process.getuid?.() === 0,
    isCi: process.env['CI'] === 'true',
    saysYes: process.argv.includes(YES),
    isAtTerminal: process.stdin.isTTY || process.stderr.isTTY,
  })
  if (installs) await apt(['update', '-qq'])
  const packages = await Promise.all(missing.packages.map(nameHere))
  if (!installs) {
    const asRoot = process.getuid?.() === 0 ? '' : 'sudo '
    throw new UserError(
      `Missing on this system: ${list}.\nInstall them, then try again${asRoot === '' ? ` (or once with ${YES}, which does it)` : ''}:\n\n` +
        `  ${asRoot}apt-get install -y --no-install-recommends ${packages.join(' ')}\n`,
    )
  }
  console.error(`Installing ${packages.join(' ')}...`)
  await apt(['install', '-y', '-qq', '--no-install-recommends', ...packages])

  const still = await findMissing(executable, { desktop, installing })
  if (still.what.length > 0) throw new UserError(`Still missing after apt-get: ${still.what.join(', ')}.`)
}

/**
 * @param {string} executable
 * @param {{ desktop: boolean, installing: boolean }} need
 * @returns {Promise<Missing>}
 */
async function findMissing(executable, { desktop, installing }) {
  const libraries = missingLibraries((await capture(['ldd', executable])).stdout)
  /** @type {[string, string][]} */
  const others = [...(await missingLoadedLater())]
  const commands = { ...(desktop && DESKTOP_COMMANDS), ...(installing && INSTALLING_COMMANDS) }
  others.push(...Object.entries(commands).filter(([command]) => !isCommand(command)))
  if (desktop && !(await hasFont())) others.push(['the font Inter', FONT_PACKAGE])
  const modules = { ...(desktop && TRAY_MODULES), ...(installing && AUTOSTART_MODULES) }
  for (const [name, packageName] of Object.entries(modules)) {
    if (!(await hasPythonModule(name))) others.push([`Python's ${name}`, packageName])
  }
  const packages = others.map(([, name]) => name)
  if (libraries.length > 0) packages.push(...ELECTRON_PACKAGES)
  return { what: [...libraries, ...others.map(([what]) => what)], packages: [...new Set(packages)] }
}

/**
 * @param {string} report what `ldd` prints
 * @returns {string[]}
 */
export function missingLibraries(report) {
  return [...report.matchAll(/^\s*(\S+) => not found$/gm)].map(([, name = '']) => name)
}

async function missingLoadedLater() {
  // /sbin is not in every user's PATH.
  const { status, stdout } = await capture(['/sbin/ldconfig', '-p'])
  if (status !== 0) return []
  return Object.entries(LOADED_LATER).filter(([library]) => !stdout.includes(`\t${library} `))
}

/** @param {string} name */
async function hasPythonModule(name) {
  const { status } = await capture(['/usr/bin/python3', '-c', `import ${name}`])
  return status === 0
}

async function hasFont() {
  const { stdout } = await capture(['fc-list', 'Inter', 'family'])
  return stdout.trim() !== ''
}

/**
 * Chromium's sandbox wants user namespaces, which containers and Ubuntu 24.04 deny to users, or
 * else its helper owned by root. Root does without a sandbox (see `rootSwitches`).
 * @param {string} executable
 */
async function requireSandbox(executable) {
  const helper = path.join(path.dirname(executable), 'chrome-sandbox')
  if (process.getuid?.() === 0 || isSetuid(helper)) return
  const { status } = await capture(['unshare', '--user', '--map-root-user', 'true'])
  if (status === 0) return
  throw new UserError(
    "Chromium's sandbox cannot start: this system lets users make no namespaces.\n" +
      'Let its helper do it, then try again:\n\n' +
      `  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}\n`,
  )
}

/** @param {string} file */
function isSetuid(file) {
  const found = statSync(file, { throwIfNoEntry: false })
  return found?.uid === 0 && (found.mode & 0o4000) !== 0
}

/** @param {string} name */
function isCommand(name) {
  // /usr/sbin is not in every user's PATH.
  return [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin'].some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/**
 * The 64-bit time transition renamed some libraries (Debian 13, Ubuntu 24.04).
 * @param {string} name
 */
async function nameHere(name) {
  const renamed = `${name}t64`
  const { status } = await capture(['apt-cache', 'show', renamed])
  return status === 0 ? renamed : name
}

/** @param {string[]} args */
async function apt(args) {
  const status = await run(['apt-get', ...args], {
    // Standard output belongs to the task.
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status !== 0) throw new UserError(`apt-get ${args.join(' ')} failed with status ${String(status)}.`)
}

function readOsRelease() {
  const file = '/etc/os-release'
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

/** @param {string} osRelease the text of /etc/os-release */
export function isDebianFamily(osRelease) {
  return /^(ID|ID_LIKE)=.*\b(debian|ubuntu)\b/m.test(osRelease)
}
