// The packaged app. Its fuses allow no access to the main process, so tests drive only its page.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Browser, type Page } from '@playwright/test'
import { bundleForChecks, executableOf, type Checked } from '../../scripts/packaging/packages.mjs'
import { collectLines, endOf, switches, type LaunchOptions, type StartedApp } from './electron-app'

const START_LIMIT_MS = 30_000
const LISTENS = /^DevTools listening on (ws:\S+)$/u

/** An unprivileged user: a release refuses `--no-sandbox`, without which Chromium refuses root. */
const ORDINARY_USER = 65_534

/**
 * Starts the packaged app as its user would, with these arguments and environment variables. Root starts a release as
 * an unprivileged user.
 */
export function startPackaged(
  checked: Checked,
  { profile, keyring = true, args = [], env = {} }: LaunchOptions,
  executable = executableOf(bundleForChecks(checked)),
): ChildProcess {
  const isRoot = process.getuid?.() === 0
  const given = [...switches(profile, keyring), ...args]
  if (checked === 'test-build' || !isRoot)
    return spawn(executable, given, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  // That user's key to root's display.
  const authority = join(profile, 'Xauthority')
  copyFileSync(process.env['XAUTHORITY'] ?? '/dev/null', authority)
  for (const each of [profile, authority]) chownSync(each, ORDINARY_USER, ORDINARY_USER)
  const user = [`--reuid=${String(ORDINARY_USER)}`, `--regid=${String(ORDINARY_USER)}`, '--clear-groups']
  const ordinary = given.filter((each) => each !== '--no-sandbox' || args.includes(each))
  return spawn('setpriv', [...user, executable, ...ordinary], {
    // Root's message bus and folders aren't accessible to that user.
    env: {
      ...process.env,
      HOME: profile,
      XAUTHORITY: authority,
      XDG_RUNTIME_DIR: profile,
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** The build for tests, which allows a debugger; `directory` has no effect here. */
export async function launchPackaged(options: LaunchOptions): Promise<StartedApp> {
  const { profile, args = [] } = options
  const child = startPackaged('test-build', { ...options, args: ['--remote-debugging-port=0', ...args] })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) collectLines(stream, output)
  let browser: Browser | undefined
  try {
    browser = await chromium.connectOverCDP(await debuggerUrl(child), { timeout: START_LIMIT_MS })
    const window = await firstWindow(browser)
    return {
      window,
      profile,
      output,
      // What a user's session does when it ends. The connection ends with the app.
      quit: () => endOf(child, () => Promise.resolve(void child.kill('SIGTERM'))),
    }
  } catch (error) {
    child.kill('SIGKILL')
    throw new Error(`The packaged app did not start. It wrote:\n${output.join('\n')}`, { cause: error })
  }
}

async function debuggerUrl(child: ChildProcess): Promise<string> {
  if (child.stderr === null) throw new Error('Its standard error is not ours to read.')
  const lines = createInterface({ input: child.stderr })
  const found = new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const url = LISTENS.exec(line)?.[1]
      if (url !== undefined) resolve(url)
    })
    child.once('exit', () => {
      reject(new Error('It has ended.'))
    })
  })
  const url = await found
  lines.close()
  // Closing stops the stream, which others still read.
  child.stderr.resume()
  return url
}

async function firstWindow(browser: Browser): Promise<Page> {
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('It shows nothing.')
  const [page] = context.pages()
  return page ?? (await context.waitForEvent('page', { timeout: START_LIMIT_MS }))
}

/** Resolves with the exit code of an app that ends on its own. */
export async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}
