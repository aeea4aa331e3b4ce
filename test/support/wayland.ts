// What happens on a Wayland desktop, as its compositor and other programs see it.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { commandLine, executable, inherited, REPOSITORY } from './electron-app'

/** How long a start may take until its window is there. */
const COMES_WITHIN_MS = 20_000

export interface WatchedStart {
  /** Resolves with how long after the start the window was there, in ms. Rejects when it stays away. */
  readonly windowCame: Promise<number>
  /** Whether a window of it has come so far. */
  hasWindow(): boolean
  /** Ends it outright: sway 1.7 crashes when a window hides while Chromium is about to activate it. */
  end(): Promise<void>
}

/**
 * Starts the app as its user does, without anything that drives it, and watches what it says to the compositor: a
 * window is there when a toplevel has got its first picture.
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
  // Who never asks for it doesn't want to hear that it stayed away.
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

/** Presses keys as a keyboard does, by their names (`Return`); one that is plugged in for as long as that takes. */
export async function pressKeys(...keys: readonly string[]): Promise<void> {
  // Programs hear of the keyboard first.
  await execute('wtype', ['-s', '300', ...keys.flatMap((key) => ['-k', key, '-s', '50'])])
}

/** Types a text. */
export async function typeText(text: string): Promise<void> {
  await execute('wtype', ['-s', '300', '-d', '20', text])
}

/** What every other program gets when it pastes; empty when there is nothing. */
export async function wlPaste(): Promise<string> {
  try {
    const { stdout } = await execute('wl-paste', ['--no-newline'])
    return stdout
  } catch (error) {
    if (error instanceof Error && /Nothing is copied|No selection/u.test(error.message)) return ''
    throw error
  }
}

/** Another program copies. It is there once this resolves. */
export async function wlCopy(text: string): Promise<void> {
  const child = spawn('wl-copy', [text], { stdio: 'ignore' })
  await once(child, 'exit')
  await expect.poll(wlPaste).toBe(text)
}

/** The title of the window with the keyboard; empty when none has it. */
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

/** Opens a window of another program, which gets the keyboard; resolves with what closes it. */
export async function openOtherWindow(): Promise<() => Promise<void>> {
  const child = spawn('weston-terminal', { stdio: 'ignore' })
  const gone = once(child, 'exit')
  await expect.poll(focusedTitle).toBe('Wayland Terminal')
  return async () => {
    child.kill('SIGKILL')
    await gone
  }
}
