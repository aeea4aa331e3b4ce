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

const entry = (): string => join(folder, 'autostart', 'tokendesk.desktop')
const onLinux = (...command: string[]) => createLoginItem(NOBODY, 'linux', command, folder)

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

  it('is one line of the registry on Windows, with each part in quotes', () => {
    const { app, told } = system({})
    createLoginItem(app, 'win32', [String.raw`C:\Program Files\TokenDesk\TokenDesk.exe`], '').set(true)
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
    expect(createLoginItem(app, 'win32', ['C:\\TokenDesk.exe'], '').isOn()).toBe(false)
  })

  it('is left to the system on macOS', () => {
    const { app, told } = system({ openAtLogin: true })
    const item = createLoginItem(app, 'darwin', ['/Applications/TokenDesk.app/Contents/MacOS/TokenDesk'], '')
    expect(item.isOn()).toBe(true)
    item.set(false)
    expect(told).toEqual([{ openAtLogin: false }])
  })
})
