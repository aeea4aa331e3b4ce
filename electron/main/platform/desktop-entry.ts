/** Desktop entries, as the Desktop Entry Specification wants and reads them. */
import { LOGIN_ITEM_COMMENT } from '../../shared/wording/desktop'

/** One that starts this command at the login. */
export function autostartEntry(command: readonly string[]): string {
  const lines = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=TokenDesk',
    `Comment=${LOGIN_ITEM_COMMENT}`,
    // Where the program has been uninstalled there is nothing to start.
    `TryExec=${escaped(command[0] ?? '')}`,
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
  ]
  return `${lines.join('\n')}\n`
}

/** A desktop's own settings switch an entry off by one of these lines rather than remove it. */
const SWITCHED_OFF = /^(?:Hidden\s*=\s*true|X-(?:GNOME|MATE)-Autostart-enabled\s*=\s*false)\s*$/mu

export function isSwitchedOff(entry: string): boolean {
  return SWITCHED_OFF.test(entry)
}

/** What an entry of ours starts; nothing of anybody else's, who may quote otherwise. */
export function commandOf(entry: string): readonly string[] {
  const exec = /^Exec=(.*)$/mu.exec(entry)?.[1] ?? ''
  const unescaped = exec.replaceAll(/\\([\\n])/gu, (_, code: string) => (code === 'n' ? '\n' : code))
  return [...unescaped.matchAll(/"((?:[^"`$\\]|\\["`$\\])*)"(?: |$)/guy)].map(([, argument = '']) =>
    argument.replaceAll(/\\(["`$\\])/gu, '$1').replaceAll('%%', '%'),
  )
}

/**
 * Quoted as the Desktop Entry Specification wants it in `Exec`: as in a shell, after `%` (field codes are expanded last)
 * and before the escapes of all its strings (undone first).
 */
function quoted(argument: string): string {
  const inQuotes = argument.replaceAll('%', '%%').replaceAll(/["`$\\]/gu, (each) => `\\${each}`)
  return `"${escaped(inQuotes)}"`
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
