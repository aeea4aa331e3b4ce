import { describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { downloadEnvironment, failedLately, wayThere } from '../../../scripts/lib/electron-runtime.mjs'
import {
  hasGlibc,
  hasStandIn,
  takesNoSkips,
  whyNoDesktopTests,
  whyNoElectron,
  whySkips,
} from '../../../scripts/lib/platform.mjs'

const DEBIAN = { platform: 'linux', arch: 'x64', hasGlibc: true } as const
const ALPINE = { ...DEBIAN, hasGlibc: false }
const MAC = { platform: 'darwin', arch: 'arm64', hasGlibc: false } as const
const WINDOWS = { platform: 'win32', arch: 'x64', hasGlibc: false } as const

describe('what runs where', () => {
  it.each([
    ['Debian and Ubuntu', DEBIAN],
    ['Linux on arm64', { ...DEBIAN, arch: 'arm64' }],
  ])('everything on %s', (_, machine) => {
    expect(whyNoElectron(machine)).toBeUndefined()
    expect(whyNoDesktopTests(machine)).toBeUndefined()
  })

  it.each([
    ['Alpine', ALPINE, 'glibc'],
    ['macOS', MAC, 'on Linux only'],
    ['Windows', WINDOWS, 'on Linux only'],
  ])('not the tests of the built app on %s, which is said in one sentence', (_, machine, reason) => {
    const sentence = whyNoDesktopTests(machine)
    expect(sentence).toContain(reason)
    expect(sentence).toContain('npm run check')
    expect(sentence).toMatch(/^[^.\n]*\.$/u)
  })

  it('the app itself everywhere but on Alpine', () => {
    expect([MAC, WINDOWS].map(whyNoElectron)).toEqual([undefined, undefined])
    expect(whyNoElectron(ALPINE)).toContain('Electron needs glibc')
  })

  it('the stand-in on Linux x64 with glibc alone', () => {
    expect([DEBIAN, ALPINE, { ...DEBIAN, arch: 'arm64' }, MAC, WINDOWS].map(hasStandIn)).toEqual([
      true,
      ...[false, false, false, false],
    ])
  })

  it('glibc is what Node says it is', () => {
    expect(hasGlibc({ header: { glibcVersionRuntime: '2.36' } })).toBe(true)
    expect(hasGlibc({ header: {} })).toBe(false)
    expect(hasGlibc({})).toBe(false)
  })
})

describe('a test that was skipped', () => {
  it.each([
    ['a user of Linux', { platform: 'linux', isRoot: false }, 'as root'],
    ['macOS', { platform: 'darwin', isRoot: false }, 'on Linux'],
    ['Windows', { platform: 'win32', isRoot: false }, 'on Linux'],
  ] as const)('is explained by one sentence for %s', (_, who, reason) => {
    expect(whySkips(who)).toMatch(/^Skipped are tests that [^.\n]*\.$/u)
    expect(whySkips(who)).toContain(reason)
  })

  it('has no excuse for root on Linux', () => {
    expect(whySkips({ platform: 'linux', isRoot: true })).toBeUndefined()
  })

  it.each([
    ['fails CI on Linux, where it could have run', 'linux', true, true],
    ['passes CI on macOS, where nobody can run it', 'darwin', true, false],
    ['passes CI on Windows, where nobody can run it', 'win32', true, false],
    ['passes at a desk', 'linux', false, false],
  ] as const)('%s', (_, platform, isCi, fails) => {
    expect(takesNoSkips({ platform, isCi })).toBe(fails)
  })
})

describe('fetching Electron', () => {
  it.each([
    ['HTTPS_PROXY', { HTTPS_PROXY: 'http://proxy:1' }],
    ['https_proxy', { https_proxy: 'http://proxy:1' }],
    ["npm's https-proxy", { npm_config_https_proxy: 'http://proxy:1' }],
    ["npm's proxy", { npm_config_proxy: 'http://proxy:1' }],
  ])('goes through the proxy of %s', (_, env) => {
    expect(downloadEnvironment(env)).toMatchObject({
      ELECTRON_GET_USE_PROXY: 'true',
      HTTPS_PROXY: 'http://proxy:1',
    })
  })

  it('leaves it to whoever has decided about proxies, and alone where there is none', () => {
    expect(downloadEnvironment({ ELECTRON_GET_USE_PROXY: '', HTTPS_PROXY: 'http://proxy:1' })).toMatchObject({
      ELECTRON_GET_USE_PROXY: '',
    })
    expect(downloadEnvironment({ PATH: '/bin' })).toEqual({ PATH: '/bin' })
  })

  it('is not tried again for an hour after it has failed, unless by another way', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tokendesk-'))
    const memory = path.join(folder, 'unreachable')
    const direct = wayThere({})
    expect(failedLately(memory, direct)).toBe(false)
    writeFileSync(memory, direct)
    utimesSync(memory, 1_000, 1_000)
    expect(failedLately(memory, direct, 1_000_000 + 3_599_000)).toBe(true)
    expect(failedLately(memory, direct, 1_000_000 + 3_601_000)).toBe(false)
    for (const other of [
      { ELECTRON_MIRROR: 'https://mirror/' },
      downloadEnvironment({ HTTPS_PROXY: 'http://p' }),
    ])
      expect(failedLately(memory, wayThere(other), 1_000_001)).toBe(false)
    rmSync(folder, { recursive: true })
  })
})
