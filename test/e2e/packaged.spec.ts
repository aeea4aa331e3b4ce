/** What packaging itself must achieve: the packaged app can't be entered from outside. */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { checkArchive } from '../../scripts/packaging/app-archive.mjs'
import { readFuses } from '../../scripts/packaging/fuses.mjs'
import { archiveOf, bundleForChecks, CHECKED, executableOf } from '../../scripts/packaging/packages.mjs'
import { processesOf } from '../support/app-processes'
import { startAuthServer } from '../support/auth-server'
import { makeCertificate } from '../support/certificate'
import { collectLines, endOf, type Launch, type StartedApp } from '../support/electron-app'
import { expect, test } from '../support/either-app'
import { exitOf, startPackaged } from '../support/packaged-app'
import { filesHolding } from '../support/secret-hunt'

for (const checked of CHECKED) {
  // Not by the constant that has set them; what they do is seen below, where Linux shows it.
  test(`${checked}: the fuses in the executable leave no way in`, async () => {
    expect(await readFuses(executableOf(bundleForChecks(checked)))).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
  })

  test(`${checked}: the app is one small archive, with nothing in it or beside it that the build did not make`, () => {
    const archive = archiveOf(bundleForChecks(checked))
    expect(checkArchive(archive).bytes).toBeGreaterThan(100_000)
    expect(readdirSync(dirname(archive)).filter((name) => name.startsWith('app'))).toEqual(['app.asar'])
    expect(existsSync(join(dirname(archive), 'default_app.asar'))).toBe(false)
  })
}

for (const refused of [
  '--remote-debugging-port=0',
  '--remote-debugging-pipe',
  '--inspect=0',
  '--inspect-brk=0',
  '--no-sandbox',
  '--disable-gpu-sandbox',
  '--disable-features=NetworkServiceSandbox',
  '--host-resolver-rules=MAP * 127.0.0.1',
  '--wait-for-debugger-children=renderer',
  '--bypasscsp-schemes=data',
  '--use-fake-ui-for-media-stream',
  '--trace-config-file=/dev/null',
]) {
  test(`a release does not start with ${refused}, and says so`, async ({ profile }) => {
    const child = startPackaged('release-code', { profile, args: [refused] })
    const output: string[] = []
    for (const stream of [child.stdout, child.stderr]) collectLines(stream, output)
    expect(await exitOf(child)).toBe(1)
    const written = output.join('\n')
    expect(written).toContain(`TokenDesk doesn’t start with ${refused.replace(/=.*/u, '')}.`)
    expect(written).not.toMatch(/listening on ws:/u)
  })
}

/** A service that is spoken to over TLS, and the file that its keys would be written to. */
async function logInOverTls(launch: Launch<StartedApp>, profile: string): Promise<string> {
  const keys = join(profile, 'tls-keys.txt')
  const secure = await startAuthServer({ tls: await makeCertificate() })
  const { window } = await launch({ env: { SSLKEYLOGFILE: keys } })
  const reached = window.evaluate(`tokenDesk.testConnection({ baseUrl: ${JSON.stringify(secure.url)} })`)
  expect(await reached).toMatchObject({ ok: true })
  await secure.close()
  return keys
}

test('SSLKEYLOGFILE would give away what is said over TLS', async ({ launch, profile }) => {
  const keys = await logInOverTls(launch, profile)
  await expect.poll(() => readFileSync(keys, 'utf8')).toContain('TRAFFIC_SECRET')
})

test('--bypasscsp-schemes would let a page run what its policy forbids', async ({ launch, profile }) => {
  // Resolves with whether it ran.
  const script = `new Promise((resolve) => {
    const script = document.createElement('script')
    script.src = 'data:text/javascript,'
    script.onload = () => { resolve(true) }
    script.onerror = () => { resolve(false) }
    document.head.append(script)
  })`
  const usual = await launch()
  expect(await usual.window.evaluate(script)).toBe(false)
  await usual.quit()
  const weakened = await launch({ profile, args: ['--bypasscsp-schemes=data'] })
  expect(await weakened.window.evaluate(script)).toBe(true)
})

test('--trace-config-file would write down what pages do', async ({ launch, profile }) => {
  const told = join(profile, 'trace.txt')
  const config = join(profile, 'trace-config.json')
  writeFileSync(
    config,
    JSON.stringify({
      startup_duration: 1,
      result_file: told,
      trace_config: { record_mode: 'record-until-full', included_categories: ['navigation', 'loading'] },
    }),
  )
  await launch({ args: [`--trace-config-file=${config}`] })
  await expect.poll(() => existsSync(told) && readFileSync(told, 'latin1')).toContain('app://tokendesk/')
})

for (const [name, value] of [
  ['SSLKEYLOGFILE', 'tls-keys.txt'],
  ['ELECTRON_DISABLE_SANDBOX', '1'],
  ['CHROME_DEVEL_SANDBOX', ''],
] as const) {
  test(`a release does not start with ${name}, says so, and has written no key by then`, async ({
    profile,
  }) => {
    const file = join(profile, value)
    const child = startPackaged('release-code', {
      profile,
      env: { [name]: name === 'SSLKEYLOGFILE' ? file : value },
    })
    const output: string[] = []
    for (const stream of [child.stdout, child.stderr]) collectLines(stream, output)
    expect(await exitOf(child)).toBe(1)
    expect(output.join('\n')).toContain(name)
    expect(readdirSync(profile)).not.toContain('tls-keys.txt')
  })
}

if (process.platform === 'linux') {
  test('a release keeps its pages in their sandbox', async ({ profile }) => {
    const child = startPackaged('release-code', { profile })
    await expect.poll(() => existsSync(join(profile, 'accounts'))).toBe(true)
    const pages = processesOf(Number(child.pid)).filter(({ text }) => text.includes('--type=renderer'))
    expect(pages.map(({ isSandboxed }) => isSandboxed)).toEqual([true])
    await endOf(child, () => Promise.resolve(void child.kill('SIGTERM')))
  })
}

test('a release takes no code from the environment, and is never plain Node', async ({ profile }) => {
  const told = join(profile, 'told.txt')
  const script = join(profile, 'intruder.cjs')
  writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(told)}, 'was here')`)
  const child = startPackaged('release-code', {
    profile,
    args: [script],
    env: { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${script}` },
  })
  // The app itself has come up: it has made its folder, which is later than any script would have run.
  await expect.poll(() => existsSync(join(profile, 'accounts'))).toBe(true)
  expect(existsSync(told)).toBe(false)
  await endOf(child, () => Promise.resolve(void child.kill('SIGTERM')))
})

if (process.platform === 'linux') {
  // The second shows that the first would be noticed.
  for (const [by, isFuseSet] of [
    ['a release runs nothing that lies where its archive was', true],
    ['without the fuse it would', false],
  ] as const) {
    test(by, async ({ profile }) => {
      const bundle = bundleForChecks('release-code')
      const copy = mkdtempSync(`${bundle}-`)
      try {
        cpSync(bundle, copy, { recursive: true })
        chmodSync(copy, 0o755)
        if (!isFuseSet)
          await flipFuses(executableOf(copy), {
            version: FuseVersion.V1,
            [FuseV1Options.OnlyLoadAppFromAsar]: false,
          })
        const told = join(profile, 'told.txt')
        rmSync(archiveOf(copy))
        const intruder = join(dirname(archiveOf(copy)), 'app')
        mkdirSync(intruder)
        writeFileSync(join(intruder, 'package.json'), '{"main":"index.js"}')
        writeFileSync(
          join(intruder, 'index.js'),
          `require('node:fs').writeFileSync(${JSON.stringify(told)}, 'was here'); process.exit(7)`,
        )
        expect(await exitOf(startPackaged('release-code', { profile }, executableOf(copy)))).toBe(
          isFuseSet ? 1 : 7,
        )
        expect(existsSync(told)).toBe(!isFuseSet)
      } finally {
        rmSync(copy, { recursive: true })
      }
    })
  }
}

test('cookies, should there ever be any, are not readable in the profile', async ({ launch, profile }) => {
  const running = await launch()
  const debugger_ = await running.window.context().newCDPSession(running.window)
  const cookie = { name: 'cookie-name', value: 'cookie-value', url: 'https://example.com/' }
  await debugger_.send('Network.setCookie', { ...cookie, expires: Date.now() / 1_000 + 86_400 })
  await running.quit()
  expect(filesHolding(profile, [cookie.name])).toHaveLength(1)
  expect(filesHolding(profile, [cookie.value])).toEqual([])
})
