import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { fromEnvironment } from '../../../scripts/lib/electron-runtime.mjs'
import { rootSwitches } from '../../../scripts/lib/electron-switches.mjs'
import { requireNode } from '../../../scripts/lib/node-version.mjs'
import { isDebianFamily, mayInstall, missingLibraries } from '../../../scripts/lib/system-libraries.mjs'

describe('rootSwitches', () => {
  it.each([
    ['a user', { uid: 1000, hasGpu: false }, []],
    ['root', { uid: 0, hasGpu: true }, ['--no-sandbox']],
    ['root without a GPU', { uid: 0, hasGpu: false }, ['--no-sandbox', '--disable-gpu']],
  ])('%s', (_case, machine, switches) => {
    expect(rootSwitches(machine)).toEqual(switches)
  })
})

describe('fromEnvironment', () => {
  it('takes ELECTRON_EXEC_PATH', () => {
    expect(fromEnvironment({ ELECTRON_EXEC_PATH: process.execPath })).toBe(process.execPath)
  })

  it('names the variable that points at nothing', () => {
    expect(() => fromEnvironment({ ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' })).toThrow(
      /^ELECTRON_OVERRIDE_DIST_PATH is set, but there is no file/,
    )
  })

  it('leaves the choice open when nothing is set', () => {
    expect(fromEnvironment({ ELECTRON_EXEC_PATH: '' })).toBeUndefined()
  })
})

describe('missing system libraries', () => {
  it('are those that ldd did not find', () => {
    const report = [
      '\tlinux-vdso.so.1 (0x00007ffd)',
      '\tlibffmpeg.so => /cache/electron/libffmpeg.so (0x00007f)',
      '\tlibgtk-3.so.0 => not found',
      '\tlibnss3.so => not found',
    ].join('\n')
    expect(missingLibraries(report)).toEqual(['libgtk-3.so.0', 'libnss3.so'])
  })

  it.each([
    ['ID=debian\n', true],
    ['NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
    ['NAME="Not Debian"\nID=fedora\n', false],
  ])('are installed only in the Debian family: %j', (osRelease, is) => {
    expect(isDebianFamily(osRelease)).toBe(is)
  })
})

describe('the packages of the system are installed', () => {
  const SOMEBODY = { isRoot: true, isCi: false, saysYes: false, isAtTerminal: true }

  it.each([
    ['not unasked where somebody is at a terminal', {}, false],
    ['when they say yes', { saysYes: true }, true],
    ['on CI', { isCi: true }, true],
    ['where nobody is there to be asked', { isAtTerminal: false }, true],
    [
      'never by somebody who may not',
      { isRoot: false, isCi: true, saysYes: true, isAtTerminal: false },
      false,
    ],
  ])('%s', (_case, who, may) => {
    expect(mayInstall({ ...SOMEBODY, ...who })).toBe(may)
  })
})

describe('Node', () => {
  function read(file: string): string {
    return readFileSync(join(import.meta.dirname, '../../..', file), 'utf8')
  }

  it.each(['20.19.0', '20.20.2', '22.12.0', '22.21.1', '24.0.0', '24.11.0'])('%s is taken', (version) => {
    expect(() => {
      requireNode(version)
    }).not.toThrow()
  })

  it('is taken as package.json and the README say, and each of its lines is checked by CI on each system', () => {
    const floors = ['20.19', '22.12', '24.0']
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } }
    expect(engines.node).toBe(floors.map((floor) => `^${floor}.0`).join(' || '))
    expect(read('README.md')).toContain('Node 20.19, 22.12 or 24 (or later ones of these lines)')
    expect(read('.github/workflows/ci.yml')).toContain("node: ['20.19', '22', '24']")
    for (const floor of floors) {
      expect(() => {
        requireNode(`${floor}.0`)
      }).not.toThrow()
    }
  })

  it.each(['18.20.8', '20.18.1', '21.7.3', '22.11.0', '23.11.0', '25.0.0'])(
    '%s is refused by a sentence that names what is taken',
    (version) => {
      expect(() => {
        requireNode(version)
      }).toThrow(`Node 20.19, 22.12, 24.0 or a later one of these lines. This is Node ${version}`)
    },
  )
})
