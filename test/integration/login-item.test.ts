/** The autostart entry of Linux on a real disk, read by the rules of the Desktop Entry Specification. */
import { execFileSync } from 'node:child_process'
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App, LoginItemSettings, Settings } from 'electron'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StorageUnwritableError } from '../../electron/core/base/errors'
import { createLoginItem } from '../../electron/main/adapters/login-item'

type LoginApp = Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>

const NOBODY: LoginApp = {
  getLoginItemSettings: () => {
    throw new Error('not asked on Linux')
  },
  setLoginItemSettings: () => {
    throw new Error('not asked on Linux')
  },
}

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokendesk-config-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const APP_ID = 'org.example.TokenDesk'
const entry = (): string => join(folder, 'autostart', `${APP_ID}.desktop`)
const onLinux = (...command: string[]) =>
  createLoginItem(NOBODY, 'linux', { command, appId: APP_ID, configFolder: folder })

/** What a desktop starts by the entry: escapes of strings are undone, then quotes, then field codes. */
function started(text: string): string[] {
  const value = /^Exec=(.*)$/mu.exec(text)?.[1] ?? ''
  const unescaped = value.replaceAll(/\\([sntr\\])/gu, (_, code: string) => {
    return { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' }[code] ?? ''
  })
  const quoted = /"((?:[^"`$\\]|\\["`$\\])*)"(?: |$)/guy
  return [...unescaped.matchAll(quoted)].map(([, argument = '']) =>
    argument.replaceAll(/\\(["`$\\])/gu, '$1').replaceAll('%%', '%'),
  )
}

describe('start at login on Linux', () => {
  it('is off until it is switched on, and off again when it is switched off', () => {
    const item = onLinux('/opt/TokenDesk/tokendesk')
    expect(item.isOn()).toBe(false)
    item.set(false)
    item.set(true)
    expect(item.isOn()).toBe(true)
    item.set(false)
    expect(item.isOn()).toBe(false)
  })

  it.each([
    '/opt/TokenDesk/tokendesk',
    '/home/jo/my apps/TokenDesk-1.0 (new)/tokendesk',
    String.raw`/tmp/100% "real" $HOME \ back\\slashes 'and' ` + '`ticks`',
    '/tmp/two\nlines',
  ])('starts %j hidden', (program) => {
    onLinux(program, '/the/app', '--user-data-dir=/a profile').set(true)
    const text = readFileSync(entry(), 'utf8')
    expect(started(text)).toEqual([program, '/the/app', '--user-data-dir=/a profile', '--hidden'])
    expect(text).toContain(`\nTryExec=${program.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n`)
    expect(text).toMatch(/^\[Desktop Entry\]\nType=Application\nName=TokenDesk\n/u)
  })

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false', 'X-MATE-Autostart-enabled = false'])(
    'is off when the settings of the desktop wrote %s, and on again when it is switched on here',
    (line) => {
      const item = onLinux('/opt/TokenDesk/tokendesk')
      item.set(true)
      writeFileSync(entry(), `${readFileSync(entry(), 'utf8')}${line}\n`)
      expect(item.isOn()).toBe(false)
      item.set(true)
      expect(item.isOn()).toBe(true)
    },
  )

  it('is written to where a link in its place points', () => {
    const kept = join(folder, 'kept.desktop')
    writeFileSync(kept, 'Hidden=true\n')
    mkdirSync(join(folder, 'autostart'))
    symlinkSync(kept, entry())
    const item = onLinux('/opt/TokenDesk/tokendesk')
    expect(item.isOn()).toBe(false)
    item.set(true)
    expect(item.isOn()).toBe(true)
    expect(lstatSync(entry()).isSymbolicLink()).toBe(true)
    expect(started(readFileSync(kept, 'utf8'))).toContain('/opt/TokenDesk/tokendesk')
  })

  it.runIf(process.platform !== 'win32')('is not waited for where a pipe is in its place', () => {
    mkdirSync(join(folder, 'autostart'))
    execFileSync('mkfifo', [entry()])
    expect(onLinux('/opt/TokenDesk/tokendesk').isOn()).toBe(false)
  })

  it('says so when the entry can not be written', () => {
    writeFileSync(join(folder, 'autostart'), 'a file where the folder should be')
    const item = onLinux('/opt/TokenDesk/tokendesk')
    expect(item.isOn()).toBe(false)
    expect(() => {
      item.set(true)
    }).toThrow(StorageUnwritableError)
  })

  it('says so when the entry can not be removed', () => {
    mkdirSync(join(entry(), 'not-empty'), { recursive: true })
    expect(() => {
      onLinux('/opt/TokenDesk/tokendesk').set(false)
    }).toThrow(StorageUnwritableError)
  })
})

describe('the autostart entry follows the program when it moves', () => {
  const old = (): string => join(folder, 'old', 'tokendesk')
  const moved = (): string => join(folder, 'new', 'tokendesk')
  const named = (): string => started(readFileSync(entry(), 'utf8'))[0] ?? ''

  beforeEach(() => {
    for (const program of [old(), moved()]) {
      mkdirSync(join(program, '..'))
      writeFileSync(program, '')
    }
    onLinux(old()).set(true)
  })

  it('and names it where it is now', () => {
    rmSync(old())
    onLinux(moved()).follow()
    expect(named()).toBe(moved())
  })

  it('but stays with one that is still there: another TokenDesk was started, and nothing has moved', () => {
    onLinux(moved()).follow()
    expect(named()).toBe(old())
  })

  it('but is not taken over by one that was started on another profile', () => {
    rmSync(old())
    onLinux(moved(), '--user-data-dir=/another').follow()
    expect(named()).toBe(old())
  })

  it('but stays off where the settings of the desktop switched it off', () => {
    rmSync(old())
    writeFileSync(entry(), `${readFileSync(entry(), 'utf8')}Hidden=true\n`)
    onLinux(moved()).follow()
    expect(onLinux(moved()).isOn()).toBe(false)
  })

  it('but is not made where there is none', () => {
    onLinux(old()).set(false)
    onLinux(moved()).follow()
    expect(onLinux(moved()).isOn()).toBe(false)
  })

  it("but a user's own line in it stays as they wrote it", () => {
    writeFileSync(entry(), '[Desktop Entry]\nType=Application\nExec=sh -c "sleep 9; tokendesk"\n')
    onLinux(moved()).follow()
    expect(readFileSync(entry(), 'utf8')).toContain('Exec=sh -c "sleep 9; tokendesk"')
  })
})

it("the autostart entry names a package's launcher, which tells its user what is wrong with the sandbox", () => {
  const program = join(folder, 'tokendesk')
  writeFileSync(join(folder, 'launch'), '')
  onLinux(program).set(true)
  expect(started(readFileSync(entry(), 'utf8'))).toEqual([join(folder, 'launch'), '--hidden'])
})

describe('start at login elsewhere', () => {
  /** What the system was told, and what it answers. */
  function system(answer: Partial<LoginItemSettings>) {
    const told: Settings[] = []
    const app: LoginApp = {
      getLoginItemSettings: () => answer as LoginItemSettings,
      setLoginItemSettings: (settings) => void told.push(settings),
    }
    return { app, told }
  }
  const elsewhere = (app: LoginApp, platform: NodeJS.Platform, program: string) =>
    createLoginItem(app, platform, { command: [program], appId: APP_ID, configFolder: '' })

  it('is one line of the registry on Windows, with each part in quotes', () => {
    const { app, told } = system({})
    elsewhere(app, 'win32', String.raw`C:\Program Files\TokenDesk\TokenDesk.exe`).set(true)
    expect(told).toEqual([
      {
        path: String.raw`"C:\Program Files\TokenDesk\TokenDesk.exe"`,
        args: ['"--hidden"'],
        openAtLogin: true,
      },
    ])
  })

  it('is off on Windows when the Task Manager has switched it off', () => {
    const { app } = system({ openAtLogin: true, executableWillLaunchAtLogin: false })
    expect(elsewhere(app, 'win32', 'C:\\TokenDesk.exe').isOn()).toBe(false)
  })

  it('is left to the system on macOS', () => {
    const { app, told } = system({ openAtLogin: true })
    const item = elsewhere(app, 'darwin', '/Applications/TokenDesk.app/Contents/MacOS/TokenDesk')
    expect(item.isOn()).toBe(true)
    item.set(false)
    expect(told).toEqual([{ openAtLogin: false }])
  })
})
