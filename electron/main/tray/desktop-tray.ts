/** Whether there is a tray on this desktop that icons are shown in. */
import { execFile } from 'node:child_process'

const ANSWER_LIMIT_MS = 2_000

const WATCHER = 'org.kde.StatusNotifierWatcher'
const PATH = '/StatusNotifierWatcher'
const GET = 'org.freedesktop.DBus.Properties.Get'
const PROPERTY = 'IsStatusNotifierHostRegistered'

/** The same question for each program that can put it: every desktop with a session bus has one of them. */
const QUESTIONS: readonly (readonly [program: string, ...args: string[]])[] = [
  [
    'gdbus',
    'call',
    '--session',
    '--dest',
    WATCHER,
    '--object-path',
    PATH,
    '--method',
    GET,
    WATCHER,
    PROPERTY,
  ],
  ['busctl', '--user', 'get-property', WATCHER, PATH, WATCHER, PROPERTY],
  [
    'dbus-send',
    '--session',
    '--print-reply=literal',
    `--dest=${WATCHER}`,
    PATH,
    GET,
    `string:${WATCHER}`,
    `string:${PROPERTY}`,
  ],
]

/**
 * Windows and macOS have one. On Linux the desktop says whether something shows StatusNotifierItems (KDE, Cinnamon,
 * Xfce, MATE, GNOME with its extension, …). It is asked when the answer matters, and each time anew: at the login
 * trays start later than apps. Trays that know only the old XEmbed protocol are not recognised. They do show our icon
 * (Chromium falls back to it), but as nobody can say so, closing the window minimises it there.
 */
export async function hasTray(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return true
  for (const [program, ...args] of QUESTIONS) {
    const answer = await ask(program, args)
    if (answer !== null) return /\btrue\b/u.test(answer)
  }
  return false
}

/** What the program answers, empty when it fails; null when there is no such program. */
function ask(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: ANSWER_LIMIT_MS }, (error, stdout) => {
      if (error === null) resolve(stdout)
      else resolve(error.code === 'ENOENT' ? null : '')
    })
  })
}
