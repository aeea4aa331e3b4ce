/** Detects whether this desktop has a tray that shows icons. */
import { execFile } from 'node:child_process'

const ANSWER_LIMIT_MS = 2_000

const WATCHER = 'org.kde.StatusNotifierWatcher'
const PATH = '/StatusNotifierWatcher'
const GET = 'org.freedesktop.DBus.Properties.Get'
const PROPERTY = 'IsStatusNotifierHostRegistered'

/** The same question for each program that can ask it: every desktop with a session bus has one of them. */
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
 * Xfce, MATE, GNOME with its extension, …). It is asked each time, since at login trays start later than apps. Trays
 * that know only the old XEmbed protocol are not recognized. They do show our icon (Chromium falls back to it), but no
 * program reports that, so closing the window minimizes it there.
 */
export async function hasTray(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return true
  for (const [program, ...args] of QUESTIONS) {
    const answer = await ask(program, args)
    if (answer !== null) return /\btrue\b/u.test(answer)
  }
  return false
}

/** The program's output, empty when it fails; null when there is no such program. */
function ask(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: ANSWER_LIMIT_MS }, (error, stdout) => {
      if (error === null) resolve(stdout)
      else resolve(error.code === 'ENOENT' ? null : '')
    })
  })
}
