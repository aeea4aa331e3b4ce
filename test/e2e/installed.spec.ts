/** The deb and the rpm on a machine of their own: what an ordinary user has of them from installing to purging. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ChildProcess } from 'node:child_process'
import { chromium, expect, test as base } from '@playwright/test'
import { capture } from '../../scripts/lib/run.mjs'
import { APP_ID } from '../../scripts/packaging/identity.mjs'
import { TEST_DEBS, TEST_PACKAGES } from '../../scripts/packaging/packages.mjs'
import { problemsOf } from '../../scripts/packaging/publication.mjs'
import { processesOf } from '../support/app-processes'
import { startAuthServer } from '../support/auth-server'
import { AppWindow } from '../support/app-window'
import { trayOf } from '../support/desktop'
import { startSpareMachine, type SpareMachine, type UserSession } from '../support/spare-machine'

const NAME = 'tokendesk-test'
const FOLDER = `/usr/lib/${NAME}`
const PROGRAM = `${FOLDER}/tokendesk`
const HELPER = `${FOLDER}/chrome-sandbox`
const DESKTOP_FILE = `/usr/share/applications/${APP_ID}.desktop`
const KEY = 'canary-installed-key-5c0e'
const DEBS = TEST_DEBS.map(({ version }) => join(TEST_PACKAGES, `${NAME}_${version}_amd64.deb`))
const RPM = join(TEST_PACKAGES, `${NAME}-0.1.0.x86_64.rpm`)
const [FIRST = '', NEXT = ''] = DEBS
const ITS_WINDOW = ['wmctrl', '-l', '-x'] as const

const test = base.extend<{ machine: SpareMachine; handed: (file: string) => string }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
  machine: async ({}, use) => {
    const machine = await startSpareMachine()
    await use(machine)
    await machine.stop()
  },
  /** Where apt's own user may read it. */
  // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
  handed: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'tokendesk-debs-'))
    await capture(['chmod', '755', folder])
    await use((file) => {
      const copy = join(folder, file.split('/').at(-1) ?? '')
      copyFileSync(file, copy)
      return copy
    })
    rmSync(folder, { recursive: true })
  },
})
test.setTimeout(300_000)

const install = (machine: SpareMachine, deb: string) =>
  machine.must('apt-get', 'install', '--yes', '--no-install-recommends', deb)

/** From the desktop's own menu. Its output would keep who waits for it waiting. */
const startFromDesktop = (session: UserSession) =>
  session.run('sh', '-c', `gtk-launch ${APP_ID} >/dev/null 2>&1`)

const tray = (session: UserSession) =>
  trayOf(
    () => session.trayItem().filter((each) => each !== ''),
    async (args) => {
      const { status, stdout, stderr } = await session.run('busctl', ...args)
      if (status !== 0) throw new Error(stderr)
      return stdout
    },
  )

/** The item of an app that has ended stays, and does not answer. */
const trayMenu = (session: UserSession): Promise<readonly string[]> =>
  tray(session)
    .menu()
    .catch(() => [])

const clipboard = async (session: UserSession): Promise<string> =>
  (await session.run('xclip', '-out', '-selection', 'clipboard')).stdout

const windowsOf = async (session: UserSession): Promise<string> => (await session.run(...ITS_WINDOW)).stdout

/** What runs of it, if it runs. */
function processesIn(session: UserSession): ReturnType<typeof processesOf> {
  const pid = session.app(PROGRAM)
  return pid === undefined ? [] : processesOf(pid)
}

async function expectSandboxed(session: UserSession): Promise<void> {
  const renderers = () => processesIn(session).filter(({ text }) => text.includes('--type=renderer'))
  await expect.poll(() => renderers().map(({ isSandboxed }) => isSandboxed)).toContain(true)
  expect(renderers().every(({ isSandboxed }) => isSandboxed)).toBe(true)
  expect(processesIn(session).filter(({ text }) => text.includes('--no-sandbox'))).toEqual([])
}

async function quit(session: UserSession): Promise<void> {
  const pid = session.app(PROGRAM)
  if (pid !== undefined) process.kill(pid, 'SIGTERM')
  await expect.poll(() => session.app(PROGRAM), { timeout: 30_000 }).toBeUndefined()
}

/** The DevTools address that the build for checks prints. */
async function debuggerOf(child: ChildProcess): Promise<string> {
  if (child.stderr === null) throw new Error('Its standard error is not ours to read.')
  const lines: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line))
  const address = () => lines.map((line) => /listening on (ws:\S+)$/u.exec(line)?.[1]).find(Boolean)
  await expect.poll(address, { timeout: 30_000 }).toBeDefined()
  return address() ?? ''
}

test('a user installs it, adds, copies, upgrades while it runs, logs in anew, and purges it', async ({
  machine,
  handed,
}) => {
  const server = await startAuthServer()
  server.addApiKey({ apiKey: KEY, kind: 'partner', name: 'Harbor Payroll' })
  const isLive = async (jwt: string): Promise<boolean> =>
    (await fetch(`${server.url}/whoami`, { headers: { 'R-Auth': jwt } })).status === 200

  await install(machine, handed(FIRST))
  const session = await machine.logIn()

  const child = session.start(
    { APPIMAGE: '/opt/Other.AppImage' },
    `/usr/bin/${NAME}`,
    '--remote-debugging-port=0',
  )
  const browser = await chromium.connectOverCDP(await debuggerOf(child))
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('It shows nothing.')
  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  const appWindow = new AppWindow(page)
  await expectSandboxed(session)

  await test.step('adds an account, and copies its JWT', async () => {
    await appWindow.addEnvironment({ name: 'Sandbox', baseUrl: server.url })
    await appWindow.addAccount({ name: 'Harbor Payroll', apiKey: KEY, remember: true })
    await appWindow.copyJwt('Harbor Payroll')
    expect(await isLive(await clipboard(session))).toBe(true)
    expect(await trayMenu(session)).toContain('Harbor Payroll · Sandbox')
  })

  await test.step('the autostart entry names the launcher, and no AppImage that is not ours', async () => {
    await page.evaluate('tokenDesk.startAtLogin({ on: true })')
    const entry = await machine.must('cat', `${machine.home}/.config/autostart/${APP_ID}.desktop`)
    expect(entry).toContain(`\nExec="${FOLDER}/launch" "--hidden"\n`)
    expect(entry).not.toContain('AppImage')
  })

  await test.step('an upgrade leaves the one that runs at work', async () => {
    await install(machine, handed(NEXT))
    await session.run('sh', '-c', 'printf other | xclip -in -selection clipboard >/dev/null 2>&1')
    await appWindow.copyJwt('Harbor Payroll')
    expect(await isLive(await clipboard(session))).toBe(true)
    await quit(session)
  })

  await test.step('the next one starts from its desktop file, sandboxed, under its id, with the profile', async () => {
    await startFromDesktop(session)
    const { stdout: file } = await session.run('cat', DESKTOP_FILE)
    const wmClass = /^StartupWMClass=(.*)$/mu.exec(file)?.[1] ?? ''
    await expect
      .poll(() => windowsOf(session), { timeout: 30_000 })
      .toMatch(new RegExp(`\\.${wmClass} .*TokenDesk$`, 'mu'))
    await expectSandboxed(session)
    await expect.poll(() => trayMenu(session)).toContain('Harbor Payroll · Sandbox')
    await tray(session).choose('Harbor Payroll · Sandbox')
    await expect.poll(async () => isLive(await clipboard(session))).toBe(true)
  })
  await session.logOut()

  await test.step('it starts at the next login, hidden, in the tray', async () => {
    const next = await machine.logIn()
    await expect.poll(() => trayMenu(next), { timeout: 30_000 }).toContain('Harbor Payroll · Sandbox')
    expect(processesIn(next)[0]?.text).toContain('--hidden')
    expect(await windowsOf(next)).not.toContain('TokenDesk')
    await expectSandboxed(next)
    await quit(next)
    await next.logOut()
  })

  await test.step('removed and purged, it leaves the profile and nothing else', async () => {
    const files = (await machine.must('dpkg', '--listfiles', NAME)).trim().split('\n')
    await machine.must('apt-get', 'remove', '--yes', NAME)
    await machine.must('dpkg', '--purge', NAME)
    for (const file of files.filter((each) => each.includes('tokendesk') || each.includes(APP_ID)))
      expect((await machine.run('test', '-e', file)).status, file).toBe(1)
    expect(await machine.must('ls', `${machine.home}/.config/TokenDesk/accounts`)).toMatch(/\.json$/mu)
    const later = await machine.logIn()
    expect(later.app(PROGRAM)).toBeUndefined()
    await later.logOut()
  })
  await server.close()
})

test('its files belong to root, nobody else may write them, and only the sandbox helper is setuid', async ({
  machine,
  handed,
}) => {
  await install(machine, handed(NEXT))
  expect(await machine.must('dpkg', '--verify', NAME)).toBe('')
  const found = await machine.must(
    ...['find', FOLDER, DESKTOP_FILE, `/usr/bin/${NAME}`, '-printf', '%U:%G %m %y %p\\n'],
  )
  const files = found
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
  expect(files.filter(([owner]) => owner !== '0:0')).toEqual([])
  const others = files.filter(([, mode = '', type]) => type !== 'l' && !/^(?:755|644)$/u.test(mode))
  expect(others).toEqual([['0:0', '4755', 'f', HELPER]])
  expect((await machine.run('desktop-file-validate', DESKTOP_FILE)).stdout).toBe('')
})

test('the rpm holds the same files with the same rights', async () => {
  const deb = await capture(['sh', '-c', 'dpkg-deb --fsys-tarfile "$1" | tar --list --verbose', 'list', NEXT])
  const rpm = await capture(['rpm', '--query', '--package', '--nosignature', '--list', '--verbose', RPM])
  const rights = (listing: string, root: string) =>
    listing
      .split('\n')
      .map((line) => /^(\S{10}).*? \.?(\/usr\S*?)\/?(?: -> .*)?$/u.exec(line.replace(root, ' /usr/')))
      .flatMap((match) => (match === null ? [] : [`${match[1] ?? ''} ${match[2] ?? ''}`]))
      .filter((line) =>
        /\/usr\/(?:bin|lib|share\/applications|share\/icons)\/.*(?:tokendesk|TokenDesk)/u.test(line),
      )
      .sort()
  expect(rpm.status).toBe(0)
  expect(rights(deb.stdout, ' ./usr/').length).toBeGreaterThan(50)
  expect(rights(rpm.stdout, ' /usr/')).toEqual(rights(deb.stdout, ' ./usr/'))
})

test('lintian finds no error', async () => {
  const { status, stdout } = await capture(['lintian', '--allow-root', '--fail-on', 'error', NEXT])
  expect(stdout).not.toMatch(/^E: /mu)
  expect(status).toBe(0)
})

test('a package for tests is refused where packages are published, whatever its file is called', async ({
  handed,
}) => {
  const renamed = handed(NEXT).replace('-test', '')
  copyFileSync(NEXT, renamed)
  const problems = await problemsOf(join(renamed, '..'), [renamed.split('/').at(-1) ?? ''])
  expect(problems.join()).toContain('Electron of the tests')
})

test.describe('where users can make no namespaces', () => {
  test('the setuid helper sets up the sandbox', async ({ machine, handed }) => {
    await install(machine, handed(NEXT))
    const session = await machine.logIn()
    await session.startWithoutNamespaces(`/usr/bin/${NAME}`)
    await expect.poll(() => windowsOf(session), { timeout: 30_000 }).toContain('TokenDesk')
    await expectSandboxed(session)
    await quit(session)
    await session.logOut()
  })

  test('and the helper has lost its rights, a message says what to do, and nothing starts', async ({
    machine,
    handed,
  }) => {
    await install(machine, handed(NEXT))
    await machine.must('chmod', '0755', HELPER)
    // What shows the message to who has no terminal.
    await machine.must(
      'sh',
      '-c',
      'printf \'#!/bin/sh\\necho "$@" > "$HOME/shown"\\n\' > /usr/local/bin/zenity; chmod 755 /usr/local/bin/zenity',
    )
    const session = await machine.logIn()
    const child = await session.startWithoutNamespaces(`/usr/bin/${NAME}`)
    const written: string[] = []
    child.stderr?.on('data', (chunk: Buffer) => written.push(String(chunk)))
    await expect.poll(() => child.exitCode, { timeout: 30_000 }).toBe(1)
    expect(written.join('')).toContain(`sudo chmod 4755 '${HELPER}'`)
    expect(await machine.must('cat', `${machine.home}/shown`)).toContain("its sandbox can't be set up")
    expect(session.app(PROGRAM)).toBeUndefined()
    await session.logOut()
  })
})

test('as root it does not start, and says so', async ({ machine, handed }) => {
  await install(machine, handed(NEXT))
  const { status, stderr } = await machine.run(`/usr/bin/${NAME}`)
  expect(status).toBe(1)
  expect(stderr).toContain("doesn't start as root")
})
