// What happens on a Wayland desktop, as its compositor and other programs see it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { commandLine, executable, inherited, REPOSITORY } from './electron-app'

/** How long a start may take until its window is there. */
const COMES_WITHIN_MS = 20_000

export interface WatchedStart {
  /** Resolves with how long after the start the window was there, in ms. Rejects when it stays away. */
  readonly windowCame: Promise<number>
  /** Whether a window of it has come so far. */
  hasWindow(): boolean
  /** Ends it as the system would. */
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
      child.kill('SIGTERM')
      await gone
    },
  }
}
