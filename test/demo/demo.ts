// Shows the main job on real parts: a demo server, the built app on a throw-away profile, its own
// window driven by the names that a screen reader finds. `--once` does the job, saves a picture, ends.
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import { startAuthServer, type AuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { readClipboard } from '../support/desktop'
import { launchApp, makeProfile, type RunningApp } from '../support/electron-app'
import { DEMO_ACCOUNTS } from './demo-accounts'

const PICTURE = fileURLToPath(new URL('../../out/demo/tokendesk.png', import.meta.url))
const STEP_LIMIT_MS = 20_000
const LABEL_WIDTH = 36

const ENVIRONMENT = 'Demo'

/** Says what is done and what came of it; a failure ends the demo. */
async function step<T>(label: string, work: () => Promise<T>, result: (value: T) => string): Promise<T> {
  try {
    const value = await work()
    console.log(`  ✓ ${label.padEnd(LABEL_WIDTH)}  ${result(value)}`)
    return value
  } catch (error) {
    console.log(`  ✗ ${label.padEnd(LABEL_WIDTH)}  ${error instanceof Error ? error.message : String(error)}`)
    throw new StepFailed(label, { cause: error })
  }
}

class StepFailed extends Error {}

async function startServer(): Promise<AuthServer> {
  const server = await startAuthServer()
  for (const { apiKey, type, name } of DEMO_ACCOUNTS) {
    server.addApiKey({ apiKey, name, kind: type === 'Partner' ? 'partner' : 'company' })
  }
  return server
}

async function openApp(): Promise<RunningApp> {
  const profile = await makeProfile()
  // Also when Playwright ends this process on Ctrl+C.
  process.on('exit', () => {
    rmSync(profile, { recursive: true, force: true })
  })
  const running = await launchApp({ profile })
  running.window.setDefaultTimeout(STEP_LIMIT_MS)
  return running
}

async function copyJwt({ app }: RunningApp, appWindow: AppWindow, name: string): Promise<string> {
  await appWindow.copyJwt(name)
  // As another program sees it, where there is one to ask.
  return readClipboard().catch(() => app.evaluate(({ clipboard }) => clipboard.readText()))
}

/** Ms since the epoch. */
function expiryOf(jwt: string): number {
  const [, payload, signature] = jwt.split('.')
  if (payload === undefined || signature === undefined) throw new Error('The clipboard holds no JWT.')
  const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { exp: number }
  if (exp * 1000 <= Date.now()) throw new Error('The JWT in the clipboard has expired.')
  return exp * 1000
}

async function savePicture(window: Page): Promise<string> {
  mkdirSync(path.dirname(PICTURE), { recursive: true })
  await window.screenshot({ path: PICTURE })
  return path.relative(process.cwd(), PICTURE)
}

async function leaveOpen({ app, window }: RunningApp): Promise<void> {
  // A demo ends with its window.
  await window.evaluate('tokenDesk.changeSettings({ staysInBackground: false })')
  await window.bringToFront()
  console.log(
    '\nThe window is yours. Close it, or press Ctrl+C here, to end the demo; nothing of it is kept.',
  )
  console.log('API keys that the demo server knows, for accounts of your own:')
  for (const { apiKey, type } of DEMO_ACCOUNTS)
    console.log(`  ${apiKey.padEnd(LABEL_WIDTH)}  ${type.toLowerCase()}`)
  const child = app.process()
  if (child.exitCode === null) await once(child, 'exit')
}

async function demo(isOnce: boolean): Promise<void> {
  console.log('\nTokenDesk demo\n')
  const server = await step('Start the demo server', startServer, ({ url }) => url)
  let running: RunningApp | undefined
  try {
    const opened = await step('Open the app', openApp, ({ profile }) => `on a throw-away profile, ${profile}`)
    running = opened
    const { window } = opened
    const appWindow = new AppWindow(window)
    await step(
      `Create environment ${ENVIRONMENT}`,
      () => appWindow.addEnvironment({ name: ENVIRONMENT, baseUrl: server.url }),
      () => server.url,
    )
    for (const account of DEMO_ACCOUNTS) {
      await step(
        `Add ${account.name}`,
        () => appWindow.addAccount({ environment: ENVIRONMENT, ...account }),
        () => `logged in as ${account.type.toLowerCase()}`,
      )
    }
    const { name } = DEMO_ACCOUNTS[1]
    const jwt = await step(
      `Copy the JWT of ${name}`,
      () => copyJwt(opened, appWindow, name),
      (text) => `${String(text.length)} characters`,
    )
    await step(
      'Read the clipboard',
      () => Promise.resolve(expiryOf(jwt)),
      (expiry) => `a JWT, valid until ${new Date(expiry).toLocaleString()}`,
    )
    if (isOnce)
      await step(
        'Save a picture',
        () => savePicture(window),
        (file) => file,
      )
    else await leaveOpen(opened)
  } catch (error) {
    if (running) console.error(`\nThe app wrote:\n${running.output.join('\n')}`)
    throw error
  } finally {
    await running?.quit()
    await server.close()
  }
}

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } })
try {
  await demo(values.once)
} catch (error) {
  if (!(error instanceof StepFailed)) throw error
  process.exitCode = 1
}
