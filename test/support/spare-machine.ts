// A machine of its own to install packages on: this one's files under an overlay, so that nothing of it is changed, and
// an ordinary user who logs in to a desktop session there. Root on Linux only.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect } from '@playwright/test'
import { capture } from '../../scripts/lib/run.mjs'

const USER = 'jo'
const HOME = `/home/${USER}`

/** Changes are in memory, and end with the process whose root it is. */
const OVERLAY = `
mount -t tmpfs tmpfs "$1"
mkdir "$1/up" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/up,workdir=$1/work" "$1/root"
for each in proc sys dev tmp; do mount --rbind "/$each" "$1/root/$each"; done
cd "$1/root"
mkdir .old
# Not chroot: in there nobody could make user namespaces.
pivot_root . .old
umount --lazy /.old
rmdir /.old
exec sh -c 'useradd --create-home --shell /bin/sh ${USER}; echo ready; exec cat'
`

/** As a desktop has them: the bus, the keyring (unlocked by the login), a tray, notifications, then the window manager. */
const SESSION = `
printf login | gnome-keyring-daemon --unlock --components=secrets >/dev/null
tail -f /dev/null | /usr/bin/python3 "$1/tray-host.py" > "$1/tray" &
dunst >/dev/null 2>&1 &
env -0 > "$1/env.part" && mv "$1/env.part" "$1/env"
exec openbox-session
`

export interface Ran {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

export interface SpareMachine {
  readonly home: string
  /** As root. */
  run(...command: readonly string[]): Promise<Ran>
  /** As root; what it printed. Rejects unless it ends well. */
  must(...command: readonly string[]): Promise<string>
  /** The command that runs this one there as root. */
  inside(...command: readonly string[]): readonly string[]
  /** The user logs in: what is to start at the login does. */
  logIn(): Promise<UserSession>
  stop(): Promise<void>
}

export interface UserSession {
  readonly env: Readonly<Record<string, string>>
  /** As the user, on their desktop. */
  run(...command: readonly string[]): Promise<Ran>
  /** Where the system lets users make no namespaces, as Ubuntu 24.04 and hardened ones do. */
  startWithoutNamespaces(...command: readonly string[]): Promise<ChildProcess>
  start(env: Readonly<Record<string, string>>, ...command: readonly string[]): ChildProcess
  /** The bus name and path of what came into the tray last. */
  trayItem(): readonly string[]
  /** The process that runs this program, as the machine of the tests numbers it. */
  app(program: string): number | undefined
  logOut(): Promise<void>
}

export async function startSpareMachine(): Promise<SpareMachine> {
  // Readable for the user, who has no account on this machine.
  const folder = mkdtempSync(join(tmpdir(), 'tokendesk-machine-'))
  chmodSync(folder, 0o755)
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  const holder = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'unshare', '--mount', 'sh', '-euc', OVERLAY, 'overlay', disk],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  await once(createInterface({ input: holder.stdout }), 'line')
  const inside = (...command: readonly string[]) => [
    ...['nsenter', `--target=${String(holder.pid)}`, '--mount'],
    ...command,
  ]
  const run = (...command: readonly string[]) => capture(inside(...command))
  const id = async (option: string): Promise<string> =>
    (await capture(inside('id', option, USER))).stdout.trim()
  const [uid, gid] = [await id('-u'), await id('-g')]
  const asUser = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  const mounts = linkOr(`/proc/${String(holder.pid)}/ns/mnt`)
  let sessions = 0
  return {
    home: HOME,
    run,
    inside,
    async must(...command) {
      const { status, stdout, stderr } = await run(...command)
      expect(status, `${command.join(' ')}\n${stdout}${stderr}`).toBe(0)
      return stdout
    },
    async logIn() {
      sessions += 1
      const state = join(folder, `session-${String(sessions)}`)
      mkdirSync(state)
      writeFileSync(join(state, 'tray-host.py'), readFileSync(TRAY_HOST))
      writeFileSync(join(state, 'session.sh'), SESSION)
      await capture(['chown', '-R', `${uid}:${gid}`, state])
      const server = spawn('Xvfb', ['-ac', '-displayfd', '3', '-screen', '0', '1280x800x24'], {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      })
      const [number] = (await once(server.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer]
      const login = inside(
        ...['runuser', '--login', USER, '--command'],
        `mkdir ${state}/run && chmod 700 ${state}/run && XDG_RUNTIME_DIR=${state}/run DISPLAY=:${String(number).trim()} exec dbus-run-session -- sh ${state}/session.sh ${state}`,
      )
      const session = spawn(login[0] ?? '', login.slice(1), { stdio: ['ignore', 'ignore', 'inherit'] })
      const read = (name: string): string => readOr(join(state, name))
      await expect.poll(() => read('env'), { timeout: 30_000 }).toContain('DBUS_SESSION_BUS_ADDRESS')
      const env = Object.fromEntries(
        read('env')
          .split('\0')
          .filter((each) => each !== '')
          .map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]),
      )
      return {
        env,
        run: (...command) => capture(inside(...asUser, ...command), { env }),
        async startWithoutNamespaces(...command) {
          // Started once more after it has become root in there: only then may it set the limit.
          const limit = `read go; exec sh -euc 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"' limit "$@"`
          const [file = '', ...args] = inside(
            'unshare',
            '--user',
            'sh',
            '-c',
            limit,
            'limit',
            ...asUser,
            ...command,
          )
          const child = spawn(file, args, { env, stdio: 'pipe' })
          const own = linkOr('/proc/self/ns/user')
          await expect.poll(() => linkOr(`/proc/${String(child.pid)}/ns/user`)).not.toBe(own)
          for (const map of ['uid_map', 'gid_map'])
            writeFileSync(`/proc/${String(child.pid)}/${map}`, '0 0 65536')
          child.stdin.end('\n')
          return child
        },
        start(more, ...command) {
          const [file = '', ...args] = inside(...asUser, ...command)
          return spawn(file, args, { env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] })
        },
        app(program) {
          return processesOn(mounts, uid).find((pid) => {
            // It writes its title over them, with spaces between.
            const [first, ...args] = readOr(`/proc/${String(pid)}/cmdline`).split(/[\0 ]/u)
            return first === program && !args.some((each) => each.startsWith('--type='))
          })
        },
        trayItem: () => (read('tray').trim().split('\n').at(-1) ?? '').split(' '),
        async logOut() {
          // With the session goes whatever it has started, as the system's own logout does it.
          await ended(server)
          for (const pid of processesOn(mounts, uid)) {
            try {
              process.kill(pid, 'SIGKILL')
            } catch {
              // Gone with the display.
            }
          }
          await ended(session)
        },
      }
    },
    async stop() {
      for (const pid of processesOn(mounts, uid)) process.kill(pid, 'SIGKILL')
      await ended(holder)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const TRAY_HOST = fileURLToPath(new URL('tray-host.py', import.meta.url))

/** Of this user in these files: what a program's environment was it may have written over. */
function processesOn(mounts: string, uid: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .filter((name) => linkOr(`/proc/${name}/ns/mnt`) === mounts)
    .filter((name) => readOr(`/proc/${name}/status`).includes(`\nUid:\t${uid}\t`))
    .map(Number)
}

function linkOr(link: string): string {
  try {
    return readlinkSync(link)
  } catch {
    return ''
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
