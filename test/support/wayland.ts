// What happens on a Wayland desktop, as its compositor and other programs see it.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { commandLine, executable, inherited, REPOSITORY } from './electron-app'

/** The limit for a window to appear after a start. */
const COMES_WITHIN_MS = 20_000

export interface WatchedStart {
  /** Resolves with the time from the start to the window, in ms. Rejects when none appears. */
  readonly windowCame: Promise<number>
  /** Whether it has shown a window so far. */
  hasWindow(): boolean
  /** Ends it outright: sway 1.7 crashes when a window hides while Chromium is about to activate it. */
  end(): Promise<void>
}

/**
 * Starts the app as its user does, without driving it, and watches its messages to the compositor: a window has
 * appeared when a toplevel has its first content.
 */
export function startWatched(profile: string, args: readonly string[] = []): WatchedStart {
  const startedAt = performance.now()
  const child = spawn(executable(), commandLine({ profile, keyring: true, directory: REPOSITORY, args }), {
    cwd: REPOSITORY,
    env: { ...inherited(), WAYLAND_DEBUG: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const gone = once(child, 'exit')
  let said = ''
  let came = false
  const windowCame = new Promise<number>((resolve, reject) => {
    const giveUp = setTimeout(() => {
      reject(new Error('The window did not come.'))
    }, COMES_WITHIN_MS)
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (came) return
      said += text
      const toplevel = said.indexOf('.get_toplevel(')
      if (toplevel === -1 || !said.includes('.attach(wl_buffer', toplevel)) return
      came = true
      said = ''
      clearTimeout(giveUp)
      resolve(performance.now() - startedAt)
    })
    child.once('exit', (code, signal) => {
      clearTimeout(giveUp)
      const how = `${String(code ?? signal)} after ${(performance.now() - startedAt).toFixed(0)} ms`
      reject(new Error(`The app ended (${how}) before its window came. It wrote:\n${said.slice(-3_000)}`))
    })
  })
  // An unused promise must not report that no window appeared.
  windowCame.catch(() => undefined)
  return {
    windowCame,
    hasWindow: () => came,
    async end() {
      child.kill('SIGKILL')
      await gone
    },
  }
}

const execute = promisify(execFile)

/** Presses keys by name (`Return`) on a virtual keyboard, which exists only meanwhile. */
export async function pressKeys(...keys: readonly string[]): Promise<void> {
  // Programs need a moment to notice the keyboard.
  await execute('wtype', ['-s', '300', ...keys.flatMap((key) => ['-k', key, '-s', '50'])])
}

/** Types a text. */
export async function typeText(text: string): Promise<void> {
  await execute('wtype', ['-s', '300', '-d', '20', text])
}

/** What every other program pastes; empty when there is nothing. */
export async function wlPaste(): Promise<string> {
  try {
    const { stdout } = await execute('wl-paste', ['--no-newline'])
    return stdout
  } catch (error) {
    if (error instanceof Error && /Nothing is copied|No selection/u.test(error.message)) return ''
    throw error
  }
}

/** Another program copies; resolves when it has. */
export async function wlCopy(text: string): Promise<void> {
  const child = spawn('wl-copy', [text], { stdio: 'ignore' })
  await once(child, 'exit')
  await expect.poll(wlPaste).toBe(text)
}

/** The title of the focused window; empty when none has the focus. */
export async function focusedTitle(): Promise<string> {
  const { stdout } = await execute('swaymsg', ['--type', 'get_tree', '--raw'])
  return focusedIn(JSON.parse(stdout) as SwayNode)?.name ?? ''
}

interface SwayNode {
  readonly name: string | null
  readonly focused: boolean
  readonly nodes: readonly SwayNode[]
  readonly floating_nodes: readonly SwayNode[]
}

function focusedIn(node: SwayNode): SwayNode | undefined {
  if (node.focused) return node
  return [...node.nodes, ...node.floating_nodes].flatMap((each) => focusedIn(each) ?? [])[0]
}

/** Opens a window of another program, which gets the focus; resolves with a function that closes it. */
export async function openOtherWindow(): Promise<() => Promise<void>> {
  const child = spawn('weston-terminal', { stdio: 'ignore' })
  const gone = once(child, 'exit')
  await expect.poll(focusedTitle).toBe('Wayland Terminal')
  return async () => {
    child.kill('SIGKILL')
    await gone
  }
}
