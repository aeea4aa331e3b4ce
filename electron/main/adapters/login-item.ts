import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { App } from 'electron'
import { StorageUnwritableError } from '../../core/base/errors'
import type { LoginItem } from '../../core/base/ports'
import { nodeDisk } from '../files/disk'
import { readOwnText } from '../files/read-file'
import { throughLinks, writeWhole } from '../files/whole-file'
import { HIDDEN_SWITCH } from '../windows/hidden-start'
import { LOGIN_ITEM_COMMENT } from '../../shared/wording/desktop'

/** `command`: what starts this app: the program and what comes before its own switches. */
export function createLoginItem(
  app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>,
  platform: NodeJS.Platform,
  command: readonly string[],
  configFolder: string,
): LoginItem {
  if (platform === 'linux') {
    return autostartFile(join(configFolder, 'autostart', 'tokendesk.desktop'), command)
  }
  if (platform === 'darwin') {
    // Neither a program nor switches can be named there; a start at the login is recognised by the system's word.
    return {
      isOn: () => app.getLoginItemSettings().openAtLogin,
      set(on) {
        app.setLoginItemSettings({ openAtLogin: on })
      },
    }
  }
  // They become one line of the registry, as they are.
  const [path = '', ...args] = [...command, HIDDEN_SWITCH].map((each) => `"${each}"`)
  return {
    isOn() {
      const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings({ path, args })
      // The Task Manager switches an entry off rather than remove it.
      return openAtLogin && executableWillLaunchAtLogin
    },
    set(on) {
      app.setLoginItemSettings({ path, args, openAtLogin: on })
    },
  }
}

/** A desktop's own settings switch an entry off by one of these lines rather than remove it. */
const SWITCHED_OFF = /^(?:Hidden\s*=\s*true|X-(?:GNOME|MATE)-Autostart-enabled\s*=\s*false)\s*$/mu

/** Electron leaves this to the app on Linux: a file as the Desktop Application Autostart Specification wants it. */
function autostartFile(path: string, command: readonly string[]): LoginItem {
  return {
    isOn() {
      try {
        return !SWITCHED_OFF.test(readOwnText(throughLinks(path, nodeDisk), nodeDisk))
      } catch {
        return false
      }
    },
    set(on) {
      try {
        if (!on) {
          rmSync(path, { force: true })
          return
        }
        mkdirSync(dirname(path), { recursive: true })
        // Some keep their configuration elsewhere, with links to it.
        writeWhole(throughLinks(path, nodeDisk), desktopEntry([...command, HIDDEN_SWITCH]), nodeDisk)
      } catch (error) {
        throw new StorageUnwritableError('the autostart entry can not be written', { cause: error })
      }
    },
  }
}

function desktopEntry(command: readonly string[]): string {
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=TokenDesk',
    `Comment=${LOGIN_ITEM_COMMENT}`,
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
  ]
  return `${lines.join('\n')}\n`
}

/**
 * Quoted as the Desktop Entry Specification wants it in `Exec`: as in a shell, after `%` (field codes are expanded last)
 * and before the escapes of all its strings (undone first).
 */
function quoted(argument: string): string {
  const inQuotes = argument.replaceAll('%', '%%').replaceAll(/["`$\\]/gu, (each) => `\\${each}`)
  return `"${inQuotes.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}"`
}
