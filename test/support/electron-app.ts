// Starts the built app on a real Electron, with Playwright's test runner or without it.
import { once } from 'node:events'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { mkdtemp, rm } from 'node:fs/promises'
import { spawn, type ChildProcess } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { _electron, expect, type ElectronApplication, type Page, type TestInfo } from '@playwright/test'
import { rootSwitches } from '../../scripts/lib/electron-switches.mjs'
import { test as base } from './own-desktop'
import { filesHolding, plainFormsOf, secretsIn } from './secret-hunt'
import { gatherSecrets } from './seen-secrets'

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))
const UNWATCHED_MAIN = 'test/support/unwatched-main.mjs'
const START_LIMIT_MS = 30_000
/** Quitting waits for requests in flight, which may take 15 s. */
const QUIT_LIMIT_MS = 20_000

export interface LaunchOptions {
  /** The profile folder; the same one again is a restart. */
  readonly profile: string
  /** Whether the desktop's keyring protects secrets (the default), or nothing does. */
  readonly keyring?: boolean
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** The app's folder or main file; by default this repository. */
  readonly directory?: string
  /** What starts Electron; by default Electron itself. */
  readonly program?: string
}

/** The app as its user has it. */
export interface StartedApp {
  /** The first window. */
  readonly window: Page
  readonly profile: string
  /** Every line of its standard output and standard error, from the start. */
  readonly output: readonly string[]
  /** Quits as a user does, unless it has ended already. Rejects when it had to be killed. */
  quit(): Promise<void>
}

/** With access to its main process, which a packaged app doesn't allow. */
export interface RunningApp extends StartedApp {
  readonly app: ElectronApplication
}

export async function launchApp(options: LaunchOptions): Promise<RunningApp> {
  const { profile, keyring = true, args = [], env = {}, directory = REPOSITORY, program } = options
  const recorder = recordOutput(profileSwitch(profile))
  let app: ElectronApplication | undefined
  try {
    app = await _electron.launch({
      executablePath: program ?? executable(),
      args: commandLine({ profile, keyring, directory, args }),
      // Playwright turns the sandbox off on Linux unless told otherwise.
      chromiumSandbox: process.getuid?.() !== 0,
      cwd: REPOSITORY,
      env: { ...inherited(), ...env },
      timeout: START_LIMIT_MS,
    })
    const window = await app.firstWindow({ timeout: START_LIMIT_MS })
    // The window exists before main is ready.
    await window.waitForFunction('globalThis.tokenDesk?.getAbout().then(() => true)')
    const running = app
    const child = app.process()
    return { app, window, profile, output: recorder.lines, quit: () => quit(running, child) }
  } catch (error) {
    await app?.close()
    throw new Error(`The app did not start. It wrote:\n${recorder.lines.join('\n')}`, { cause: error })
  } finally {
    recorder.stopLooking()
  }
}

/**
 * Starts the app again on the profile of a running app, as a user's second click does, and resolves with its exit code.
 * Without Playwright, which treats an app that ends while it attaches as a failure.
 */
export async function startAgain(profile: string, args: readonly string[] = []): Promise<number | null> {
  const child = spawn(executable(), commandLine({ profile, keyring: true, directory: REPOSITORY, args }), {
    cwd: REPOSITORY,
    stdio: 'ignore',
    timeout: START_LIMIT_MS,
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}

/** Starts a main file without Playwright and without waiting. */
export function spawnMain(
  profile: string,
  file: string,
  { env, args = [] }: Required<Pick<LaunchOptions, 'env'>> & Pick<LaunchOptions, 'args'>,
) {
  return spawn(
    executable(),
    commandLine({ profile, keyring: true, directory: path.join(REPOSITORY, file), args }),
    {
      cwd: REPOSITORY,
      env: { ...inherited(), ...env },
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  )
}

export interface UnwatchedState {
  readonly isShown: boolean
  /** Whether the page considers itself hidden. */
  readonly pageIsHidden: boolean
  /** How many timers of the main process are pending. */
  readonly timers: number
  /** How many timer callbacks of the main process and of the page have run. */
  readonly ran: number
  readonly ranInPage: number
  readonly processes: number
}

/** The app without a debugger or Playwright, which would keep it from idling. */
export interface UnwatchedApp {
  state(): Promise<UnwatchedState>
  /** Closes its window, as a user does. */
  close(): Promise<void>
  /** Resolves with its exit code. */
  readonly ended: Promise<number | null>
  end(): Promise<void>
}

export function launchUnwatched(profile: string, args: readonly string[] = []): UnwatchedApp {
  const child = spawn(
    executable(),
    commandLine({ profile, keyring: true, directory: path.join(REPOSITORY, UNWATCHED_MAIN), args }),
    { cwd: REPOSITORY, stdio: ['pipe', 'pipe', 'ignore'] },
  )
  const lines = createInterface({ input: child.stdout })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const ask = async (command: string): Promise<UnwatchedState> => {
    const answer = once(lines, 'line')
    child.stdin.write(`${command}\n`)
    const [line] = (await answer) as [string]
    return JSON.parse(line) as UnwatchedState
  }
  return {
    ended,
    state: () => ask(''),
    async close() {
      await ask('close')
    },
    async end() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Whether the window is visible, and how the user can get it back. */
export function windowState({ app }: RunningApp): Promise<'shown' | 'minimised' | 'hidden'> {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized() === true) return 'minimised'
    return window?.isVisible() === true ? 'shown' : 'hidden'
  })
}

/** Closes the window as a user does. */
export async function closeWindow({ app }: RunningApp): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close()
  })
}

/** A new profile folder, as on a first start. */
export function makeProfile(): Promise<string> {
  return mkdtemp(path.join(os.tmpdir(), 'tokendesk-profile-'))
}

export async function removeProfile(profile: string): Promise<void> {
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
}

/** Starts the app on this test's profile. It is ended after the test; see `lend`. */
export type Launch<App extends StartedApp> = (options?: Partial<LaunchOptions>) => Promise<App>

export interface ProfileFixtures {
  /** Set when a test allows unprotected secrets on disk. Its output is still searched for them. */
  storesUnprotected: boolean
  profile: string
}

export const testWithProfile = base.extend<ProfileFixtures>({
  storesUnprotected: [false, { option: true }],

  // Playwright reads a fixture's needs from this pattern.
  // eslint-disable-next-line no-empty-pattern
  profile: async ({}, use) => {
    const profile = await makeProfile()
    await use(profile)
    await removeProfile(profile)
  },
})

export const test = testWithProfile.extend<{ launch: Launch<RunningApp> }>({
  launch: async ({ profile, storesUnprotected }, use, testInfo) => {
    await lend((options) => launchApp({ profile, ...options }), use, { profile, storesUnprotected, testInfo })
  },
})

/**
 * Gives a test the means to start the app, and ends what it has started. Then no secret that a service of the test has
 * seen may be in the profiles or in the app's output, and other profiles than this test's are removed.
 */
export async function lend<App extends StartedApp>(
  start: (options: Partial<LaunchOptions>) => Promise<App>,
  use: (launch: Launch<App>) => Promise<void>,
  { profile, storesUnprotected, testInfo }: ProfileFixtures & { readonly testInfo: TestInfo },
): Promise<void> {
  const started: App[] = []
  const seen = gatherSecrets()
  await use(async (options = {}) => {
    const running = await start(options)
    started.push(running)
    return running
  })
  for (const [index, running] of started.entries()) {
    if (testInfo.status !== testInfo.expectedStatus) await attachEvidence(testInfo, running, index + 1)
    await running.quit()
  }
  seen.stop()
  const secrets = [...seen.secrets]
  const profiles = [...new Set(started.map((running) => running.profile))]
  if (!storesUnprotected) {
    const found = profiles.flatMap((folder) => filesHolding(folder, secrets, plainFormsOf))
    expect(found, 'secrets in files of the profile').toEqual([])
  }
  const lines = started.flatMap(({ output }) => output).join('\n')
  expect(secretsIn(lines, secrets), 'secrets in what the app wrote').toEqual([])
  for (const other of profiles.filter((each) => each !== profile)) await removeProfile(other)
}

export { expect } from '@playwright/test'

async function attachEvidence(
  testInfo: TestInfo,
  { window, output }: StartedApp,
  index: number,
): Promise<void> {
  const name = `app-${String(index)}`
  await testInfo.attach(`${name}-output`, { body: output.join('\n'), contentType: 'text/plain' })
  if (window.isClosed()) return
  const body = await window.screenshot({ timeout: 5000 }).catch(() => undefined)
  if (body) await testInfo.attach(`${name}-window`, { body, contentType: 'image/png' })
}

function profileSwitch(profile: string): string {
  return `--user-data-dir=${profile}`
}

export function commandLine(options: Required<Omit<LaunchOptions, 'env' | 'program'>>): string[] {
  const { profile, keyring, directory, args } = options
  return [...switches(profile, keyring), directory, ...args]
}

/** The switches of every start of the app, packaged or not. */
export function switches(profile: string, keyring: boolean): string[] {
  const passwordStore = keyring ? 'gnome-libsecret' : 'basic'
  // The default since Electron 38.
  const ozone = process.env['XDG_SESSION_TYPE'] === 'wayland' ? ['--ozone-platform=wayland'] : []
  return [...rootSwitches(), ...ozone, `--password-store=${passwordStore}`, profileSwitch(profile)]
}

export function executable(): string {
  const file = process.env['ELECTRON_EXEC_PATH']
  if (!file) throw new Error('ELECTRON_EXEC_PATH is not set: run this by `npm test` or `npm run e2e`.')
  return file
}

export function inherited(): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) env[name] = value
  }
  return env
}

/**
 * Playwright hands the process over only once the app is running, too late for its first lines. So this finds the
 * process as Node creates it.
 */
function recordOutput(argument: string): { lines: string[]; stopLooking: () => void } {
  const lines: string[] = []
  const look = (message: unknown): void => {
    const { process: child } = message as { process: ChildProcess }
    // The channel reports before the process has started and has its streams.
    queueMicrotask(() => {
      if (!child.spawnargs.includes(argument)) return
      for (const stream of [child.stdout, child.stderr]) collectLines(stream, lines)
    })
  }
  subscribe('child_process', look)
  return { lines, stopLooking: () => unsubscribe('child_process', look) }
}

/** Adds each line of the stream to `lines` as it arrives. */
export function collectLines(stream: NodeJS.ReadableStream | null, lines: string[]): void {
  let rest = ''
  stream?.setEncoding('utf8')
  stream?.on('data', (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
  })
  stream?.on('end', () => {
    if (rest !== '') lines.push(rest)
  })
}

/** The process is a parameter, since Playwright forgets it when the app has ended. */
async function quit(app: ElectronApplication, child: ChildProcess): Promise<void> {
  await endOf(child, async () => {
    // The result doesn't matter: the app may end before it responds.
    await app
      .evaluate(({ app: electron }) => {
        electron.quit()
      })
      .catch(() => undefined)
  })
}

/** Quits the app, unless it has ended already, and waits. Rejects when it had to be killed. */
export async function endOf(child: ChildProcess, ask: () => Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  const insist = setTimeout(() => child.kill('SIGKILL'), QUIT_LIMIT_MS)
  await ask()
  const [, signal] = (await gone) as [number | null, NodeJS.Signals | null]
  clearTimeout(insist)
  if (signal === 'SIGKILL') throw new Error(`The app did not quit within ${String(QUIT_LIMIT_MS / 1000)} s.`)
}
