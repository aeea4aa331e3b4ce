// The desktop as programs other than TokenDesk see it: nothing here goes through Electron.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** A notification as the daemon got it. */
export interface ShownNotification {
  readonly title: string
  readonly body: string
  /** Labels of its buttons. */
  readonly actions: readonly string[]
}

type Selection = 'clipboard' | 'primary'

/** The clipboard's text; empty when there is none. */
export async function readClipboard(): Promise<string> {
  return await readSelection('clipboard')
}

/** Puts a text into the clipboard, as another program would. It is there once this resolves. */
export async function writeClipboard(text: string): Promise<void> {
  await writeSelection('clipboard', text)
}

/** X11's other one: what was selected last, in any program. */
export async function readPrimary(): Promise<string> {
  return await readSelection('primary')
}

/** Selects a text in another program. */
export async function writePrimary(text: string): Promise<void> {
  await writeSelection('primary', text)
}

async function readSelection(selection: Selection): Promise<string> {
  try {
    const { stdout } = await execute('xclip', ['-out', '-selection', selection])
    return stdout
  } catch (error) {
    // xclip's way to say that it is empty, or holds no text.
    if (error instanceof Error && /target .* not available/.test(error.message)) return ''
    throw error
  }
}

async function writeSelection(selection: Selection, text: string): Promise<void> {
  // xclip stays behind to serve it: with its output left open, waiting would not end.
  const child = spawn('xclip', ['-in', '-selection', selection], { stdio: ['pipe', 'ignore', 'ignore'] })
  child.stdin.end(text)
  const [status] = (await once(child, 'exit')) as [number | null]
  if (status !== 0) throw new Error(`xclip ended with status ${String(status)}`)
}

/** What the notification daemon has, and what its user does with it. */
export const notifications = {
  /** How many are on the screen. */
  async displayed(): Promise<number> {
    return Number(await dunstctl('count', 'displayed'))
  },

  /** Those that are closed, newest first. */
  async history(): Promise<Omit<ShownNotification, 'actions'>[]> {
    const reply = JSON.parse(await dunstctl('history')) as DunstHistory
    return reply.data.flat().map((entry) => ({
      title: entry.summary.data,
      body: entry.body.data,
    }))
  },

  /** Clicks the newest. */
  async click(): Promise<void> {
    await dunstctl('action')
  },

  /** Closes the newest, as its user would. */
  async close(): Promise<void> {
    await dunstctl('close')
  },

  async closeAll(): Promise<void> {
    await dunstctl('close-all')
  },
}

/** Records every notification from now on, until stopped. */
export async function watchNotifications(): Promise<{
  readonly received: readonly ShownNotification[]
  /** The desktop files of those who sent them, by their hint. */
  readonly senders: readonly unknown[]
  stop: () => Promise<void>
}> {
  const received: ShownNotification[] = []
  const senders: unknown[] = []
  const match = "interface='org.freedesktop.Notifications',member='Notify',type='method_call'"
  const monitor = spawn('busctl', ['--user', 'monitor', '--json=short', `--match=${match}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  createInterface({ input: monitor.stdout }).on('line', (line) => {
    const call = JSON.parse(line) as NotifyCall
    // The bus also says that it takes the monitor's name away.
    if (call.member !== 'Notify') return
    const [, , , title, body, actions, hints] = call.payload.data
    // Key and label take turns. The key `default` is a click on the notification itself.
    const labels = actions.filter((_, index) => index % 2 === 1 && actions[index - 1] !== 'default')
    received.push({ title, body, actions: labels })
    senders.push(hints['desktop-entry']?.data)
  })
  // "Monitoring bus message stream.": from here on nothing is missed.
  await once(monitor.stderr, 'data')
  return { received, senders, stop: () => stop(monitor) }
}

/** The tray of this desktop, which has none otherwise, with the item that came into it last. */
export interface Tray {
  /** The labels of the item's menu, as its user reads them; empty as long as there is no item. */
  menu(): Promise<readonly string[]>
  /** Clicks the item of the menu that has this label. */
  choose(label: string): Promise<void>
  /** Clicks the icon. */
  click(): Promise<void>
  tooltip(): Promise<string>
  /** The icon's pixels, to tell two icons apart. */
  icon(): Promise<string>
  stop(): Promise<void>
}

export async function startTray(): Promise<Tray> {
  // The system's Python: only that has the modules of its packages.
  const host = spawn('/usr/bin/python3', [TRAY_HOST], { stdio: ['pipe', 'pipe', 'inherit'] })
  let item: readonly string[] = []
  const lines = createInterface({ input: host.stdout })
  lines.on('line', (line) => (item = line.split(' ')))
  await once(lines, 'line')
  item = []

  const asked = trayOf(
    () => item,
    async (args) => (await execute('busctl', args)).stdout,
  )
  return { ...asked, stop: () => stop(host) }
}

/** What a desktop's user does with an item in its tray; `busctl` runs on that desktop's bus. */
export function trayOf(
  item: () => readonly string[],
  busctl: (args: readonly string[]) => Promise<string>,
): Omit<Tray, 'stop'> {
  async function ask(...args: readonly string[]): Promise<unknown> {
    const [name = '', path = ''] = item()
    const stdout = await busctl([
      ...['--user', '--json=short'],
      ...args.map((each) => each.replace('NAME', name).replace('PATH', path)),
    ])
    return stdout === '' ? null : (JSON.parse(stdout) as { readonly data: unknown }).data
  }

  async function layout(): Promise<readonly MenuLine[]> {
    if (item().length === 0) return []
    const [, root] = (await ask(...MENU, 'GetLayout', 'iias', '0', '1', '0')) as [number, MenuNode]
    return root[2].map(({ data: [id, { label }] }) => ({ id, label: readable(label?.data ?? '—') }))
  }

  return {
    menu: async () => (await layout()).map(({ label }) => label),
    async choose(label) {
      for (;;) {
        const line = (await layout()).find((each) => each.label === label)
        if (line === undefined) throw new Error(`The tray's menu has no ${label}`)
        try {
          await ask(...MENU, 'Event', 'isvu', String(line.id), 'clicked', 's', '', '0')
          return
        } catch (error) {
          // Made anew since it was read, so that its items have other ids.
          if ((await layout()).some(({ id }) => id === line.id)) throw error
        }
      }
    },
    async click() {
      await ask('call', 'NAME', 'PATH', ITEM, 'Activate', 'ii', '0', '0')
    },
    async tooltip() {
      const [, , title] = (await ask('get-property', 'NAME', 'PATH', ITEM, 'ToolTip')) as string[]
      return title ?? ''
    },
    icon: async () => JSON.stringify(await ask('get-property', 'NAME', 'PATH', ITEM, 'IconPixmap')),
  }
}

const TRAY_HOST = fileURLToPath(new URL('tray-host.py', import.meta.url))
const ITEM = 'org.kde.StatusNotifierItem'
const MENU = ['call', 'NAME', '/com/canonical/dbusmenu', 'com.canonical.dbusmenu'] as const

interface MenuLine {
  readonly id: number
  readonly label: string
}

type MenuNode = readonly [
  id: number,
  properties: { readonly label?: { readonly data: string } },
  children: readonly { readonly data: MenuNode }[],
]

/** In these menus `_` marks an access key; doubled it is a plain one. */
function readable(label: string): string {
  return label.replaceAll(/_(.)/gu, '$1')
}

interface DunstHistory {
  readonly data: readonly (readonly {
    readonly summary: { readonly data: string }
    readonly body: { readonly data: string }
  }[])[]
}

interface NotifyCall {
  readonly member: string
  readonly payload: {
    readonly data: readonly [
      app: string,
      replaces: number,
      icon: string,
      title: string,
      body: string,
      actions: string[],
      hints: Readonly<Record<string, { readonly data: unknown }>>,
    ]
  }
}

async function dunstctl(...args: string[]): Promise<string> {
  const { stdout } = await execute('dunstctl', args)
  return stdout.trim()
}

async function stop(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  if (!child.kill()) return
  await gone
}
