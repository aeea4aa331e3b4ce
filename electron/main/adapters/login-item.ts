import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { App } from 'electron'
import { StorageUnwritableError } from '../../core/base/errors'
import type { LoginItem } from '../../core/base/ports'
import { nodeDisk } from '../files/disk'
import { readOwnText } from '../files/read-file'
import { throughLinks, writeWhole } from '../files/whole-file'
import { autostartEntry, commandOf, isSwitchedOff } from '../platform/desktop-entry'
import { HIDDEN_SWITCH } from '../windows/hidden-start'

const PROFILE_SWITCH = '--user-data-dir='

export interface OwnStart {
  /** What starts this app: the program and the arguments before its own switches. */
  readonly command: readonly string[]
  /** The name of the app's desktop file, by which desktops identify it. */
  readonly appId: string
  readonly configFolder: string
}

export function createLoginItem(
  app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>,
  platform: NodeJS.Platform,
  { command, appId, configFolder }: OwnStart,
): LoginItem {
  if (platform === 'linux')
    return autostartFile(join(configFolder, 'autostart', `${appId}.desktop`), withLauncher(command))
  if (platform === 'darwin') {
    // Neither a program nor switches can be given here; the system itself says that it started the app at login.
    return {
      isOn: () => app.getLoginItemSettings().openAtLogin,
      set(on) {
        app.setLoginItemSettings({ openAtLogin: on })
      },
      // The system finds the app wherever it is.
      follow: () => undefined,
    }
  }
  // These are written into one registry value, unchanged.
  const [path = '', ...args] = [...command, HIDDEN_SWITCH].map((each) => `"${each}"`)
  return {
    isOn() {
      const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings({ path, args })
      // The Task Manager disables an entry rather than removing it.
      return openAtLogin && executableWillLaunchAtLogin
    },
    set(on) {
      app.setLoginItemSettings({ path, args, openAtLogin: on })
    },
    // Only an entry for this very program can be read.
    follow: () => undefined,
  }
}

/** On Linux Electron leaves this to the app: a file by the Desktop Application Autostart Specification. */
function autostartFile(path: string, command: readonly string[]): LoginItem {
  const entry = (): string => readOwnText(throughLinks(path, nodeDisk), nodeDisk)
  const set = (on: boolean): void => {
    try {
      if (!on) {
        rmSync(path, { force: true })
        return
      }
      mkdirSync(dirname(path), { recursive: true })
      // Some users keep their configuration elsewhere, behind links.
      writeWhole(throughLinks(path, nodeDisk), autostartEntry([...command, HIDDEN_SWITCH]), nodeDisk)
    } catch (error) {
      throw new StorageUnwritableError('the autostart entry can not be written', { cause: error })
    }
  }
  const isOn = (): boolean => {
    try {
      return !isSwitchedOff(entry())
    } catch {
      return false
    }
  }
  return {
    isOn,
    set,
    follow() {
      if (!isOn()) return
      const [program, ...args] = commandOf(entry())
      const isOfThisProfile = profileOf(args) === profileOf(command)
      if (program !== undefined && isOfThisProfile && !existsSync(program)) set(true)
    },
  }
}

function profileOf(command: readonly string[]): string | undefined {
  return command.find((each) => each.startsWith(PROFILE_SWITCH))
}

/** Packages include a launcher beside the program, which explains a missing Chromium sandbox to the user. */
function withLauncher([program = '', ...args]: readonly string[]): readonly string[] {
  const launcher = join(dirname(program), 'launch')
  return [existsSync(launcher) ? launcher : program, ...args]
}
